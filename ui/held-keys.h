/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Whether a key (in lower case, its modifiers without Shift) does something that may not happen again and again while it is held down. */
typedef gboolean (*LkOnceFunc) (guint keyval, GdkModifierType modifiers);

/* A key that is held down, or has something lying on it, repeats some 25 times a second. Inside widget those for which once gives TRUE,
 * and Enter and Space, then do what they do only once; in fields for text every key repeats. */
void lk_held_keys_attach (GtkWidget *widget, LkOnceFunc once);

G_END_DECLS
