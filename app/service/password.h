/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "service/config.h"

G_BEGIN_DECLS

/* Argon2id by libsodium, with the cost of data/service.json. One hash needs 64 MiB: callers bound how many run at once. */

/* NULL + LK_ERROR_STORE when there is no memory for it. Free with g_free. */
char *lk_password_hash (const LkServiceConfig *config, const char *password, GError **error);

/* Takes as long for a NULL hash (an unknown user) as for a wrong password, and is then FALSE. */
gboolean lk_password_verify (const LkServiceConfig *config, const char *hash, const char *password);

/* Names that can be typed on any keyboard: 1-32 of a-z, 0-9, dot, underscore, hyphen. */
gboolean lk_user_name_is_valid (const char *user);

G_END_DECLS
