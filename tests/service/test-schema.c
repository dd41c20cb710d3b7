/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>

#include "core/error.h"
#include "core/key.h"
#include "fixture.h"
#include "service/audit.h"
#include "service/db-sqlite.h"

/* A campus of every version there was, with rows in every table, opened by today's program. */

enum { N_VERSIONS = 8 };

static const char *const names[N_VERSIONS + 1] = {
  NULL, "001-campus", "002-looking", "003-review", "004-search", "005-fence", "006-student", "007-staff", "008-service",
};

/* Steps that campuses out there have had: a change of one would make two kinds of campus of the same version. */
static const char *const frozen[] = {
  NULL,
  "a9c3f02d97df008e3ab6e17a9f31d328ef47ab08aaa5cc57aad1caa8713144d1",
  "8c2f0aacb788ad6372332bb1f03a770fa0c9c6af4148bfeb99547e3775998cc8",
  "284f11bc425abab7c0e25b2e082825d2cdf50eee65e2dd30c5e2592d59b26f28",
  "97e7834f80c0898d2c0689d5fbdf0a5099100951dcdb7c7454251ca39709afbc",
  "ac7256029c676d372dd33d36878fbf5988d4ace3c1b0c1a95f4d50364b10306b",
  "6e010450971ce58d3fda571c23c2904e953ee8e35f7b2bc9574c2d3024a08f8b",
  "d478b1b6264e37bbdfcc1f1b317b258556a55cf391446709ae3865af6db57949",
  "6f07a8efc10ad7fdf582dfc7a9158853b77beb76160eaf90ce0cc8fbc2f88fd6",
};

/* The lines of the audit that the rows of version 1 and 3 go with. */
static const struct
{
  int version;
  const char *action;
  gint64 submission;
  const char *state;
} lines[] = {
  { 1, "submitted", 1, "PENDING" }, { 1, "lease", 1, "IN_REVIEW" }, { 1, "decision", 1, "RETURNED" }, { 1, "submitted", 2, "PENDING" },
  { 3, "decision", 4, "SECOND_REVIEW" },
};

typedef struct
{
  char *folder, *path;
  sqlite3 *db;
} Campus;

static void
run (Campus *c, const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (c->db, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s in: %.200s", message, sql);
}

static void
run_file (Campus *c, const char *path)
{
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &sql, NULL, &error);
  g_assert_no_error (error);
  run (c, sql);
}

static char *
step_path (int version)
{
  return g_strdup_printf ("%s/schema/%s.sql", g_getenv ("LIKENESS_DATA_DIR"), names[version]);
}

/* -- the audit -- */

static void
add_line (Campus *c, gsize i, guint8 hash[LK_AUDIT_HASH_SIZE])
{
  LkAuditLine line = { (gint64) i + 1, 1750036100000000 + (gint64) i, lines[i].action, lines[i].submission, lines[i].state, "{}" };
  sqlite3_stmt *stmt = NULL;

  lk_audit_hash (hash, &line, hash);
  g_assert_cmpint (sqlite3_prepare_v2 (c->db, "INSERT INTO audit VALUES (?1, ?2, ?3, ?4, ?5, '{}', ?6)", -1, &stmt, NULL), ==, SQLITE_OK);
  sqlite3_bind_int64 (stmt, 1, line.seq);
  sqlite3_bind_int64 (stmt, 2, line.at);
  sqlite3_bind_text (stmt, 3, line.action, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 4, line.submission);
  sqlite3_bind_text (stmt, 5, line.state, -1, SQLITE_STATIC);
  sqlite3_bind_blob (stmt, 6, hash, LK_AUDIT_HASH_SIZE, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_DONE);
  sqlite3_finalize (stmt);
}

/* -- making one -- */

