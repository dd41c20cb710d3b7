/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/key.h"
#include "fixture.h"
#include "service/campus-db-account.h"
#include "service/campus-db-desk.h"
#include "service/clock.h"
#include "service/second-factor.h"

/* Who sees what, who may decide on what, and what becomes of tickets: rules.md sections 6, 7.3, 8.3 and 9, on the database itself. */

#define DEVICE "0192f0c0-0000-7000-8000-00000000000a"
#define NOON G_GINT64_CONSTANT (1750046400000000)       /* 16 June 2025, 12:00 in Hefei */

typedef struct
{
  LkTestCampus *campus;
  LkCampusDb *db;
  GPtrArray *staff;             /* of LkStaff, as long as their actors live */
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  static const struct
  {
    const char *user;
    LkRole role;
  } more[] = { { "qian", LK_ROLE_LEAD }, { "desk", LK_ROLE_DESK }, { "ban", LK_ROLE_ADVISER }, { "xue", LK_ROLE_REGISTRAR },
               { "shen", LK_ROLE_AUDITOR } };

  f->campus = lk_test_campus_new (3);
  f->db = f->campus->service->db;
  f->staff = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_staff_free);
  for (gsize i = 0; i < G_N_ELEMENTS (more); i++)
    lk_test_add_staff (f->campus->service, more[i].user, more[i].user, more[i].role);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  lk_clock_set (0);
  g_ptr_array_unref (f->staff);
  lk_test_campus_free (f->campus);
}

static LkActor
actor (Fixture *f, const char *user)
{
  g_autoptr (GError) error = NULL;
  LkStaff *staff = f->db->ops->find_staff (f->db, user, &error);

  g_assert_no_error (error);
  g_ptr_array_add (f->staff, staff);
  return (LkActor) { staff->row, staff->uuid, staff->role, DEVICE, "127.0.0.1" };
}

static const LkActor a_student = { 0, "student", LK_ROLE_STUDENT, NULL, "127.0.0.1" };

static GPtrArray *
lease (Fixture *f, const char *user, const LkQueueFilter *filter, gint64 *pending)
{
  LkActor who = actor (f, user);
  g_autoptr (GError) error = NULL;
  gint64 n;
  GPtrArray *rows = f->db->ops->lease (f->db, &who, 10, filter, pending != NULL ? pending : &n, &error);

  g_assert_no_error (error);
  return rows;
}

/* Decides under a lease that the person has; the answer. */
static LkDecisionAnswer
decide (Fixture *f, const char *user, const LkSubmissionRow *row, LkVerdict verdict, const char *reason)
{
  LkActor who = actor (f, user);
  const char *const reasons[] = { reason, NULL };
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  LkDecisionAnswer answer;

  g_ptr_array_add (decisions, lk_decision_new (&(LkDecisionDescription) { .submission = row->uuid, .lease = row->lease,
    .photo = row->photo, .verdict = verdict, .reasons = reasons, .input = "key" }));
  f->db->ops->decide (f->db, &who, decisions, &answer, &error);
  g_assert_no_error (error);
  return answer;
}

static void
assert_refused (LkDecisionAnswer answer, LkError code)
{
  g_assert_cmpint (answer.status, ==, LK_ANSWER_REFUSED);
  g_assert_cmpint (answer.code, ==, code);
}

static const LkSubmissionRow *
row_of (GPtrArray *rows, const char *student_no)
{
  for (guint i = 0; i < rows->len; i++)
    if (strcmp (((LkSubmissionRow *) rows->pdata[i])->student_no, student_no) == 0)
      return rows->pdata[i];
  return NULL;
}

/* Has lin send the first student's photo back; the submission's uuid. */
static char *
reject_first (Fixture *f, const char *user, LkVerdict verdict, const char *reason)
{
  g_autoptr (GPtrArray) rows = lease (f, user, NULL, NULL);
  const LkSubmissionRow *row = row_of (rows, "2021210001");
  LkActor who = actor (f, user);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (row);
  g_assert_cmpint (decide (f, user, row, verdict, reason).status, ==, LK_ANSWER_ACCEPTED);
  for (guint i = 0; i < rows->len; i++)
    if (rows->pdata[i] != row)
      f->db->ops->return_lease (f->db, &who, ((LkSubmissionRow *) rows->pdata[i])->lease, FALSE, &error);
  g_assert_no_error (error);
  return g_strdup (row->uuid);
}

