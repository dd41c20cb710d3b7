/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/prefetch.h"

LkWindow
lk_prefetch_window (guint position, guint n_items)
{
  if (n_items == 0)
    return (LkWindow) { 1, 0 };
  position = MIN (position, n_items - 1);
  return (LkWindow) { position - MIN (position, LK_PREFETCH_BEHIND), MIN (position + LK_PREFETCH_AHEAD, n_items - 1) };
}

guint *
lk_prefetch_order (guint position, guint n_items, guint *n_positions)
{
  LkWindow window = lk_prefetch_window (position, n_items);
  guint *order = g_new (guint, LK_PREFETCH_BEHIND + LK_PREFETCH_AHEAD + 1);
  guint n = 0;

  position = n_items == 0 ? 0 : MIN (position, n_items - 1);
  for (guint i = position; n_items > 0 && i <= window.last && i < position + 2; i++)
    order[n++] = i;
  /* then one back, one ahead, and so on */
  for (guint step = 1; n_items > 0 && step <= LK_PREFETCH_AHEAD; step++)
    {
      if (position >= step && position - step >= window.first)
        order[n++] = position - step;
      if (step > 1 && position + step <= window.last)
        order[n++] = position + step;
    }
  *n_positions = n;
  return order;
}
