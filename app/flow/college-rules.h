/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/reason.h"
#include "core/spec.h"
#include "net/campus-client.h"

G_BEGIN_DECLS

/* What the college has set at its service: the reasons it gives and the standard it measures by. The workstation asks for them at
 * each sign-in and keeps them in a folder, for days on which the service is away; without any, the shipped ones hold. */

/* Asks and keeps. Never fails but when cancelled: what was kept before stays when the service does not answer, or says what this
 * version cannot read. */
void     lk_college_rules_fetch_async  (LkCampusClient *client, const char *folder, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
gboolean lk_college_rules_fetch_finish (LkCampusClient *client, GAsyncResult *result, GError **error);

/* Those kept in the folder, else the shipped ones. LK_ERROR_BAD_SPEC, _NOT_FOUND: of the shipped ones. */
LkReasonCatalogue *lk_college_rules_load_reasons (const char *folder, GError **error);
LkSpec            *lk_college_rules_load_spec    (const char *folder, GError **error);

G_END_DECLS
