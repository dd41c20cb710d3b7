/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/key.h"
#include "student-fixture.h"

/* A student in a round, as the database keeps it: rules.md sections 5, 7 and 8, on a clock that the test moves. */

static void
set_up (LkTestStudents **f, gconstpointer unused)
{
  *f = lk_test_students_new (2);
}

static void
tear_down (LkTestStudents **f, gconstpointer unused)
{
  lk_test_check_books (*f);
  lk_test_students_free (*f);
}

/* -- the collection code -- */

static void
test_code_of_own (LkTestStudents **f, gconstpointer unused)
{
  gint64 student = lk_test_come_in (*f, 1);
  g_autoptr (LkStudentRecord) record = lk_test_record (*f, student);

  g_assert_cmpint (record->state, ==, LK_RECORD_CODE_READY);
  g_assert_cmpstr (record->student_no, ==, "2025000001");
  g_assert_cmpstr (record->consent, ==, "1");
  g_assert_true (record->face);
  g_assert_true (record->may_send);
  g_assert_cmpint (record->tries_used, ==, 0);
  g_assert_cmpint (record->tries_allowed, ==, 10);
  /* with another phone: the same record */
  g_assert_cmpint (lk_test_come_in (*f, 1), ==, student);
  g_assert_cmpint (lk_test_count (*f, "SELECT count(*) FROM record"), ==, 1);
  g_assert_cmpint (lk_test_count (*f, "SELECT count(*) FROM consent"), ==, 2);
}

static void
test_code_of_another (LkTestStudents **f, gconstpointer unused)
{
  g_assert_cmpint (lk_test_enter (*f, "2025000001", "U2", NULL), ==, LK_ERROR_CODE_CONFLICT);
  /* a number nobody in the roster has */
  g_assert_cmpint (lk_test_enter (*f, "2025000001", "U999", NULL), ==, LK_ERROR_CODE_CONFLICT);
  g_assert_cmpint (lk_test_enter (*f, "2024999999", "U2", NULL), ==, LK_ERROR_NOT_IN_ROSTER);
  g_assert_cmpint (lk_test_count (*f, "SELECT count(*) FROM audit WHERE action = 'code-conflict'"), ==, 2);
  g_assert_cmpint (lk_test_count (*f, "SELECT count(*) FROM record"), ==, 0);
  g_assert_cmpint (lk_test_count (*f, "SELECT count(*) FROM student_session"), ==, 0);
  /* neither of the two is hindered by it */
  lk_test_come_in (*f, 1);
  lk_test_come_in (*f, 2);
}

/* The roster does not have the number: name and document number say whose it is, and from then on the number does. */
static void
test_code_by_name (LkTestStudents **f, gconstpointer unused)
{
  gint64 student;

  g_assert_cmpint (lk_test_enter (*f, "2025000201", "U500", &student), ==, -1);
  g_assert_cmpint (lk_test_enter (*f, "2025000201", "U500", &student), ==, -1);
  g_assert_cmpint (lk_test_enter (*f, "2025000201", "U501", &student), ==, LK_ERROR_CODE_CONFLICT);
}

static void
test_code_under_second_student (LkTestStudents **f, gconstpointer unused)
{
  /* it came with an imported photo of another student before */
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  LkRosterRow row = { .student_no = (char *) "2021210001", .unique_no = (char *) "U500" };
  g_autoptr (GError) error = NULL;

  lk_test_add_students ((*f)->campus->service, 1, 1);
  g_ptr_array_add (codes, &row);
  (*f)->db->ops->put_codes ((*f)->db, codes, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lk_test_enter (*f, "2025000201", "U500", NULL), ==, LK_ERROR_CODE_HELD);
  g_assert_cmpint (lk_test_count (*f, "SELECT count(*) FROM audit WHERE action = 'code-held'"), ==, 1);
}

/* -- windows -- */