static char *
state_of (Fixture *f, const char *submission)
{
  g_autofree char *sql = g_strdup_printf ("SELECT state FROM submission WHERE uuid = '%s'", submission);

  return lk_test_query (f->campus->folder, sql);
}

static void
assert_state (Fixture *f, const char *submission, const char *wanted)
{
  g_autofree char *state = state_of (f, submission);

  g_assert_cmpstr (state, ==, wanted);
}

/* -- scopes -- */

static void
set_scope (Fixture *f, const char *user, const char *site, const char *class_name)
{
  g_autoptr (GPtrArray) scopes = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_scope_free);
  LkScope *scope = g_new0 (LkScope, 1);
  LkAccountChange change = { .scopes = scopes };
  g_autoptr (GError) error = NULL;

  *scope = (LkScope) { g_strdup (site), g_strdup (class_name) };
  g_ptr_array_add (scopes, scope);
  f->db->accounts->change (f->db, user, &change, &error);
  g_assert_no_error (error);
}

static guint
count_students (Fixture *f, const char *user, const LkStudentFilter *filter)
{
  static const LkStudentFilter all = { NULL };
  LkActor who = actor (f, user);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = f->db->desk->list_students (f->db, &who, filter != NULL ? filter : &all, NULL, 50, &error);

  g_assert_no_error (error);
  return rows->len;
}

static void
test_scopes (Fixture *f, gconstpointer unused)
{
  const LkStudentFilter by_number = { .number = "2021210002" };
  gint64 pending;

  set_scope (f, "lin", "外地", "");
  {
    g_autoptr (GPtrArray) none = lease (f, "lin", NULL, &pending);

    g_assert_cmpuint (none->len, ==, 0);
    g_assert_cmpint (pending, ==, 0);
  }
  set_scope (f, "lin", "合肥校本部", "会计学2班");
  {
    g_autoptr (GPtrArray) some = lease (f, "lin", NULL, &pending);

    g_assert_cmpuint (some->len, ==, 3);
  }
  /* an adviser sees named classes only, and nothing when none is named */
  g_assert_cmpuint (count_students (f, "ban", NULL), ==, 0);
  set_scope (f, "ban", "", "会计学1班");
  g_assert_cmpuint (count_students (f, "ban", NULL), ==, 0);
  set_scope (f, "ban", "", "会计学2班");
  g_assert_cmpuint (count_students (f, "ban", NULL), ==, 3);
  g_assert_cmpuint (count_students (f, "xue", NULL), ==, 3);
  g_assert_cmpuint (count_students (f, "shen", NULL), ==, 3);
  set_scope (f, "xue", "外地", "");
  g_assert_cmpuint (count_students (f, "xue", NULL), ==, 0);
  /* the desk: with a ticket, or by the whole number */
  g_assert_cmpuint (count_students (f, "desk", NULL), ==, 0);
  g_assert_cmpuint (count_students (f, "desk", &by_number), ==, 1);
}

static gboolean
sees_photo (Fixture *f, const char *user, const char *sha256)
{
  LkActor who = actor (f, user);
  g_autoptr (GError) error = NULL;
  LkPhotoFile photo;
  gboolean seen = f->db->ops->find_photo (f->db, &who, sha256, &photo, &error);

  if (!seen)
    g_assert_error (error, LK_ERROR, LK_ERROR_NOT_FOUND);
  return seen;
}

static char *
new_ticket (Fixture *f, const LkActor *who, LkTicketType type, const char *submission, GError **error)
{
  char uuid[LK_UUID_SIZE];
  LkNewTicket ticket = { .type = type, .student = 1, .submission = submission, .text = "请核实" };

  return f->db->desk->create_ticket (f->db, who, &ticket, uuid, error) ? g_strdup (uuid) : NULL;
}

