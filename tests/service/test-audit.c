/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>
#include <string.h>

#include "fixture.h"

/* Whatever is done to the trail behind the service's back is found, and the first bad line named. */

typedef struct
{
  const char *what, *sql;
  gint64 first_bad;             /* 0: not to be found */
} Case;

static const Case cases[] = {
  { "untouched", "SELECT 1", 0 },
  { "body", "UPDATE audit SET body = replace (body, 'PENDING', 'APPROVED') WHERE seq = 8", 8 },
  { "one bit of the hash", "UPDATE audit SET hash = CAST (x'00' || substr (hash, 2) AS BLOB) WHERE seq = 7", 7 },
  { "time", "UPDATE audit SET at = at + 1 WHERE seq = 5", 5 },
  { "action", "UPDATE audit SET action = 'x' WHERE seq = 3", 3 },
  { "state", "UPDATE audit SET state = 'APPROVED' WHERE seq = 9", 9 },
  { "submission", "UPDATE audit SET submission = submission + 1 WHERE seq = 9", 9 },
  { "nothing for something", "UPDATE audit SET state = NULL WHERE seq = 9", 9 },
  { "dropped", "DELETE FROM audit WHERE seq = 6", 6 },
  { "first dropped", "DELETE FROM audit WHERE seq = 1", 1 },
  { "renumbered", "DELETE FROM audit WHERE seq = 6; UPDATE audit SET seq = seq - 1 WHERE seq > 6", 6 },
  { "swapped", "UPDATE audit SET seq = -1 WHERE seq = 6; UPDATE audit SET seq = 6 WHERE seq = 7; UPDATE audit SET seq = 7 WHERE seq = -1",
    6 },
  { "inserted", "INSERT INTO audit SELECT 1000, at, action, submission, state, body, hash FROM audit WHERE seq = 4", -1 },
  { "cut off before a decision", "DELETE FROM audit WHERE seq >= (SELECT audit FROM decision)", -1 },
};

static void
decide_one (LkService *service)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkStaff) staff = service->db->ops->find_staff (service->db, "lin", &error);
  const LkActor actor = { staff->row, staff->uuid, LK_ROLE_REVIEWER, "0192f0c0-0000-7000-8000-00000000000a", "127.0.0.1" };
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) rows = NULL;
  LkDecisionAnswer answer;
  LkSubmissionRow *row;
  gint64 pending;

  rows = service->db->ops->lease (service->db, &actor, 1, NULL, &pending, &error);
  g_assert_no_error (error);
  row = rows->pdata[0];
  g_ptr_array_add (decisions, lk_decision_new (&(LkDecisionDescription) {
    .submission = row->uuid, .lease = row->lease, .photo = row->photo, .verdict = LK_VERDICT_APPROVE, .input = "key" }));
  service->db->ops->decide (service->db, &actor, decisions, &answer, &error);
  g_assert_no_error (error);
  g_assert_cmpint (answer.status, ==, LK_ANSWER_ACCEPTED);
}

static void
tamper (const char *folder, const char *sql)
{
  g_autofree char *path = g_build_filename (folder, "campus.db", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (LkTestCampus) campus = lk_test_campus_new (10);
  g_autoptr (GError) error = NULL;
  LkAuditReport report;

  decide_one (campus->service);
  tamper (campus->folder, c->sql);
  campus->service->db->ops->verify_audit (campus->service->db, &report, &error);
  g_assert_no_error (error);
  if (c->first_bad >= 0)
    g_assert_cmpint (report.first_bad, ==, c->first_bad);
  else
    g_assert_cmpint (report.first_bad, >, 0);
}

static void
test_append_only (void)
{
  g_autoptr (LkTestCampus) campus = lk_test_campus_new (1);
  g_autofree char *path = g_build_filename (campus->folder, "campus.db", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE audit SET at = 0", NULL, NULL, NULL), ==, SQLITE_CONSTRAINT);
  g_assert_cmpint (sqlite3_exec (db, "DELETE FROM audit", NULL, NULL, NULL), ==, SQLITE_CONSTRAINT);
  sqlite3_close (db);
}

static void
test_command (void)
{
  g_autoptr (LkTestCampus) campus = lk_test_campus_new (10);
  const char *const words[] = { "audit", "verify", "--data", campus->folder, NULL };
  g_autofree char *out = NULL, *err = NULL;

  lk_test_campus_close (campus);
  g_assert_cmpint (lk_test_run (words, NULL, &out, NULL), ==, 0);
  g_assert_nonnull (strstr (out, "whole"));
  tamper (campus->folder, "UPDATE audit SET at = 0 WHERE seq = 4");
  g_assert_cmpint (lk_test_run (words, NULL, NULL, &err), ==, 1);
  g_assert_nonnull (strstr (err, "line 4"));
}

/* Lines that no decision names can be cut off without a trace in the chain; not without one in a hash that was written down. */
static void
test_head (void)
{
  g_autoptr (LkTestCampus) campus = lk_test_campus_new (3);
  g_autofree char *hash = lk_test_query (campus->folder, "SELECT hex (hash) FROM audit ORDER BY seq DESC LIMIT 1");
  const char *const words[] = { "audit", "verify", "--head", hash, "--data", campus->folder, NULL };
  const char *const plain[] = { "audit", "verify", "--data", campus->folder, NULL };
  g_autofree char *err = NULL;

  lk_test_campus_close (campus);
  g_assert_cmpint (lk_test_run (words, NULL, NULL, NULL), ==, 0);
  tamper (campus->folder, "DELETE FROM audit WHERE seq = (SELECT max (seq) FROM audit)");
  g_assert_cmpint (lk_test_run (plain, NULL, NULL, NULL), ==, 0);
  g_assert_cmpint (lk_test_run (words, NULL, NULL, &err), ==, 1);
  g_assert_nonnull (strstr (err, hash));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/service/audit/%s", cases[i].what);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/service/audit/append-only", test_append_only);
  g_test_add_func ("/service/audit/command", test_command);
  g_test_add_func ("/service/audit/head", test_head);
  return g_test_run ();
}
