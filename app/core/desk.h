/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/photo-info.h"
#include "core/standing.h"
#include "core/state.h"
#include "core/ticket.h"

G_BEGIN_DECLS

/* Classes, students and tickets as advisers, the desk, leads and the registrar see them at a workstation (rules.md sections 6 and
 * 7.3). Names and document numbers are masked by the service. */

/* How far a class is; one student counts once. */
typedef struct
{
  char *site, *class_name;
  int n_students;
  int n_none;                   /* no photo yet */
  int n_waiting;                /* waits for a review */
  int n_sent_back;              /* the student has to do something */
  int n_done;
} LkClassProgress;

void lk_class_progress_free (LkClassProgress *self);

typedef struct
{
  gint64 id;                    /* the service's number of the student */
  char *name, *number, *document, *class_name, *site;
  char *submission, *photo;     /* the latest, its UUID and SHA-256; NULL for none */
  LkState state;                /* of it */
  gint64 submitted_at;          /* µs UTC */
  int n_tickets;                /* not closed */
} LkStudentEntry;

void lk_student_entry_free (LkStudentEntry *self);

/* One thing that was done to a ticket. */
typedef struct
{
  gint64 at;                    /* µs UTC */
  LkRole by;                    /* STUDENT, SYSTEM, or a role of the staff */
  char *name;                   /* of the staff; NULL for others */
  char *step;                   /* "create", or a word of LkTicketStep */
  char *text;                   /* "" for none */
} LkTicketNote;

typedef struct
{
  char *kind;                   /* "conclusion" and so on, core/ticket.h */
  LkPhotoInfo *picture;
} LkTicketPicture;

typedef struct
{
  char *id;                     /* UUID */
  LkTicketType type;
  LkTicketState state;
  LkStudentEntry *student;      /* without a photo */
  char *submission;             /* UUID, or NULL */
  LkState submission_state;     /* when there is one */
  LkStandingDecision *decision; /* about the photo, for who decides on the ticket; NULL for others and without notes */
  gboolean involved;            /* who decides on tickets like this one, but somebody else must on this one: rules.md section 6 */
  char *text;
  gint64 created_at;            /* µs UTC */
  int worked_seconds;           /* without the time the student was waited for */
  gboolean clock_runs;
  GPtrArray *notes;             /* of LkTicketNote, in their order; empty in lists */
  GPtrArray *pictures;          /* of LkTicketPicture; the same */
} LkTicket;

void lk_ticket_free (LkTicket *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkTicket, lk_ticket_free)

G_END_DECLS
