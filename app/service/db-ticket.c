/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

#include "core/key.h"
#include "core/note.h"

/* How a ticket comes to be, with its attachments. */

typedef struct
{
  const LkActor *actor;
  const LkNewTicket *ticket;
  gint64 student;
  const LkPhotoFile *file;
  char *uuid;                   /* out, LK_UUID_SIZE */
} NewJob;

static gboolean
refuse (GError **error, LkError code, const char *why)
{
  g_set_error_literal (error, LK_ERROR, code, why);
  return FALSE;
}

gboolean
lk_ticket_text_is_fit (LkConn *conn, const char *text, GError **error)
{
  int most = conn->db->options.ticket_characters;

  if (text == NULL || *text == '\0')
    return refuse (error, LK_ERROR_BAD_NOTE, "something must be written");
  if (most > 0 && g_utf8_strlen (text, -1) > most)
    return refuse (error, LK_ERROR_BAD_NOTE, "the text is too long");
  if (lk_note_holds_id_number (text))
    return refuse (error, LK_ERROR_BAD_NOTE, "the text has an ID number in it");
  return TRUE;
}

gboolean
lk_ticket_add_entry (LkConn *conn, gint64 ticket, const LkActor *actor, const char *step, const char *text, GError **error)
{
  LkRole role = actor != NULL ? actor->role : LK_ROLE_SYSTEM;

  return lk_conn_run (conn, LK_SQL_TICKET_ENTRY_ADD, error, "iitntt", ticket, lk_clock_now (), lk_role_to_word (role),
                      actor != NULL ? actor->staff : (gint64) 0, step, text != NULL ? text : "");
}

gboolean
lk_ticket_attach (LkConn *conn, const LkActor *actor, gint64 ticket, gint64 student, GPtrArray *attachments, GError **error)
{
  for (guint i = 0; attachments != NULL && i < attachments->len; i++)
    {
      const LkTicketAttachment *attachment = attachments->pdata[i];

      if (!lk_conn_run (conn, LK_SQL_ATTACHMENT_TAKE, error, "titii", attachment->uuid, ticket, attachment->kind, student, actor->staff))
        return FALSE;
      if (sqlite3_changes (conn->handle) != 1)
        return refuse (error, LK_ERROR_NOT_FOUND, "no such attachment, or it belongs to another ticket");
    }
  return TRUE;
}

/* The student must be one the actor sees; a student is themself. */
static gboolean
sees_student (LkConn *conn, const LkActor *actor, gint64 student, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_STUDENT_SEEN, error, "iii", student, actor->staff,
                                                 lk_actor_sees_named (actor));
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  return step == 1 || (step == 0 && refuse (error, LK_ERROR_NOT_FOUND, "no such student for this person"));
}

/* -- attachments -- */

static gboolean
attachment_job (LkConn *conn, gpointer data, GError **error)
{
  NewJob *job = data;
  g_autofree char *uuid = lk_key_new ();
  cJSON *body;

  if (!sees_student (conn, job->actor, job->student, error) || !lk_db_add_photo (conn, job->file, error) ||
      !lk_conn_run (conn, LK_SQL_ATTACHMENT_ADD, error, "tinti", uuid, job->student, job->actor->staff, job->file->sha256, lk_clock_now ()))
    return FALSE;
  g_strlcpy (job->uuid, uuid, LK_UUID_SIZE);
  body = lk_audit_body (job->actor);
  lk_json_add_int (body, "student", job->student);
  lk_json_add_string (body, "attachment", uuid);
  lk_json_add_string (body, "photo", job->file->sha256);
  return lk_audit_add (conn, "attachment-added", 0, NULL, body, error);
}

gboolean
lk_db_add_attachment (LkCampusDb *base, const LkActor *actor, gint64 student, const LkPhotoFile *file, char uuid[LK_UUID_SIZE],
                      GError **error)
{
  NewJob job = { .actor = actor, .student = student, .file = file, .uuid = uuid };

  return lk_writer_run (((LkDbSqlite *) base)->writer, attachment_job, &job, error);
}

/* -- tickets -- */

/* The submission a ticket is about: 1 found (or none named), 0 with the refusal set, -1 an error. */
static gboolean
find_submission (LkConn *conn, const LkNewTicket *ticket, gint64 *row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;
  LkState state;
  int step;

  *row = 0;
  if (ticket->submission == NULL)
    return ticket->type != LK_TICKET_APPEAL || refuse (error, LK_ERROR_BAD_REQUEST, "an appeal is against a decision on a photo");
  stmt = lk_conn_query (conn, LK_SQL_SUBMISSION_FOR_TICKET, error, "t", ticket->submission);
  step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;
  if (step < 0)
    return FALSE;
  if (step == 0 || sqlite3_column_int64 (stmt, 1) != ticket->student || !lk_state_from_word (lk_column_text (stmt, 2), &state))
    return refuse (error, LK_ERROR_NOT_FOUND, "no such submission of this student");
  if (ticket->type == LK_TICKET_APPEAL && state != LK_STATE_RETURNED && state != LK_STATE_RESHOOT)
    return refuse (error, LK_ERROR_STATE, "this photo was not sent back");
  *row = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

static gboolean
is_first_of_kind (LkConn *conn, const LkNewTicket *ticket, gint64 submission, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_TICKET_OPEN_SAME, error, "itn", ticket->student,
                                                 lk_ticket_type_to_word (ticket->type), submission);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  return step == 0 || (step == 1 && refuse (error, LK_ERROR_STATE, "the same is open already"));
}

