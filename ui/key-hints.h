/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Keeps the keys shown on and told about every button below a widget those of LkKeyMap: the small cap with the class
 * "keycap", the key at the end of a tooltip ("Next photo (J)"), and what a screen reader says. */
void lk_key_hints_follow (GtkWidget *widget);

G_END_DECLS