static void
test_photos (Fixture *f, gconstpointer unused)
{
  g_autofree char *photo = lk_test_query (f->campus->folder, "SELECT photo FROM submission WHERE student = 3");
  g_autofree char *id_card = lk_test_query (f->campus->folder, "SELECT id_card FROM student WHERE id = 3");
  g_autofree char *other = NULL, *identity = NULL;
  LkNewTicket ticket = { .type = LK_TICKET_OTHER, .student = 3, .text = "问" };
  LkActor desk = actor (f, "desk");
  g_autoptr (GError) error = NULL;
  char uuid[LK_UUID_SIZE];

  g_assert_false (sees_photo (f, "lin", photo));
  g_assert_true (sees_photo (f, "zhao", photo) && sees_photo (f, "zhao", id_card));
  g_assert_true (sees_photo (f, "xue", photo) && sees_photo (f, "shen", photo));
  g_assert_false (sees_photo (f, "xue", id_card) || sees_photo (f, "shen", id_card));
  g_assert_false (sees_photo (f, "ban", photo));
  set_scope (f, "ban", "", "会计学2班");
  g_assert_true (sees_photo (f, "ban", photo));
  g_assert_false (sees_photo (f, "ban", id_card));
  /* the desk with a ticket, and the comparison photo with one of type identity */
  g_assert_false (sees_photo (f, "desk", photo));
  f->db->desk->create_ticket (f->db, &desk, &ticket, uuid, &error);
  g_assert_no_error (error);
  g_assert_true (sees_photo (f, "desk", photo));
  g_assert_false (sees_photo (f, "desk", id_card));
  ticket.type = LK_TICKET_IDENTITY;
  f->db->desk->create_ticket (f->db, &desk, &ticket, uuid, &error);
  g_assert_no_error (error);
  g_assert_true (sees_photo (f, "desk", id_card));
}

/* -- separation -- */

static void
test_relatives (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) before = lease (f, "lin", NULL, NULL);
  g_autoptr (GPtrArray) after = NULL;

  /* declared after the lease was given: the decision is refused all the same */
  f->db->accounts->set_related (f->db, "lin", "2021210001", TRUE, &error);
  g_assert_no_error (error);
  assert_refused (decide (f, "lin", row_of (before, "2021210001"), LK_VERDICT_APPROVE, NULL), LK_ERROR_INVOLVED);
  assert_refused (decide (f, "lin", row_of (before, "2021210001"), LK_VERDICT_RETURN, "R203"), LK_ERROR_INVOLVED);
  g_assert_cmpint (decide (f, "lin", row_of (before, "2021210002"), LK_VERDICT_APPROVE, NULL).status, ==, LK_ANSWER_ACCEPTED);
  /* and it is never offered */
  f->db->accounts->set_related (f->db, "wang", "2021210001", TRUE, &error);
  g_free (lk_test_query (f->campus->folder, "UPDATE submission SET state = 'PENDING', lease = NULL, lease_staff = NULL,"
                                            " lease_device = NULL, lease_until = NULL WHERE state = 'IN_REVIEW'"));
  after = lease (f, "wang", NULL, NULL);
  g_assert_null (row_of (after, "2021210001"));
  g_assert_nonnull (row_of (after, "2021210003"));
  g_assert_false (f->db->accounts->set_related (f->db, "wang", "1", TRUE, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_NOT_IN_ROSTER);
}

/* Somebody at the desk cropped the photo and reviews later: sending it back is fair, approving is not. */
static void
test_cropper (Fixture *f, gconstpointer unused)
{
  LkActor who = actor (f, "desk");
  LkAccountChange change = { .role = LK_ROLE_REVIEWER };
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_ticket_attachment_free);
  LkPhotoFile file = { .type = "image/jpeg", .width = 480, .height = 640, .bytes = 4 };
  LkNewTicket ticket = { .type = LK_TICKET_CROP_HELP, .student = 1, .text = "裁剪", .attachments = attachments };
  g_autoptr (GError) error = NULL;
  char uuid[LK_UUID_SIZE];

  memset (file.sha256, 'a', 64);
  f->db->desk->add_attachment (f->db, &who, 1, &file, uuid, &error);
  g_assert_no_error (error);
  g_ptr_array_add (attachments, lk_ticket_attachment_new ("crop", uuid));
  f->db->desk->create_ticket (f->db, &who, &ticket, uuid, &error);
  g_assert_no_error (error);
  f->db->accounts->change (f->db, "desk", &change, &error);
  g_assert_no_error (error);
  rows = lease (f, "desk", NULL, NULL);
  assert_refused (decide (f, "desk", row_of (rows, "2021210001"), LK_VERDICT_APPROVE, NULL), LK_ERROR_INVOLVED);
  g_assert_cmpint (decide (f, "desk", row_of (rows, "2021210001"), LK_VERDICT_RETURN, "R203").status, ==, LK_ANSWER_ACCEPTED);
  g_assert_cmpint (decide (f, "desk", row_of (rows, "2021210002"), LK_VERDICT_APPROVE, NULL).status, ==, LK_ANSWER_ACCEPTED);
}

