/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-student-private.h"

#include "service/steady.h"

static void
close_db (LkCampusDb *base)
{
  LkDbSqlite *db = (LkDbSqlite *) base;

  g_clear_pointer (&db->writer, lk_writer_free);
  g_ptr_array_unref (db->readers);
  g_mutex_clear (&db->mutex);
  g_free (db->path);
  g_free (db);
}

static const LkCampusDbOps sqlite_ops = {
  .close = close_db,
  .add_staff = lk_db_add_staff,
  .find_staff = lk_db_find_staff,
  .add_session = lk_db_add_session,
  .end_session = lk_db_end_session,
  .list_sessions = lk_db_list_sessions,
  .put_roster = lk_db_put_roster,
  .submit = lk_db_submit,
  .put_references = lk_db_put_references,
  .find_id_card = lk_db_find_id_card,
  .find_diploma = lk_db_find_diploma,
  .traces = lk_db_traces,
  .same_file = lk_db_same_file,
  .find_submission = lk_db_find_submission,
  .put_codes = lk_db_put_codes,
  .find_code = lk_db_find_code,
  .lease = lk_db_lease,
  .renew_lease = lk_db_renew_lease,
  .return_lease = lk_db_return_lease,
  .expire = lk_db_expire,
  .decide = lk_db_decide,
  .revert = lk_db_revert,
  .changes = lk_db_changes,
  .stats = lk_db_stats,
  .find_photo = lk_db_find_photo,
  .earlier = lk_db_earlier,
  .ping = lk_db_ping,
  .post = lk_db_post,
  .facets = lk_db_facets,
  .keep_known = lk_db_keep_known,
  .agreement = lk_db_agreement,
  .own_agreement = lk_db_own_agreement,
  .verify_audit = lk_db_verify_audit,
};

static LkConn *
open_writer (LkDbSqlite *db, gboolean create, GError **error)
{
  LkConn *conn = lk_conn_open (db, SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0), error);

  if (conn == NULL)
    return NULL;
  if (lk_conn_exec (conn,
                    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                    "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY",
                    error) &&
      lk_schema_upgrade (conn, error))
    return conn;
  lk_conn_close (conn);
  return NULL;
}

LkCampusDb *
lk_db_sqlite_open (const char *path, gboolean create, const LkDbOptions *options, GError **error)
{
  LkDbSqlite *db;
  LkConn *conn;

  if (!create && !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, LK_ERROR, LK_ERROR_NOT_FOUND, "%s is not there", path);
      return NULL;
    }
  db = g_new0 (LkDbSqlite, 1);
  db->base.ops = &sqlite_ops;
  db->base.students = &lk_sqlite_students;
  db->base.keys = &lk_db_keys_ops;
  db->base.accounts = &lk_sqlite_accounts;
  db->base.desk = &lk_sqlite_desk;
  db->path = g_strdup (path);
  db->options = *options;
  if (db->options.now == NULL)
    db->options.now = lk_steady_now;
  db->readers = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_conn_close);
  g_mutex_init (&db->mutex);
  conn = open_writer (db, create, error);
  if (conn == NULL)
    {
      g_ptr_array_unref (db->readers);
      g_mutex_clear (&db->mutex);
      g_free (db->path);
      g_free (db);
      return NULL;
    }
  db->writer = lk_writer_new (conn);
  return &db->base;
}

void
lk_db_sqlite_get_grouping (LkCampusDb *db, gint64 *commits, gint64 *requests)
{
  lk_writer_get_grouping (((LkDbSqlite *) db)->writer, commits, requests);
}
