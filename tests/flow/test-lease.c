/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/error.h"
#include "fixture.h"
#include "wait.h"

/* Leases that are renewed, run out, and go to somebody else, with the real service. */

static const CampusOptions short_leases = { .n_students = 4, .lease_seconds = 2 };

/* Offline past the lease; somebody else decides: listed with who it was, never dropped, never asked for again. */
static void
test_conflict (Fixture *f, gconstpointer options)
{
  Station *wang = station_new ();
  g_autofree char *direct = g_strdup_printf ("http://127.0.0.1:%u", campus_get_port (f->campus));
  g_autofree char *id = NULL;
  GListModel *conflicts;

  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, 4);
  fixture_cut (f);
  id = station_decide (f->lin, LK_VERDICT_RESHOOT);
  wait_until (campus_number (f->campus, "SELECT count(*) FROM submission WHERE state = 'PENDING'") == 4);
  station_start (wang, direct, "wang");
  station_wait_undecided (wang, 4);
  g_assert_nonnull (lk_review_queue_find (station_queue (wang), id, NULL));
  for (guint i = 0; i < 4; i++)
    g_free (station_decide (wang, LK_VERDICT_RETURN));
  station_wait_synced (wang);

  fixture_mend (f);
  conflicts = lk_sync_get_conflicts (station_sync (f->lin));
  wait_until (g_list_model_get_n_items (conflicts) == 1);
  {
    g_autoptr (LkConflict) conflict = g_list_model_get_item (conflicts, 0);

    g_assert_cmpint (lk_conflict_get_code (conflict), ==, LK_ERROR_ALREADY_DECIDED);
    g_assert_cmpint (lk_conflict_get_verdict (conflict), ==, LK_VERDICT_RESHOOT);
    g_assert_cmpstr (lk_conflict_get_winner (conflict), ==, "王*师");
    g_assert_cmpstr (lk_conflict_get_name (conflict), ==, "李*明");
    g_assert_false (lk_conflict_get_is_undo (conflict));
    g_assert_cmpint (lk_conflict_get_at (conflict), >, 0);
  }
  /* what was not decided is lost with its lease */
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (station_queue (f->lin))) == 0);
  g_assert_cmpuint (f->lin->n_lost, ==, 4);
  g_assert_cmpuint (lk_review_get_n_today (f->lin->review), ==, 0);
  fixture_assert_state (f, id, "RETURNED");

  /* it stays over a restart, until it is dismissed */
  station_end (f->lin);
  station_start (f->lin, f->url, "lin");
  conflicts = lk_sync_get_conflicts (station_sync (f->lin));
  g_assert_cmpuint (g_list_model_get_n_items (conflicts), ==, 1);
  {
    g_autoptr (LkConflict) conflict = g_list_model_get_item (conflicts, 0);

    lk_sync_dismiss_conflict (station_sync (f->lin), conflict);
  }
  wait_until (g_list_model_get_n_items (conflicts) == 0);
  station_end (f->lin);
  station_start (f->lin, f->url, "lin");
  g_assert_cmpuint (g_list_model_get_n_items (lk_sync_get_conflicts (station_sync (f->lin))), ==, 0);
  station_free (wang);
}

/* A decision made after the lease ended counts when nobody else has the submission. */
static void
test_late_but_first (Fixture *f, gconstpointer options)
{
  g_autofree char *id = NULL;

  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, 4);
  fixture_cut (f);
  wait_until (campus_number (f->campus, "SELECT count(*) FROM submission WHERE state = 'PENDING'") == 4);
  id = station_decide (f->lin, LK_VERDICT_RETURN);
  fixture_mend (f);
  station_wait_synced (f->lin);
  fixture_assert_state (f, id, "RETURNED");
  g_assert_cmpuint (g_list_model_get_n_items (lk_sync_get_conflicts (station_sync (f->lin))), ==, 0);
}

/* Leases of two seconds are still held after five: they are renewed. */
static void
test_renew (Fixture *f, gconstpointer options)
{
  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, 4);
  wait_ms (5000);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM submission WHERE state = 'IN_REVIEW'"), ==, 4);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM audit WHERE action = 'lease-expired'"), ==, 0);
  g_assert_cmpuint (lk_review_queue_get_n_undecided (station_queue (f->lin)), ==, 4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, options, func) \
  g_test_add ("/flow/lease/" path, Fixture, &options, fixture_set_up, func, fixture_tear_down)
  ADD ("conflict", short_leases, test_conflict);
  ADD ("late-but-first", short_leases, test_late_but_first);
  ADD ("renew", short_leases, test_renew);
  return g_test_run ();
}
