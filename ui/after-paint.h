/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*LkAfterPaintFunc) (GtkWidget *widget);

/* What can wait for the next photo to be on the screen: calls func once after the next frame of the widget's window, or at once when it
 * has none. A widget has one such function; a second wish before the frame changes nothing. */
void     lk_after_paint           (GtkWidget *widget, LkAfterPaintFunc func);
gboolean lk_after_paint_is_wished (GtkWidget *widget);

/* Returns whether one was wished. */
gboolean lk_after_paint_forget    (GtkWidget *widget);

G_END_DECLS
