/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A new UUIDv7 (RFC 9562) in lower-case text: ordered by time, made once per thing, never guessed from outside. */
char *lk_key_new (void);

/* TRUE when text is a UUID in the form lk_key_new() makes. */
gboolean lk_key_is_valid (const char *text);

G_END_DECLS
