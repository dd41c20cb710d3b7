/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Positions that should be ready in memory; first > last means none. */
typedef struct
{
  guint first, last;
} LkWindow;

enum { LK_PREFETCH_BEHIND = 2, LK_PREFETCH_AHEAD = 5 };

/* What to keep ready around a position in a list of n_items. */
LkWindow lk_prefetch_window (guint position, guint n_items);

/* The positions of the window in the order they should be loaded: the position itself, the next, then outwards. Free with g_free. */
guint *lk_prefetch_order (guint position, guint n_items, guint *n_positions);

G_END_DECLS
