/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How the program ends; scripts rely on these. */
enum
{
  LK_EXIT_GOOD = 0,             /* all photos pass, or only warn */
  LK_EXIT_FAILED = 1,           /* a photo failed a check */
  LK_EXIT_USAGE = 2,            /* wrong options, or a file of settings or labels that cannot be used */
  LK_EXIT_UNREAD = 3,           /* something could not be read or measured */
};

/* What the options of all verbs say. */
typedef struct
{
  char **files;                 /* what stands after the verb; never NULL */
  gboolean json, all;
  char *colour;                 /* "always", "never", "auto" or NULL */
  char *annotate, *id_photo, *spec, *models, *model_list, *labels, *html, *out, *size;
  int jobs, attempt, campus_size;
} LkToolOptions;

void lk_tool_options_clear (LkToolOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LkToolOptions, lk_tool_options_clear)

/* A word after the program's name and what it does. */
typedef struct
{
  const char *name;
  const char *arguments;        /* "FILE|DIR…"; English, marked for translation, as the summary */
  const char *summary;
  const char *options;          /* the names of those it takes, separated by spaces; NULL: it reads its own */
  const char *examples;
  guint least, most;            /* how many files */
  int (*run) (const LkToolOptions *options);
} LkVerb;

/* Reads everything after the verb; argv[0] is the verb. With --help it prints and ends the program. */
gboolean lk_tool_options_parse (LkToolOptions *self, const LkVerb *verb, int argc, char **argv, GError **error);

G_END_DECLS
