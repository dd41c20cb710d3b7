/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "student-fixture.h"

#include <string.h>

#include "core/key.h"

#define REVIEWER_DEVICE "0192f0c0-0000-7000-8000-00000000000a"

gint64
lk_test_time (const char *local)
{
  g_autofree char *text = g_strconcat (local, "+08:00", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
}

void
lk_test_set_time (const char *local)
{
  lk_clock_set (lk_test_time (local));
}

/* -- the campus -- */

static void
put_students (LkTestStudents *self, guint n_students)
{
  g_autoptr (GString) csv = g_string_new ("student_no,name,id_number,class,site,unique_no\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (LkRoster) roster = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i <= n_students; i++)
    g_string_append_printf (csv, "2025%06u,李小明,990101199903150010,会计学2班,%s,U%u\n2025%06u,王芳,,会计学3班,%s,U%u\n", i, LK_TEST_SITE, i,
                            100 + i, LK_TEST_POINT, 100 + i);
  g_string_append (csv, "2025000201,欧阳小明,99010120000229002X,会计学4班," LK_TEST_SITE ",\n");
  bytes = g_bytes_new (csv->str, csv->len);
  roster = lk_roster_parse (bytes, &error);
  g_assert_no_error (error);
  self->db->ops->put_roster (self->db, roster->rows, NULL, &error);
  g_assert_no_error (error);
}

LkTestStudents *
lk_test_students_new (guint n_students)
{
  static const char reference[] =
    "{\"name\": \"2025届\", \"kind\": \"regular\", \"windows\": ["
    " {\"site\": \"*\", \"from\": \"2025-06-23\", \"to\": \"2025-06-26\", \"opens\": \"08:00\", \"closes\": \"17:00\"},"
    " {\"site\": \"合肥校本部\", \"from\": \"2025-06-16\", \"to\": \"2025-06-19\", \"opens\": \"08:00\", \"closes\": \"17:00\"}]}";
  LkTestStudents *self = g_new0 (LkTestStudents, 1);
  g_autoptr (GError) error = NULL;

  lk_test_set_time ("2025-06-16T09:00:00");
  self->campus = lk_test_campus_new (0);
  self->db = self->campus->service->db;
  self->ops = self->db->students;
  put_students (self, n_students);
  self->round = lk_round_parse (reference, -1, &error);
  g_assert_no_error (error);
  self->ops->add_round (self->db, self->round, NULL, &error);
  g_assert_no_error (error);
  return self;
}

void
lk_test_students_free (LkTestStudents *self)
{
  lk_round_free (self->round);
  lk_test_campus_free (self->campus);
  g_free (self);
  lk_clock_set (0);
}

/* -- a student -- */

static int
code_of (const GError *error)
{
  if (error == NULL)
    return -1;
  g_assert_true (error->domain == LK_ERROR);
  return error->code;
}

int
lk_test_enter (LkTestStudents *self, const char *student_no, const char *unique_no, gint64 *student)
{
  static guint8 n_tokens;
  g_autofree char *code_id = g_strdup_printf ("code of %s", unique_no);
  LkCollectionCode code = { .unique_no = (char *) unique_no, .name = (char *) "", .document_no = (char *) "", .code_id = code_id };
  LkStudentEntry entry = { .student_no = student_no, .code = &code, .consent = "1", .face = TRUE, .from = "10.0.0.1" };
  LkStudentSession session = { 0 };
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (student_no, "2025000201") == 0)
    {
      code.name = (char *) "欧**明";
      code.document_no = (char *) "990************02X";
    }
  n_tokens++;
  memset (entry.token, n_tokens, sizeof entry.token);
  self->ops->sign_in (self->db, &entry, &session, &error);
  if (student != NULL)
    *student = session.student;
  return code_of (error);
}

gint64
lk_test_come_in (LkTestStudents *self, guint number)
{
  g_autofree char *student_no = g_strdup_printf ("2025%06u", number);
  g_autofree char *unique_no = g_strdup_printf ("U%u", number);
  gint64 student = 0;

  g_assert_cmpint (lk_test_enter (self, student_no, unique_no, &student), ==, -1);
  g_assert_cmpint (student, !=, 0);
  return student;
}

static LkPhotoFile
new_file (LkTestStudents *self, const char *what)
{
  g_autofree char *text = g_strdup_printf ("%s %u", what, ++self->n_uploads);
  LkPhotoFile file = { .type = "image/jpeg", .width = 480, .height = 640, .bytes = (gint64) strlen (text) };
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  g_strlcpy (file.sha256, sha256, sizeof file.sha256);
  return file;
}

int
lk_test_upload (LkTestStudents *self, gint64 student, char uuid[LK_UUID_SIZE])
{
  LkPhotoFile upload = new_file (self, "upload");
  g_autoptr (GError) error = NULL;

  if (!self->ops->add_draft (self->db, student, &upload, lk_clock_now (), "10.0.0.1", uuid, &error))
    return code_of (error);
  g_assert_no_error (error);
  g_assert_true (self->ops->put_look (self->db, uuid, &upload, "{\"x\":0.1}", NULL, &error));
  return -1;
}

int
lk_test_ask (LkTestStudents *self, gint64 student, const char *uuid)
{
  g_autoptr (GError) error = NULL;

  self->ops->ask_check (self->db, student, uuid, "{\"x\":0.2}", lk_clock_now (), "10.0.0.1", &error);
  return code_of (error);
}

int
lk_test_start (LkTestStudents *self, const char *uuid, gint64 *check)
{
  g_autoptr (GError) error = NULL;

  self->ops->start_check (self->db, uuid, check, &error);
  return code_of (error);
}

int
lk_test_finish (LkTestStudents *self, const char *uuid, gint64 check, gboolean passed, gboolean counted)
{
  LkPhotoFile cropped = new_file (self, "cropped"), blue = new_file (self, "blue");
  g_autoptr (GError) error = NULL;
  LkCheckResult result = {
    .draft = uuid, .check = check, .passed = passed, .cropped = &cropped, .blue = &blue, .spec_version = 1,
    .checks = "[{\"id\":\"G3_eye_line\",\"version\":1,\"kind\":\"hard\",\"outcome\":\"pass\",\"value\":250}]",
    .brief = "[[\"G3_eye_line\",1,\"pass\",250]]", .not_counted = !counted, .cause = counted ? NULL : "background" };

  self->ops->finish_check (self->db, &result, &error);
  return code_of (error);
}

int
lk_test_submit (LkTestStudents *self, gint64 student, const char *uuid, gint64 arrived_at)
{
  LkFinalSubmit submit = { .student = student, .draft = uuid, .arrived_at = arrived_at, .from = "10.0.0.1" };
  g_autoptr (GError) error = NULL;

  self->ops->submit (self->db, &submit, &error);
  return code_of (error);
}

int
lk_test_redo (LkTestStudents *self, gint64 student, const char *uuid)
{
  g_autoptr (GError) error = NULL;

  self->ops->redo (self->db, student, uuid, "10.0.0.1", &error);
  return code_of (error);
}

void
lk_test_check (LkTestStudents *self, gint64 student, const char *uuid, gboolean passed)
{
  gint64 check = 0;

  g_assert_cmpint (lk_test_ask (self, student, uuid), ==, -1);
  g_assert_cmpint (lk_test_start (self, uuid, &check), ==, -1);
  g_assert_cmpint (lk_test_finish (self, uuid, check, passed, TRUE), ==, -1);
}

void
lk_test_send (LkTestStudents *self, gint64 student, char uuid[LK_UUID_SIZE])
{
  g_assert_cmpint (lk_test_upload (self, student, uuid), ==, -1);
  lk_test_check (self, student, uuid, TRUE);
  g_assert_cmpint (lk_test_submit (self, student, uuid, lk_clock_now ()), ==, -1);
}

/* -- a reviewer -- */

static LkDecision *
make_decision (const LkSubmissionRow *row, const char *key, LkVerdict verdict)
{
  static const char *const back[] = { "R203", NULL }, *const hold[] = { "R702", NULL };

  return lk_decision_new (&(LkDecisionDescription) {
    .key = key, .submission = row->uuid, .lease = row->lease, .photo = row->photo, .verdict = verdict,
    .reasons = verdict == LK_VERDICT_APPROVE ? NULL : verdict == LK_VERDICT_HOLD ? hold : back,
    .note = verdict == LK_VERDICT_APPROVE ? NULL : "请看左上角", .decided_at = lk_clock_now (), .shown_ms = 5, .input = "key" });
}

LkDecision *
lk_test_decision_on (const LkSubmissionRow *row, LkVerdict verdict)
{
  g_autofree char *key = lk_key_new ();

  return make_decision (row, key, verdict);
}

char *
lk_test_review (LkTestStudents *self, const char *submission, LkVerdict verdict)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkStaff) lin = self->db->ops->find_staff (self->db, "lin", &error);
  const LkActor actor = { lin->row, lin->uuid, LK_ROLE_REVIEWER, REVIEWER_DEVICE, "127.0.0.1" };
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *key = lk_key_new ();
  LkDecisionAnswer answer = { 0 };
  gint64 pending;

  rows = self->db->ops->lease (self->db, &actor, 500, NULL, &pending, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (((LkSubmissionRow *) rows->pdata[i])->uuid, submission) == 0)
      g_ptr_array_add (decisions, make_decision (rows->pdata[i], key, verdict));
  g_assert_cmpuint (decisions->len, ==, 1);
  self->db->ops->decide (self->db, &actor, decisions, &answer, &error);
  g_assert_no_error (error);
  g_assert_cmpint (answer.status, ==, LK_ANSWER_ACCEPTED);
  lk_decision_answer_clear (&answer);
  return g_steal_pointer (&key);
}

