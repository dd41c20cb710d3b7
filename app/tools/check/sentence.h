/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What went wrong as a sentence in the user's language. Newly allocated. */
char *lk_sentence_for (const GError *error);

/* Prints "likeness-check: WHAT: sentence" on standard error; WHAT may be NULL. */
void lk_complain (const char *what, const GError *error);

G_END_DECLS
