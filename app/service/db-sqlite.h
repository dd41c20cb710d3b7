/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/deadline.h"
#include "core/second-review.h"
#include "service/campus-db.h"

G_BEGIN_DECLS

/* Says whether verdict, reasons and note of a decision fit together. LK_ERROR_BAD_REASONS or _BAD_NOTE. Any thread. */
typedef gboolean (*LkDecisionRule) (LkDecision *decision, gboolean hard_failed, gpointer data, GError **error);

typedef struct
{
  int lease_seconds, undo_seconds;
  int shift_seconds;            /* so long what a reviewer skipped comes last */
  int ticket_reopen_seconds;    /* from RESOLVED */
  int ticket_characters;        /* of a text; 0: any number */
  LkSecondReview second;        /* all zero: only what a reviewer is unsure about is looked at twice */
  LkDecisionRule rule;          /* NULL: every decision fits */
  gpointer rule_data;
  gint64 (*now) (void);         /* µs UTC that never jumps; NULL for lk_steady_now() */

  /* for students; see LkServiceConfig */
  int tries_allowed, student_session_seconds, result_seconds, resubmit_days;
  LkCalendar *(*calendar) (gpointer rule_data);         /* a reference; NULL when there is nothing to do with students */
} LkDbOptions;

/**
 * lk_db_sqlite_open:
 * @path: the database file
 * @create: make it when it is not there
 *
 * A campus in one SQLite file: WAL, synchronous=FULL, one writer thread that puts what waits into one commit, readers on
 * connections of their own. Several processes may have it open. Brings an older schema up to date.
 *
 * Errors: LK_ERROR_NOT_FOUND (no file and not @create), LK_ERROR_STORE (also: made by a newer version), LK_ERROR_CORRUPT.
 */
LkCampusDb *lk_db_sqlite_open (const char *path, gboolean create, const LkDbOptions *options, GError **error);

/* Commits so far and the requests in them: how well grouping works. For benchmarks. */
void lk_db_sqlite_get_grouping (LkCampusDb *db, gint64 *commits, gint64 *requests);

/* Copies a campus that is in use to a file that is not there yet: the state of one moment. LK_ERROR_STORE, _DISK_FULL. */
gboolean lk_db_sqlite_copy (LkCampusDb *db, const char *path, GError **error);

/* The names (SHA-256) of all files that the rows of a copy need, each once. LK_ERROR_CORRUPT when the copy is damaged. */
GPtrArray *lk_db_sqlite_list_files (const char *path, GError **error);

G_END_DECLS
