/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A window that lists the keys of the review page, made from the one table of review-actions.h. */
GtkWindow *lk_shortcuts_window_new (GtkWindow *parent);

G_END_DECLS
