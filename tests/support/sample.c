/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include <glib/gstdio.h>

LkSubmission *
sample_submission (guint n)
{
  g_autofree char *id = g_strdup_printf ("00000000-0000-7000-8000-%012u", n);
  g_autofree char *lease = g_strdup_printf ("00000000-0000-7000-9000-%012u", n);
  g_autofree char *number = g_strdup_printf ("2021****%02u", n % 100);
  g_autofree char *photo = g_strdup_printf ("%064u", n);
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func (g_object_unref);
  LkSubmissionDescription description = {
    .id = id,
    .lease = lease,
    .state = LK_STATE_IN_REVIEW,
    .name = "李*明",
    .student_no = number,
    .class_name = "会计学2班",
    .site = "合肥校本部",
    .tries_used = 1,
    .tries_allowed = 10,
    .photo = photo,
    .photo_width = 480,
    .photo_height = 640,
    .checks = checks,
  };

  return lk_submission_new (&description);
}

LkDecision *
sample_decision (LkSubmission *submission, LkVerdict verdict)
{
  static const char *const reasons[] = { "R203", NULL };
  LkDecisionDescription description = {
    .submission = lk_submission_get_id (submission),
    .lease = lk_submission_get_lease (submission),
    .photo = lk_submission_get_photo (submission),
    .verdict = verdict,
    .reasons = verdict == LK_VERDICT_APPROVE ? NULL : reasons,
    .decided_at = g_get_real_time (),
    .shown_ms = 1200,
    .input = "key",
  };

  return lk_decision_new (&description);
}

char *
sample_dir (void)
{
  g_autoptr (GError) error = NULL;
  char *dir = g_dir_make_tmp ("likeness-XXXXXX", &error);

  g_assert_no_error (error);
  return dir;
}

void
sample_dir_remove (const char *dir)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (open)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        sample_dir_remove (path);
      else
        g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}
