/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/parallel.h"

enum { N = 200 };

typedef struct
{
  int worked[N];                /* how often, atomic */
  guint order[N], n_done;
} Seen;

static void
work (guint i, gpointer data)
{
  Seen *seen = data;

  /* every seventh is slow, so that those behind it finish first */
  if (i % 7 == 0)
    g_usleep (2000);
  g_atomic_int_inc (&seen->worked[i]);
}

static void
done (guint i, gpointer data)
{
  Seen *seen = data;

  g_assert_cmpint (g_atomic_int_get (&seen->worked[i]), ==, 1);
  seen->order[seen->n_done++] = i;
}

static void
test_order (gconstpointer jobs)
{
  g_autofree Seen *seen = g_new0 (Seen, 1);

  lk_parallel_run (N, GPOINTER_TO_UINT (jobs), work, done, NULL, seen);
  g_assert_cmpuint (seen->n_done, ==, N);
  for (guint i = 0; i < N; i++)
    g_assert_cmpuint (seen->order[i], ==, i);
}

static void
test_nothing (void)
{
  lk_parallel_run (0, 4, work, done, NULL, NULL);
}

static void
test_without_done (void)
{
  g_autofree Seen *seen = g_new0 (Seen, 1);

  lk_parallel_run (N, 3, work, NULL, NULL, seen);
  for (guint i = 0; i < N; i++)
    g_assert_cmpint (seen->worked[i], ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/check-tool/parallel/order-1", GUINT_TO_POINTER (1), test_order);
  g_test_add_data_func ("/check-tool/parallel/order-5", GUINT_TO_POINTER (5), test_order);
  g_test_add_func ("/check-tool/parallel/nothing", test_nothing);
  g_test_add_func ("/check-tool/parallel/without-done", test_without_done);
  return g_test_run ();
}
