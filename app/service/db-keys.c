/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/campus-db-keys.h"

#include <string.h>

#include "service/clock.h"
#include "service/db-sqlite-private.h"

enum { REQUEST_SIZE = 32 };

LkKeyScope *
lk_key_scope_new (const char *owner, const char *key, const guint8 request[32])
{
  LkKeyScope *scope = g_new0 (LkKeyScope, 1);

  scope->owner = g_strdup (owner);
  scope->key = g_strdup (key);
  memcpy (scope->request, request, REQUEST_SIZE);
  return scope;
}

void
lk_key_scope_free (LkKeyScope *scope)
{
  g_free (scope->owner);
  g_free (scope->key);
  g_free (scope);
}

void
lk_kept_answer_free (LkKeptAnswer *answer)
{
  g_free (answer->body);
  g_free (answer);
}

/* -- marking -- */

static GPrivate scope_of_thread;

static void
set_scope (LkCampusDb *base, LkKeyScope *scope)
{
  g_private_set (&scope_of_thread, scope);
}

LkKeyScope *
lk_key_scope_of_thread (void)
{
  return g_private_get (&scope_of_thread);
}

gboolean
lk_key_mark (LkConn *conn, LkKeyScope *scope, GError **error)
{
  if (!lk_conn_run (conn, LK_SQL_KEY_MARK, error, "ttbi", scope->owner, scope->key, scope->request, REQUEST_SIZE, lk_clock_now ()))
    return FALSE;
  scope->marked = TRUE;
  return TRUE;
}

/* -- keeping -- */

static LkKeptAnswer *
find (LkCampusDb *base, const char *owner, const char *key, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (sqlite3_stmt) stmt = conn != NULL ? lk_conn_query (conn, LK_SQL_KEY_FIND, error, "tt", owner, key) : NULL;
  LkKeptAnswer *answer;
  int step;

  if (stmt == NULL || (step = lk_conn_step (conn, stmt, error)) < 0)
    return NULL;
  if (step == 0 || sqlite3_column_bytes (stmt, 0) != REQUEST_SIZE)
    {
      g_set_error_literal (error, LK_ERROR, step == 0 ? LK_ERROR_NOT_FOUND : LK_ERROR_CORRUPT, "no answer is kept under this key");
      return NULL;
    }
  answer = g_new0 (LkKeptAnswer, 1);
  memcpy (answer->request, sqlite3_column_blob (stmt, 0), REQUEST_SIZE);
  answer->status = sqlite3_column_int (stmt, 1);
  answer->body = g_strdup (lk_column_text (stmt, 2));
  return answer;
}

typedef struct
{
  const LkKeyScope *scope;
  int status;
  const char *body;
  gint64 before;
} KeyJob;

static gboolean
keep_job (LkConn *conn, gpointer data, GError **error)
{
  const KeyJob *job = data;
  const LkKeyScope *scope = job->scope;

  return lk_conn_run (conn, LK_SQL_KEY_KEEP, error, "ttbiit", scope->owner, scope->key, scope->request, REQUEST_SIZE, lk_clock_now (),
                      (gint64) job->status, job->body);
}

static gboolean
keep (LkCampusDb *base, const LkKeyScope *scope, int status, const char *body, GError **error)
{
  KeyJob job = { .scope = scope, .status = status, .body = body };

  return lk_writer_run (((LkDbSqlite *) base)->writer, keep_job, &job, error);
}

static gboolean
forget_job (LkConn *conn, gpointer data, GError **error)
{
  const KeyJob *job = data;

  return lk_conn_run (conn, LK_SQL_KEY_FORGET, error, "tt", job->scope->owner, job->scope->key);
}

static gboolean
forget (LkCampusDb *base, const LkKeyScope *scope, GError **error)
{
  KeyJob job = { .scope = scope };

  return lk_writer_run (((LkDbSqlite *) base)->writer, forget_job, &job, error);
}

static gboolean
expire_job (LkConn *conn, gpointer data, GError **error)
{
  const KeyJob *job = data;

  return lk_conn_run (conn, LK_SQL_KEY_EXPIRE, error, "i", job->before);
}

static gboolean
expire (LkCampusDb *base, gint64 before, GError **error)
{
  KeyJob job = { .before = before };

  return lk_writer_run (((LkDbSqlite *) base)->writer, expire_job, &job, error);
}

const LkKeysOps lk_db_keys_ops = {
  .set_scope = set_scope,
  .find = find,
  .keep = keep,
  .forget = forget,
  .expire = expire,
};
