/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/roster.h"
#include "service/code-key.h"

G_BEGIN_DECLS

/* Codes for the students of a roster: what they have in common. */
typedef struct
{
  const LkCodeKey *key;         /* must be able to issue */
  int graduation_year;          /* 0: bound to no year */
  int last_day;                 /* as in code-day.h */
} LkCodeIssue;

/* The text of a new code for a student. A roster without unique numbers gives its student numbers. LK_ERROR_BAD_REQUEST for what does not
 * fit into a code. code_id: (out) (optional): of the new code. */
char *lk_code_issue_text (const LkCodeIssue *self, const LkRosterRow *row, char **code_id, GError **error);

/* Writes the code of each student as STUDENT_NO.png and the list codes.csv into a folder, which is made when it is not there. Says a
 * translated sentence for a student who gets none. Returns how many codes there are now, -1 with an error when the folder cannot be
 * written. */
int lk_code_issue_all (const LkCodeIssue *self, const LkRoster *roster, const char *folder, GError **error);

G_END_DECLS
