/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/campus-db-account.h"

G_BEGIN_DECLS

/* The second factor of staff: a code of six digits that changes every 30 s (RFC 6238, SHA-1, as every authenticator app makes it), and
 * recovery codes for the day the telephone is lost. */

GBytes *lk_second_factor_new_secret (void);

/* What an authenticator app reads from a QR code. */
char *lk_second_factor_uri (GBytes *secret, const char *user);

/* The secret as one types it when there is no camera: groups of four letters and digits. */
char *lk_second_factor_text (GBytes *secret);

/* Whether a code is right at a time (seconds UTC) or 30 s to either side; *step: number of the 30 s it is of. */
gboolean lk_second_factor_check (GBytes *secret, const char *code, gint64 now, gint64 *step);

/* "k3xw-9mtd-p27h-vqjc": 78 random bits in signs that are not taken for one another. */
char *lk_recovery_code_new (void);

/* The hash of a code as typed, with or without hyphens, in any case; FALSE when it can be none. */
gboolean lk_recovery_code_hash (const char *code, guint8 hash[LK_RECOVERY_HASH]);

G_END_DECLS
