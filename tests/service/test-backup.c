/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "core/key.h"
#include "fixture.h"
#include "service/backup.h"

enum { N_STUDENTS = 12, N_ROWS = 20000 };

typedef struct
{
  char *place;                  /* for the backup and what is made of it */
  char *backup, *restored;
  LkTestCampus *campus;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *key = NULL, *conf = NULL;

  f->place = lk_test_temporary_folder ();
  f->backup = g_build_filename (f->place, "backup", NULL);
  f->restored = g_build_filename (f->place, "campus", NULL);
  f->campus = lk_test_campus_new (N_STUDENTS);
  key = g_build_filename (f->campus->folder, "search.key", NULL);
  conf = g_build_filename (f->campus->folder, "likenessd.conf", NULL);
  g_assert_true (g_file_set_contents (key, "12345678901234567890123456789012", 32, NULL));
  g_assert_true (g_file_set_contents (conf, "# ours\n", -1, NULL));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  lk_test_campus_free (f->campus);
  lk_test_remove_folder (f->place);
  g_free (f->place);
  g_free (f->backup);
  g_free (f->restored);
}

static int
back_up (Fixture *f, const char *option, char **out)
{
  const char *const words[] = { "backup", f->backup, "--data", f->campus->folder, option, NULL };

  return lk_test_run (words, NULL, out, NULL);
}

static int
restore (Fixture *f, char **err)
{
  const char *const words[] = { "restore", f->backup, "--data", f->restored, NULL };

  return lk_test_run (words, NULL, NULL, err);
}

static char *
file_in (const char *folder, const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static gboolean
has (const char *folder, const char *name)
{
  g_autofree char *path = file_in (folder, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The path of a photo file of a campus, by the number of its row. */
static char *
photo_path (const char *folder, int number)
{
  g_autofree char *sql = g_strdup_printf ("SELECT sha256 FROM photo ORDER BY sha256 LIMIT 1 OFFSET %d", number);
  g_autofree char *name = lk_test_query (folder, sql);

  return g_strdup_printf ("%s/photos/%.2s/%.2s/%s", folder, name, name + 2, name);
}

/* Each photo that a row of the campus names, with the bytes it is named by. */
static void
check_photos (const char *folder)
{
  int n = lk_test_query_int (folder, "SELECT count(*) FROM photo");

  g_assert_cmpint (n, >=, N_STUDENTS);
  for (int i = 0; i < n; i++)
    {
      g_autofree char *path = photo_path (folder, i), *text = NULL, *hash = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (path, &text, &size, NULL));
      hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, size);
      g_assert_true (g_str_has_suffix (path, hash));
    }
}

static void
check_audit (const char *folder)
{
  const char *const words[] = { "audit", "verify", "--data", folder, NULL };

  g_assert_cmpint (lk_test_run (words, NULL, NULL, NULL), ==, 0);
}

/* -- by itself -- */

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  g_autofree char *out = NULL, *ours = NULL, *theirs = NULL, *stray = file_in (f->campus->folder, "photos/stray");
  struct stat info;

  g_assert_true (g_file_set_contents (stray, "of no row", -1, NULL));
  g_assert_cmpint (back_up (f, NULL, &out), ==, 0);
  g_assert_nonnull (strstr (out, "The keys (search.key, codes) are not in it."));
  g_assert_false (has (f->backup, "search.key"));
  g_assert_false (has (f->backup, "photos/stray"));
  g_assert_true (has (f->backup, "likenessd.conf"));
  g_assert_true (has (f->backup, "service.json"));
  ours = photo_path (f->campus->folder, 0);
  g_assert_cmpint (stat (ours, &info), ==, 0);
  g_assert_cmpint (info.st_nlink, ==, 2);

  g_assert_cmpint (restore (f, NULL), ==, 0);
  g_assert_cmpint (lk_test_query_int (f->restored, "SELECT count(*) FROM submission"), ==, N_STUDENTS);
  check_photos (f->restored);
  check_audit (f->restored);
  g_assert_true (has (f->restored, "likenessd.conf"));
  g_assert_false (has (f->restored, "backup.json"));
  /* a campus of its own: nothing of it is shared with the backup */
  theirs = photo_path (f->restored, 0);
  g_assert_cmpint (stat (theirs, &info), ==, 0);
  g_assert_cmpint (info.st_nlink, ==, 1);
}

