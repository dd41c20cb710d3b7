/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include "core/key.h"

#define DEVICE(n) "0192f0c0-0000-7000-8000-00000000000" n

static gint64 bench_time;

static gint64
bench_now (void)
{
  return bench_time;
}

void
bench_sleep (Bench *b, int seconds)
{
  bench_time += (gint64) seconds * G_USEC_PER_SEC;
}

static LkActor
actor_of (Bench *b, int i, const char *user, LkRole role, const char *device)
{
  b->staff[i] = b->db->ops->find_staff (b->db, user, NULL);
  g_assert_nonnull (b->staff[i]);
  return (LkActor) { b->staff[i]->row, b->staff[i]->uuid, role, device, "127.0.0.1" };
}

void
bench_set_up (Bench *b, gconstpointer second)
{
  LkDbOptions options = { .lease_seconds = 600, .undo_seconds = 600, .shift_seconds = 28800, .now = bench_now };
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  bench_time = (gint64) 2000000 * G_USEC_PER_SEC;
  if (second != NULL)
    options.second = *(const LkSecondReview *) second;
  b->campus = lk_test_campus_new (BENCH_STUDENTS);
  lk_test_add_staff (b->campus->service, "qian", "钱组长", LK_ROLE_LEAD);
  lk_test_add_staff (b->campus->service, "sun", "孙组长", LK_ROLE_LEAD);
  lk_test_campus_close (b->campus);
  path = g_build_filename (b->campus->folder, "campus.db", NULL);
  b->db = lk_db_sqlite_open (path, FALSE, &options, &error);
  g_assert_no_error (error);
  b->lin = actor_of (b, 0, "lin", LK_ROLE_REVIEWER, DEVICE ("a"));
  b->wang = actor_of (b, 1, "wang", LK_ROLE_REVIEWER, DEVICE ("b"));
  b->zhao = actor_of (b, 2, "zhao", LK_ROLE_LEAD, DEVICE ("c"));
  b->qian = actor_of (b, 3, "qian", LK_ROLE_LEAD, DEVICE ("d"));
  b->sun = actor_of (b, 4, "sun", LK_ROLE_LEAD, DEVICE ("e"));
  b->pending_before = BENCH_STUDENTS;
}

void
bench_tear_down (Bench *b, gconstpointer second)
{
  LkAuditReport report;
  g_autoptr (GError) error = NULL;

  b->db->ops->verify_audit (b->db, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report.first_bad, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (b->staff); i++)
    lk_staff_free (b->staff[i]);
  lk_campus_db_close (b->db);
  lk_test_campus_free (b->campus);
}

GPtrArray *
bench_lease (Bench *b, const LkActor *actor, int count, const LkQueueFilter *filter)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = b->db->ops->lease (b->db, actor, count, filter, &b->pending, &error);

  g_assert_no_error (error);
  return rows;
}

GPtrArray *
bench_lease_second (Bench *b, const LkActor *actor, int count)
{
  g_autoptr (LkQueueFilter) filter = lk_queue_filter_new ();

  filter->second = TRUE;
  return bench_lease (b, actor, count, filter);
}

static LkDecisionAnswer
decide (Bench *b, const LkActor *actor, LkDecision *decision)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  LkDecisionAnswer answer;

  g_ptr_array_add (list, decision);
  b->db->ops->decide (b->db, actor, list, &answer, &error);
  g_assert_no_error (error);
  lk_decision_answer_clear (&answer);
  return answer;
}

static LkDecision *
decision_on (const LkSubmissionRow *row, LkVerdict verdict, const char *reason, const char *input, gboolean unsure)
{
  const char *const reasons[] = { reason, NULL };

  return lk_decision_new (&(LkDecisionDescription) {
    .submission = row->uuid, .lease = row->lease, .photo = row->photo, .verdict = verdict, .reasons = reasons, .note = "seen",
    .decided_at = 1, .shown_ms = 5000, .input = input, .unsure = unsure });
}

