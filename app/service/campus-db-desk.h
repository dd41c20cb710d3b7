/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/ticket.h"
#include "service/campus-db.h"

G_BEGIN_DECLS

/* Tickets, and what advisers, the desk and the registrar see of students: rules.md sections 6 and 7.3.
 *
 * An actor of the role LK_ROLE_STUDENT has staff 0; whose call it is then stands in LkTicketAuthor.student or filter.student. */

/* A file of a ticket: by lk_desk add_attachment() before it belongs to one. */
typedef struct
{
  char *uuid, *kind;            /* "conclusion" and so on, core/ticket.h */
  LkPhotoInfo *photo;           /* as it is kept; NULL in a new ticket */
} LkTicketAttachment;

LkTicketAttachment *lk_ticket_attachment_new  (const char *kind, const char *uuid);
void                lk_ticket_attachment_free (LkTicketAttachment *self);

typedef struct
{
  LkTicketType type;
  gint64 student;               /* row */
  const char *submission;       /* uuid, or NULL */
  const char *text;
  GPtrArray *attachments;       /* of LkTicketAttachment, or NULL */
} LkNewTicket;

/* One thing that was done. */
typedef struct
{
  gint64 at;                    /* µs UTC */
  LkRole by;                    /* STUDENT, SYSTEM, or the role of the staff */
  char *name;                   /* of the staff, not masked; NULL for others */
  char *step;                   /* "create", or a word of LkTicketStep */
  char *text;                   /* "" for none */
} LkTicketEntry;

void lk_ticket_entry_free (LkTicketEntry *self);

/* A ticket as it is kept: names and numbers are not masked here. */
typedef struct
{
  gint64 row;
  char *uuid;
  LkTicketType type;
  LkTicketState state;
  gint64 student;               /* row */
  char *name, *student_no, *class_name, *site;
  char *submission;             /* uuid, or NULL */
  LkState submission_state;     /* when there is one */
  LkDecisionRow *decision;      /* about the submission, for who decides on the ticket; NULL for others, for none and without entries */
  gboolean involved;            /* who decides on tickets like this one, but somebody else must on this one; FALSE without entries */
  char *text;
  gint64 created_at, resolved_at;       /* µs UTC; 0: not resolved */
  gint64 clock_us;              /* worked on so far, without the time the student was waited for */
  gboolean clock_runs;
  GPtrArray *entries;           /* of LkTicketEntry, in their order; NULL in lists of many students */
  GPtrArray *attachments;       /* of LkTicketAttachment; the same */
} LkTicketRow;

void lk_ticket_row_free (LkTicketRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkTicketRow, lk_ticket_row_free)

/* Which tickets; -1, 0 and NULL for any. */
typedef struct
{
  int type, state;              /* LkTicketType, LkTicketState */
  gboolean open;                /* not CLOSED */
  gint64 student;               /* row */
} LkTicketFilter;
#define LK_TICKET_FILTER_ALL { -1, -1, FALSE, 0 }

/* What somebody does to a ticket. */
typedef struct
{
  const char *ticket;           /* uuid */
  LkTicketStep step;
  const char *text;             /* needed but for CLOSE */
  gint64 student;               /* row, of a student's REPLY and REOPEN */
  LkState to;                   /* DECIDE: of the submission. Where it is already: the appeal is turned down */
  const char *key;              /* DECIDE: UUID under which a decision of the lead is kept; NULL: a new one */
  GPtrArray *attachments;       /* of LkTicketAttachment, or NULL */
} LkTicketMove;

/* A student in a list. */
typedef struct
{
  gint64 row;
  char *student_no, *name, *document_no, *class_name, *site;     /* not masked */
  char *submission, *photo;     /* the latest; NULL for none */
  LkState state;                /* of it */
  gint64 submitted_at;
  int n_tickets;                /* not closed */
} LkStudentRow;

void lk_student_row_free (LkStudentRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkStudentRow, lk_student_row_free)

typedef struct
{
  const char *number;           /* the student number or its end, at least 3 characters; NULL for any */
  const char *site, *class_name;
  const char *state;            /* of the latest submission; "none": no photo yet; "open": not approved; NULL for any */
} LkStudentFilter;

