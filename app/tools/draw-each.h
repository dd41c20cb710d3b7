/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Draws number i and appends its row; called on any thread. */
typedef gboolean (*LkDrawFunc) (int i, GString *row, gpointer data, GError **error);

/* Calls draw for 0 ... count - 1 on all cores and appends the rows to csv in that order, so that the result does not
 * depend on the number of cores. The first error in that order is the one returned. */
gboolean lk_draw_each (int count, LkDrawFunc draw, gpointer data, GString *csv, GError **error);

G_END_DECLS
