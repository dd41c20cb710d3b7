/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>

#include "core/key.h"
#include "service/campus-db-account.h"
#include "service/campus-db-desk.h"
#include "student-fixture.h"

/* A trail with every kind of line a round, a desk and its staff leave, and each of its lines changed, dropped, doubled and moved in turn:
 * the first one that is wrong is named every time. */

#define DEVICE "0192f0c0-0000-7000-8000-00000000000a"

static const char *const kinds[] = {
  "account-added", "account-changed", "account-disabled", "account-enabled", "appeal-upheld", "attachment-added", "check-asked", "checked",
  "code-conflict", "decision", "expired", "finding", "lease", "record-missed", "record-opened", "recovery-code-used",
  "relation-declared", "relation-ended", "reopened", "result-seen", "revert", "roster-imported", "round-added", "round-closed",
  "second-factor-ended", "second-factor-set", "sign-in-refused", "student-sign-in", "student-sign-out", "submitted", "superseded",
  "ticket-created", "ticket-moved", "ticket-withdrawn", "tries-granted", "unmasked", "uploaded",
};

static LkActor
actor (LkTestStudents *t, const char *user, GPtrArray *keep)
{
  g_autoptr (GError) error = NULL;
  LkStaff *staff = t->db->ops->find_staff (t->db, user, &error);

  g_assert_no_error (error);
  g_ptr_array_add (keep, staff);
  return (LkActor) { staff->row, staff->uuid, staff->role, DEVICE, "127.0.0.1" };
}

/* -- the staff's part -- */

static void
manage_accounts (LkTestStudents *t)
{
  const LkAccountOps *ops = t->db->accounts;
  LkAccountChange change = { .name = "王老师", .outside = "t1001" };
  g_autoptr (GBytes) secret = g_bytes_new_static ("12345678901234567890", 20);
  g_autoptr (GBytes) codes = NULL;
  guint8 hash[LK_RECOVERY_HASH] = { 7 };
  g_autoptr (GError) error = NULL;
  g_autofree char *row = lk_test_query (t->campus->folder, "SELECT id FROM staff WHERE user = 'wang'");
  gint64 wang = g_ascii_strtoll (row, NULL, 10);

  codes = g_bytes_new (hash, sizeof hash);
  g_assert_true (ops->change (t->db, "wang", &change, &error));
  g_assert_true (ops->set_disabled (t->db, "wang", TRUE, &error) && ops->set_disabled (t->db, "wang", FALSE, &error));
  g_assert_true (ops->set_related (t->db, "wang", "2025000001", TRUE, &error) &&
                 ops->set_related (t->db, "wang", "2025000001", FALSE, &error));
  g_assert_true (ops->set_second_factor (t->db, "wang", secret, codes, &error) && ops->use_recovery (t->db, wang, hash, &error) &&
                 ops->set_second_factor (t->db, "wang", NULL, NULL, &error));
  g_assert_true (ops->note_refusal (t->db, "wang", LK_ERROR_WRONG_PASSWORD, "127.0.0.1", &error));
  g_assert_no_error (error);
}

static void
decide_ticket (LkTestStudents *t, const LkActor *lead, const char *ticket, LkState to)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key = lk_key_new ();
  LkTicketMove move = { .ticket = ticket, .step = LK_TICKET_STEP_DECIDE, .text = "已核对", .to = to, .key = key };

  t->db->desk->move_ticket (t->db, lead, &move, &error);
  g_assert_no_error (error);
}

/* A student objects, with two files; a lead upholds it. */
static void
appeal (LkTestStudents *t, gint64 student, const char *submission, const LkActor *lead)
{
  const LkActor self = { 0, "student", LK_ROLE_STUDENT, NULL, "127.0.0.1" };
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_ticket_attachment_free);
  LkNewTicket ticket = { .type = LK_TICKET_APPEAL, .student = student, .submission = submission, .text = "照片符合要求",
                         .attachments = attachments };
  LkPhotoFile file = { .type = "image/jpeg", .width = 480, .height = 640, .bytes = 4 };
  static const char *const needed[] = { "conclusion", "screenshot" };
  g_autoptr (GError) error = NULL;
  char uuid[LK_UUID_SIZE];

  memset (file.sha256, 'b', 64);
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      t->db->desk->add_attachment (t->db, &self, student, &file, uuid, &error);
      g_assert_no_error (error);
      g_ptr_array_add (attachments, lk_ticket_attachment_new (needed[i], uuid));
    }
  t->db->desk->create_ticket (t->db, &self, &ticket, uuid, &error);
  g_assert_no_error (error);
  decide_ticket (t, lead, uuid, LK_STATE_APPROVED);
}

