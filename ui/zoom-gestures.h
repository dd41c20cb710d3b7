/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The wheel zooms to the pointer, dragging moves what is seen: the same for every widget that shows photos. Widget px. */
typedef struct
{
  void (*zoom_by) (GtkWidget *widget, double factor, double x, double y);       /* the point (x, y) stays where it is */
  void (*pan)     (GtkWidget *widget, double x, double y);
} LkZoomFuncs;

/* funcs is static. */
void lk_zoom_gestures_add (GtkWidget *widget, const LkZoomFuncs *funcs);

G_END_DECLS