/* -- appeals -- */

static gboolean
move (Fixture *f, const char *user, const char *ticket, LkTicketStep step, LkState to, GError **error)
{
  LkActor who = actor (f, user);
  g_autofree char *key = lk_key_new ();
  LkTicketMove what = { .ticket = ticket, .step = step, .text = "已核对", .to = to, .key = key };

  return f->db->desk->move_ticket (f->db, &who, &what, error);
}

static void
assert_move_fails (Fixture *f, const char *user, const char *ticket, LkTicketStep step, LkState to, LkError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (move (f, user, ticket, step, to, &error));
  g_assert_error (error, LK_ERROR, (int) code);
}

/* Who decides on a ticket is told what was decided about the photo. */
static void
assert_knows_decision (Fixture *f, const char *user, const char *ticket, const char *reasons, gboolean involved)
{
  LkActor who = actor (f, user);
  g_autoptr (GError) error = NULL;
  g_autoptr (LkTicketRow) row = f->db->desk->find_ticket (f->db, &who, ticket, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (row->decision != NULL ? row->decision->reasons : NULL, ==, reasons);
  g_assert_cmpint (row->involved, ==, involved);
  if (reasons != NULL)
    g_assert_cmpint (row->decision->verdict, ==, LK_VERDICT_RETURN);
}

static void
test_appeal (Fixture *f, gconstpointer unused)
{
  g_autofree char *submission = reject_first (f, "zhao", LK_VERDICT_RETURN, "R203");
  LkActor desk = actor (f, "desk");
  g_autoptr (GError) error = NULL;
  g_autofree char *ticket = NULL, *again = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  ticket = new_ticket (f, &a_student, LK_TICKET_APPEAL, submission, &error);
  g_assert_null (ticket);
  g_assert_error (error, LK_ERROR, LK_ERROR_ATTACHMENTS_MISSING);
  g_clear_error (&error);
  ticket = new_ticket (f, &desk, LK_TICKET_APPEAL, submission, &error);         /* taken down at the desk, on paper */
  g_assert_no_error (error);
  again = new_ticket (f, &desk, LK_TICKET_APPEAL, submission, &error);
  g_assert_null (again);
  g_assert_error (error, LK_ERROR, LK_ERROR_STATE);

  assert_move_fails (f, "desk", ticket, LK_TICKET_STEP_DECIDE, LK_STATE_PENDING, LK_ERROR_FORBIDDEN);
  assert_move_fails (f, "desk", ticket, LK_TICKET_STEP_RESOLVE, LK_STATE_PENDING, LK_ERROR_FORBIDDEN);
  assert_move_fails (f, "xue", ticket, LK_TICKET_STEP_DECIDE, LK_STATE_PENDING, LK_ERROR_FORBIDDEN);
  assert_move_fails (f, "lin", ticket, LK_TICKET_STEP_DECIDE, LK_STATE_PENDING, LK_ERROR_NOT_FOUND);
  /* who rejected it does not decide the appeal */
  assert_move_fails (f, "zhao", ticket, LK_TICKET_STEP_DECIDE, LK_STATE_PENDING, LK_ERROR_INVOLVED);
  assert_move_fails (f, "qian", ticket, LK_TICKET_STEP_DECIDE, LK_STATE_HELD, LK_ERROR_STATE);
  /* nobody is put before a reviewer's lease */
  assert_move_fails (f, "qian", ticket, LK_TICKET_STEP_DECIDE, LK_STATE_IN_REVIEW, LK_ERROR_STATE);
  assert_knows_decision (f, "desk", ticket, NULL, FALSE);
  assert_knows_decision (f, "zhao", ticket, "[\"R203\"]", TRUE);
  assert_knows_decision (f, "qian", ticket, "[\"R203\"]", FALSE);
  g_clear_error (&error);
  g_assert_true (move (f, "qian", ticket, LK_TICKET_STEP_DECIDE, LK_STATE_PENDING, &error));
  g_assert_no_error (error);
  assert_state (f, submission, "PENDING");
  /* nor the photo that comes back */
  rows = lease (f, "zhao", NULL, NULL);
  g_assert_null (row_of (rows, "2021210001"));
  g_assert_cmpuint (rows->len, ==, 2);
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = lease (f, "wang", NULL, NULL);
  g_assert_cmpint (decide (f, "wang", row_of (rows, "2021210001"), LK_VERDICT_APPROVE, NULL).status, ==, LK_ANSWER_ACCEPTED);
  assert_state (f, submission, "APPROVED");
}

/* An appeal upheld without another review, and one turned down. */
static void
test_appeal_ends (Fixture *f, gconstpointer unused)
{
  g_autofree char *submission = reject_first (f, "lin", LK_VERDICT_RESHOOT, "R301");
  LkActor desk = actor (f, "desk");
  g_autoptr (GError) error = NULL;
  g_autofree char *first = new_ticket (f, &desk, LK_TICKET_APPEAL, submission, &error);
  g_autofree char *second = NULL;

  g_assert_true (move (f, "zhao", first, LK_TICKET_STEP_DECIDE, LK_STATE_RESHOOT, &error));
  assert_state (f, submission, "RESHOOT");
  g_assert_true (move (f, "zhao", first, LK_TICKET_STEP_CLOSE, LK_STATE_DRAFT, &error));
  second = new_ticket (f, &desk, LK_TICKET_APPEAL, submission, &error);
  g_assert_no_error (error);
  g_assert_true (move (f, "zhao", second, LK_TICKET_STEP_DECIDE, LK_STATE_APPROVED, &error));
  g_assert_no_error (error);
  assert_state (f, submission, "APPROVED");
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM decision d JOIN staff t ON t.id = d.staff WHERE"
                                      " d.reverted_at IS NULL AND d.verdict = 'approve' AND t.user = 'zhao'"), ==, 1);
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM decision WHERE overturned IS NOT NULL"), ==, 1);
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM audit WHERE action = 'appeal-upheld'"), ==, 1);
}