LkDecisionAnswer
bench_decide_as (Bench *b, const LkActor *actor, const LkSubmissionRow *row, LkVerdict verdict, const char *reason, const char *input,
                 gboolean unsure)
{
  g_autoptr (LkDecision) decision = decision_on (row, verdict, reason, input, unsure);

  return decide (b, actor, decision);
}

char *
bench_decide (Bench *b, const LkActor *actor, const LkSubmissionRow *row, LkVerdict verdict, const char *reason)
{
  g_autoptr (LkDecision) decision = decision_on (row, verdict, reason, "key", FALSE);
  LkDecisionAnswer answer = decide (b, actor, decision);

  g_assert_cmpint (answer.status, ==, LK_ANSWER_ACCEPTED);
  /* whether a second person looks is not told */
  g_assert_cmpint (answer.state, ==, lk_state_for_verdict (verdict));
  return g_strdup (lk_decision_get_key (decision));
}

void
bench_decide_all (Bench *b, const LkActor *actor, GPtrArray *rows, const guint *verdicts)
{
  static const char *const reasons[] = { NULL, "R203", "R301", "R702" };
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree LkDecisionAnswer *answers = g_new0 (LkDecisionAnswer, rows->len);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (list, decision_on (rows->pdata[i], (LkVerdict) verdicts[i], reasons[verdicts[i]], "key", FALSE));
  b->db->ops->decide (b->db, actor, list, answers, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpint (answers[i].status, ==, LK_ANSWER_ACCEPTED);
}

gboolean
bench_revert (Bench *b, const LkActor *actor, const char *key, GError **error)
{
  g_autofree char *revert_key = lk_key_new ();
  char lease[LK_UUID_SIZE];
  gboolean repeated;
  gint64 until;

  return b->db->ops->revert (b->db, actor, key, revert_key, &repeated, lease, &until, error);
}

static void
name_photo (LkPhotoFile *file, const char *kind, guint number)
{
  g_autofree char *text = g_strdup_printf ("%s %u", kind, number);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  *file = (LkPhotoFile) { .type = "image/jpeg", .width = 480, .height = 640, .bytes = 20 };
  g_strlcpy (file->sha256, hash, sizeof file->sha256);
}

void
bench_resubmit (Bench *b, guint number)
{
  g_autofree char *student_no = g_strdup_printf ("202121%04u", number);
  LkPhotoFile photo;
  LkSubmitResult result;
  g_autoptr (GError) error = NULL;

  name_photo (&photo, "another photo of", number);
  b->db->ops->submit (b->db, &(LkNewSubmission) {
    .student_no = student_no, .photo = &photo, .submitted_at = 1, .due_at = 2, .tries_used = 2, .tries_allowed = 10, .spec_version = 1,
    .checks = "[]", .brief = "[]" }, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result, ==, LK_SUBMIT_TAKEN);
}

void
bench_add_known (Bench *b, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      LkPhotoFile photo;
      g_autofree char *add_photo = NULL;
      g_autofree char *add_known = NULL;

      name_photo (&photo, "known", i);
      add_photo = g_strdup_printf ("INSERT INTO photo (sha256, type, width, height, bytes) VALUES ('%s', 'image/jpeg', 480, 640, 20)",
                                   photo.sha256);
      add_known = g_strdup_printf ("INSERT INTO known (photo, name, student_no, class_name, site, hard_failed, checks, verdict, reasons)"
                                   " VALUES ('%s', '周小雨', '202199%04u', '会计学2班', '合肥校本部', 0, '[]', 'return', '[\"R203\"]')",
                                   photo.sha256, i);
      g_free (lk_test_query (b->campus->folder, add_photo));
      g_free (lk_test_query (b->campus->folder, add_known));
    }
}

char *
bench_state (Bench *b, const LkSubmissionRow *row)
{
  g_autofree char *sql = g_strdup_printf ("SELECT state FROM submission WHERE uuid = '%s'", row->uuid);

  return lk_test_query (b->campus->folder, sql);
}
