/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "core/json.h"
#include "service/audit.h"
#include "service/campus-db-keys.h"
#include "service/campus-db-account.h"
#include "service/campus-db-desk.h"
#include "service/clock.h"
#include "service/db-sql.h"
#include "service/db-sqlite.h"

G_BEGIN_DECLS

typedef struct _LkDbSqlite LkDbSqlite;

/* What the writer knows without asking: kept in step with its own moves, read again when another process has written. */
typedef struct
{
  guint8 head[LK_AUDIT_HASH_SIZE];      /* of the last audit line */
  gint64 seq;                           /* its number */
  gint64 pending;                       /* submissions waiting */
} LkShadow;

typedef struct
{
  LkDbSqlite *db;
  sqlite3 *handle;
  sqlite3_stmt *statements[LK_N_SQL];   /* prepared when first used */
  gboolean is_writer;
  LkShadow shadow;                      /* the writer's only */
  gint64 data_version;
} LkConn;

typedef struct _LkWriter LkWriter;

struct _LkDbSqlite
{
  LkCampusDb base;
  char *path;
  LkDbOptions options;
  LkWriter *writer;
  GMutex mutex;
  GPtrArray *readers;                   /* idle LkConn */
};

/* db-conn.c: one connection. Types of bound values: i gint64, n gint64 with 0 as null, t text (may be
 * NULL), b bytes (const void *, int). */
LkConn       *lk_conn_open  (LkDbSqlite *db, int flags, GError **error);
void          lk_conn_close (LkConn *conn);
gboolean      lk_conn_exec  (LkConn *conn, const char *sql, GError **error);
gboolean      lk_conn_run   (LkConn *conn, LkSql sql, GError **error, const char *types, ...);
sqlite3_stmt *lk_conn_query (LkConn *conn, LkSql sql, GError **error, const char *types, ...);
int           lk_conn_step  (LkConn *conn, sqlite3_stmt *stmt, GError **error);        /* 1 a row, 0 the end, -1 an error */
void          lk_conn_fail  (LkConn *conn, GError **error);

/* Ends a query, so that the statement can be used again. */
static inline void
lk_query_end (sqlite3_stmt *stmt)
{
  sqlite3_reset (stmt);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, lk_query_end)

static inline const char *
lk_column_text (sqlite3_stmt *stmt, int column)
{
  return (const char *) sqlite3_column_text (stmt, column);
}

/* db-schema.c */
gboolean lk_schema_upgrade (LkConn *conn, GError **error);

/* db-writer.c: runs func on the writer thread in a transaction shared with others; returns after the commit. When func returns FALSE
 * only what it did is taken back. */
typedef gboolean (*LkWriteFunc) (LkConn *conn, gpointer job, GError **error);
LkWriter *lk_writer_new  (LkConn *conn);                /* takes the connection */
void      lk_writer_free (LkWriter *self);
gboolean  lk_writer_run  (LkWriter *self, LkWriteFunc func, gpointer job, GError **error);
/* Runs call on the writer thread; what it asks of the database, to read or to write, is then part of the transaction. done is called there
 * after the commit, with an error when nothing of it was kept. FALSE: too many wait, and neither will be called. */
gboolean  lk_writer_post (LkWriter *self, int waiting_max, LkInsideFunc call, LkCommittedFunc done, gpointer data);
/* The connection of the writer when this is its thread; else NULL. */
LkConn   *lk_writer_here (LkWriter *self);
void      lk_writer_get_grouping (LkWriter *self, gint64 *commits, gint64 *requests);

/* db-reader.c: a reading connection for the caller alone, to be given back. */
LkConn *lk_reader_take (LkDbSqlite *db, GError **error);
void    lk_reader_give (LkConn *conn);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkConn, lk_reader_give)

/* db-keys.c: the key under which this thread works, NULL for none; and its mark, in the transaction of the work */
extern const LkKeysOps lk_db_keys_ops;
LkKeyScope *lk_key_scope_of_thread (void);
gboolean    lk_key_mark (LkConn *conn, LkKeyScope *scope, GError **error);

/* db-audit.c */
cJSON   *lk_audit_body   (const LkActor *actor);        /* who, device, from; actor may be NULL for the system */
gboolean lk_audit_add    (LkConn *conn, const char *action, gint64 submission, const char *state, cJSON *body, GError **error);
/* Checks the move against the table of states, counts it and writes its line; takes body. The row itself is the caller's. */
gboolean lk_audit_move   (LkConn *conn, const char *action, gint64 submission, LkState from, LkState to, LkRole role, cJSON *body,
                          gint64 *seq, GError **error);
