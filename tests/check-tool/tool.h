/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* The real likeness-check, run as people run it. */
typedef struct
{
  int status;
  char *output, *errors;
} ToolRun;

void tool_run_clear (ToolRun *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ToolRun, tool_run_clear)

/* Remembers which program to run and makes a folder for its files, which is removed at the end. argv[1] is the program. */
void tool_init (int argc, char **argv);
void tool_remove_folder (void);

/* The path of a file in that folder; newly allocated. */
char *tool_path (const char *name);

/* Writes text into a file of the folder; returns its path. */
char *tool_write (const char *name, const char *text);

/* Runs the program with these arguments (NULL at the end), in English or, with language "zh_CN", in Chinese. */
ToolRun tool_run (const char *language, ...) G_GNUC_NULL_TERMINATED;

/* Draws the portrait of a seed at 480 x 640, spoilt by a fault unless it is NULL, into a file below the folder. */
void tool_draw (const char *name, guint64 seed, const char *fault);

/* Draws it uncropped, 1200 x 1500 px. */
void tool_draw_original (const char *name, guint64 seed);

/* FALSE, and said in TAP that the program is skipped, where the models are not installed. */
gboolean tool_has_models (void);
