/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

#include <string.h>

#include "core/error.h"

/* Which submissions come next, for whom, and how what waits is spread. */

/* -- what a submission is found by -- */

gboolean
lk_queue_add_facet (LkConn *conn, gint64 submission, const char *checks, GError **error)
{
  g_autoptr (cJSON) json = lk_json_parse (checks, -1, LK_ERROR_CORRUPT, error);
  g_autoptr (GString) reasons = g_string_new (NULL);
  LkOutcome worst = LK_OUTCOME_PASS;
  const cJSON *item;

  if (json == NULL)
    return FALSE;
  cJSON_ArrayForEach (item, json)
    {
      const char *reason = lk_json_string (item, "reason");
      LkOutcome outcome = LK_OUTCOME_NOT_RUN;

      lk_outcome_from_word (lk_json_string (item, "outcome"), &outcome);
      if (lk_outcome_compare (outcome, worst) < 0)
        worst = outcome;
      if (reason != NULL && (outcome == LK_OUTCOME_FAIL || outcome == LK_OUTCOME_WARN) && strstr (reasons->str, reason) == NULL)
        g_string_append_printf (reasons, "%s%s ", reasons->len == 0 ? " " : "", reason);
    }
  return lk_conn_run (conn, LK_SQL_FACET_ADD, error, "itt", submission, lk_outcome_to_word (worst), reasons->str);
}

/* -- filters -- */

/* The values of a filter as the statements want them; the texts live as long as the statement runs. */
typedef struct
{
  const char *site, *class_name, *worst, *student_no;
  char *reason;
  gint64 returned_before, due_before, submitted_after;
} Values;

static void
values_clear (Values *values)
{
  g_free (values->reason);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Values, values_clear)

static Values
values_of (const LkQueueFilter *filter)
{
  gint64 now = lk_clock_now ();
  Values values = {
    .site = filter->site,
    .class_name = filter->class_name,
    .worst = filter->outcome != LK_QUEUE_ANY_OUTCOME ? lk_outcome_to_word ((LkOutcome) filter->outcome) : NULL,
    .student_no = filter->student_no,
    .reason = filter->reason != NULL ? g_strdup_printf (" %s ", filter->reason) : NULL,
    .returned_before = filter->returned_before,
  };

  if (filter->age == LK_QUEUE_AGE_OVERDUE)
    values.due_before = now;
  else if (filter->age == LK_QUEUE_AGE_DUE_TODAY)
    values.due_before = lk_db_start_of_today () + G_TIME_SPAN_DAY;
  else if (filter->age == LK_QUEUE_AGE_NEW)
    values.submitted_after = now - G_TIME_SPAN_DAY;
  return values;
}

/* The eight values of MATCHES in db-sql.c. */
#define VALUE_TYPES "tttttiii"
#define VALUES(v) (v).site, (v).class_name, (v).worst, (v).reason, (v).student_no, (v).returned_before, (v).due_before, (v).submitted_after

static gint64
shift_start (LkConn *conn)
{
  return lk_db_now (conn) - (gint64) conn->db->options.shift_seconds * G_USEC_PER_SEC;
}

/* Decisions before this cannot be taken back any more and may be looked at by a second person. */
static gint64
second_limit (LkConn *conn)
{
  return lk_db_now (conn) - (gint64) conn->db->options.second.after_seconds * G_USEC_PER_SEC;
}

GArray *
lk_queue_held (LkConn *conn, const LkActor *actor, const LkQueueFilter *filter, int count, GError **error)
{
  g_auto (Values) v = values_of (filter);

  if (!filter->second && !lk_queue_filter_narrows (filter))
    return lk_held_read (conn, lk_conn_query (conn, LK_SQL_LEASE_HELD, error, "iti", actor->staff, actor->device, (gint64) count), error);
  return lk_held_read (conn, lk_conn_query (conn, filter->second ? LK_SQL_QUEUE_SECOND_HELD : LK_SQL_QUEUE_HELD, error,
                                            VALUE_TYPES "iti", VALUES (v), actor->staff, actor->device, (gint64) count), error);
}

static gboolean
append_ids (LkConn *conn, sqlite3_stmt *stmt, gboolean second, GArray *rows, GError **error)
{
  int step = -1;

  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    {
      LkHeld held = { .row = sqlite3_column_int64 (stmt, 0), .second = second };
      g_array_append_val (rows, held);
    }
  if (stmt != NULL)
    sqlite3_reset (stmt);
  return step == 0;
}