gboolean lk_db_verify_audit (LkCampusDb *base, LkAuditReport *report, GError **error);

/* db-lease.c */
gint64     lk_db_now (LkConn *conn);
gint64     lk_db_lease_until (LkConn *conn);
gboolean   lk_lease_give_back_all (LkConn *conn, const LkActor *actor, GError **error);
GPtrArray *lk_db_lease (LkCampusDb *base, const LkActor *actor, int count, const LkQueueFilter *filter, gint64 *pending,
                        GError **error);
gboolean   lk_db_renew_lease (LkCampusDb *base, const LkActor *actor, const char *lease, gint64 *until, GError **error);
gboolean   lk_db_return_lease (LkCampusDb *base, const LkActor *actor, const char *lease, gboolean skip, GError **error);
gboolean   lk_db_expire (LkCampusDb *base, GError **error);

/* A submission and its lease; row 0: a known-answer photo, which only its lease names. Where it is read like a submission its row is
 * below 0. */
typedef struct
{
  gint64 row;
  char lease[LK_UUID_SIZE];
  gboolean second;              /* held by a second person, in SECOND_REVIEW */
} LkHeld;

/* Reads a query with id, lease and state in its columns to the end, before any of the rows is changed; NULL on an error. */
GArray    *lk_held_read (LkConn *conn, sqlite3_stmt *stmt, GError **error);

/* db-queue.c: which submissions come next */
gboolean   lk_queue_add_facet (LkConn *conn, gint64 submission, const char *checks, GError **error);
GArray    *lk_queue_held (LkConn *conn, const LkActor *actor, const LkQueueFilter *filter, int count, GError **error);
/* Appends up to count more; what this person skipped comes after everything else. */
gboolean   lk_queue_next (LkConn *conn, const LkActor *actor, const LkQueueFilter *filter, int count, GArray *rows, GError **error);
gint64     lk_queue_count (LkConn *conn, const LkActor *actor, const LkQueueFilter *filter, GError **error);     /* -1 on an error */
gint64     lk_queue_count_second (LkConn *conn, const LkActor *actor, GError **error);
GPtrArray *lk_db_facets (LkCampusDb *base, gboolean second, GError **error);

/* db-known.c: known-answer photos. Those that give an int: 1 done, 0 not a known-answer photo, -1 an error. */
gboolean   lk_known_renew_held (LkConn *conn, const LkActor *actor, gint64 until, GArray *rows, GError **error);
gboolean   lk_known_mix_in (LkConn *conn, const LkActor *actor, gint64 until, guint first, GArray *rows, GError **error);
LkSubmissionRow *lk_known_read (LkConn *conn, const char *lease, GError **error);
int        lk_known_renew (LkConn *conn, const LkActor *actor, const char *lease, gint64 until, GError **error);
int        lk_known_return (LkConn *conn, const LkActor *actor, const char *lease, GError **error);
gboolean   lk_known_return_all (LkConn *conn, const LkActor *actor, GError **error);
/* *target gets what there is to decide on; done with lk_known_accept(). */
typedef struct
{
  gint64 known;
  char photo[LK_SHA256_SIZE];
  gboolean hard_failed, decided;
  char *checks;                 /* JSON */
} LkKnownTarget;
int        lk_known_find (LkConn *conn, const LkActor *actor, LkDecision *decision, LkKnownTarget *target, GError **error);
gboolean   lk_known_accept (LkConn *conn, const LkActor *actor, LkDecision *decision, const LkKnownTarget *target,
                            const guint8 content[32], const char *reasons, GError **error);
gboolean   lk_known_revert (LkConn *conn, const LkActor *actor, const char *key, const char *revert_key, const char *lease,
                            gint64 until, GError **error);
gboolean   lk_db_keep_known (LkCampusDb *base, const char *student_no, const char *name, const char *number, GError **error);

/* db-second.c: the stages of a decision */
typedef struct
{
  int stage;                    /* 1, 2 or 3 */
  LkState state;                /* of the submission afterwards */
  LkRole mover;                 /* in whose name it moves: the system's into SECOND_REVIEW */
  const char *cause;            /* or NULL */
  double weight;
} LkStageResult;
/* What a first decision leads to. */
gboolean   lk_second_after_first (LkConn *conn, const LkActor *actor, LkDecision *decision, gint64 submission, gboolean hard_failed,
                                  LkStageResult *result, GError **error);