/* -- what is so -- */

LkStudentRecord *
lk_test_record (LkTestStudents *self, gint64 student)
{
  g_autoptr (GError) error = NULL;
  LkStudentRecord *record = self->ops->find_record (self->db, student, &error);

  g_assert_no_error (error);
  g_assert_nonnull (record);
  return record;
}

LkState
lk_test_draft_state (LkTestStudents *self, gint64 student, const char *uuid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkDraft) draft = self->ops->find_draft (self->db, student, uuid, &error);

  g_assert_no_error (error);
  return draft->state;
}

int
lk_test_count (LkTestStudents *self, const char *sql)
{
  return lk_test_query_int (self->campus->folder, sql);
}

/* Every move in the audit is one that the table of states has, for somebody. */
static void
check_moves (LkTestStudents *self)
{
  g_autofree char *text = lk_test_query (self->campus->folder, "SELECT group_concat (DISTINCT json_extract (body, '$.before') || '>' ||"
                                                               " json_extract (body, '$.after')) FROM audit WHERE state IS NOT NULL"
                                                               " AND json_extract (body, '$.before') IS NOT NULL");
  g_auto (GStrv) moves = g_strsplit (text != NULL ? text : "", ",", -1);

  for (int i = 0; moves[i] != NULL; i++)
    {
      g_auto (GStrv) ends = g_strsplit (moves[i], ">", 2);
      LkState from, to;
      gboolean any = FALSE;

      g_assert_true (lk_state_from_word (ends[0], &from) && lk_state_from_word (ends[1], &to));
      for (guint role = LK_ROLE_SYSTEM; role <= LK_ROLE_AUDITOR; role <<= 1)
        any |= lk_state_may_move (from, to, (LkRole) role);
      if (!any)
        g_error ("%s happened", moves[i]);
    }
}