gboolean
lk_queue_next (LkConn *conn, const LkActor *actor, const LkQueueFilter *filter, int count, GArray *rows, GError **error)
{
  g_auto (Values) v = values_of (filter);
  gint64 since = shift_start (conn);
  guint before = rows->len;
  int scoped = lk_staff_is_scoped (conn, actor->staff, error);
  sqlite3_stmt *stmt;

  if (scoped < 0)
    return FALSE;
  if (filter->second)
    return append_ids (conn, lk_conn_query (conn, LK_SQL_QUEUE_SECOND, error, VALUE_TYPES "iiii", VALUES (v), actor->staff,
                                            second_limit (conn), (gint64) count, since), TRUE, rows, error);
  if (lk_queue_filter_narrows (filter) || scoped > 0)
    stmt = lk_conn_query (conn, LK_SQL_QUEUE_NEXT, error, VALUE_TYPES "iii", VALUES (v), actor->staff, since, (gint64) count);
  else
    stmt = lk_conn_query (conn, LK_SQL_LEASE_NEXT, error, "iii", (gint64) count, actor->staff, since);
  if (!append_ids (conn, stmt, FALSE, rows, error))
    return FALSE;
  count -= (int) (rows->len - before);
  return count <= 0 || append_ids (conn, lk_conn_query (conn, LK_SQL_QUEUE_SKIPPED, error, VALUE_TYPES "iii", VALUES (v), actor->staff,
                                                        since, (gint64) count), FALSE, rows, error);
}

static gint64
read_count (LkConn *conn, sqlite3_stmt *query, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = query;

  return stmt != NULL && lk_conn_step (conn, stmt, error) == 1 ? sqlite3_column_int64 (stmt, 0) : -1;
}

gint64
lk_queue_count (LkConn *conn, const LkActor *actor, const LkQueueFilter *filter, GError **error)
{
  g_auto (Values) v = values_of (filter);
  int scoped = lk_staff_is_scoped (conn, actor->staff, error);

  if (scoped < 0)
    return -1;
  if (filter->second)
    return read_count (conn, lk_conn_query (conn, LK_SQL_QUEUE_COUNT_SECOND, error, VALUE_TYPES "ii", VALUES (v), actor->staff,
                                            second_limit (conn)), error);
  if (!lk_queue_filter_narrows (filter) && scoped == 0)
    return conn->shadow.pending;
  return read_count (conn, lk_conn_query (conn, LK_SQL_QUEUE_COUNT, error, VALUE_TYPES "i", VALUES (v), actor->staff), error);
}

gint64
lk_queue_count_second (LkConn *conn, const LkActor *actor, GError **error)
{
  const LkQueueFilter second = { .second = TRUE, .outcome = LK_QUEUE_ANY_OUTCOME };

  return lk_queue_count (conn, actor, &second, error);
}

/* -- how it is spread -- */

static LkFacet *
facet_from_statement (sqlite3_stmt *stmt)
{
  LkFacet *facet = g_new0 (LkFacet, 1);
  g_autofree char *reasons = g_strdup (lk_column_text (stmt, 3));

  facet->site = g_strdup (lk_column_text (stmt, 0));
  facet->class_name = g_strdup (lk_column_text (stmt, 1));
  lk_outcome_from_word (lk_column_text (stmt, 2), &facet->worst);
  g_strstrip (reasons);
  facet->reasons = g_strsplit (reasons, " ", -1);
  facet->count = sqlite3_column_int64 (stmt, 4);
  return facet;
}

GPtrArray *
lk_db_facets (LkCampusDb *base, gboolean second, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  const char *state = lk_state_to_word (second ? LK_STATE_SECOND_REVIEW : LK_STATE_PENDING);
  g_autoptr (sqlite3_stmt) stmt = conn != NULL ? lk_conn_query (conn, LK_SQL_QUEUE_FACETS, error, "t", state) : NULL;
  g_autoptr (GPtrArray) facets = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_facet_free);
  int step = -1;

  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    g_ptr_array_add (facets, facet_from_statement (stmt));
  return step == 0 ? g_steal_pointer (&facets) : NULL;
}