/* As a campus that was made with version 1 and has been there ever since: each step found the rows of those before it. */
static Campus *
campus_new (int version)
{
  Campus *c = g_new0 (Campus, 1);
  guint8 hash[LK_AUDIT_HASH_SIZE] = { 0 };
  gsize n_lines = 0;
  g_autofree char *count = g_strdup_printf ("PRAGMA user_version = %d", version);

  c->folder = lk_test_temporary_folder ();
  c->path = g_build_filename (c->folder, "campus.db", NULL);
  g_assert_cmpint (sqlite3_open (c->path, &c->db), ==, SQLITE_OK);
  run (c, "PRAGMA journal_mode = WAL");
  for (int v = 1; v <= version; v++)
    {
      g_autofree char *step = step_path (v), *rows = g_strdup_printf ("%s/%03d.sql", g_getenv ("LIKENESS_SCHEMA_ROWS"), v);

      run_file (c, step);
      run_file (c, rows);
      for (; n_lines < G_N_ELEMENTS (lines) && lines[n_lines].version <= v; n_lines++)
        add_line (c, n_lines, hash);
    }
  run (c, count);
  return c;
}

static void
campus_free (Campus *c)
{
  sqlite3_close (c->db);
  lk_test_remove_folder (c->folder);
  g_free (c->folder);
  g_free (c->path);
  g_free (c);
}

/* -- what is in it -- */