/* -- what is held -- */

static void
test_held (Fixture *f, gconstpointer unused)
{
  g_autofree char *submission = reject_first (f, "lin", LK_VERDICT_HOLD, "R702");
  g_autofree char *ticket = lk_test_query (f->campus->folder, "SELECT uuid FROM ticket WHERE type = 'IDENTITY' AND state = 'NEW'");
  g_autofree char *key = lk_test_query (f->campus->folder, "SELECT key FROM decision");
  g_autofree char *revert = lk_key_new (), *again = NULL;
  LkActor lin = actor (f, "lin");
  g_autoptr (GError) error = NULL;
  char lease_id[LK_UUID_SIZE];
  gboolean repeated;
  gint64 until;

  g_assert_nonnull (ticket);
  assert_move_fails (f, "zhao", ticket, LK_TICKET_STEP_DECIDE, LK_STATE_HELD, LK_ERROR_STATE);
  assert_move_fails (f, "zhao", ticket, LK_TICKET_STEP_DECIDE, LK_STATE_RETURNED, LK_ERROR_STATE);
  /* taken back in time: nothing is left to look into */
  f->db->ops->revert (f->db, &lin, key, revert, &repeated, lease_id, &until, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM ticket WHERE state = 'CLOSED'"), ==, 1);
  g_free (lk_test_query (f->campus->folder, "UPDATE submission SET state = 'PENDING', lease = NULL, lease_staff = NULL,"
                                            " lease_device = NULL, lease_until = NULL WHERE state = 'IN_REVIEW'"));
  g_free (reject_first (f, "wang", LK_VERDICT_HOLD, "R704"));
  again = lk_test_query (f->campus->folder, "SELECT uuid FROM ticket WHERE state = 'NEW'");
  g_assert_true (move (f, "desk", again, LK_TICKET_STEP_WAIT, LK_STATE_DRAFT, &error));
  g_assert_true (move (f, "zhao", again, LK_TICKET_STEP_DECIDE, LK_STATE_RESHOOT, &error));
  g_assert_no_error (error);
  assert_state (f, submission, "RESHOOT");
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM decision WHERE verdict = 'reshoot' AND reasons = '[\"R704\"]'"
                                      " AND reverted_at IS NULL"), ==, 1);
}

