/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/routes.h"

G_BEGIN_DECLS

/* What the router does about the Idempotency-Key of a call. */

/* When the head has come: NULL, or the refusal of a call without a good key. */
LkResponse *lk_call_key_check (LkCall *call);

/* Before the work: *kept gets the answer that is kept. FALSE when the call is not to be worked on. */
gboolean    lk_call_key_begin (LkCall *call, LkResponse **kept, GError **error);

/* The work, under the key. */
LkResponse *lk_call_key_run   (LkCall *call, GError **error);

/* After the work, before the answer is sent; inside the transaction of a call that has one. */
void        lk_call_key_end   (LkCall *call, LkResponse *response);

G_END_DECLS
