/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/key.h"
#include "fixture.h"
#include "service/db-sqlite.h"

/* Several workstations were without a network and decided on the same submissions. In whatever order they are heard when
 * it is back, the campus ends up the same. */

enum
{
  N_STUDENTS = 120,
  N_STATIONS = 6,
  N_ROUNDS = 5,
  N_ORDERS = 5,
  LEASE_S = 600,
};

static gint64 test_time = G_USEC_PER_SEC * (gint64) 1000000;

static gint64
test_now (void)
{
  return test_time;
}

/* One entry of an outbox. */
typedef struct
{
  char *key, *submission, *lease, *photo;
  LkVerdict verdict;
  char *undo_key;               /* the entry takes this reviewer's decision "key" back; else NULL */
} Entry;

typedef struct
{
  LkActor actor;
  GPtrArray *entries;           /* of Entry, in the order they were made */
} Station;

typedef struct
{
  LkTestCampus *campus;
  LkStaff *staff[2];
  char *devices[N_STATIONS];
  Station stations[N_STATIONS];
} Fixture;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->key);
  g_free (entry->submission);
  g_free (entry->lease);
  g_free (entry->photo);
  g_free (entry->undo_key);
  g_free (entry);
}

static LkCampusDb *
open_db (const char *folder)
{
  const LkDbOptions options = { .lease_seconds = LEASE_S, .undo_seconds = 600, .now = test_now };
  g_autofree char *path = g_build_filename (folder, "campus.db", NULL);
  g_autoptr (GError) error = NULL;
  LkCampusDb *db = lk_db_sqlite_open (path, FALSE, &options, &error);

  g_assert_no_error (error);
  return db;
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  const char *const users[] = { "lin", "wang" };
  LkCampusDb *db;

  f->campus = lk_test_campus_new (N_STUDENTS);
  lk_test_campus_close (f->campus);
  db = open_db (f->campus->folder);
  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    f->staff[i] = db->ops->find_staff (db, users[i], NULL);
  for (guint i = 0; i < N_STATIONS; i++)
    {
      LkStaff *who = f->staff[i % 2];

      f->devices[i] = lk_key_new ();
      f->stations[i].actor = (LkActor) { who->row, who->uuid, LK_ROLE_REVIEWER, f->devices[i], "127.0.0.1" };
      f->stations[i].entries = g_ptr_array_new_with_free_func (entry_free);
    }
  lk_campus_db_close (db);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  for (guint i = 0; i < N_STATIONS; i++)
    {
      g_ptr_array_unref (f->stations[i].entries);
      g_free (f->devices[i]);
    }
  lk_staff_free (f->staff[0]);
  lk_staff_free (f->staff[1]);
  lk_test_campus_free (f->campus);
}

static Entry *
add_entry (Station *station, const LkSubmissionRow *row, GRand *rand)
{
  static const LkVerdict verdicts[] = { LK_VERDICT_RETURN, LK_VERDICT_RESHOOT, LK_VERDICT_APPROVE };
  Entry *entry = g_new0 (Entry, 1);

  entry->key = lk_key_new ();
  entry->submission = g_strdup (row->uuid);
  entry->lease = g_strdup (row->lease);
  entry->photo = g_strdup (row->photo);
  entry->verdict = verdicts[g_rand_int_range (rand, 0, G_N_ELEMENTS (verdicts))];
  g_ptr_array_add (station->entries, entry);
  return entry;
}

/* What one workstation does with a submission it was given before its network went: nothing, give it back, decide, or
 * decide, take it back and decide again. */
static void
work_on (LkCampusDb *db, Station *station, const LkSubmissionRow *row, GRand *rand)
{
  int what = g_rand_int_range (rand, 0, 10);
  Entry *entry;

  if (what == 0)
    return;
  if (what == 1)
    {
      g_assert_true (db->ops->return_lease (db, &station->actor, row->lease, FALSE, NULL));
      return;
    }
  entry = add_entry (station, row, rand);
  if (what > 3)
    return;
  {
    Entry *undo = g_new0 (Entry, 1);

    undo->key = g_strdup (entry->key);
    undo->undo_key = lk_key_new ();
    g_ptr_array_add (station->entries, undo);
  }
  add_entry (station, row, rand);
}