/* What the decision of a second or third person leads to: final, or open still. */
gboolean   lk_second_after_next (LkConn *conn, const LkActor *actor, LkDecision *decision, gint64 submission, int stage,
                                 LkStageResult *result, GError **error);
/* Who decided at a stage: 0 nobody, -1 an error. */
gint64     lk_second_who (LkConn *conn, gint64 submission, int stage, GError **error);

/* db-agreement.c */
LkAgreementReport *lk_db_agreement (LkCampusDb *base, GError **error);
gboolean   lk_db_own_agreement (LkCampusDb *base, const LkActor *actor, gint64 *n_pairs, gint64 *n_equal, GError **error);

/* db-decision.c, db-revert.c */
gboolean lk_db_decide (LkCampusDb *base, const LkActor *actor, GPtrArray *decisions, LkDecisionAnswer *answers, GError **error);
gboolean lk_db_revert (LkCampusDb *base, const LkActor *actor, const char *key, const char *revert_key, gboolean *repeated,
                       char lease[LK_UUID_SIZE], gint64 *until, GError **error);

/* db-involved.c: 1 yes, 0 no, -1 an error */
int        lk_staff_is_scoped   (LkConn *conn, gint64 staff, GError **error);
/* Somebody else must decide: their own or a relative's photo, a decision of theirs that was set aside, or, for an approval, their crop. */
int        lk_staff_is_involved (LkConn *conn, const LkActor *actor, gint64 submission, gboolean approving, GError **error);
/* Somebody else must decide on an appeal or a finding: the same, and whoever sent the photo back. */
int        lk_staff_is_involved_in_ticket (LkConn *conn, const LkActor *actor, gint64 submission, GError **error);
/* For the statements that ask: who sees only what is named. */
static inline gint64
lk_actor_sees_named (const LkActor *actor)
{
  return actor->role == LK_ROLE_ADVISER;
}

/* db-account.c, db-factor.c */
extern const LkAccountOps lk_sqlite_accounts;
gboolean   lk_db_set_second_factor (LkCampusDb *base, const char *user, GBytes *secret, GBytes *recovery, GError **error);
gboolean   lk_db_find_second_factor (LkCampusDb *base, gint64 staff, LkSecondFactor *factor, GError **error);
gboolean   lk_db_use_step (LkCampusDb *base, gint64 staff, gint64 step, GError **error);
gboolean   lk_db_use_recovery (LkCampusDb *base, gint64 staff, const guint8 hash[LK_RECOVERY_HASH], GError **error);
/* The row of an account, and its id for the audit; 0 and LK_ERROR_NOT_FOUND. */
gint64     lk_account_find (LkConn *conn, const char *user, char uuid[LK_UUID_SIZE], LkRole *role, GError **error);

/* db-ticket.c, db-ticket-move.c, db-ticket-read.c, db-desk.c */
extern const LkDeskOps lk_sqlite_desk;
LkTicketRow *lk_ticket_find (LkConn *conn, const LkActor *actor, const char *uuid, gint64 student, GError **error);
GPtrArray *lk_db_list_tickets (LkCampusDb *base, const LkActor *actor, const LkTicketFilter *filter, gint64 before, int limit,
                               GError **error);
LkTicketRow *lk_db_find_ticket (LkCampusDb *base, const LkActor *actor, const char *uuid, gint64 student, GError **error);
gboolean   lk_db_add_attachment (LkCampusDb *base, const LkActor *actor, gint64 student, const LkPhotoFile *file,
                                 char uuid[LK_UUID_SIZE], GError **error);
gboolean   lk_db_create_ticket (LkCampusDb *base, const LkActor *actor, const LkNewTicket *ticket, char uuid[LK_UUID_SIZE],
                                GError **error);
gboolean   lk_ticket_attach (LkConn *conn, const LkActor *actor, gint64 ticket, gint64 student, GPtrArray *attachments, GError **error);
gboolean   lk_ticket_add_entry (LkConn *conn, gint64 ticket, const LkActor *actor, const char *step, const char *text, GError **error);
gboolean   lk_ticket_text_is_fit (LkConn *conn, const char *text, GError **error);
/* A ticket for the desk about a submission that has become HELD; and its end when the decision is taken back. */
gboolean   lk_ticket_open_held (LkConn *conn, gint64 submission, GError **error);
gboolean   lk_ticket_end_held  (LkConn *conn, gint64 submission, GError **error);
gboolean   lk_db_move_ticket (LkCampusDb *base, const LkActor *actor, const LkTicketMove *move, GError **error);
gboolean   lk_db_close_tickets (LkCampusDb *base, GError **error);
gboolean   lk_db_reopen (LkCampusDb *base, const LkActor *actor, const char *submission, const char *reason, GError **error);
/* Sets the decisions on a submission aside, for a ticket or a reason. */
gboolean   lk_decisions_overturn (LkConn *conn, gint64 submission, const char *why, GError **error);

