/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/desk-wire.h"

#include "core/error.h"
#include "core/wire.h"

static gpointer
refuse (GError **error, const char *what)
{
  g_set_error (error, LK_ERROR, LK_ERROR_OFFLINE, "the answer has no %s", what);
  return NULL;
}

static LkClassProgress *
read_class (const cJSON *json)
{
  LkClassProgress *self;

  if (lk_json_string (json, "class") == NULL)
    return NULL;
  self = g_new0 (LkClassProgress, 1);
  self->site = g_strdup (lk_json_string (json, "site"));
  self->class_name = g_strdup (lk_json_string (json, "class"));
  self->n_students = (int) lk_json_int (json, "students", 0);
  self->n_none = (int) lk_json_int (json, "none", 0);
  self->n_waiting = (int) lk_json_int (json, "waiting", 0);
  self->n_sent_back = (int) lk_json_int (json, "sent_back", 0);
  self->n_done = (int) lk_json_int (json, "done", 0);
  return self;
}

static gint64
read_time (const cJSON *json, const char *name)
{
  gint64 time = 0;
  const char *text = lk_json_string (json, name);

  return text != NULL && lk_time_from_text (text, &time) ? time : 0;
}

static LkStudentEntry *
read_student (const cJSON *json)
{
  LkStudentEntry *self;
  LkState state = LK_STATE_DRAFT;
  gboolean has_state = lk_state_from_word (lk_json_string (json, "state"), &state);

  if (lk_json_int (json, "id", 0) <= 0 || lk_json_string (json, "number") == NULL)
    return NULL;
  self = g_new0 (LkStudentEntry, 1);
  self->id = lk_json_int (json, "id", 0);
  self->name = g_strdup (lk_json_string (json, "name"));
  self->number = g_strdup (lk_json_string (json, "number"));
  self->document = g_strdup (lk_json_string (json, "document"));
  self->class_name = g_strdup (lk_json_string (json, "class"));
  self->site = g_strdup (lk_json_string (json, "site"));
  self->submission = has_state ? g_strdup (lk_json_string (json, "submission")) : NULL;
  self->photo = has_state ? g_strdup (lk_json_string (json, "photo")) : NULL;
  self->state = state;
  self->submitted_at = read_time (json, "submitted_at");
  self->n_tickets = (int) lk_json_int (json, "tickets", 0);
  return self;
}

/* -- tickets -- */

static void
note_free (gpointer data)
{
  LkTicketNote *note = data;

  g_free (note->name);
  g_free (note->step);
  g_free (note->text);
  g_free (note);
}

static void
picture_free (gpointer data)
{
  LkTicketPicture *picture = data;

  g_free (picture->kind);
  g_clear_pointer (&picture->picture, lk_photo_info_free);
  g_free (picture);
}

static void
read_notes (GPtrArray *notes, const cJSON *entries)
{
  const cJSON *entry;

  cJSON_ArrayForEach (entry, entries)
    {
      LkRole by;
      LkTicketNote *note;

      if (lk_json_string (entry, "step") == NULL || !lk_role_from_word (lk_json_string (entry, "by"), &by))
        continue;
      note = g_new0 (LkTicketNote, 1);
      note->at = read_time (entry, "at");
      note->by = by;
      note->name = g_strdup (lk_json_string (entry, "name"));
      note->step = g_strdup (lk_json_string (entry, "step"));
      note->text = g_strdup (lk_json_string (entry, "text") != NULL ? lk_json_string (entry, "text") : "");
      g_ptr_array_add (notes, note);
    }
}

static void
read_pictures (GPtrArray *pictures, const cJSON *attachments)
{
  const cJSON *attachment;

  cJSON_ArrayForEach (attachment, attachments)
    {
      LkPhotoInfo *info = lk_photo_info_from_json (lk_json_object (attachment, "picture"));
      LkTicketPicture *picture;

      if (info == NULL)
        continue;
      picture = g_new0 (LkTicketPicture, 1);
      picture->kind = g_strdup (lk_json_string (attachment, "kind"));
      picture->picture = info;
      g_ptr_array_add (pictures, picture);
    }
}

static LkTicket *
read_ticket (const cJSON *json)
{
  g_autoptr (LkTicket) self = g_new0 (LkTicket, 1);

  self->id = g_strdup (lk_json_string (json, "id"));
  self->student = read_student (lk_json_object (json, "student"));
  self->notes = g_ptr_array_new_with_free_func (note_free);
  self->pictures = g_ptr_array_new_with_free_func (picture_free);
  if (self->id == NULL || self->student == NULL || !lk_ticket_type_from_word (lk_json_string (json, "type"), &self->type) ||
      !lk_ticket_state_from_word (lk_json_string (json, "state"), &self->state))
    return NULL;
  if (lk_state_from_word (lk_json_string (json, "submission_state"), &self->submission_state))
    self->submission = g_strdup (lk_json_string (json, "submission"));
  self->decision = lk_standing_decision_from_json (lk_json_object (json, "decision"));
  self->involved = lk_json_boolean (json, "involved", FALSE);
  self->text = g_strdup (lk_json_string (json, "text"));
  self->created_at = read_time (json, "created_at");
  self->worked_seconds = (int) lk_json_int (json, "worked_seconds", 0);
  self->clock_runs = lk_json_boolean (json, "clock_runs", FALSE);
  read_notes (self->notes, lk_json_array (json, "entries"));
  read_pictures (self->pictures, lk_json_array (json, "attachments"));
  return g_steal_pointer (&self);
}

LkTicket *
lk_ticket_from_json (const cJSON *json, GError **error)
{
  LkTicket *ticket = read_ticket (json);

  return ticket != NULL ? ticket : refuse (error, "ticket");
}

/* -- lists -- */

typedef gpointer (*ReadItem) (const cJSON *json);

static GPtrArray *
read_list (const cJSON *json, const char *name, ReadItem read_item, GDestroyNotify free_item, GError **error)
{
  const cJSON *list = lk_json_array (json, name), *item;
  GPtrArray *items;

  if (list == NULL)
    return refuse (error, name);
  items = g_ptr_array_new_with_free_func (free_item);
  cJSON_ArrayForEach (item, list)
    {
      gpointer entry = read_item (item);

      if (entry != NULL)
        g_ptr_array_add (items, entry);
    }
  return items;
}

GPtrArray *
lk_classes_from_json (const cJSON *json, GError **error)
{
  return read_list (json, "classes", (ReadItem) read_class, (GDestroyNotify) lk_class_progress_free, error);
}

GPtrArray *
lk_students_from_json (const cJSON *json, GError **error)
{
  return read_list (json, "students", (ReadItem) read_student, (GDestroyNotify) lk_student_entry_free, error);
}

GPtrArray *
lk_tickets_from_json (const cJSON *json, GError **error)
{
  return read_list (json, "tickets", (ReadItem) read_ticket, (GDestroyNotify) lk_ticket_free, error);
}