static void
test_keys (Fixture *f, gconstpointer data)
{
  g_autofree char *out = NULL, *codes = file_in (f->campus->folder, "codes"), *code = file_in (codes, "open.json");

  g_assert_cmpint (g_mkdir (codes, 0700), ==, 0);
  g_assert_true (g_file_set_contents (code, "{}", -1, NULL));
  g_assert_cmpint (back_up (f, "--with-keys", &out), ==, 0);
  g_assert_null (strstr (out, "are not in it"));
  g_assert_cmpint (restore (f, NULL), ==, 0);
  g_assert_true (has (f->restored, "search.key"));
  g_assert_true (has (f->restored, "codes/open.json"));
}

static void
test_copy (Fixture *f, gconstpointer data)
{
  g_autofree char *ours = photo_path (f->campus->folder, 0);
  struct stat info;

  g_assert_cmpint (back_up (f, "--copy", NULL), ==, 0);
  g_assert_cmpint (stat (ours, &info), ==, 0);
  g_assert_cmpint (info.st_nlink, ==, 1);
}

/* -- refusals -- */

static void
test_no_overwriting (Fixture *f, gconstpointer data)
{
  g_autofree char *err = NULL, *mine = NULL, *text = NULL;

  g_assert_cmpint (back_up (f, NULL, NULL), ==, 0);
  g_assert_cmpint (back_up (f, NULL, NULL), ==, 1);
  g_assert_cmpint (g_mkdir (f->restored, 0700), ==, 0);
  mine = file_in (f->restored, "mine");
  g_assert_true (g_file_set_contents (mine, "keep", -1, NULL));
  g_assert_cmpint (restore (f, &err), ==, 1);
  g_assert_nonnull (strstr (err, "is there already"));
  g_assert_true (g_file_get_contents (mine, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "keep");
  g_assert_false (has (f->restored, "campus.db"));
  g_assert_cmpint (g_unlink (mine), ==, 0);
  g_assert_cmpint (restore (f, NULL), ==, 0);       /* an empty folder is free */
}

static void
spoil (const char *path)
{
  g_autofree char *text = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  text[size / 2] ^= 1;
  g_assert_true (g_file_set_contents (path, text, (gssize) size, NULL));
}

/* What is damaged is no backup, and leaves nothing behind. */
static void
test_damage (Fixture *f, gconstpointer data)
{
  const char *what = data;
  g_autofree char *path = NULL;

  g_assert_cmpint (back_up (f, "--copy", NULL), ==, 0);
  path = strcmp (what, "photo") == 0 ? photo_path (f->backup, 3) : file_in (f->backup, what);
  if (strcmp (what, "backup.json") == 0)
    g_assert_cmpint (g_unlink (path), ==, 0);
  else
    spoil (path);
  g_assert_cmpint (restore (f, NULL), ==, 1);
  g_assert_false (has (f->restored, "campus.db"));
  {
    g_autoptr (GDir) dir = g_dir_open (f->place, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name (dir)) != NULL)
      g_assert_cmpstr (name, ==, "backup");
  }
}