static gboolean
has_all_attachments (const LkActor *actor, const LkNewTicket *ticket, GError **error)
{
  g_autoptr (GPtrArray) kinds = g_ptr_array_new ();
  const char *lacking;

  for (guint i = 0; ticket->attachments != NULL && i < ticket->attachments->len; i++)
    {
      const LkTicketAttachment *attachment = ticket->attachments->pdata[i];

      if (!lk_ticket_attachment_is_known (attachment->kind))
        return refuse (error, LK_ERROR_BAD_REQUEST, "an attachment of an unknown kind");
      g_ptr_array_add (kinds, attachment->kind);
    }
  g_ptr_array_add (kinds, NULL);
  lacking = actor->role == LK_ROLE_STUDENT ? lk_ticket_lacks (ticket->type, (const char *const *) kinds->pdata) : NULL;
  if (lacking == NULL)
    return TRUE;
  g_set_error (error, LK_ERROR, LK_ERROR_ATTACHMENTS_MISSING, "the attachment “%s” is missing", lacking);
  return FALSE;
}

/* actor NULL: the system. */
static gboolean
insert_ticket (LkConn *conn, const LkActor *actor, const LkNewTicket *ticket, gint64 submission, char uuid[LK_UUID_SIZE], GError **error)
{
  g_autofree char *name = lk_key_new ();
  const char *type = lk_ticket_type_to_word (ticket->type);
  gint64 row;
  cJSON *body;

  if (!lk_conn_run (conn, LK_SQL_TICKET_ADD, error, "ttinnti", name, type, ticket->student, submission,
                    actor != NULL ? actor->staff : (gint64) 0, ticket->text, lk_clock_now ()))
    return FALSE;
  row = sqlite3_last_insert_rowid (conn->handle);
  if (!lk_ticket_add_entry (conn, row, actor, "create", ticket->text, error) ||
      !lk_ticket_attach (conn, actor, row, ticket->student, ticket->attachments, error))
    return FALSE;
  g_strlcpy (uuid, name, LK_UUID_SIZE);
  body = lk_audit_body (actor);
  lk_json_add_string (body, "ticket", name);
  lk_json_add_string (body, "type", type);
  lk_json_add_int (body, "student", ticket->student);
  lk_json_add_int (body, "about", submission);
  lk_json_add_string (body, "after", lk_ticket_state_to_word (LK_TICKET_NEW));
  return lk_audit_add (conn, "ticket-created", 0, NULL, body, error);
}

static gboolean
create_job (LkConn *conn, gpointer data, GError **error)
{
  NewJob *job = data;
  const LkNewTicket *ticket = job->ticket;
  gint64 submission;

  if ((lk_ticket_roles_starting (ticket->type) & job->actor->role) == 0)
    return refuse (error, LK_ERROR_FORBIDDEN, "this role does not start such tickets");
  return lk_ticket_text_is_fit (conn, ticket->text, error) && sees_student (conn, job->actor, ticket->student, error) &&
         has_all_attachments (job->actor, ticket, error) && find_submission (conn, ticket, &submission, error) &&
         is_first_of_kind (conn, ticket, submission, error) && insert_ticket (conn, job->actor, ticket, submission, job->uuid, error);
}

gboolean
lk_db_create_ticket (LkCampusDb *base, const LkActor *actor, const LkNewTicket *ticket, char uuid[LK_UUID_SIZE], GError **error)
{
  NewJob job = { .actor = actor, .ticket = ticket, .uuid = uuid };

  return lk_writer_run (((LkDbSqlite *) base)->writer, create_job, &job, error);
}

/* -- what is held is looked into -- */

gboolean
lk_ticket_open_held (LkConn *conn, gint64 submission, GError **error)
{
  LkNewTicket ticket = { .type = LK_TICKET_IDENTITY, .text = "" };
  char uuid[LK_UUID_SIZE];
  sqlite3_stmt *stmt = lk_conn_query (conn, LK_SQL_SUBMISSION_STUDENT, error, "i", submission);
  gboolean found = stmt != NULL && lk_conn_step (conn, stmt, error) == 1;

  if (found)
    ticket.student = sqlite3_column_int64 (stmt, 0);
  if (stmt != NULL)
    sqlite3_reset (stmt);
  return found && insert_ticket (conn, NULL, &ticket, submission, uuid, error);
}

gboolean
lk_ticket_end_held (LkConn *conn, gint64 submission, GError **error)
{
  sqlite3_stmt *stmt = lk_conn_query (conn, LK_SQL_TICKET_HELD, error, "i", submission);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;
  gint64 row = step == 1 ? sqlite3_column_int64 (stmt, 0) : 0;
  g_autofree char *uuid = step == 1 ? g_strdup (lk_column_text (stmt, 1)) : NULL;
  cJSON *body;

  if (stmt != NULL)
    sqlite3_reset (stmt);
  if (step != 1)
    return step == 0;
  if (!lk_conn_run (conn, LK_SQL_TICKET_MOVE, error, "itiii", row, lk_ticket_state_to_word (LK_TICKET_CLOSED), (gint64) 0, (gint64) 0,
                    (gint64) 0) ||
      !lk_ticket_add_entry (conn, row, NULL, "withdraw", NULL, error))
    return FALSE;
  body = lk_audit_body (NULL);
  lk_json_add_string (body, "ticket", uuid);
  lk_json_add_string (body, "before", lk_ticket_state_to_word (LK_TICKET_NEW));
  lk_json_add_string (body, "after", lk_ticket_state_to_word (LK_TICKET_CLOSED));
  return lk_audit_add (conn, "ticket-withdrawn", 0, NULL, body, error);
}