/* In each round some workstations lease, lose the network, and their leases run out. */
static guint
make_offline_work (Fixture *f, GRand *rand)
{
  LkCampusDb *db = open_db (f->campus->folder);
  guint n = 0;

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      for (guint i = 0; i < N_STATIONS; i++)
        {
          Station *station = &f->stations[i];
          gint64 pending;
          g_autoptr (GPtrArray) rows = db->ops->lease (db, &station->actor, g_rand_int_range (rand, 5, 25), NULL, &pending, NULL);

          g_assert_nonnull (rows);
          for (guint k = 0; k < rows->len; k++)
            work_on (db, station, rows->pdata[k], rand);
        }
      test_time += G_USEC_PER_SEC * (gint64) (LEASE_S + 1);
      g_assert_true (db->ops->expire (db, NULL));
    }
  lk_campus_db_close (db);
  for (guint i = 0; i < N_STATIONS; i++)
    n += f->stations[i].entries->len;
  return n;
}

static gboolean
send (LkCampusDb *db, const LkActor *actor, const Entry *entry)
{
  static const char *const reasons[] = { "R203", NULL };
  g_autoptr (GPtrArray) list = NULL;
  LkDecisionAnswer answer;
  gboolean accepted;

  if (entry->undo_key != NULL)
    {
      char lease[LK_UUID_SIZE];
      gboolean repeated;
      gint64 until;

      /* of a decision that was not taken there is nothing to take back */
      return db->ops->revert (db, actor, entry->key, entry->undo_key, &repeated, lease, &until, NULL);
    }
  list = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (list, lk_decision_new (&(LkDecisionDescription) {
    .key = entry->key, .submission = entry->submission, .lease = entry->lease, .photo = entry->photo,
    .verdict = entry->verdict, .reasons = entry->verdict == LK_VERDICT_APPROVE ? NULL : reasons, .note = "seen",
    .decided_at = 1, .shown_ms = 5, .input = "key" }));
  g_assert_true (db->ops->decide (db, actor, list, &answer, NULL));
  accepted = answer.status == LK_ANSWER_ACCEPTED;
  g_assert_true (accepted || answer.status == LK_ANSWER_CONFLICT);
  lk_decision_answer_clear (&answer);
  return accepted;
}

/* Sends everything, each workstation in its own order and the workstations in any; gives how the campus stands. */
static char *
arrive (Fixture *f, GRand *rand, guint *n_conflicts)
{
  g_autofree char *folder = lk_test_temporary_folder ();
  const char *copy[] = { "cp", "-a", NULL, folder, NULL };
  g_autofree char *from = g_strconcat (f->campus->folder, "/.", NULL);
  guint next[N_STATIONS] = { 0 };
  guint left = 0;
  LkCampusDb *db;
  char *stand;

  copy[2] = from;
  g_assert_true (g_spawn_sync (NULL, (char **) copy, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  for (guint i = 0; i < N_STATIONS; i++)
    left += f->stations[i].entries->len;
  db = open_db (folder);
  *n_conflicts = 0;
  while (left > 0)
    {
      guint i = (guint) g_rand_int_range (rand, 0, N_STATIONS);
      guint burst = (guint) g_rand_int_range (rand, 1, 30);

      for (; burst > 0 && next[i] < f->stations[i].entries->len; burst--, left--)
        *n_conflicts += send (db, &f->stations[i].actor, f->stations[i].entries->pdata[next[i]++]) ? 0 : 1;
    }
  lk_campus_db_close (db);
  stand = lk_test_query (folder,
                         "SELECT group_concat (line, char (10)) FROM (SELECT s.uuid || ' ' || s.state || ' ' ||"
                         " coalesce (d.key || d.verdict, '-') AS line FROM submission s LEFT JOIN decision d ON d.submission = s.id"
                         " AND d.reverted_at IS NULL ORDER BY s.uuid)");
  lk_test_remove_folder (folder);
  return stand;
}

static void
test_any_order (Fixture *f, gconstpointer unused)
{
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint n_entries = make_offline_work (f, rand);
  guint n_conflicts, n_first_conflicts;
  g_autofree char *first = arrive (f, rand, &n_first_conflicts);

  g_test_message ("%u entries of %d workstations, %u not taken", n_entries, N_STATIONS, n_first_conflicts);
  g_assert_cmpuint (n_entries, >=, 300);
  g_assert_cmpuint (n_first_conflicts, >=, 30);
  g_assert_nonnull (strstr (first, "RETURNED"));
  for (guint i = 1; i < N_ORDERS; i++)
    {
      g_autofree char *stand = arrive (f, rand, &n_conflicts);

      g_assert_cmpstr (stand, ==, first);
      g_assert_cmpuint (n_conflicts, ==, n_first_conflicts);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/service/offline/any-order", Fixture, NULL, set_up, test_any_order, tear_down);
  return g_test_run ();
}