/* A campus with a damaged photo has no right backup; one that lost a photo has, but it is said. */
static void
test_damaged_campus (Fixture *f, gconstpointer data)
{
  g_autofree char *path = photo_path (f->campus->folder, 2);
  g_autoptr (GError) error = NULL;
  LkBackupReport report;

  spoil (path);
  g_assert_false (lk_backup_make (f->campus->service, f->backup, &(LkBackupOptions) { FALSE, FALSE }, &report, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_CORRUPT);
  g_assert_false (has (f->place, "backup"));
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (back_up (f, NULL, NULL), ==, 1);
  g_assert_true (has (f->backup, "backup.json"));
  g_assert_cmpint (restore (f, NULL), ==, 0);
}

/* -- while people decide -- */

typedef struct
{
  LkTestClient *client;
  gint *stop, n_decided;
} Reviewer;

static gpointer
review (gpointer data)
{
  Reviewer *r = data;

  while (!g_atomic_int_get (r->stop))
    {
      g_autoptr (LkTestAnswer) leased = lk_test_lease (r->client, 1);
      const cJSON *lease = cJSON_GetArrayItem (lk_json_array (leased->json, "leases"), 0);
      g_autoptr (LkTestAnswer) decided = lk_test_decide (r->client, lk_test_decision (lease, NULL, "return", "R203"));

      g_assert_cmpstr (lk_json_string (lk_test_result (decided, 0), "status"), ==, "accepted");
      g_atomic_int_inc (&r->n_decided);
    }
  return NULL;
}

/* The state of one moment between the start and the end of the backup. */
static void
test_storm (Fixture *f, gconstpointer data)
{
  g_autoptr (LkTestServer) server = NULL;
  Reviewer reviewers[4];
  GThread *threads[4];
  gint stop = 0, before = 0, after = 0;
  int decisions;

  lk_test_campus_close (f->campus);
  lk_test_add_rows (f->campus->folder, N_ROWS);
  server = lk_test_server_start (f->campus->folder, NULL);
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *device = g_strdup_printf ("0192f0c0-0000-7000-8000-0000000000d%d", i);

      reviewers[i] = (Reviewer) { lk_test_client_new (server->port), &stop, 0 };
      lk_test_sign_in (reviewers[i].client, i % 2 == 0 ? "lin" : "wang", device);
      threads[i] = g_thread_new ("reviewer", review, &reviewers[i]);
    }
  while (before < 50)
    {
      g_usleep (10000);
      before = 0;
      for (int i = 0; i < 4; i++)
        before += g_atomic_int_get (&reviewers[i].n_decided);
    }
  g_assert_cmpint (back_up (f, NULL, NULL), ==, 0);
  for (int i = 0; i < 4; i++)
    after += g_atomic_int_get (&reviewers[i].n_decided);
  g_atomic_int_set (&stop, 1);
  for (int i = 0; i < 4; i++)
    {
      g_thread_join (threads[i]);
      lk_test_client_free (reviewers[i].client);
    }
  g_assert_cmpint (restore (f, NULL), ==, 0);
  decisions = lk_test_query_int (f->restored, "SELECT count(*) FROM decision");
  g_test_message ("%d decisions before, %d in the backup, %d after", before, decisions, after);
  g_assert_cmpint (decisions, >=, before);
  g_assert_cmpint (decisions, <=, after + 4);           /* each may have had one without its answer */
  g_assert_cmpint (lk_test_query_int (f->restored, "SELECT count(*) FROM submission WHERE state = 'RETURNED'"), ==, decisions);
  g_assert_cmpint (lk_test_query_int (f->restored, "SELECT count(*) FROM audit WHERE action = 'decision'"), ==, decisions);
  check_audit (f->restored);
  check_photos (f->restored);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/service/backup/round-trip", Fixture, NULL, set_up, test_round_trip, tear_down);
  g_test_add ("/service/backup/keys", Fixture, NULL, set_up, test_keys, tear_down);
  g_test_add ("/service/backup/copy", Fixture, NULL, set_up, test_copy, tear_down);
  g_test_add ("/service/backup/no-overwriting", Fixture, NULL, set_up, test_no_overwriting, tear_down);
  g_test_add ("/service/backup/damaged-photo", Fixture, "photo", set_up, test_damage, tear_down);
  g_test_add ("/service/backup/damaged-database", Fixture, "campus.db", set_up, test_damage, tear_down);
  g_test_add ("/service/backup/unfinished", Fixture, "backup.json", set_up, test_damage, tear_down);
  g_test_add ("/service/backup/damaged-campus", Fixture, NULL, set_up, test_damaged_campus, tear_down);
  g_test_add ("/service/backup/storm", Fixture, NULL, set_up, test_storm, tear_down);
  return g_test_run ();
}
