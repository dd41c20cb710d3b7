/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/retry.h"

static void
test_grows_to_a_limit (void)
{
  guint before = 0;

  for (guint n = 1; n <= 6; n++)
    {
      g_assert_cmpuint (lk_retry_delay (n, 0, 0), >, before);
      before = lk_retry_delay (n, 0, 0);
    }
  g_assert_cmpuint (lk_retry_delay (1, 0, 0), ==, 500);
  g_assert_cmpuint (lk_retry_delay (2, 0, 0), ==, 1000);
  g_assert_cmpuint (lk_retry_delay (6, 0, 0), ==, 15000);
  g_assert_cmpuint (lk_retry_delay (1000000, 0, 0), ==, 15000);
}

static void
test_spreads (void)
{
  guint lowest = G_MAXUINT, highest = 0;

  for (guint i = 0; i < 1000; i++)
    {
      guint delay = lk_retry_delay (3, 0, (guint32) g_test_rand_int ());

      lowest = MIN (lowest, delay);
      highest = MAX (highest, delay);
    }
  g_assert_cmpuint (lowest, >=, 2000);
  g_assert_cmpuint (highest, <, 2400);
  g_assert_cmpuint (highest - lowest, >, 300);
}

static void
test_service_says_when (void)
{
  g_assert_cmpuint (lk_retry_delay (1, 30, 0), ==, 30000);
  g_assert_cmpuint (lk_retry_delay (6, 1, 0), ==, 15000);
  g_assert_cmpuint (lk_retry_delay (1, G_MAXUINT, 0), ==, 3600 * 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/retry/grows-to-a-limit", test_grows_to_a_limit);
  g_test_add_func ("/net/retry/spreads", test_spreads);
  g_test_add_func ("/net/retry/service-says-when", test_service_says_when);
  return g_test_run ();
}
