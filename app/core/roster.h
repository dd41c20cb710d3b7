/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who is expected in a round. */
typedef struct
{
  int line;                     /* in the file, from 1 */
  char *student_no, *name, *document_no, *class_name, *site, *unique_no;      /* never NULL */
} LkRosterRow;

/* Why a line was not taken. */
typedef enum
{
  LK_ROSTER_NO_NUMBER,          /* student number missing */
  LK_ROSTER_NO_NAME,
  LK_ROSTER_BAD_NUMBER,         /* letters and digits only, at most 32 */
  LK_ROSTER_NO_CODE,            /* of a table of codes: the unique number is missing */
  LK_ROSTER_DUPLICATE,          /* the number stands on an earlier line already */
} LkRosterProblemKind;

typedef struct
{
  int line, first_line;         /* first_line: where the number stood before, for DUPLICATE */
  LkRosterProblemKind kind;
  char *student_no;             /* "" when missing */
} LkRosterProblem;

typedef struct
{
  GPtrArray *rows;              /* of LkRosterRow */
  GPtrArray *problems;          /* of LkRosterProblem: lines left out, the rest goes on */
} LkRoster;

/* Reads a roster CSV. Columns are found by their heading, Chinese or English (学号/student_no, 姓名/name, 身份证号/id_number,
 * 班级/class, 教学点/site, 唯一号/unique_no: the unique number of the study
 * record), in any order; number and name are needed. LK_ERROR_BAD_ROSTER when nothing at all can be
 * taken: empty, not text, no known heading. */
LkRoster *lk_roster_parse (GBytes *file, GError **error);

/* Reads the table of collection codes that came with photos: 学号/student_no and 唯一号/unique_no, the number in the code. The
 * rows have nothing else; problems and errors are as for a roster. */
LkRoster *lk_roster_parse_codes (GBytes *file, GError **error);
void      lk_roster_free  (LkRoster *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkRoster, lk_roster_free)

/* A sentence for a problem, translated: "Line 7: the student number ... is on line 2 already; that line counts." */
char *lk_roster_problem_text (const LkRosterProblem *problem);

G_END_DECLS
