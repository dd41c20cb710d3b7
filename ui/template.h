/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For dispose() of a widget made from a template: its bound fields become NULL and every child goes, bound or not. May be called twice. */
void lk_template_dispose (GtkWidget *widget, GType type);

G_END_DECLS