/* The moves of one submission follow from each other, and lead to where it is. */
static void
check_histories (LkTestStudents *self)
{
  static const char moves[] = "WITH m AS (SELECT seq, submission, json_extract (body, '$.before') AS b, json_extract (body, '$.after') AS a"
                              " FROM audit WHERE submission IS NOT NULL AND json_extract (body, '$.before') IS NOT NULL)";
  g_autofree char *gaps = g_strconcat (moves, " SELECT count(*) FROM (SELECT b, lag (a) OVER (PARTITION BY submission ORDER BY seq) AS p"
                                              " FROM m) WHERE p IS NOT NULL AND p <> b", NULL);
  g_autofree char *ends = g_strconcat (moves, " SELECT count(*) FROM submission s WHERE s.state <> (SELECT a FROM m WHERE"
                                              " m.submission = s.id ORDER BY seq DESC LIMIT 1)", NULL);

  g_assert_cmpint (lk_test_count (self, gaps), ==, 0);
  g_assert_cmpint (lk_test_count (self, ends), ==, 0);
}

void
lk_test_check_books (LkTestStudents *self)
{
  g_autoptr (GError) error = NULL;
  LkAuditReport report;

  g_assert_cmpint (lk_test_count (self, "SELECT count(*) FROM record r WHERE r.tries_used <>"
                                        " (SELECT count(*) FROM try t WHERE t.record = r.id AND t.given_back = 0)"), ==, 0);
  g_assert_cmpint (lk_test_count (self, "SELECT count(*) FROM record r WHERE r.tries_used <>"
                                        " (SELECT coalesce (sum (iif (a.action = 'check-started', 1, -1)), 0) FROM audit a"
                                        "  WHERE a.action IN ('check-started', 'try-given-back')"
                                        "  AND json_extract (a.body, '$.record') = r.id)"), ==, 0);
  check_moves (self);
  check_histories (self);
  self->db->ops->verify_audit (self->db, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report.first_bad, ==, 0);
}
