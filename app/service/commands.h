/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/service.h"

G_BEGIN_DECLS

/* The sub-commands of likenessd. Each takes its own words (argv[0] is the command's name) and returns the exit status: 0 done, 1 not
 * done, 2 called wrongly. */
enum { LK_EXIT_DONE = 0, LK_EXIT_FAILED = 1, LK_EXIT_USAGE = 2 };

int lk_command_init    (int argc, char **argv);
int lk_command_account (int argc, char **argv);
int lk_command_import  (int argc, char **argv);
int lk_command_serve   (int argc, char **argv);
int lk_command_status  (int argc, char **argv);
int lk_command_audit   (int argc, char **argv);
int lk_command_known   (int argc, char **argv);
int lk_command_codes   (int argc, char **argv);
int lk_command_check_config (int argc, char **argv);
int lk_command_round   (int argc, char **argv);
int lk_command_calendar (int argc, char **argv);
int lk_command_tries   (int argc, char **argv);
int lk_command_backup  (int argc, char **argv);
int lk_command_restore (int argc, char **argv);

/* Parses options; rest gets the words that are left, exactly n_rest of them. On a mistake says what is wrong and returns FALSE. */
gboolean lk_command_parse (int argc, char **argv, const char *usage, const GOptionEntry *entries, guint n_rest, char ***rest);

/* One translated sentence for an error, on standard error. folder: the campus. */
void lk_command_complain (const GError *error, const char *folder);

/* The limits of service.json as the settings of likenessd.conf change them. The file is that of the campus, or the one given. Says what
 * is wrong in either and returns FALSE. */
gboolean lk_command_load (const char *folder, const char *file, LkServiceConfig *config, LkSettings **settings);

/* Opens the campus as it is set up; complains when it cannot. */
LkService *lk_command_open (const char *folder, gboolean create);

/* What the college changed lies in the campus folder and is used instead of the shipped files. */
void lk_command_use_own_files (const char *folder);

/* Whether a needed option was given; says so when not. */
gboolean lk_command_need (const char *value, const char *option);

G_END_DECLS
