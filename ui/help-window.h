/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a reviewer wants to know, on one page (F1). */
GtkWindow *lk_help_window_new (GtkWindow *parent);

G_END_DECLS
