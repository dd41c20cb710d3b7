/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Columns that text takes in a terminal: two for a wide (Chinese) character, none for a combining one. */
int lk_text_width (const char *text);

/* Appends text and, before or after it, the spaces that fill width columns. */
void lk_text_append_padded (GString *line, const char *text, int width, gboolean to_the_right);

G_END_DECLS
