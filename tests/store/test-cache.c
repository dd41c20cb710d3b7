/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "core/error.h"
#include "sample.h"
#include "store/cache.h"
#include "wait.h"

/* What is kept for work without the service: it is there again after a kill, and nothing of it can be read without the
 * key. */

enum
{
  N = 8,
  PHOTO_BYTES = 60 * 1000,
};

static const char session[] = "{\"token\":\"a-token-that-must-not-be-seen\",\"name\":\"林晓老师\"}";
static const char photo_marks[] = "\xff\xd8\xff\xe0\0\x10JFIF";
static const char *program;

static LkSeal *
key (guint8 n)
{
  guint8 bytes[LK_SEAL_KEY_BYTES] = { n };

  return lk_seal_new (bytes);
}

/* Begins as a JPEG file and has its marks all over. */
static GBytes *
photo (guint n)
{
  guint8 *data = g_malloc (PHOTO_BYTES);

  for (guint i = 0; i < PHOTO_BYTES; i++)
    data[i] = (guint8) (i * (n + 3));
  for (guint i = 0; i + sizeof photo_marks < PHOTO_BYTES; i += 1000)
    memcpy (data + i, photo_marks, sizeof photo_marks - 1);
  return g_bytes_new_take (data, PHOTO_BYTES);
}

static char *
photo_hash (guint n)
{
  return g_strdup_printf ("%064x", n + 0xabc0);
}

static void
flush (LkCache *cache)
{
  g_autoptr (GAsyncResult) result = NULL;

  lk_cache_flush_async (cache, keep_result, &result);
  wait_until (result != NULL);
  g_assert_true (lk_cache_flush_finish (cache, result, NULL));
}

static void
fill (LkCache *cache)
{
  lk_cache_put_session (cache, session);
  for (guint n = 0; n < N; n++)
    {
      g_autoptr (LkSubmission) submission = sample_submission (n);
      g_autofree char *hash = photo_hash (n);
      g_autoptr (GBytes) file = photo (n);

      lk_cache_put_submission (cache, submission);
      lk_cache_put_photo (cache, hash, file);
    }
  flush (cache);
}

static GBytes *
get_photo (LkCache *cache, guint n, GError **error)
{
  g_autofree char *hash = photo_hash (n);
  g_autoptr (GAsyncResult) result = NULL;

  lk_cache_get_photo_async (cache, hash, keep_result, &result);
  wait_until (result != NULL);
  return lk_cache_get_photo_finish (cache, result, error);
}

static LkCache *
open_cache (const char *dir, guint8 which_key)
{
  g_autoptr (LkSeal) seal = key (which_key);
  g_autoptr (GError) error = NULL;
  LkCache *cache = lk_cache_open (dir, seal, &error);

  g_assert_no_error (error);
  return cache;
}

static void
assert_all_there (LkCache *cache)
{
  GPtrArray *submissions = lk_cache_get_submissions (cache);

  g_assert_cmpstr (lk_cache_get_session (cache), ==, session);
  g_assert_cmpuint (submissions->len, ==, N);
  for (guint n = 0; n < N; n++)
    {
      g_autoptr (LkSubmission) expected = sample_submission (n);
      g_autoptr (GBytes) file = photo (n);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) found = get_photo (cache, n, &error);

      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (found, file));
      g_assert_cmpstr (lk_submission_get_id (submissions->pdata[n]), ==, lk_submission_get_id (expected));
      g_assert_cmpstr (lk_submission_get_lease (submissions->pdata[n]), ==, lk_submission_get_lease (expected));
      g_assert_cmpstr (lk_submission_get_name (submissions->pdata[n]), ==, "李*明");
    }
}