static void
test_coming_in_outside (LkTestStudents **f, gconstpointer unused)
{
  g_autoptr (LkStudentRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  lk_test_come_in (*f, 1);
  lk_test_set_time ("2025-06-19T10:00:00");
  g_assert_cmpint (lk_test_enter (*f, "2025000101", "U101", NULL), ==, LK_ERROR_WINDOW_CLOSED);
  record = (*f)->ops->find_by_number ((*f)->db, "2025000101", &error);
  g_assert_no_error (error);
  g_assert_cmpint (record->times.opens_at, ==, lk_test_time ("2025-06-23T08:00:00"));
  g_assert_cmpint (record->state, ==, LK_RECORD_NOT_STARTED);
  g_assert_cmpint (lk_test_count (*f, "SELECT count(*) FROM consent"), ==, 1);

  lk_test_set_time ("2025-06-19T17:00:00");
  g_assert_cmpint (lk_test_enter (*f, "2025000002", "U2", NULL), ==, LK_ERROR_WINDOW_CLOSED);
  /* who has been here sees what became of it */
  lk_test_come_in (*f, 1);
  lk_test_set_time ("2025-06-23T08:00:00");
  lk_test_come_in (*f, 101);
}

/* The request counts by when it reached the service, not by when its turn came. */
static void
test_last_moment (LkTestStudents **f, gconstpointer unused)
{
  gint64 in_time = lk_test_come_in (*f, 1), late = lk_test_come_in (*f, 2);
  char a[LK_UUID_SIZE], b[LK_UUID_SIZE];
  g_autoptr (LkStudentRecord) record = NULL;
  const LkStudentSubmission *sent;

  g_assert_cmpint (lk_test_upload (*f, in_time, a), ==, -1);
  g_assert_cmpint (lk_test_upload (*f, late, b), ==, -1);
  lk_test_check (*f, in_time, a, TRUE);
  lk_test_check (*f, late, b, TRUE);
  lk_test_set_time ("2025-06-19T17:00:03");
  g_assert_cmpint (lk_test_submit (*f, late, b, lk_test_time ("2025-06-19T17:00:00")), ==, LK_ERROR_WINDOW_CLOSED);
  g_assert_cmpint (lk_test_submit (*f, in_time, a, lk_test_time ("2025-06-19T16:59:59.999999")), ==, -1);
  record = lk_test_record (*f, in_time);
  sent = record->submissions->pdata[0];
  g_assert_cmpstr (sent->uuid, ==, a);
  g_assert_cmpint (sent->due_at, ==, lk_test_time ("2025-06-23T17:00:00"));
  g_assert_cmpint (record->state, ==, LK_RECORD_SUBMITTED);
  g_assert_cmpint (lk_test_upload (*f, late, b), ==, LK_ERROR_WINDOW_CLOSED);
  g_assert_cmpint (lk_test_draft_state (*f, late, b), ==, LK_STATE_CHECK_PASSED);
}

/* Checks asked for in the window run after it: the student did what could be done in time. */
static void
test_check_runs_over (LkTestStudents **f, gconstpointer unused)
{
  gint64 student = lk_test_come_in (*f, 1), check;
  char uuid[LK_UUID_SIZE];

  lk_test_set_time ("2025-06-19T16:59:00");
  g_assert_cmpint (lk_test_upload (*f, student, uuid), ==, -1);
  g_assert_cmpint (lk_test_ask (*f, student, uuid), ==, -1);
  lk_test_set_time ("2025-06-19T17:01:00");
  g_assert_cmpint (lk_test_start (*f, uuid, &check), ==, -1);
  g_assert_cmpint (lk_test_finish (*f, uuid, check, FALSE, TRUE), ==, -1);
  g_assert_cmpint (lk_test_redo (*f, student, uuid), ==, -1);
  g_assert_cmpint (lk_test_ask (*f, student, uuid), ==, LK_ERROR_WINDOW_CLOSED);
}

/* -- results -- */

static void
test_result_is_told_later (LkTestStudents **f, gconstpointer unused)
{
  gint64 student = lk_test_come_in (*f, 1);
  char uuid[LK_UUID_SIZE];
  g_autofree char *key = NULL;
  LkStudentRecord *record;
  const LkStudentSubmission *sent;

  lk_test_set_time ("2025-06-16T09:10:00");
  lk_test_send (*f, student, uuid);
  lk_test_set_time ("2025-06-16T15:00:00");
  key = lk_test_review (*f, uuid, LK_VERDICT_RETURN);
  record = lk_test_record (*f, student);
  sent = record->submissions->pdata[0];
  g_assert_cmpint (sent->due_at, ==, lk_test_time ("2025-06-18T17:00:00"));
  g_assert_cmpint (sent->result_from, ==, lk_test_time ("2025-06-17T09:10:00"));
  g_assert_cmpint (sent->state, ==, LK_STATE_IN_REVIEW);
  g_assert_false (sent->told);
  g_assert_null (sent->note);
  g_assert_cmpint (record->state, ==, LK_RECORD_SUBMITTED);
  g_assert_false (record->may_send);
  g_assert_cmpint (record->right_until, ==, 0);
  lk_student_record_free (record);
  g_assert_cmpint (lk_test_upload (*f, student, uuid), ==, LK_ERROR_STATE);
  g_assert_cmpint (lk_test_count (*f, "SELECT count(*) FROM decision WHERE seen_at IS NOT NULL"), ==, 0);

  lk_test_set_time ("2025-06-17T09:10:00");
  record = lk_test_record (*f, student);
  sent = record->submissions->pdata[0];
  g_assert_true (sent->told);
  g_assert_cmpint (sent->state, ==, LK_STATE_RETURNED);
  g_assert_cmpint (sent->verdict, ==, LK_VERDICT_RETURN);
  g_assert_cmpstr (sent->reasons, ==, "[\"R203\"]");
  g_assert_cmpstr (sent->note, ==, "请看左上角");
  g_assert_true (sent->can_object);
  g_assert_cmpint (record->state, ==, LK_RECORD_NEEDS_ACTION);
  g_assert_true (record->may_send);
  g_assert_cmpint (record->right_until, ==, lk_test_time ("2025-06-20T00:00:00"));
  lk_student_record_free (record);
  g_assert_cmpint (lk_test_count (*f, "SELECT count(*) FROM decision WHERE seen_at IS NOT NULL"), ==, 1);
}

static int
undo (LkTestStudents *f, const char *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkStaff) lin = f->db->ops->find_staff (f->db, "lin", &error);
  const LkActor actor = { lin->row, lin->uuid, LK_ROLE_REVIEWER, "0192f0c0-0000-7000-8000-00000000000a", "127.0.0.1" };
  g_autofree char *revert_key = lk_key_new ();
  char lease[LK_UUID_SIZE];
  gboolean repeated;
  gint64 until;

  f->db->ops->revert (f->db, &actor, key, revert_key, &repeated, lease, &until, &error);
  return error != NULL ? error->code : -1;
}

