/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/steady.h"

#include "service/clock.h"

gint64
lk_steady_now (void)
{
  static gsize ready;
  static gint64 wall_minus_monotonic;

  if (g_once_init_enter (&ready))
    {
      wall_minus_monotonic = g_get_real_time () - g_get_monotonic_time ();
      g_once_init_leave (&ready, 1);
    }
  return lk_clock_apply (g_get_monotonic_time () + wall_minus_monotonic);
}
