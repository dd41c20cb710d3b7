/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/desk.h"
#include "core/reason.h"
#include "flow/account.h"
#include "flow/photo-loader.h"

G_BEGIN_DECLS

/**
 * LkDesk:
 *
 * What advisers, the desk, leads and the registrar do at a workstation beside the review: lists of classes and students, tickets.
 * Everything is asked of the service when it is wanted, nothing is kept here.
 *
 * Errors of all calls: LK_ERROR_OFFLINE, _UNTRUSTED, _SIGNED_OUT, _FORBIDDEN, G_IO_ERROR_CANCELLED; further ones are named.
 */
#define LK_TYPE_DESK (lk_desk_get_type ())
G_DECLARE_FINAL_TYPE (LkDesk, lk_desk, LK, DESK, GObject)

/* For who is signed in. LK_ERROR_BAD_SPEC. */
LkDesk *lk_desk_new (LkAccount *account, GError **error);

/* Photos of students and attachments of tickets; borrowed. */
LkPhotoLoader *lk_desk_get_loader (LkDesk *self);
LkRole         lk_desk_get_role   (LkDesk *self);
/* The college's reasons; borrowed. */
LkReasonCatalogue *lk_desk_get_reasons (LkDesk *self);

/* What a role sees (rules.md section 6). */
gboolean lk_desk_role_has_classes (LkRole role);
gboolean lk_desk_role_has_tickets (LkRole role);

/* Of LkClassProgress: those this person may see. */
void       lk_desk_classes_async  (LkDesk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *lk_desk_classes_finish (LkDesk *self, GAsyncResult *result, GError **error);

/* Of LkStudentEntry, by number: those of a class, all of it. */
void       lk_desk_students_async  (LkDesk *self, const char *site, const char *class_name, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *lk_desk_students_finish (LkDesk *self, GAsyncResult *result, GError **error);

/* The same for those whose number this is, or ends like this; ends with lk_desk_students_finish(). */
void lk_desk_find_students_async (LkDesk *self, const char *number, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);

/* Of LkTicket, the newest first, at most 200; open: without those that are closed. */
void       lk_desk_tickets_async  (LkDesk *self, gboolean open, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *lk_desk_tickets_finish (LkDesk *self, GAsyncResult *result, GError **error);

/* One with its notes and pictures. LK_ERROR_NOT_FOUND. */
void      lk_desk_ticket_async  (LkDesk *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
LkTicket *lk_desk_ticket_finish (LkDesk *self, GAsyncResult *result, GError **error);

/* Whether this person may do that to a ticket as it stands. */
gboolean lk_desk_may_step (LkDesk *self, const LkTicket *ticket, LkTicketStep step);

/* Does it; text is needed but for CLOSE. to: of DECIDE, the state the submission goes to, or is in already when the appeal is turned
 * down. Gives the ticket as it is then (lk_desk_ticket_finish()). Also LK_ERROR_STATE, _INVOLVED, _TOO_LATE, _BAD_NOTE. */
void lk_desk_step_async (LkDesk *self, const LkTicket *ticket, LkTicketStep step, const char *text, LkState to,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* Starts one for a student; ends with lk_desk_ticket_finish(). Also LK_ERROR_STATE: the same is open already. */
void lk_desk_start_ticket_async (LkDesk *self, const LkStudentEntry *student, LkTicketType type, const char *text,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* A student's name or document number for half a minute: "name", "document". reason is needed; ticket (id): for the desk. Every time
 * is one line of the audit. Also LK_ERROR_FORBIDDEN. Free with g_free. */
void  lk_desk_unmask_async  (LkDesk *self, gint64 student, const char *field, const char *reason, const char *ticket,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *lk_desk_unmask_finish (LkDesk *self, GAsyncResult *result, GError **error);

enum { LK_DESK_UNMASKED_SECONDS = 30 };

G_END_DECLS