/* Undo ends when the student may have read the result, and not before. */
static void
test_seen_ends_undo (LkTestStudents **f, gconstpointer unused)
{
  gint64 student = lk_test_come_in (*f, 1);
  char uuid[LK_UUID_SIZE];
  g_autofree char *first = NULL, *second = NULL;

  lk_test_send (*f, student, uuid);
  lk_test_set_time ("2025-06-18T09:00:00");
  first = lk_test_review (*f, uuid, LK_VERDICT_RETURN);
  g_assert_cmpint (undo (*f, first), ==, -1);
  second = lk_test_review (*f, uuid, LK_VERDICT_APPROVE);
  lk_student_record_free (lk_test_record (*f, student));
  g_assert_cmpint (undo (*f, second), ==, LK_ERROR_TOO_LATE);
  /* a second look is not a second line */
  lk_student_record_free (lk_test_record (*f, student));
  g_assert_cmpint (lk_test_count (*f, "SELECT count(*) FROM audit WHERE action = 'result-seen'"), ==, 1);
}

static void
test_staff_look_marks_nothing (LkTestStudents **f, gconstpointer unused)
{
  gint64 student = lk_test_come_in (*f, 1);
  char uuid[LK_UUID_SIZE];
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LkStudentRecord) record = NULL;

  lk_test_send (*f, student, uuid);
  lk_test_set_time ("2025-06-18T09:00:00");
  key = lk_test_review (*f, uuid, LK_VERDICT_RETURN);
  record = (*f)->ops->find_by_number ((*f)->db, "2025000001", &error);
  g_assert_no_error (error);
  g_assert_cmpint (undo (*f, key), ==, -1);
}

