/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/error.h"
#include "sample.h"
#include "store/outbox.h"
#include "wait.h"

/* An outbox with a key: who was decided on and what was written to them cannot be read in the file. */

static LkSeal *
key (guint8 n)
{
  guint8 bytes[LK_SEAL_KEY_BYTES] = { n };

  return lk_seal_new (bytes);
}

static LkOutbox *
open_outbox (const char *path, LkSeal *seal)
{
  g_autoptr (GError) error = NULL;
  LkOutbox *outbox = lk_outbox_open (path, seal, &error);

  g_assert_no_error (error);
  return outbox;
}

static char *
decide (LkOutbox *outbox, guint n)
{
  g_autoptr (LkSubmission) submission = sample_submission (n);
  static const char *const reasons[] = { "R405", NULL };
  g_autoptr (LkDecision) decision = lk_decision_new (&(LkDecisionDescription) {
    .submission = lk_submission_get_id (submission),
    .lease = lk_submission_get_lease (submission),
    .photo = lk_submission_get_photo (submission),
    .verdict = LK_VERDICT_RESHOOT,
    .reasons = reasons,
    .note = "因宗教原因",
    .decided_at = g_get_real_time (),
    .input = "key",
  });
  g_autoptr (GAsyncResult) result = NULL;

  lk_outbox_add_decision_async (outbox, decision, submission, keep_result, &result);
  wait_until (result != NULL);
  g_assert_true (lk_outbox_add_decision_finish (outbox, result, NULL));
  return g_strdup (lk_decision_get_key (decision));
}

static void
mark (LkOutbox *outbox, const char *entry, LkEntryState state)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_entry_result_free);
  g_autoptr (GAsyncResult) result = NULL;

  g_ptr_array_add (results, lk_entry_result_new (entry, state, LK_ERROR_ALREADY_DECIDED, "王*师"));
  lk_outbox_mark_async (outbox, results, keep_result, &result);
  wait_until (result != NULL);
  g_assert_true (lk_outbox_mark_finish (outbox, result, NULL));
}

static gboolean
file_has (const char *path, const char *text)
{
  const char *const suffixes[] = { "", "-wal" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *one = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *bytes = NULL;
      gsize length = 0;

      if (g_file_get_contents (one, &bytes, &length, NULL) && memmem (bytes, length, text, strlen (text)) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
test_sealed (void)
{
  const char *const secrets[] = { "李*明", "2021****01", "因宗教原因", "王*师", "\"R405\"" };
  g_autofree char *dir = sample_dir ();
  g_autofree char *path = g_build_filename (dir, "outbox.db", NULL);
  g_autoptr (LkSeal) seal = key (1);
  g_autoptr (LkSeal) other = key (2);
  LkOutbox *outbox = open_outbox (path, seal);
  g_autofree char *waiting = decide (outbox, 1);
  g_autofree char *conflict = decide (outbox, 1);
  g_autofree char *acked = decide (outbox, 1);

  mark (outbox, conflict, LK_ENTRY_CONFLICT);
  mark (outbox, acked, LK_ENTRY_ACKED);
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_false (file_has (path, secrets[i]));
  g_assert_finalize_object (outbox);
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_false (file_has (path, secrets[i]));

  /* without the key, or with another, nothing is lost: what waits and what is unread stay for the right one */
  outbox = open_outbox (path, other);
  g_assert_cmpuint (lk_outbox_get_n_locked (outbox), ==, 2);
  g_assert_cmpuint (lk_outbox_get_n_waiting (outbox), ==, 0);
  g_assert_cmpuint (lk_outbox_count_decisions (outbox, 0), ==, 1);
  g_assert_finalize_object (outbox);
  outbox = open_outbox (path, NULL);
  g_assert_cmpuint (lk_outbox_get_n_locked (outbox), ==, 2);
  g_assert_finalize_object (outbox);

  outbox = open_outbox (path, seal);
  g_assert_cmpuint (lk_outbox_get_n_locked (outbox), ==, 0);
  g_assert_cmpuint (lk_outbox_count_decisions (outbox, 0), ==, 2);
  g_assert_nonnull (strstr (lk_outbox_find (outbox, waiting)->body, "因宗教原因"));
  g_assert_cmpstr (lk_outbox_find (outbox, conflict)->winner, ==, "王*师");
  g_assert_cmpstr (lk_outbox_find (outbox, conflict)->name, ==, "李*明");
  g_assert_finalize_object (outbox);
  sample_dir_remove (dir);
}

/* One that was written before there was a key goes on. */
static void
test_from_before (void)
{
  g_autofree char *dir = sample_dir ();
  g_autofree char *path = g_build_filename (dir, "outbox.db", NULL);
  g_autoptr (LkSeal) seal = key (1);
  LkOutbox *outbox = open_outbox (path, NULL);
  g_autofree char *entry = decide (outbox, 1);

  g_assert_finalize_object (outbox);
  outbox = open_outbox (path, seal);
  g_assert_cmpstr (lk_outbox_find (outbox, entry)->name, ==, "李*明");
  g_assert_cmpuint (lk_outbox_get_n_waiting (outbox), ==, 1);
  g_assert_finalize_object (outbox);
  sample_dir_remove (dir);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/outbox-sealed/sealed", test_sealed);
  g_test_add_func ("/store/outbox-sealed/from-before", test_from_before);
  return g_test_run ();
}