/* A class and how far it is. */
typedef struct
{
  char *site, *class_name;
  int n_students, n_none, n_waiting, n_sent_back, n_done;
} LkClassRow;

void lk_class_row_free (LkClassRow *row);

/* What is to be shown for a moment. */
typedef struct
{
  gint64 student;               /* row */
  const char *field;            /* "name", "document" */
  const char *reason;           /* needed */
  const char *ticket;           /* uuid, needed for the desk: not CLOSED, of this student */
} LkUnmask;

/* A line of the audit as it is kept. */
typedef struct
{
  gint64 seq, at;
  char *action, *submission, *state, *body, *hash;      /* submission: uuid; it and state may be NULL */
} LkAuditRow;

void lk_audit_row_free (LkAuditRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkAuditRow, lk_audit_row_free)

/* Errors: LK_ERROR_NOT_FOUND: not there, or not for this person; _FORBIDDEN: there, but not to be done by this role; _STATE. */
struct _LkDeskOps
{
  /* A picture that is in the blob store already, for a ticket to come. student: row. uuid gets its name. */
  gboolean (*add_attachment) (LkCampusDb *db, const LkActor *actor, gint64 student, const LkPhotoFile *file,
                              char uuid[LK_UUID_SIZE], GError **error);
  /* Also LK_ERROR_ATTACHMENTS_MISSING; LK_ERROR_STATE: the same is open already, or an appeal against what was not sent back. */
  gboolean (*create_ticket) (LkCampusDb *db, const LkActor *actor, const LkNewTicket *ticket, char uuid[LK_UUID_SIZE], GError **error);
  /* Newest first, before the row given (0: from the newest); array of LkTicketRow, with entries when they are one
   * student's. */
  GPtrArray *(*list_tickets) (LkCampusDb *db, const LkActor *actor, const LkTicketFilter *filter, gint64 before, int limit, GError **error);
  /* student: row of whose ticket it must be, 0 for the staff. */
  LkTicketRow *(*find_ticket) (LkCampusDb *db, const LkActor *actor, const char *uuid, gint64 student, GError **error);
  /* Also LK_ERROR_INVOLVED (who rejected does not decide the appeal, nobody on their own or a relative's photo), _TOO_LATE (reopen),
   * _BAD_NOTE (no text). */
  gboolean (*move_ticket)   (LkCampusDb *db, const LkActor *actor, const LkTicketMove *move, GError **error);
  /* Closes what was resolved longer ago than it may be reopened. */
  gboolean (*close_tickets) (LkCampusDb *db, GError **error);

  /* After the student number given (NULL: from the first); array of LkStudentRow. */
  GPtrArray *(*list_students) (LkCampusDb *db, const LkActor *actor, const LkStudentFilter *filter, const char *after, int limit,
                               GError **error);
  char    *(*student_number) (LkCampusDb *db, const LkActor *actor, gint64 student, GError **error);
  GPtrArray *(*list_classes)  (LkCampusDb *db, const LkActor *actor, GError **error);            /* of LkClassRow */
  /* The value, and one audit line. LK_ERROR_FORBIDDEN: this role may not see the field, or no reason, or no ticket. */
  char    *(*unmask)        (LkCampusDb *db, const LkActor *actor, const LkUnmask *unmask, GError **error);
  /* APPROVED back into the queue, by a lead, with a reason. */
  gboolean (*reopen)        (LkCampusDb *db, const LkActor *actor, const char *submission, const char *reason, GError **error);

  /* Lines after seq, oldest first; only own ones where the role may see no more. Array of LkAuditRow. *after gets where the next page
   * starts; it may have lines though this one has none, as long as *after moves. */
  GPtrArray *(*list_audit)  (LkCampusDb *db, const LkActor *actor, gint64 *after, int limit, GError **error);
  /* Whether there is a line with this hash (hex). */
  gboolean (*has_line)      (LkCampusDb *db, const char *hash, gboolean *found, GError **error);
  LkAuditRow *(*audit_head) (LkCampusDb *db, GError **error);   /* without a body; NULL without an error when there is no line */
};

G_END_DECLS