static void
hold_and_find (LkTestStudents *t, const char *submission, const LkActor *lead)
{
  g_autofree char *first = lk_test_review (t, submission, LK_VERDICT_HOLD), *second = NULL, *undo = lk_key_new (), *ticket = NULL;
  g_autofree char *who = lk_test_query (t->campus->folder, "SELECT t.user FROM decision d JOIN staff t ON t.id = d.staff"
                                                           " WHERE d.verdict = 'hold'");
  g_autofree char *device = lk_test_query (t->campus->folder, "SELECT l.device FROM decision d JOIN lease l ON l.id = d.lease"
                                                              " WHERE d.verdict = 'hold'");
  g_autoptr (GPtrArray) keep = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_staff_free);
  LkActor reviewer = actor (t, who, keep);
  g_autoptr (GError) error = NULL;
  char lease[LK_UUID_SIZE];
  gboolean repeated;
  gint64 until;

  reviewer.device = device;
  t->db->ops->revert (t->db, &reviewer, first, undo, &repeated, lease, &until, &error);
  g_assert_no_error (error);
  t->db->ops->return_lease (t->db, &reviewer, lease, FALSE, &error);
  g_assert_no_error (error);
  second = lk_test_review (t, submission, LK_VERDICT_HOLD);
  ticket = lk_test_query (t->campus->folder, "SELECT uuid FROM ticket WHERE type = 'IDENTITY' AND state = 'NEW'");
  decide_ticket (t, lead, ticket, LK_STATE_RESHOOT);
}

static void
unmask (LkTestStudents *t, gint64 student, const LkActor *lead)
{
  LkUnmask wanted = { student, "name", "核实", NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *name = t->db->desk->unmask (t->db, lead, &wanted, &error);

  g_assert_no_error (error);
  g_assert_nonnull (name);
}

static void
sign_out (LkTestStudents *t)
{
  g_autofree char *hex = lk_test_query (t->campus->folder, "SELECT hex (token) FROM student_session LIMIT 1");
  g_autoptr (GError) error = NULL;
  guint8 token[32];

  g_assert_cmpint (sodium_hex2bin (token, sizeof token, hex, strlen (hex), NULL, NULL, NULL), ==, 0);
  g_assert_true (t->ops->end_session (t->db, token, "127.0.0.1", &error));
  g_assert_no_error (error);
}

/* -- the whole -- */

static void
leave_traces (LkTestStudents *t)
{
  g_autoptr (GPtrArray) keep = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_staff_free);
  LkActor lead = actor (t, "zhao", keep);
  g_autoptr (GError) error = NULL;
  gint64 one = lk_test_come_in (t, 1), two = lk_test_come_in (t, 2), three = lk_test_come_in (t, 3), nobody;
  char first[LK_UUID_SIZE], second[LK_UUID_SIZE], third[LK_UUID_SIZE], open[LK_UUID_SIZE];
  LkRoundClosing closing;
  int allowed;

  g_assert_cmpint (lk_test_enter (t, "2025000001", "U2", &nobody), ==, LK_ERROR_CODE_CONFLICT);
  lk_test_send (t, one, first);
  g_free (lk_test_review (t, first, LK_VERDICT_RETURN));
  lk_test_set_time ("2025-06-17T10:00:00");
  lk_student_record_free (lk_test_record (t, one));
  appeal (t, one, first, &lead);
  g_assert_true (t->db->desk->reopen (t->db, &lead, first, "再看一次", &error));
  lk_test_send (t, two, second);
  hold_and_find (t, second, &lead);
  lk_test_set_time ("2025-06-18T12:00:00");
  lk_student_record_free (lk_test_record (t, two));
  lk_test_send (t, two, third);
  unmask (t, two, &lead);
  g_assert_true (t->ops->grant_tries (t->db, "2025000003", 2, "现场核实", &lead, &allowed, &error));
  g_assert_cmpint (lk_test_upload (t, three, open), ==, -1);
  sign_out (t);
  manage_accounts (t);
  t->ops->close_round (t->db, t->round->id, FALSE, &lead, &closing, &error);
  g_assert_no_error (error);
}