/* Whether some bytes stand in any file of the folder. */
static gboolean
folder_has (const char *dir, const char *bytes, gsize size)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (open)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);
      g_autofree char *text = NULL;
      gsize length = 0;

      if (g_file_get_contents (path, &text, &length, NULL) && memmem (text, length, bytes, size) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
test_nothing_readable (void)
{
  g_autofree char *dir = sample_dir ();
  g_autoptr (LkSubmission) submission = sample_submission (1);
  const char *const secrets[] = {
    "李*明",
    "2021****01",
    "会计学2班",
    "合肥校本部",
    "a-token-that-must-not-be-seen",
    "林晓老师",
    lk_submission_get_id (submission),
    lk_submission_get_lease (submission),
    lk_submission_get_photo (submission),
    "student",
  };
  LkCache *cache = open_cache (dir, 1);

  fill (cache);
  for (guint pass = 0; pass < 2; pass++) /* with the log beside it, and after it was closed */
    {
      for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
        g_assert_false (folder_has (dir, secrets[i], strlen (secrets[i])));
      g_assert_false (folder_has (dir, photo_marks, sizeof photo_marks - 1));
      g_assert_true (folder_has (dir, "SQLite format 3", 15));
      if (pass == 0)
        wait_for_end_of (cache);
    }
  sample_dir_remove (dir);
}

static void
test_another_key (void)
{
  g_autofree char *dir = sample_dir ();
  g_autoptr (LkSeal) other = key (2);
  g_autoptr (GError) error = NULL;
  LkCache *cache = open_cache (dir, 1);

  fill (cache);
  assert_all_there (cache = (wait_for_end_of (cache), open_cache (dir, 1)));
  wait_for_end_of (cache);
  g_assert_null (lk_cache_open (dir, other, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_CORRUPT);
  g_assert_true (lk_cache_exists (dir));
  lk_cache_remove (dir, 3600); /* written to a moment ago */
  g_assert_true (lk_cache_exists (dir));
  lk_cache_remove (dir, 0);
  g_assert_false (lk_cache_exists (dir));
  sample_dir_remove (dir);
}

static void
test_drop (void)
{
  g_autofree char *dir = sample_dir ();
  g_autofree char *hash = photo_hash (3);
  g_autoptr (LkSubmission) submission = sample_submission (3);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) gone = NULL;
  LkCache *cache = open_cache (dir, 1);

  fill (cache);
  g_assert_true (lk_cache_has_photo (cache, hash));
  lk_cache_drop_photo (cache, hash);
  lk_cache_drop_submission (cache, lk_submission_get_id (submission));
  g_assert_false (lk_cache_has_photo (cache, hash));
  gone = get_photo (cache, 3, &error);
  g_assert_null (gone);
  g_assert_error (error, LK_ERROR, LK_ERROR_NOT_FOUND);
  wait_for_end_of (cache);
  cache = open_cache (dir, 1);
  g_assert_false (lk_cache_has_photo (cache, hash));
  g_assert_cmpuint (lk_cache_get_submissions (cache)->len, ==, N - 1);
  wait_for_end_of (cache);
  sample_dir_remove (dir);
}

static guint
n_files (const char *dir)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (open) != NULL)
    n++;
  return n;
}

static void
test_wipe (void)
{
  g_autofree char *dir = sample_dir ();
  LkCache *cache = open_cache (dir, 1);
  LkCache *next;

  fill (cache);
  lk_cache_wipe (cache);
  g_assert_cmpuint (n_files (dir), ==, 0);
  g_assert_null (lk_cache_get_session (cache));
  lk_cache_put_session (cache, session); /* a late one is not kept */
  /* the next user of the folder is not touched by the end of this one */
  next = open_cache (dir, 1);
  g_assert_cmpuint (lk_cache_get_submissions (next)->len, ==, 0);
  fill (next);
  wait_for_end_of (cache);
  wait_for_end_of (next);
  next = open_cache (dir, 1);
  assert_all_there (next);
  wait_for_end_of (next);
  sample_dir_remove (dir);
}

/* Writes until it is killed; says when everything of the sample is in the file. */
static int
run_writer (const char *dir)
{
  LkCache *cache = open_cache (dir, 1);

  fill (cache);
  g_print ("kept\n");
  for (guint n = N;; n++)
    {
      g_autofree char *hash = photo_hash (n);
      g_autoptr (GBytes) file = photo (n);

      lk_cache_put_photo (cache, hash, file);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
  return 0;
}

static void
test_kill (void)
{
  g_autofree char *dir = sample_dir ();
  const char *argv[] = { program, "--writer", dir, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid = 0;
  int out = -1;
  char word[5] = "";
  LkCache *cache;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL, &out, NULL,
                            &error);
  g_assert_no_error (error);
  g_assert_cmpint (read (out, word, 4), ==, 4);
  g_assert_cmpstr (word, ==, "kept");
  g_usleep (20 * 1000);
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  close (out);
  cache = open_cache (dir, 1);
  assert_all_there (cache);
  wait_for_end_of (cache);
  sample_dir_remove (dir);
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--writer"))
    return run_writer (argv[2]);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/cache/nothing-readable", test_nothing_readable);
  g_test_add_func ("/store/cache/another-key", test_another_key);
  g_test_add_func ("/store/cache/drop", test_drop);
  g_test_add_func ("/store/cache/wipe", test_wipe);
  g_test_add_func ("/store/cache/kill", test_kill);
  return g_test_run ();
}
