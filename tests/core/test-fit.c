/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core/fit.h"
#include "core/prefetch.h"

static void
test_contain (void)
{
  LkFit fit = lk_fit_contain (480, 640, 800, 640);

  g_assert_cmpfloat (fit.scale, ==, 1);
  g_assert_cmpfloat (fit.x, ==, 160);
  g_assert_cmpfloat (fit.y, ==, 0);
  fit = lk_fit_contain (960, 1280, 481, 641);
  g_assert_cmpfloat_with_epsilon (fit.scale, 641.0 / 1280, 1e-12);
  g_assert_cmpfloat (fit.x, ==, floor (fit.x));
}

static void
test_zoom_has_no_empty_edge (void)
{
  for (double centre = -50; centre <= 700; centre += 37)
    {
      LkFit fit = lk_fit_zoom (480, 640, 400, 300, 2, centre, centre);

      g_assert_cmpfloat (fit.x, <=, 0);
      g_assert_cmpfloat (fit.x + 480 * 2, >=, 400);
      g_assert_cmpfloat (fit.y, <=, 0);
      g_assert_cmpfloat (fit.y + 640 * 2, >=, 300);
    }
}

static void
test_small_is_centred (void)
{
  LkFit fit = lk_fit_zoom (100, 100, 400, 300, 1, 0, 0);

  g_assert_cmpfloat (fit.x, ==, 150);
  g_assert_cmpfloat (fit.y, ==, 100);
}

static void
test_zoom_at_keeps_the_point (void)
{
  LkFit fit = { -30, -40, 1.5 };
  LkFit zoomed = lk_fit_zoom_at (&fit, 3, 200, 100);

  g_assert_cmpfloat_with_epsilon ((200 - zoomed.x) / zoomed.scale, (200 - fit.x) / fit.scale, 1e-9);
  g_assert_cmpfloat_with_epsilon ((100 - zoomed.y) / zoomed.scale, (100 - fit.y) / fit.scale, 1e-9);
}

static void
test_window (void)
{
  LkWindow window = lk_prefetch_window (10, 100);

  g_assert_cmpuint (window.first, ==, 10 - LK_PREFETCH_BEHIND);
  g_assert_cmpuint (window.last, ==, 10 + LK_PREFETCH_AHEAD);
  window = lk_prefetch_window (0, 2);
  g_assert_cmpuint (window.first, ==, 0);
  g_assert_cmpuint (window.last, ==, 1);
  window = lk_prefetch_window (0, 0);
  g_assert_cmpuint (window.first, >, window.last);
  /* past the end: what a reviewer at the end of the queue looks back at */
  window = lk_prefetch_window (5, 5);
  g_assert_cmpuint (window.last, ==, 4);
}

/* Every position of the window once, the photo itself first, the next one second. */
static void
test_order (void)
{
  for (guint n = 0; n <= 12; n++)
    for (guint position = 0; position <= n; position++)
      {
        LkWindow window = lk_prefetch_window (position, n);
        guint n_order;
        g_autofree guint *order = lk_prefetch_order (position, n, &n_order);
        guint seen = 0;

        g_assert_cmpuint (n_order, ==, n == 0 ? 0 : window.last - window.first + 1);
        for (guint i = 0; i < n_order; i++)
          {
            g_assert_cmpuint (order[i], >=, window.first);
            g_assert_cmpuint (order[i], <=, window.last);
            g_assert_false (seen & (1u << order[i]));
            seen |= 1u << order[i];
          }
        if (position + 1 < n)
          {
            g_assert_cmpuint (order[0], ==, position);
            g_assert_cmpuint (order[1], ==, position + 1);
          }
      }
}

/* Few photos stand in one row as wide as it allows; many in as many rows as make them largest. */
static void
test_sheet (void)
{
  int columns = 0;

  g_assert_cmpint (lk_fit_sheet (4, 1240, 620, 12, 34, &columns), ==, 298);
  g_assert_cmpint (columns, ==, 4);
  g_assert_cmpint (lk_fit_sheet (24, 1240, 620, 12, 34, &columns), ==, 129);
  g_assert_cmpint (columns, ==, 8);
  g_assert_cmpint (lk_fit_sheet (1, 1240, 620, 12, 34, &columns), ==, 439);
  g_assert_cmpint (columns, ==, 1);
  g_assert_cmpint (lk_fit_sheet (3, 10, 10, 12, 34, &columns), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/fit/contain", test_contain);
  g_test_add_func ("/core/fit/zoom-has-no-empty-edge", test_zoom_has_no_empty_edge);
  g_test_add_func ("/core/fit/small-is-centred", test_small_is_centred);
  g_test_add_func ("/core/fit/zoom-at-keeps-the-point", test_zoom_at_keeps_the_point);
  g_test_add_func ("/core/fit/sheet", test_sheet);
  g_test_add_func ("/core/prefetch/window", test_window);
  g_test_add_func ("/core/prefetch/order", test_order);
  return g_test_run ();
}
