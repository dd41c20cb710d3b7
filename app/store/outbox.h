/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/decision.h"
#include "core/submission.h"
#include "store/seal.h"
#include "store/store.h"

G_BEGIN_DECLS

/* What waits to be sent, or was. The numbers are stored. */
typedef enum
{
  LK_ENTRY_DECISION = 0,
  LK_ENTRY_REVERT = 1, /* takes an earlier decision back */
} LkEntryKind;

typedef enum
{
  LK_ENTRY_QUEUED = 0,
  LK_ENTRY_SENT = 1,     /* on its way; the service may have it already */
  LK_ENTRY_ACKED = 2,    /* the service has it */
  LK_ENTRY_CONFLICT = 3, /* something else happened first */
  LK_ENTRY_REFUSED = 4,  /* the service will never take it as it is */
} LkEntryState;

/* One line of the outbox. Owned by the outbox, to be read in its context; lives as long as the outbox. */
typedef struct
{
  gint64 seq; /* the order of sending */
  LkEntryKind kind;
  LkEntryState state;
  char *key;
  char *submission;        /* id */
  char *target;            /* of a revert: the key of the decision it takes back; else NULL */
  LkVerdict verdict;       /* of the decision, or of the one taken back */
  char *body;              /* JSON, as it is sent (docs/protocol.md) */
  char *name, *student_no; /* masked */
  gint64 made_at;          /* µs UTC */
  int code;                /* LkError of a conflict or refusal; 0 otherwise */
  char *winner;            /* masked name of who was first, or NULL */
  gboolean dismissed;      /* a conflict the reviewer has read */
  gboolean reverted;       /* a decision that was taken back since, and the service has not refused that */
} LkEntry;

/* What became of an entry. */
typedef struct
{
  char *key;
  LkEntryState state;
  int code;     /* LkError for CONFLICT and REFUSED */
  char *winner; /* or NULL */
} LkEntryResult;

LkEntryResult *lk_entry_result_new (const char *key, LkEntryState state, int code, const char *winner);
void lk_entry_result_free (LkEntryResult *self);

/**
 * LkOutbox:
 *
 * Decisions and undos of one user, kept from the key press until the service has answered for each, in order. Nothing
 * is deleted. Reading is from memory (the last day, all that waits, all conflicts not yet read); writing is by the
 * store's writer thread.
 *
 * Signal "changed": entries came or changed their state.
 */
#define LK_TYPE_OUTBOX (lk_outbox_get_type ())
G_DECLARE_FINAL_TYPE (LkOutbox, lk_outbox, LK, OUTBOX, GObject)

/* Opens or makes the database at path; with a seal, notes, names and numbers are sealed from now on. LK_ERROR_STORE,
 * _DISK_FULL, _CORRUPT. */
LkOutbox *lk_outbox_open (const char *path, LkSeal *seal, GError **error);

/* Entries that wait or are unread, and do not open with this seal: they stay for the one they were sealed with. */
guint lk_outbox_get_n_locked (LkOutbox *self);

/* Keeps a decision about a submission; finished only when it is on the disk. A key that is there already changes
 * nothing and succeeds. */
void lk_outbox_add_decision_async (LkOutbox *self, LkDecision *decision, LkSubmission *submission,
                                   GAsyncReadyCallback callback, gpointer user_data);
gboolean lk_outbox_add_decision_finish (LkOutbox *self, GAsyncResult *result, GError **error);

/* Keeps the undo of a decision of this outbox, sent or not, equally durable. It is sent after the decision; when the
 * service did not take the decision there is nothing to take back, and the undo is done. */
void lk_outbox_add_revert_async (LkOutbox *self, const char *decision_key, GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean lk_outbox_add_revert_finish (LkOutbox *self, GAsyncResult *result, GError **error);

/* Stores what became of entries; results is of LkEntryResult. */
void lk_outbox_mark_async (LkOutbox *self, GPtrArray *results, GAsyncReadyCallback callback, gpointer user_data);
gboolean lk_outbox_mark_finish (LkOutbox *self, GAsyncResult *result, GError **error);

/* The reviewer has read a conflict. */
void lk_outbox_dismiss_async (LkOutbox *self, const char *key, GAsyncReadyCallback callback, gpointer user_data);
gboolean lk_outbox_dismiss_finish (LkOutbox *self, GAsyncResult *result, GError **error);

/* Entries in memory, oldest first; of borrowed LkEntry. */
GPtrArray *lk_outbox_list_waiting (LkOutbox *self);   /* queued or sent */
GPtrArray *lk_outbox_list_conflicts (LkOutbox *self); /* conflict or refused, not dismissed */
guint lk_outbox_get_n_waiting (LkOutbox *self);

/* The entry with a key, or NULL. */
const LkEntry *lk_outbox_find (LkOutbox *self, const char *key);

/* The newest waiting entry of a submission, or NULL: what the service does not know yet. */
const LkEntry *lk_outbox_find_waiting (LkOutbox *self, const char *submission);

/* The newest entry in memory of a submission, whatever became of it, or NULL. */
const LkEntry *lk_outbox_find_last (LkOutbox *self, const char *submission);

/* The newest decision that stands (not taken back, not refused) and was made after a time, or NULL. */
const LkEntry *lk_outbox_find_last_decision (LkOutbox *self, gint64 after);

/* Every decision made since a time, whatever became of it, oldest first; of borrowed LkEntry. */
GPtrArray *lk_outbox_list_decisions (LkOutbox *self, gint64 since);

/* Decisions made since a time that stand. */
guint lk_outbox_count_decisions (LkOutbox *self, gint64 since);

G_END_DECLS