static void
test_approved_photo (LkTestStudents **f, gconstpointer unused)
{
  gint64 student = lk_test_come_in (*f, 1), other = lk_test_come_in (*f, 2);
  char uuid[LK_UUID_SIZE];
  g_autofree char *blue = NULL, *upload = NULL;
  LkPhotoFile photo = { 0 };
  g_autoptr (LkStudentRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  lk_test_send (*f, student, uuid);
  g_free (lk_test_review (*f, uuid, LK_VERDICT_APPROVE));
  g_assert_false ((*f)->ops->find_approved ((*f)->db, student, &photo, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  lk_test_set_time ("2025-06-17T09:00:00");
  g_assert_true ((*f)->ops->find_approved ((*f)->db, student, &photo, &error));
  blue = lk_test_query ((*f)->campus->folder, "SELECT photo FROM submission");
  g_assert_cmpstr (photo.sha256, ==, blue);
  record = lk_test_record (*f, student);
  g_assert_cmpint (record->state, ==, LK_RECORD_DONE);
  g_assert_cmpstr (record->approved, ==, uuid);
  /* own photos only; and what is approved is not replaced */
  upload = lk_test_query ((*f)->campus->folder, "SELECT upload FROM draft");
  g_assert_true ((*f)->ops->find_photo ((*f)->db, student, upload, &photo, &error));
  g_assert_true ((*f)->ops->find_photo ((*f)->db, student, blue, &photo, &error));
  g_assert_false ((*f)->ops->find_photo ((*f)->db, other, blue, &photo, NULL));
  g_assert_null ((*f)->ops->find_draft ((*f)->db, other, uuid, NULL));
  g_assert_cmpint (lk_test_upload (*f, student, uuid), ==, LK_ERROR_STATE);
}

/* -- sent back -- */

/* "Main-campus student on 23 June 10:00: refused, unless a returned photo gives the 2-day right." */
static void
test_right_to_send_again (LkTestStudents **f, gconstpointer unused)
{
  gint64 student = lk_test_come_in (*f, 1), without = lk_test_come_in (*f, 2);
  char first[LK_UUID_SIZE], second[LK_UUID_SIZE], nothing[LK_UUID_SIZE];
  g_autoptr (LkStudentRecord) record = NULL;

  lk_test_set_time ("2025-06-19T16:59:00");
  lk_test_send (*f, student, first);
  lk_test_set_time ("2025-06-20T10:00:00");
  g_free (lk_test_review (*f, first, LK_VERDICT_RESHOOT));
  lk_test_set_time ("2025-06-23T10:00:00");
  g_assert_cmpint (lk_test_upload (*f, without, nothing), ==, LK_ERROR_WINDOW_CLOSED);
  lk_test_send (*f, student, second);
  record = lk_test_record (*f, student);
  g_assert_cmpuint (record->submissions->len, ==, 2);
  g_assert_cmpstr (((LkStudentSubmission *) record->submissions->pdata[0])->uuid, ==, second);
  g_assert_cmpint (((LkStudentSubmission *) record->submissions->pdata[1])->state, ==, LK_STATE_SUPERSEDED);
  g_assert_cmpint (((LkStudentSubmission *) record->submissions->pdata[1])->verdict, ==, LK_VERDICT_RESHOOT);
  g_assert_cmpint (record->tries_used, ==, 2);
  g_assert_cmpint (record->state, ==, LK_RECORD_SUBMITTED);
}

static void
test_right_ends (LkTestStudents **f, gconstpointer unused)
{
  gint64 student = lk_test_come_in (*f, 1);
  char first[LK_UUID_SIZE], second[LK_UUID_SIZE];

  lk_test_set_time ("2025-06-19T16:59:00");
  lk_test_send (*f, student, first);
  lk_test_set_time ("2025-06-20T10:00:00");
  g_free (lk_test_review (*f, first, LK_VERDICT_RETURN));
  lk_test_set_time ("2025-06-24T23:59:59.999999");
  g_assert_cmpint (lk_test_upload (*f, student, second), ==, -1);
  lk_test_set_time ("2025-06-25T00:00:00");
  g_assert_cmpint (lk_test_ask (*f, student, second), ==, LK_ERROR_WINDOW_CLOSED);
  g_assert_cmpint (lk_test_upload (*f, student, second), ==, LK_ERROR_WINDOW_CLOSED);
}

static void
test_held (LkTestStudents **f, gconstpointer unused)
{
  gint64 student = lk_test_come_in (*f, 1);
  char uuid[LK_UUID_SIZE];
  g_autoptr (LkStudentRecord) record = NULL;

  lk_test_send (*f, student, uuid);
  g_free (lk_test_review (*f, uuid, LK_VERDICT_HOLD));
  lk_test_set_time ("2025-06-17T09:10:00");
  record = lk_test_record (*f, student);
  g_assert_cmpint (((LkStudentSubmission *) record->submissions->pdata[0])->state, ==, LK_STATE_HELD);
  g_assert_cmpint (record->state, ==, LK_RECORD_SUBMITTED);
  g_assert_cmpint (lk_test_upload (*f, student, uuid), ==, LK_ERROR_STATE);
}

/* -- uploads -- */

static void
test_new_upload_replaces (LkTestStudents **f, gconstpointer unused)
{
  gint64 student = lk_test_come_in (*f, 1), check;
  char first[LK_UUID_SIZE], second[LK_UUID_SIZE], third[LK_UUID_SIZE];
  g_autoptr (LkStudentRecord) record = NULL;

  g_assert_cmpint (lk_test_upload (*f, student, first), ==, -1);
  g_assert_cmpint (lk_test_ask (*f, student, first), ==, -1);
  g_assert_cmpint (lk_test_upload (*f, student, second), ==, -1);
  g_assert_null ((*f)->ops->find_draft ((*f)->db, student, first, NULL));
  /* the job that was waiting for the first finds nothing to do, and no try is gone */
  g_assert_cmpint (lk_test_start (*f, first, &check), ==, LK_ERROR_NOT_FOUND);
  g_assert_cmpint (lk_test_ask (*f, student, second), ==, -1);
  g_assert_cmpint (lk_test_start (*f, second, &check), ==, -1);
  /* while it runs nothing takes its place */
  g_assert_cmpint (lk_test_upload (*f, student, third), ==, LK_ERROR_STATE);
  g_assert_cmpint (lk_test_finish (*f, second, check, TRUE, TRUE), ==, -1);
  record = lk_test_record (*f, student);
  g_assert_cmpstr (record->photo->uuid, ==, second);
  g_assert_cmpint (record->photo->state, ==, LK_STATE_CHECK_PASSED);
  g_assert_cmpstr (record->photo->crop, ==, "{\"x\":0.2}");
  g_assert_cmpint (record->state, ==, LK_RECORD_TRYING);
  g_assert_cmpint (record->tries_used, ==, 1);
}

static void
test_unusable_file (LkTestStudents **f, gconstpointer unused)
{
  gint64 student = lk_test_come_in (*f, 1);
  LkPhotoFile upload = { .type = "image/jpeg", .bytes = 3 };
  char uuid[LK_UUID_SIZE];
  g_autoptr (LkDraft) draft = NULL;
  g_autoptr (GError) error = NULL;

  memset (upload.sha256, 'a', LK_SHA256_SIZE - 1);
  g_assert_true ((*f)->ops->add_draft ((*f)->db, student, &upload, lk_clock_now (), "10.0.0.1", uuid, &error));
  g_assert_cmpint (lk_test_ask (*f, student, uuid), ==, LK_ERROR_STATE);       /* nobody has looked at it */
  g_assert_true ((*f)->ops->put_look ((*f)->db, uuid, NULL, NULL, "picture-cut-off", &error));
  g_assert_false ((*f)->ops->put_look ((*f)->db, uuid, NULL, NULL, "picture-cut-off", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_STATE);
  draft = (*f)->ops->find_draft ((*f)->db, student, uuid, NULL);
  g_assert_cmpstr (draft->problem, ==, "picture-cut-off");
  g_assert_false (draft->to_look);
  g_assert_cmpint (lk_test_ask (*f, student, uuid), ==, LK_ERROR_STATE);
}

/* -- closing -- */

static void
close_round (LkTestStudents *f, gboolean preview, LkRoundClosing *closing)
{
  g_autoptr (GError) error = NULL;

  f->ops->close_round (f->db, f->round->id, preview, NULL, closing, &error);
  g_assert_no_error (error);
}

static LkRound *
add_make_up (LkTestStudents *f)
{
  g_autoptr (GError) error = NULL;
  LkRound *round = lk_round_parse ("{\"name\": \"补采集\", \"kind\": \"makeup\", \"price_cents\": 2500, \"windows\": [{\"site\": \"*\","
                                   " \"from\": \"2025-07-14\", \"to\": \"2025-07-18\", \"opens\": \"08:00\", \"closes\": \"17:00\"}]}",
                                   -1, &error);

  g_assert_no_error (error);
  f->ops->add_round (f->db, round, NULL, &error);
  g_assert_no_error (error);
  return round;
}

static void
test_closing (LkTestStudents **f, gconstpointer unused)
{
  gint64 done = lk_test_come_in (*f, 1), waiting = lk_test_come_in (*f, 2);
  char a[LK_UUID_SIZE], b[LK_UUID_SIZE], c[LK_UUID_SIZE];
  g_autoptr (LkRound) make_up = NULL;
  g_autoptr (LkStudentRecord) of_done = NULL, of_waiting = NULL;
  LkRoundClosing closing;
  gint64 check;

  lk_test_send (*f, done, a);
  g_free (lk_test_review (*f, a, LK_VERDICT_APPROVE));
  lk_test_send (*f, waiting, b);
  lk_test_set_time ("2025-06-23T09:00:00");
  g_assert_cmpint (lk_test_upload (*f, lk_test_come_in (*f, 101), c), ==, -1);
  g_assert_cmpint (lk_test_ask (*f, lk_test_come_in (*f, 101), c), ==, -1);
  g_assert_cmpint (lk_test_start (*f, c, &check), ==, -1);
  lk_test_set_time ("2025-06-27T09:00:00");
  close_round (*f, TRUE, &closing);
  g_assert_cmpint (lk_test_count (*f, "SELECT count(*) FROM submission WHERE state = 'EXPIRED'"), ==, 0);
  g_assert_cmpint (closing.done, ==, 1);
  g_assert_cmpint (closing.missed, ==, 4);
  g_assert_cmpint (closing.undecided, ==, 1);
  close_round (*f, FALSE, &closing);
  g_assert_cmpint (closing.missed, ==, 4);
  g_assert_cmpint (lk_test_count (*f, "SELECT count(*) FROM submission WHERE state = 'EXPIRED'"), ==, 1);
  g_assert_cmpint (lk_test_count (*f, "SELECT count(*) FROM record WHERE missed = 1"), ==, 4);
  g_assert_cmpint (lk_test_count (*f, "SELECT count(*) FROM audit WHERE action = 'record-missed'"), ==, 4);
  /* the checks that ran have nothing to end any more, and cost nothing */
  g_assert_cmpint (lk_test_finish (*f, c, check, TRUE, TRUE), ==, LK_ERROR_STATE);
  of_waiting = lk_test_record (*f, waiting);
  g_assert_cmpint (of_waiting->state, ==, LK_RECORD_MISSED);
  g_assert_false (of_waiting->may_send);

  make_up = add_make_up (*f);
  of_done = lk_test_record (*f, done);
  g_assert_cmpint (of_done->state, ==, LK_RECORD_DONE);
  g_assert_cmpint (of_done->round->kind, ==, LK_ROUND_REGULAR);
}

static void
assert_pending (LkTestStudents *f, gint64 expected)
{
  g_autoptr (GError) error = NULL;
  LkQueueStats stats;

  f->db->ops->stats (f->db, NULL, &stats, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stats.pending, ==, expected);
}

/* What a reviewer has in hand when the round is closed is over, too. */
static void
test_closing_while_leased (LkTestStudents **f, gconstpointer unused)
{
  gint64 a = lk_test_come_in (*f, 1), b = lk_test_come_in (*f, 2);
  char of_a[LK_UUID_SIZE], of_b[LK_UUID_SIZE];
  g_autoptr (GError) error = NULL;
  g_autoptr (LkStaff) lin = (*f)->db->ops->find_staff ((*f)->db, "lin", &error);
  const LkActor actor = { lin->row, lin->uuid, LK_ROLE_REVIEWER, "0192f0c0-0000-7000-8000-00000000000a", "127.0.0.1" };
  g_autoptr (GPtrArray) rows = NULL, decisions = g_ptr_array_new_with_free_func (g_object_unref);
  LkDecisionAnswer answer = { 0 };
  LkRoundClosing closing;
  gint64 pending;

  lk_test_send (*f, a, of_a);
  lk_test_send (*f, b, of_b);
  rows = (*f)->db->ops->lease ((*f)->db, &actor, 1, NULL, &pending, &error);
  g_assert_cmpuint (rows->len, ==, 1);
  assert_pending (*f, 1);
  close_round (*f, FALSE, &closing);
  g_assert_cmpint (closing.undecided, ==, 2);
  assert_pending (*f, 0);
  g_assert_cmpint (lk_test_count (*f, "SELECT count(*) FROM submission WHERE lease IS NOT NULL"), ==, 0);
  g_ptr_array_add (decisions, lk_test_decision_on (rows->pdata[0], LK_VERDICT_APPROVE));
  (*f)->db->ops->decide ((*f)->db, &actor, decisions, &answer, &error);
  g_assert_no_error (error);
  g_assert_cmpint (answer.status, ==, LK_ANSWER_REFUSED);
  g_assert_cmpint (answer.code, ==, LK_ERROR_STATE);
  lk_decision_answer_clear (&answer);
}

/* A photo that the college imports belongs to the round its student is in. */
static void
test_import_beside (LkTestStudents **f, gconstpointer unused)
{
  gint64 student = lk_test_come_in (*f, 1);
  LkPhotoFile photo = { .type = "image/jpeg", .width = 480, .height = 640, .bytes = 3 };
  LkSubmitResult result;
  LkNewSubmission submission = { .student_no = "2025000001", .photo = &photo, .submitted_at = lk_clock_now (), .due_at = 1, .tries_used = 1,
                                 .tries_allowed = 10, .spec_version = 1, .checks = "[]", .brief = "[]" };
  char uuid[LK_UUID_SIZE];
  g_autoptr (LkRound) make_up = NULL;
  g_autoptr (LkStudentRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  LkRoundClosing closing;

  memset (photo.sha256, 'b', LK_SHA256_SIZE - 1);
  g_assert_true ((*f)->db->ops->submit ((*f)->db, &submission, &result, &error));
  g_assert_cmpint (lk_test_upload (*f, student, uuid), ==, LK_ERROR_STATE);
  close_round (*f, FALSE, &closing);
  g_assert_cmpint (closing.expired, ==, 1);
  make_up = add_make_up (*f);
  lk_test_set_time ("2025-07-14T09:00:00");
  lk_test_come_in (*f, 1);
  record = lk_test_record (*f, student);
  g_assert_cmpuint (record->submissions->len, ==, 0);
  g_assert_true (record->may_send);
}

static void
test_make_up (LkTestStudents **f, gconstpointer unused)
{
  gint64 student = lk_test_come_in (*f, 1);
  char uuid[LK_UUID_SIZE];
  g_autoptr (LkRound) make_up = add_make_up (*f);
  g_autoptr (LkStudentRecord) record = NULL;
  LkRoundClosing closing;

  g_assert_cmpint (lk_test_upload (*f, student, uuid), ==, -1);
  lk_test_check (*f, student, uuid, TRUE);
  lk_test_set_time ("2025-07-10T09:00:00");
  close_round (*f, FALSE, &closing);
  g_assert_cmpint (lk_test_enter (*f, "2025000001", "U1", NULL), ==, LK_ERROR_WINDOW_CLOSED);
  lk_test_set_time ("2025-07-14T09:00:00");
  g_assert_cmpint (lk_test_come_in (*f, 1), ==, student);
  record = lk_test_record (*f, student);
  g_assert_cmpint (record->round->row, ==, make_up->row);
  g_assert_cmpint (record->state, ==, LK_RECORD_CODE_READY);
  g_assert_cmpint (record->tries_used, ==, 0);
  g_assert_null (record->photo);
  g_assert_cmpint (record->round->price_cents, ==, 2500);
  lk_test_send (*f, student, uuid);
}

static void
test_rounds (LkTestStudents **f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkRound) current = (*f)->ops->current_round ((*f)->db, &error);
  g_autoptr (GPtrArray) rounds = NULL;
  LkRoundClosing closing;

  g_assert_cmpstr (current->name, ==, "2025届");
  g_assert_cmpuint (current->windows->len, ==, 8);
  g_assert_cmpint (current->tries_allowed, ==, 10);
  g_assert_false ((*f)->ops->add_round ((*f)->db, current, NULL, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_STATE);
  g_clear_error (&error);
  close_round (*f, FALSE, &closing);
  g_assert_false ((*f)->ops->close_round ((*f)->db, (*f)->round->id, FALSE, NULL, &closing, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_STATE);
  g_clear_error (&error);
  g_assert_null ((*f)->ops->current_round ((*f)->db, &error));
  g_assert_no_error (error);
  rounds = (*f)->ops->list_rounds ((*f)->db, &error);
  g_assert_cmpuint (rounds->len, ==, 1);
  g_assert_cmpint (((LkRound *) rounds->pdata[0])->closed_at, ==, lk_clock_now ());
}

static void
test_no_round (void)
{
  g_autoptr (LkTestCampus) campus = lk_test_campus_new (1);
  LkTestStudents f = { .campus = campus, .db = campus->service->db, .ops = campus->service->db->students };
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  LkRosterRow row = { .student_no = (char *) "2025000001", .name = (char *) "李小明", .document_no = (char *) "", .class_name = (char *) "",
                      .site = (char *) LK_TEST_SITE, .unique_no = (char *) "U1" };

  g_ptr_array_add (rows, &row);
  f.db->ops->put_roster (f.db, rows, NULL, NULL);
  g_assert_cmpint (lk_test_enter (&f, "2025000001", "U1", NULL), ==, LK_ERROR_NO_ROUND);
}

/* -- sessions -- */

static void
test_session (LkTestStudents **f, gconstpointer unused)
{
  LkStudentSession session;
  guint8 token[32];
  gint64 student;
  g_autofree char *hex = NULL;
  g_autoptr (GError) error = NULL;

  student = lk_test_come_in (*f, 1);
  hex = lk_test_query ((*f)->campus->folder, "SELECT hex (token) FROM student_session");
  memset (token, (int) g_ascii_strtoull ((char[]) { hex[0], hex[1], 0 }, NULL, 16), sizeof token);
  g_assert_true ((*f)->ops->find_session ((*f)->db, token, &session, &error));
  g_assert_cmpint (session.student, ==, student);
  /* used, it lives on; unused for a day, it is over */
  lk_test_set_time ("2025-06-17T08:59:59");
  g_assert_true ((*f)->ops->find_session ((*f)->db, token, &session, &error));
  g_assert_cmpint (session.expires_at, ==, lk_test_time ("2025-06-18T08:59:59"));
  lk_test_set_time ("2025-06-18T08:59:59");
  g_assert_false ((*f)->ops->find_session ((*f)->db, token, &session, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_SIGNED_OUT);
  g_clear_error (&error);
  lk_test_set_time ("2025-06-18T08:59:58");
  g_assert_true ((*f)->ops->end_session ((*f)->db, token, "10.0.0.1", &error));
  g_assert_false ((*f)->ops->find_session ((*f)->db, token, &session, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_SIGNED_OUT);
}

#define ADD(path, test) g_test_add ("/service/student-db/" path, LkTestStudents *, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("code-of-own", test_code_of_own);
  ADD ("code-of-another", test_code_of_another);
  ADD ("code-by-name", test_code_by_name);
  ADD ("code-under-second-student", test_code_under_second_student);
  ADD ("coming-in-outside", test_coming_in_outside);
  ADD ("last-moment", test_last_moment);
  ADD ("check-runs-over", test_check_runs_over);
  ADD ("result-is-told-later", test_result_is_told_later);
  ADD ("seen-ends-undo", test_seen_ends_undo);
  ADD ("staff-look-marks-nothing", test_staff_look_marks_nothing);
  ADD ("approved-photo", test_approved_photo);
  ADD ("right-to-send-again", test_right_to_send_again);
  ADD ("right-ends", test_right_ends);
  ADD ("held", test_held);
  ADD ("new-upload-replaces", test_new_upload_replaces);
  ADD ("unusable-file", test_unusable_file);
  ADD ("closing", test_closing);
  ADD ("closing-while-leased", test_closing_while_leased);
  ADD ("import-beside", test_import_beside);
  ADD ("make-up", test_make_up);
  ADD ("rounds", test_rounds);
  ADD ("session", test_session);
  g_test_add_func ("/service/student-db/no-round", test_no_round);
  return g_test_run ();
}