/* Every row of every table as text, by the columns of each; note: those there are now are put into columns first. */
static char *
dump (Campus *c, GHashTable *columns, gboolean note)
{
  g_autoptr (GString) text = g_string_new (NULL);
  sqlite3_stmt *tables = NULL;

  sqlite3_prepare_v2 (c->db, "SELECT t.name, group_concat ('quote (\"' || c.name || '\")', '||'',''||')"
                             " FROM sqlite_schema t JOIN pragma_table_info (t.name) c WHERE t.type = 'table' GROUP BY t.name ORDER BY t.name",
                      -1, &tables, NULL);
  while (sqlite3_step (tables) == SQLITE_ROW)
    {
      const char *table = (const char *) sqlite3_column_text (tables, 0);
      g_autofree char *sql = NULL;
      sqlite3_stmt *rows = NULL;

      if (note)
        g_hash_table_insert (columns, g_strdup (table), g_strdup ((const char *) sqlite3_column_text (tables, 1)));
      if (!g_hash_table_contains (columns, table))
        continue;               /* one that came later */
      sql = g_strdup_printf ("SELECT %s FROM \"%s\" ORDER BY 1", (const char *) g_hash_table_lookup (columns, table), table);
      g_assert_cmpint (sqlite3_prepare_v2 (c->db, sql, -1, &rows, NULL), ==, SQLITE_OK);
      while (sqlite3_step (rows) == SQLITE_ROW)
        g_string_append_printf (text, "%s %s\n", table, sqlite3_column_text (rows, 0));
      sqlite3_finalize (rows);
    }
  sqlite3_finalize (tables);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static int
ask (Campus *c, const char *sql)
{
  sqlite3_stmt *stmt = NULL;
  int value;

  g_assert_cmpint (sqlite3_prepare_v2 (c->db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  value = sqlite3_column_int (stmt, 0);
  sqlite3_finalize (stmt);
  return value;
}

/* What rows of an old version are today. */
static void
check_meaning (Campus *c, int version)
{
  g_assert_cmpint (ask (c, "PRAGMA user_version"), ==, N_VERSIONS);
  g_assert_cmpint (ask (c, "SELECT count(*) FROM pragma_foreign_key_check"), ==, 0);
  /* every submission can be searched: step 3 took it out of the long text of those that were there */
  g_assert_cmpint (ask (c, "SELECT count(*) FROM submission s LEFT JOIN facet f ON f.submission = s.id WHERE f.submission IS NULL"), ==, 0);
  g_assert_cmpint (ask (c, "SELECT count(*) FROM facet WHERE submission = 3 AND worst = 'fail' AND reasons = ' R203 '"), ==, 1);
  g_assert_cmpint (ask (c, "SELECT count(*) FROM decision WHERE stage <> 1 OR (submission = 1 AND cause IS NOT NULL)"), ==, 0);
  g_assert_cmpint (ask (c, "SELECT count(*) FROM lease WHERE submission = 1 AND returned <> 0"), ==, 0);
  g_assert_cmpint (ask (c, "SELECT count(*) FROM submission"), ==, version < 3 ? 3 : 4);
}

/* -- working on -- */

static void
work_on (Campus *c)
{
  const LkDbOptions options = { .lease_seconds = 600, .undo_seconds = 600, .shift_seconds = 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (LkCampusDb) db = lk_db_sqlite_open (c->path, FALSE, &options, &error);
  g_autoptr (LkStaff) zhao = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func (g_object_unref);
  LkActor actor = { 0 };
  LkDecisionAnswer answer;
  LkAuditReport report;
  LkSubmissionRow *row;
  gint64 pending;

  g_assert_no_error (error);
  zhao = db->ops->find_staff (db, "zhao", &error);
  g_assert_no_error (error);
  actor = (LkActor) { zhao->row, zhao->uuid, LK_ROLE_LEAD, "0192f0c0-0000-7000-8000-00000000000c", "127.0.0.1" };
  rows = db->ops->lease (db, &actor, 1, NULL, &pending, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  row = rows->pdata[0];
  g_assert_cmpstr (row->uuid, ==, "0192f0c0-0000-7000-8000-000000000202");
  g_assert_cmpstr (row->name, ==, "李小明");
  g_ptr_array_add (decisions, lk_decision_new (&(LkDecisionDescription) {
    .submission = row->uuid, .lease = row->lease, .photo = row->photo, .verdict = LK_VERDICT_APPROVE, .input = "key" }));
  g_assert_true (db->ops->decide (db, &actor, decisions, &answer, &error));
  g_assert_no_error (error);
  g_assert_cmpint (answer.status, ==, LK_ANSWER_ACCEPTED);
  g_assert_true (db->ops->verify_audit (db, &report, &error));
  g_assert_cmpint (report.first_bad, ==, 0);
  g_assert_cmpint (report.lines, >=, 6);
}

static void
open_once (Campus *c)
{
  const LkDbOptions options = { .lease_seconds = 600, .undo_seconds = 600 };
  g_autoptr (GError) error = NULL;
  g_autoptr (LkCampusDb) db = lk_db_sqlite_open (c->path, FALSE, &options, &error);

  g_assert_no_error (error);
}

static void
test_version (gconstpointer data)
{
  int version = GPOINTER_TO_INT (data);
  g_autoptr (GHashTable) columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Campus *c = campus_new (version);
  g_autofree char *before = dump (c, columns, TRUE), *after = NULL;

  open_once (c);
  after = dump (c, columns, FALSE);
  g_assert_cmpstr (after, ==, before);
  check_meaning (c, version);
  work_on (c);
  open_once (c);                /* and once more, when nothing is to do */
  campus_free (c);
}

/* A program does not touch a campus it does not understand. */
static void
test_newer (void)
{
  const LkDbOptions options = { .lease_seconds = 600, .undo_seconds = 600 };
  g_autoptr (GError) error = NULL;
  Campus *c = campus_new (N_VERSIONS);

  run (c, "PRAGMA user_version = 9999");
  g_assert_null (lk_db_sqlite_open (c->path, FALSE, &options, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_STORE);
  g_assert_cmpint (ask (c, "PRAGMA user_version"), ==, 9999);
  campus_free (c);
}

static void
test_frozen (void)
{
  for (int v = 1; v < (int) G_N_ELEMENTS (frozen); v++)
    {
      g_autofree char *path = step_path (v), *text = NULL, *hash = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, length);
      g_assert_cmpstr (hash, ==, frozen[v]);
    }
}

/* A step without rows here would go untested. */
static void
test_complete (void)
{
  Campus *c = campus_new (1);

  open_once (c);
  g_assert_cmpint (ask (c, "PRAGMA user_version"), ==, N_VERSIONS);
  campus_free (c);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (int version = 1; version <= N_VERSIONS; version++)
    {
      g_autofree char *path = g_strdup_printf ("/service/schema/%03d", version);

      g_test_add_data_func (path, GINT_TO_POINTER (version), test_version);
    }
  g_test_add_func ("/service/schema/newer", test_newer);
  g_test_add_func ("/service/schema/frozen", test_frozen);
  g_test_add_func ("/service/schema/complete", test_complete);
  return g_test_run ();
}
