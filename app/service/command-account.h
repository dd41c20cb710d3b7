/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/commands.h"

G_BEGIN_DECLS

/* The parts of “likenessd account”; each takes its own words like a command. */
int lk_account_command_add            (int argc, char **argv);
int lk_account_command_list           (int argc, char **argv);
int lk_account_command_change         (int argc, char **argv);
int lk_account_command_disable        (int argc, char **argv);
int lk_account_command_enable         (int argc, char **argv);
int lk_account_command_reset_password (int argc, char **argv);
int lk_account_command_relative       (int argc, char **argv);
int lk_account_command_totp           (int argc, char **argv);

/* The options they share; a part names those it takes. */
typedef struct
{
  char *folder, *role, *name, *outside, *student, *image;
  char **sites, **classes;
  gboolean no_password, everything, end, off;
} LkAccountOptions;

void lk_account_options_clear (LkAccountOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LkAccountOptions, lk_account_options_clear)

/* One USER and options of the names given, with blanks between; --data always. Says what is wrong. *user may be NULL for no USER. */
gboolean lk_account_options_read (LkAccountOptions *options, const char *names, int argc, char **argv, char **user);

/* Asks at a terminal, twice and without echo, else reads the first line of the input; the hash, or NULL when it said what is wrong. */
char *lk_command_new_password (LkService *service);

/* One line without its end, NULL at the end of the input. */
char *lk_command_read_line (void);

/* Says that there is no such account, or what else went wrong. */
int lk_account_complain (const GError *error, const char *folder, const char *user);

G_END_DECLS