static sqlite3 *
open_trail (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "campus.db", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA synchronous = OFF; DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete;"
                                     "CREATE TABLE kept AS SELECT * FROM audit", NULL, NULL, NULL), ==, SQLITE_OK);
  return db;
}

static void
assert_first_bad (LkTestStudents *t, sqlite3 *db, gint64 wanted, gint64 seq, const char *format)
{
  g_autoptr (GString) sql = g_string_new (format);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, seq);
  g_autoptr (GError) error = NULL;
  LkAuditReport report;
  char *trouble = NULL;

  g_string_replace (sql, "$", number, 0);
  sqlite3_exec (db, sql->str, NULL, NULL, &trouble);
  g_assert_cmpstr (trouble, ==, NULL);
  t->db->ops->verify_audit (t->db, &report, &error);
  g_assert_no_error (error);
  if (report.first_bad != wanted)
    g_error ("%s: line %" G_GINT64_FORMAT " is named", sql->str, report.first_bad);
  sqlite3_exec (db, "BEGIN; DELETE FROM audit; INSERT INTO audit SELECT * FROM kept; COMMIT", NULL, NULL, &trouble);
  g_assert_cmpstr (trouble, ==, NULL);
}

static void
try_line (LkTestStudents *t, sqlite3 *db, gint64 seq, gint64 last)
{
  assert_first_bad (t, db, 0, seq, "SELECT $");
  assert_first_bad (t, db, seq, seq, "UPDATE audit SET body = replace (body, '\"', '''') WHERE seq = $");
  assert_first_bad (t, db, seq, seq, "UPDATE audit SET action = action || ' ' WHERE seq = $");
  assert_first_bad (t, db, seq, seq, "UPDATE audit SET at = at | 1 WHERE seq = $ AND at & 1 = 0; UPDATE audit SET at = at - 1"
                                     " WHERE seq = $ AND at = (SELECT at FROM kept WHERE seq = $)");
  assert_first_bad (t, db, seq, seq, "UPDATE audit SET submission = coalesce (submission, 0) + 1 WHERE seq = $");
  assert_first_bad (t, db, seq, seq, "UPDATE audit SET state = coalesce (state, '') || 'X' WHERE seq = $");
  assert_first_bad (t, db, seq, seq, "UPDATE audit SET hash = CAST (substr (hash, 1, 31) || CASE WHEN substr (hash, 32) = x'00'"
                                     " THEN x'01' ELSE x'00' END AS BLOB) WHERE seq = $");
  /* doubled: all that follow are numbered anew */
  assert_first_bad (t, db, seq + 1, seq, "UPDATE audit SET seq = -seq - 1 WHERE seq > $; UPDATE audit SET seq = -seq WHERE seq < 0;"
                                         " INSERT INTO audit SELECT seq + 1, at, action, submission, state, body, hash FROM audit"
                                         " WHERE seq = $");
  if (seq == last)
    return;
  assert_first_bad (t, db, seq, seq, "DELETE FROM audit WHERE seq = $");
  assert_first_bad (t, db, seq, seq, "DELETE FROM audit WHERE seq = $; UPDATE audit SET seq = 1 - seq WHERE seq > $;"
                                     " UPDATE audit SET seq = -seq WHERE seq < 0");
  assert_first_bad (t, db, seq, seq, "UPDATE audit SET seq = -1 WHERE seq = $; UPDATE audit SET seq = $ WHERE seq = $ + 1;"
                                     " UPDATE audit SET seq = $ + 1 WHERE seq = -1");
}

static void
test_kinds (void)
{
  g_autoptr (LkTestStudents) t = lk_test_students_new (4);
  gint64 last;
  sqlite3 *db;

  leave_traces (t);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM audit WHERE action = '%s'", kinds[i]);

      if (lk_test_count (t, sql) == 0)
        g_error ("no line of the kind %s", kinds[i]);
    }
  last = lk_test_count (t, "SELECT max (seq) FROM audit");
  db = open_trail (t->campus->folder);
  for (gint64 seq = 1; seq <= last; seq++)
    try_line (t, db, seq, last);
  sqlite3_close (db);
  g_test_message ("%d lines of %d kinds", (int) last, lk_test_count (t, "SELECT count(DISTINCT action) FROM audit"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/audit-kinds/each", test_kinds);
  return g_test_run ();
}
