/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The text of a text view, without white space at its ends; newly allocated. */
char *lk_text_field_dup (GtkTextView *view);
void  lk_text_field_set (GtkTextView *view, const char *text);

G_END_DECLS