/* db-staff.c */
gboolean   lk_db_add_staff (LkCampusDb *base, const LkStaff *staff, GError **error);
LkStaff   *lk_db_find_staff (LkCampusDb *base, const char *user, GError **error);
gboolean   lk_db_add_session (LkCampusDb *base, const LkSession *session, const LkActor *actor, GError **error);
gboolean   lk_db_end_session (LkCampusDb *base, const guint8 token[32], const LkActor *actor, GError **error);
GPtrArray *lk_db_list_sessions (LkCampusDb *base, GError **error);

/* db-roster.c */
gboolean lk_db_put_roster (LkCampusDb *base, GPtrArray *rows, gint64 *n_new, GError **error);
gboolean lk_db_submit (LkCampusDb *base, const LkNewSubmission *submission, LkSubmitResult *result, GError **error);
gboolean lk_db_put_references (LkCampusDb *base, const char *student_no, const LkPhotoFile *id_card, const LkPhotoFile *diploma,
                               GError **error);
gboolean lk_db_find_id_card (LkCampusDb *base, const char *student_no, char **sha256, GError **error);

/* db-search.c */
gboolean lk_db_add_search (LkConn *conn, gint64 row, const LkNewSubmission *submission, GError **error);
gboolean lk_db_read_later (LkConn *conn, gint64 row, GPtrArray **later, GError **error);
gboolean lk_db_find_diploma (LkCampusDb *base, const char *student_no, char **sha256, GError **error);
gboolean lk_db_traces (LkCampusDb *base, gint64 after, LkTraceFunc func, gpointer data, GError **error);
GArray  *lk_db_same_file (LkCampusDb *base, const char *sha256, GError **error);
LkSubmissionRow *lk_db_find_submission (LkCampusDb *base, gint64 row, GError **error);
gboolean lk_db_put_codes (LkCampusDb *base, GPtrArray *rows, GError **error);
gboolean lk_db_find_code (LkCampusDb *base, const char *student_no, LkCodeRow *row, GError **error);

/* db-looking.c: a photo's row, NULL for none; a submission's further pictures, by LkPhotoKind */
gboolean   lk_db_add_photo (LkConn *conn, const LkPhotoFile *photo, GError **error);
gboolean   lk_db_add_variant (LkConn *conn, gint64 submission, LkPhotoKind kind, const LkPhotoFile *photo, GError **error);
/* The photo in four columns from this one: name, width, height, eyes. */
LkPhotoInfo *lk_db_read_info   (sqlite3_stmt *stmt, int column);
/* Verdict, reasons, note, time and name from the columns that begin here; NULL when there is no verdict. */
LkDecisionRow *lk_db_read_decision (sqlite3_stmt *stmt, int column);
gboolean   lk_db_read_pictures (LkConn *conn, gint64 submission, LkPhotoInfo **pictures, GError **error);
GPtrArray *lk_db_earlier (LkCampusDb *base, const LkActor *actor, const char *submission, GError **error);

/* db-reader.c */
LkSubmissionRow *lk_submission_row_read (sqlite3_stmt *stmt);   /* of LK_SQL_SUBMISSION_ROW or LK_SQL_KNOWN_ROW */
LkSubmissionRow *lk_read_submission (LkConn *conn, gint64 row, GError **error);
/* A type of the photo table as the static text that LkPhotoFile wants. */
const char *lk_db_photo_type (const char *type);
gint64     lk_db_start_of_today (void);                 /* µs UTC, of the day in China */
GArray    *lk_db_changes (LkCampusDb *base, gint64 cursor, int limit, gint64 *last, GError **error);
gboolean   lk_db_stats (LkCampusDb *base, const LkActor *actor, LkQueueStats *stats, GError **error);
gboolean   lk_db_find_photo (LkCampusDb *base, const LkActor *actor, const char *sha256, LkPhotoFile *photo, GError **error);
gboolean   lk_db_post (LkCampusDb *base, int waiting_max, LkInsideFunc call, LkCommittedFunc done, gpointer data);
gboolean   lk_db_ping (LkCampusDb *base, GError **error);

G_END_DECLS
