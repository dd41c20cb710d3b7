/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "net/campus-answer.h"

G_BEGIN_DECLS

/**
 * LkCampusClient:
 *
 * The campus service, one async pair a call (docs/protocol.md). Each call runs in a worker; its result comes back in
 * the caller's main context.
 *
 * Errors of all calls: %LK_ERROR_OFFLINE (not reached, 5xx, or the answer is not of a campus service),
 * %LK_ERROR_UNTRUSTED, %G_IO_ERROR_CANCELLED, and the codes of the service's problems, %LK_ERROR_SIGNED_OUT first.
 */
#define LK_TYPE_CAMPUS_CLIENT (lk_campus_client_get_type ())
G_DECLARE_FINAL_TYPE (LkCampusClient, lk_campus_client, LK, CAMPUS_CLIENT, GObject)

LkCampusClient *lk_campus_client_new (const char *base_url); /* as lk_service_url_parse() gives it */

/* The session's token for all calls from now on; NULL for none. */
void lk_campus_client_set_token (LkCampusClient *self, const char *token);
gboolean lk_campus_client_has_token (LkCampusClient *self);

/* Seconds the service asked to wait in the last answer that was finished; 0 when it did not. */
guint lk_campus_client_get_retry_after (LkCampusClient *self);

void lk_campus_client_meta_async (LkCampusClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
LkCampusMeta *lk_campus_client_meta_finish (LkCampusClient *self, GAsyncResult *result, GError **error);

/* Does not set the token: the caller decides. code: of the second factor, or NULL. Also LK_ERROR_WRONG_PASSWORD,
 * _TOO_MANY_TRIES, _FACTOR_NEEDED, _WRONG_FACTOR. */
void lk_campus_client_sign_in_async (LkCampusClient *self, const char *user, const char *password, const char *code,
                                     const char *device, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LkCampusSession *lk_campus_client_sign_in_finish (LkCampusClient *self, GAsyncResult *result, GError **error);

/* Begins a sign-in through the college; back: where the browser brings the answer. Also LK_ERROR_NOT_FOUND (this campus
 * has none), _COLLEGE_AWAY. */
void lk_campus_client_college_begin_async (LkCampusClient *self, const char *device, const char *back,
                                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LkCampusCollege *lk_campus_client_college_begin_finish (LkCampusClient *self, GAsyncResult *result, GError **error);

/* Ends it with what came back: state, and code or ticket, of which one is NULL. Does not set the token. Also
 * LK_ERROR_COLLEGE_REFUSED, _COLLEGE_AWAY, _NO_ACCOUNT, _TOO_MANY_TRIES. */
void lk_campus_client_college_end_async (LkCampusClient *self, const char *id, const char *device, const char *state,
                                         const char *code, const char *ticket, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);
LkCampusSession *lk_campus_client_college_end_finish (LkCampusClient *self, GAsyncResult *result, GError **error);

void lk_campus_client_sign_out_async (LkCampusClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean lk_campus_client_sign_out_finish (LkCampusClient *self, GAsyncResult *result, GError **error);

/* Leases up to count submissions that the filter wants (NULL: all), those this device holds already first. */
void lk_campus_client_lease_async (LkCampusClient *self, guint count, const LkQueueFilter *filter,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LkCampusLeases *lk_campus_client_lease_finish (LkCampusClient *self, GAsyncResult *result, GError **error);

/* Also LK_ERROR_LEASE_LOST. */
void lk_campus_client_renew_async (LkCampusClient *self, const char *lease, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
LkCampusLease *lk_campus_client_renew_finish (LkCampusClient *self, GAsyncResult *result, GError **error);

/* skip: it comes last for this person as long as the shift lasts. */
void lk_campus_client_give_back_async (LkCampusClient *self, const char *lease, gboolean skip, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
gboolean lk_campus_client_give_back_finish (LkCampusClient *self, GAsyncResult *result, GError **error);

/* bodies: NULL-terminated JSON texts of decisions, at most 100. The result has an answer for each, in their order. */
void lk_campus_client_decide_async (LkCampusClient *self, const char *const *bodies, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *lk_campus_client_decide_finish (LkCampusClient *self, GAsyncResult *result, GError **error);

/* Takes the decision back; body is the undo's JSON. The result is the lease under which the submission is held again;
 * also LK_ERROR_TOO_LATE, _LEASE_LOST, _NOT_FOUND. */
void lk_campus_client_revert_async (LkCampusClient *self, const char *decision_key, const char *body,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LkCampusLease *lk_campus_client_revert_finish (LkCampusClient *self, GAsyncResult *result, GError **error);

/* What the student of a submission leased here sent before, the latest first: array of LkEarlier. Also
 * LK_ERROR_NOT_FOUND. */
void lk_campus_client_earlier_async (LkCampusClient *self, const char *submission, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *lk_campus_client_earlier_finish (LkCampusClient *self, GAsyncResult *result, GError **error);

/* The bytes of a photo, proved to be the ones named; LK_ERROR_CORRUPT when they are not. */
void lk_campus_client_image_async (LkCampusClient *self, const char *hash, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
GBytes *lk_campus_client_image_finish (LkCampusClient *self, GAsyncResult *result, GError **error);

void lk_campus_client_stats_async (LkCampusClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
LkCampusStats *lk_campus_client_stats_finish (LkCampusClient *self, GAsyncResult *result,
                                              GError **error); /* g_free() */

/* How what waits is spread; second: what waits for a second person, a lead's only. */
void lk_campus_client_facets_async (LkCampusClient *self, gboolean second, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
LkQueueFacets *lk_campus_client_facets_finish (LkCampusClient *self, GAsyncResult *result, GError **error);

/* How far the reviewers agree with the second persons: a lead's only. */
void lk_campus_client_agreement_async (LkCampusClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data);
LkAgreementFigures *lk_campus_client_agreement_finish (LkCampusClient *self, GAsyncResult *result, GError **error);

/* The same of who is signed in; id and name are NULL. */
void lk_campus_client_own_agreement_async (LkCampusClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                           gpointer user_data);
LkAgreementFigure *lk_campus_client_own_agreement_finish (LkCampusClient *self, GAsyncResult *result, GError **error);

/* A call of the desk's, whose answer is one JSON object. method: a literal; path: with its query, escaped; body, key
 * (Idempotency-Key): NULL for none. */
void lk_campus_client_call_async (LkCampusClient *self, const char *method, const char *path, const char *body,
                                  const char *key, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
cJSON *lk_campus_client_call_finish (LkCampusClient *self, GAsyncResult *result, GError **error);

/* The college's reasons and photo standard as the service has them, JSON text. */
void lk_campus_client_rules_async (LkCampusClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
char *lk_campus_client_rules_finish (LkCampusClient *self, GAsyncResult *result, GError **error);

/* cursor NULL: only where the feed stands now. Waits up to wait seconds (at most 25) for a change. */
void lk_campus_client_changes_async (LkCampusClient *self, const char *cursor, guint wait, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
LkCampusChanges *lk_campus_client_changes_finish (LkCampusClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
