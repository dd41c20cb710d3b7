/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Names a button with a text, or a row with a title, otherwise than by that: what a screen reader says of it. */
void lk_accessible_name_set   (GtkWidget *widget, const char *name);

/* Names the items of a menu that opens by their texts: by itself GTK 4.18 gives them no name, and a screen reader is silent. */
void lk_accessible_name_items (GtkPopover *menu);

G_END_DECLS
