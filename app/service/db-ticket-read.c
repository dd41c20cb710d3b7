/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

/* Reading tickets: each question carries what the person may see. */

/* The types a role sees, between blanks. */
static char *
seen_types (const LkActor *actor)
{
  g_autoptr (GString) types = g_string_new (" ");

  for (int type = 0; type < LK_N_TICKET_TYPES; type++)
    if ((lk_ticket_roles_seeing ((LkTicketType) type) & actor->role) != 0)
      g_string_append_printf (types, "%s ", lk_ticket_type_to_word ((LkTicketType) type));
  return g_string_free (g_steal_pointer (&types), FALSE);
}

/* An adviser starts tickets and sees what became of those; of a student only what is named. */
static gint64
seen_author (const LkActor *actor)
{
  return actor->role == LK_ROLE_ADVISER ? actor->staff : 0;
}

/* The first five values of TICKET_SEEN in db-sql.c. */
#define SEEN_TYPES "tiiii"
#define SEEN(types, actor, student) (types), (actor)->staff, lk_actor_sees_named (actor), seen_author (actor), (gint64) (student)

static LkTicketRow *
read_row (sqlite3_stmt *stmt)
{
  LkTicketRow *row = g_new0 (LkTicketRow, 1);

  row->row = sqlite3_column_int64 (stmt, 0);
  row->uuid = g_strdup (lk_column_text (stmt, 1));
  lk_ticket_type_from_word (lk_column_text (stmt, 2), &row->type);
  lk_ticket_state_from_word (lk_column_text (stmt, 3), &row->state);
  row->student = sqlite3_column_int64 (stmt, 4);
  row->name = g_strdup (lk_column_text (stmt, 5));
  row->student_no = g_strdup (lk_column_text (stmt, 6));
  row->class_name = g_strdup (lk_column_text (stmt, 7));
  row->site = g_strdup (lk_column_text (stmt, 8));
  row->submission = g_strdup (lk_column_text (stmt, 9));
  lk_state_from_word (lk_column_text (stmt, 10), &row->submission_state);
  row->text = g_strdup (lk_column_text (stmt, 11));
  row->created_at = sqlite3_column_int64 (stmt, 12);
  row->resolved_at = sqlite3_column_int64 (stmt, 13);
  row->clock_us = sqlite3_column_int64 (stmt, 14);
  row->clock_runs = sqlite3_column_type (stmt, 15) != SQLITE_NULL;
  if (row->clock_runs)
    row->clock_us += MAX (0, lk_clock_now () - sqlite3_column_int64 (stmt, 15));
  return row;
}

LkTicketRow *
lk_ticket_find (LkConn *conn, const LkActor *actor, const char *uuid, gint64 student, GError **error)
{
  g_autofree char *types = seen_types (actor);
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_TICKET_FIND, error, SEEN_TYPES "t", SEEN (types, actor, student), uuid);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no such ticket for this person");
  return step == 1 ? read_row (stmt) : NULL;
}

static gboolean
read_entries (LkConn *conn, LkTicketRow *row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_TICKET_ENTRIES, error, "i", row->row);
  int step = -1;

  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    {
      LkTicketEntry *entry = g_new0 (LkTicketEntry, 1);

      entry->at = sqlite3_column_int64 (stmt, 0);
      entry->by = LK_ROLE_SYSTEM;
      lk_role_from_word (lk_column_text (stmt, 1), &entry->by);
      entry->name = g_strdup (lk_column_text (stmt, 2));
      entry->step = g_strdup (lk_column_text (stmt, 3));
      entry->text = g_strdup (lk_column_text (stmt, 4));
      g_ptr_array_add (row->entries, entry);
    }
  return step == 0;
}

static gboolean
read_attachments (LkConn *conn, LkTicketRow *row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_TICKET_ATTACHMENTS, error, "i", row->row);
  int step = -1;

  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    {
      LkTicketAttachment *attachment = lk_ticket_attachment_new (lk_column_text (stmt, 1), lk_column_text (stmt, 0));

      attachment->photo = lk_db_read_info (stmt, 2);
      g_ptr_array_add (row->attachments, attachment);
    }
  return step == 0;
}

/* The finding about an identity is for the college. */
static void
hide_findings (LkTicketRow *row)
{
  for (guint i = 0; i < row->entries->len; i++)
    {
      LkTicketEntry *entry = row->entries->pdata[i];

      if (row->type == LK_TICKET_IDENTITY && g_str_equal (entry->step, lk_ticket_step_to_word (LK_TICKET_STEP_DECIDE)))
        entry->text[0] = '\0';
    }
}

static gboolean
read_involved (LkConn *conn, const LkActor *actor, LkTicketRow *row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_SUBMISSION_FOR_TICKET, error, "t", row->submission);
  int involved;

  if (stmt == NULL || lk_conn_step (conn, stmt, error) != 1)
    return FALSE;
  involved = lk_staff_is_involved_in_ticket (conn, actor, sqlite3_column_int64 (stmt, 0), error);
  row->involved = involved > 0;
  return involved >= 0;
}

/* Who decides about an appeal or a held photo has to know what was decided, and why, and whether it is theirs to decide. */
static gboolean
read_decision (LkConn *conn, const LkActor *actor, LkTicketRow *row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;
  int step;

  if (row->submission == NULL || (lk_ticket_roles_stepping (row->type, LK_TICKET_STEP_DECIDE) & actor->role) == 0)
    return TRUE;
  if (!read_involved (conn, actor, row, error))
    return FALSE;
  stmt = lk_conn_query (conn, LK_SQL_DECISION_STANDING, error, "t", row->submission);
  step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;
  if (step == 1)
    row->decision = lk_db_read_decision (stmt, 0);
  return step >= 0;
}

static gboolean
read_rest (LkConn *conn, const LkActor *actor, LkTicketRow *row, GError **error)
{
  row->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_ticket_entry_free);
  row->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_ticket_attachment_free);
  if (!read_entries (conn, row, error) || !read_attachments (conn, row, error) || !read_decision (conn, actor, row, error))
    return FALSE;
  if (actor->role == LK_ROLE_STUDENT)
    hide_findings (row);
  return TRUE;
}

LkTicketRow *
lk_db_find_ticket (LkCampusDb *base, const LkActor *actor, const char *uuid, gint64 student, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (LkTicketRow) row = conn != NULL ? lk_ticket_find (conn, actor, uuid, student, error) : NULL;

  return row != NULL && read_rest (conn, actor, row, error) ? g_steal_pointer (&row) : NULL;
}

GPtrArray *
lk_db_list_tickets (LkCampusDb *base, const LkActor *actor, const LkTicketFilter *filter, gint64 before, int limit, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autofree char *types = seen_types (actor);
  const char *type = filter->type >= 0 ? lk_ticket_type_to_word ((LkTicketType) filter->type) : NULL;
  const char *state = filter->state >= 0 ? lk_ticket_state_to_word ((LkTicketState) filter->state) : NULL;
  g_autoptr (sqlite3_stmt) stmt = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_ticket_row_free);
  int step = -1;

  if (conn != NULL)
    stmt = lk_conn_query (conn, LK_SQL_TICKET_LIST, error, SEEN_TYPES "ittii", SEEN (types, actor, filter->student), before, type, state,
                          (gint64) filter->open, (gint64) limit);
  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    g_ptr_array_add (rows, read_row (stmt));
  for (guint i = 0; step == 0 && filter->student != 0 && i < rows->len; i++)
    if (!read_rest (conn, actor, rows->pdata[i], error))
      step = -1;
  return step == 0 ? g_steal_pointer (&rows) : NULL;
}