static void
test_reopen (Fixture *f, gconstpointer unused)
{
  g_autofree char *submission = reject_first (f, "lin", LK_VERDICT_APPROVE, NULL);
  LkActor zhao = actor (f, "zhao");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_false (f->db->desk->reopen (f->db, &zhao, submission, "", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_BAD_NOTE);
  g_clear_error (&error);
  g_assert_true (f->db->desk->reopen (f->db, &zhao, submission, "照片与本人不符", &error));
  g_assert_no_error (error);
  assert_state (f, submission, "PENDING");
  rows = lease (f, "lin", NULL, NULL);
  g_assert_null (row_of (rows, "2021210001"));
  g_assert_false (f->db->desk->reopen (f->db, &zhao, submission, "又一次", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_STATE);
}

/* -- tickets in time -- */

static gint64
worked_seconds (Fixture *f, const char *ticket)
{
  LkActor desk = actor (f, "desk");
  g_autoptr (GError) error = NULL;
  g_autoptr (LkTicketRow) row = f->db->desk->find_ticket (f->db, &desk, ticket, 0, &error);

  g_assert_no_error (error);
  return row->clock_us / G_USEC_PER_SEC;
}

static void
test_clock (Fixture *f, gconstpointer unused)
{
  const gint64 hour = G_TIME_SPAN_HOUR, day = G_TIME_SPAN_DAY;
  LkActor desk = actor (f, "desk");
  g_autoptr (GError) error = NULL;
  g_autofree char *ticket = NULL;
  LkTicketMove reply = { .step = LK_TICKET_STEP_REPLY, .text = "已补充", .student = 1 };

  lk_clock_set (NOON);
  ticket = new_ticket (f, &desk, LK_TICKET_OTHER, NULL, &error);
  g_assert_no_error (error);
  lk_clock_set (NOON + hour);
  g_assert_cmpint (worked_seconds (f, ticket), ==, 3600);
  g_assert_true (move (f, "desk", ticket, LK_TICKET_STEP_WAIT, LK_STATE_DRAFT, &error));
  lk_clock_set (NOON + 20 * hour);
  g_assert_cmpint (worked_seconds (f, ticket), ==, 3600);       /* it stood */
  reply.ticket = ticket;
  reply.student = 2;
  g_assert_false (f->db->desk->move_ticket (f->db, &a_student, &reply, &error));        /* somebody else's */
  g_assert_error (error, LK_ERROR, LK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  reply.student = 1;
  g_assert_true (f->db->desk->move_ticket (f->db, &a_student, &reply, &error));
  lk_clock_set (NOON + 21 * hour);
  g_assert_cmpint (worked_seconds (f, ticket), ==, 7200);
  g_assert_true (move (f, "desk", ticket, LK_TICKET_STEP_RESOLVE, LK_STATE_DRAFT, &error));
  lk_clock_set (NOON + 21 * hour + 7 * day);
  g_assert_true (move (f, "desk", ticket, LK_TICKET_STEP_REOPEN, LK_STATE_DRAFT, &error));      /* within seven days */
  g_assert_true (move (f, "desk", ticket, LK_TICKET_STEP_RESOLVE, LK_STATE_DRAFT, &error));
  lk_clock_set (NOON + 21 * hour + 14 * day + 1);
  assert_move_fails (f, "desk", ticket, LK_TICKET_STEP_REOPEN, LK_STATE_DRAFT, LK_ERROR_TOO_LATE);
  g_assert_true (f->db->desk->close_tickets (f->db, &error));
  g_assert_no_error (error);
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM ticket WHERE state = 'CLOSED'"), ==, 1);
  assert_move_fails (f, "desk", ticket, LK_TICKET_STEP_ANSWER, LK_STATE_DRAFT, LK_ERROR_STATE);
}

static void
test_ticket_text (Fixture *f, gconstpointer unused)
{
  LkActor desk = actor (f, "desk"), ban = actor (f, "ban"), shen = actor (f, "shen");
  LkNewTicket ticket = { .type = LK_TICKET_OTHER, .student = 1 };
  g_autofree char *own = NULL;
  g_autoptr (GError) error = NULL;
  static const char *const bad[] = { NULL, "", "身份证 990101199903150010" };
  char uuid[LK_UUID_SIZE];

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      ticket.text = bad[i];
      g_assert_false (f->db->desk->create_ticket (f->db, &desk, &ticket, uuid, &error));
      g_assert_error (error, LK_ERROR, LK_ERROR_BAD_NOTE);
      g_clear_error (&error);
    }
  g_assert_null (new_ticket (f, &shen, LK_TICKET_OTHER, NULL, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_null (new_ticket (f, &ban, LK_TICKET_CORRECTION, NULL, &error));     /* no class of hers */
  g_assert_error (error, LK_ERROR, LK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  set_scope (f, "ban", "", "会计学2班");
  own = new_ticket (f, &ban, LK_TICKET_CORRECTION, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (new_ticket (f, &a_student, LK_TICKET_CORRECTION, NULL, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_FORBIDDEN);
}

/* -- unmasking -- */

static void
test_unmask (Fixture *f, gconstpointer unused)
{
  LkActor desk = actor (f, "desk");
  g_autoptr (GError) error = NULL;
  g_autofree char *ticket = new_ticket (f, &desk, LK_TICKET_OTHER, NULL, &error);
  const struct
  {
    const char *user, *field, *reason, *ticket;
    int code;                   /* 0: shown */
  } cases[] = {
    { "lin", "name", "核实", NULL, LK_ERROR_FORBIDDEN },
    { "shen", "name", "核实", NULL, LK_ERROR_FORBIDDEN },
    { "zhao", "name", "核实", NULL, 0 },
    { "zhao", "document", "核实", NULL, 0 },
    { "zhao", "document", "", NULL, LK_ERROR_BAD_NOTE },
    { "zhao", "phone", "核实", NULL, LK_ERROR_BAD_REQUEST },
    { "xue", "document", "核实", NULL, 0 },
    { "desk", "name", "核实", NULL, LK_ERROR_FORBIDDEN },
    { "desk", "name", "核实", DEVICE, LK_ERROR_FORBIDDEN },
    { "desk", "name", "核实", ticket, 0 },
    { "ban", "name", "核实", NULL, LK_ERROR_NOT_FOUND },
    { "ban", "document", "核实", NULL, LK_ERROR_FORBIDDEN },
  };
  int n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LkActor who = actor (f, cases[i].user);
      LkUnmask unmask = { 1, cases[i].field, cases[i].reason, cases[i].ticket };
      g_autofree char *value = f->db->desk->unmask (f->db, &who, &unmask, &error);

      if (cases[i].code == 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, LK_ERROR, cases[i].code);
      g_assert_true ((value != NULL) == (cases[i].code == 0));
      if (value != NULL && strcmp (cases[i].field, "name") == 0)
        g_assert_cmpstr (value, ==, "李小明");
      n += value != NULL;
      g_clear_error (&error);
    }
  /* one line each, and none for what was refused */
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM audit WHERE action = 'unmasked'"), ==, n);
}

/* -- accounts -- */

static void
test_accounts (Fixture *f, gconstpointer unused)
{
  LkAccountChange change = { .outside = "20230001" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (LkStaff) staff = NULL;
  gint64 before, after;

  g_assert_true (f->db->accounts->epoch (f->db, &before, &error));
  g_assert_true (f->db->accounts->change (f->db, "lin", &change, &error));
  g_assert_true (f->db->accounts->epoch (f->db, &after, &error));
  g_assert_cmpint (after, >, before);
  g_assert_false (f->db->accounts->change (f->db, "wang", &change, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_STATE);
  g_clear_error (&error);
  g_assert_false (f->db->accounts->change (f->db, "nobody", &change, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  staff = f->db->accounts->find_outside (f->db, "20230001", &error);
  g_assert_cmpstr (staff->user, ==, "lin");
  g_assert_true (f->db->accounts->set_disabled (f->db, "lin", TRUE, &error));
  g_assert_null (f->db->accounts->find_outside (f->db, "20230001", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_NO_ACCOUNT);
  g_clear_error (&error);
  g_assert_null (f->db->ops->find_staff (f->db, "lin", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  rows = f->db->accounts->list (f->db, &error);
  g_assert_cmpuint (rows->len, ==, 8);
}

/* A code proves something once, whoever sends it how often. */
static void
test_second_factor (Fixture *f, gconstpointer unused)
{
  g_autoptr (GBytes) secret = g_bytes_new_static ("12345678901234567890", 20);         /* RFC 6238, appendix B */
  g_autofree char *recovery = lk_recovery_code_new ();
  guint8 hash[LK_RECOVERY_HASH], other[LK_RECOVERY_HASH];
  g_autoptr (GBytes) hashes = NULL;
  LkActor lin = actor (f, "lin");
  g_autoptr (GError) error = NULL;
  gint64 step = 0;

  g_assert_true (lk_second_factor_check (secret, "287082", 59, &step));         /* the last six digits of 94287082 */
  g_assert_cmpint (step, ==, 1);
  g_assert_true (lk_second_factor_check (secret, "081804", 1111111109, &step));
  g_assert_true (lk_second_factor_check (secret, "081804", 1111111109 + 30, &step));
  g_assert_false (lk_second_factor_check (secret, "081804", 1111111109 + 61, &step));
  g_assert_false (lk_second_factor_check (secret, "81804", 1111111109, &step));
  g_assert_false (lk_second_factor_check (secret, "0818o4", 1111111109, &step));

  g_assert_true (lk_recovery_code_hash (recovery, hash));
  g_strdelimit (recovery, "-", ' ');
  g_assert_true (lk_recovery_code_hash (recovery, other));
  g_assert_cmpmem (hash, sizeof hash, other, sizeof other);
  hashes = g_bytes_new (hash, sizeof hash);
  g_assert_true (f->db->accounts->set_second_factor (f->db, "lin", secret, hashes, &error));
  g_assert_true (f->db->accounts->use_step (f->db, lin.staff, 7, &error));
  g_assert_false (f->db->accounts->use_step (f->db, lin.staff, 7, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_WRONG_FACTOR);
  g_clear_error (&error);
  g_assert_false (f->db->accounts->use_step (f->db, lin.staff, 6, &error));
  g_clear_error (&error);
  g_assert_true (f->db->accounts->use_recovery (f->db, lin.staff, hash, &error));
  g_assert_false (f->db->accounts->use_recovery (f->db, lin.staff, hash, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_WRONG_FACTOR);
}

/* -- the audit -- */

static void
test_own_lines (Fixture *f, gconstpointer unused)
{
  g_autofree char *submission = reject_first (f, "lin", LK_VERDICT_RETURN, "R203");
  LkActor lin = actor (f, "lin"), wang = actor (f, "wang"), shen = actor (f, "shen");
  g_autoptr (GError) error = NULL;
  gint64 after = 0;
  g_autoptr (GPtrArray) own = f->db->desk->list_audit (f->db, &lin, &after, 200, &error);
  g_autoptr (GPtrArray) none = NULL, all = NULL;
  g_autoptr (LkAuditRow) head = f->db->desk->audit_head (f->db, &error);

  for (guint i = 0; i < own->len; i++)
    g_assert_nonnull (strstr (((LkAuditRow *) own->pdata[i])->body, lin.uuid));
  g_assert_cmpuint (own->len, >, 0);
  after = 0;
  none = f->db->desk->list_audit (f->db, &wang, &after, 200, &error);
  g_assert_cmpuint (none->len, ==, 0);
  after = 0;
  all = f->db->desk->list_audit (f->db, &shen, &after, 200, &error);
  g_assert_cmpuint (all->len, >, own->len);
  g_assert_cmpint (head->seq, ==, after);
  g_assert_cmpstr (head->hash, ==, ((LkAuditRow *) all->pdata[all->len - 1])->hash);
}

#define ADD(path, func) g_test_add ("/service/staff/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("scopes", test_scopes);
  ADD ("photos", test_photos);
  ADD ("relatives", test_relatives);
  ADD ("cropper", test_cropper);
  ADD ("appeal", test_appeal);
  ADD ("appeal-ends", test_appeal_ends);
  ADD ("held", test_held);
  ADD ("reopen", test_reopen);
  ADD ("clock", test_clock);
  ADD ("ticket-text", test_ticket_text);
  ADD ("unmask", test_unmask);
  ADD ("accounts", test_accounts);
  ADD ("second-factor", test_second_factor);
  ADD ("own-lines", test_own_lines);
  return g_test_run ();
}
