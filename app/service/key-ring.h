/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/campus-db-keys.h"

G_BEGIN_DECLS

/**
 * LkKeyRing:
 *
 * Sees to it that a call with an idempotency key does its work once: knows which keys are being worked on, and asks the database for
 * the answers of those that were. Who wants to go on after a restart finds in the database whether the work was done, since that is
 * marked in its own transaction. Any thread.
 */
typedef struct _LkKeyRing LkKeyRing;

LkKeyRing *lk_key_ring_new  (LkCampusDb *db);
void       lk_key_ring_free (LkKeyRing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkKeyRing, lk_key_ring_free)

/**
 * lk_key_ring_begin:
 * @kept: (out): the answer that is kept, or NULL: then the work is to be done, and lk_key_ring_end() to be called
 *
 * Errors: LK_ERROR_KEY_REUSED (another request has the key), _KEY_IN_WORK, _KEY_DONE (done, but its answer is lost), the database's.
 */
gboolean lk_key_ring_begin (LkKeyRing *self, LkKeyScope *scope, LkKeptAnswer **kept, GError **error);

/* Keeps the answer of a success (status 2xx); after anything else the key is free again. Before the answer is sent. */
gboolean lk_key_ring_end   (LkKeyRing *self, LkKeyScope *scope, guint status, const char *body, GError **error);

G_END_DECLS
