/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "likeness-flow"

#include "flow/desk.h"

#include "core/desk-wire.h"
#include "core/error.h"
#include "core/key.h"
#include "flow/account-private.h"
#include "flow/college-rules.h"
#include "flow/photo-loader-private.h"

enum
{
  TICKETS_MAX = 200,
};

struct _LkDesk
{
  GObject parent_instance;

  LkAccount *account;
  LkPhotoSource *source;
  LkPhotoLoader *loader;
  LkReasonCatalogue *reasons;
  char *unanswered;     /* what was sent last and may have arrived; NULL: its answer came */
  char *unanswered_key; /* sent again with this key, it is done once */
};

G_DEFINE_FINAL_TYPE (LkDesk, lk_desk, G_TYPE_OBJECT)

static void
lk_desk_dispose (GObject *object)
{
  LkDesk *self = LK_DESK (object);

  if (self->source != NULL)
    lk_photo_source_stop (self->source);
  g_clear_object (&self->loader);
  g_clear_object (&self->source);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (lk_desk_parent_class)->dispose (object);
}

static void
lk_desk_finalize (GObject *object)
{
  LkDesk *self = LK_DESK (object);

  g_clear_pointer (&self->reasons, lk_reason_catalogue_unref);
  g_free (self->unanswered);
  g_free (self->unanswered_key);

  G_OBJECT_CLASS (lk_desk_parent_class)->finalize (object);
}

static void
lk_desk_class_init (LkDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lk_desk_dispose;
  G_OBJECT_CLASS (klass)->finalize = lk_desk_finalize;
}

static void
lk_desk_init (LkDesk *self)
{
}

LkDesk *
lk_desk_new (LkAccount *account, GError **error)
{
  g_autoptr (LkDesk) self = g_object_new (LK_TYPE_DESK, NULL);
  const char *kept = lk_keep_get_dir (lk_account_get_keep (account));
  LkSpec *spec;

  g_return_val_if_fail (lk_account_get_signed_in (account), NULL);

  self->account = g_object_ref (account);
  self->reasons = lk_college_rules_load_reasons (kept, error);
  spec = self->reasons != NULL ? lk_college_rules_load_spec (kept, error) : NULL;
  if (spec == NULL)
    return NULL;
  self->source = lk_photo_source_new (lk_account_get_client (account), NULL); /* comparison photos stay off the disk */
  self->loader = lk_photo_loader_new (self->source, spec, error);
  return self->loader != NULL ? g_steal_pointer (&self) : NULL;
}

LkPhotoLoader *
lk_desk_get_loader (LkDesk *self)
{
  return self->loader;
}

LkReasonCatalogue *
lk_desk_get_reasons (LkDesk *self)
{
  return self->reasons;
}

LkRole
lk_desk_get_role (LkDesk *self)
{
  return lk_account_get_role (self->account);
}

gboolean
lk_desk_role_has_classes (LkRole role)
{
  return (role & (LK_ROLE_ADVISER | LK_ROLE_LEAD | LK_ROLE_REGISTRAR | LK_ROLE_AUDITOR)) != 0;
}

gboolean
lk_desk_role_has_tickets (LkRole role)
{
  return (role & (LK_ROLE_ADVISER | LK_ROLE_LEAD | LK_ROLE_DESK | LK_ROLE_REGISTRAR | LK_ROLE_AUDITOR)) != 0;
}

/* -- one question: the answers of one or several pages -- */

typedef GPtrArray *(*ReadPage) (const cJSON *json, GError **error);

typedef struct
{
  char *path; /* with a query */
  ReadPage read_page;
  guint most;
  GPtrArray *items;
} List;

static void
list_free (gpointer data)
{
  List *list = data;

  g_free (list->path);
  g_clear_pointer (&list->items, g_ptr_array_unref);
  g_free (list);
}

static void ask_page (GTask *task, const char *cursor);

static void
on_page (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  List *list = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (cJSON) json = lk_campus_client_call_finish (LK_CAMPUS_CLIENT (client), result, &error);
  GPtrArray *page = json != NULL ? list->read_page (json, &error) : NULL;
  const char *cursor;

  if (page == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (list->items == NULL)
    list->items = page;
  else
    g_ptr_array_extend_and_steal (list->items, page);
  cursor = lk_json_string (json, "cursor");
  if (cursor != NULL && list->items->len < list->most)
    ask_page (task, cursor);
  else
    g_task_return_pointer (task, g_steal_pointer (&list->items), (GDestroyNotify) g_ptr_array_unref);
}

static void
ask_page (GTask *task, const char *cursor)
{
  LkDesk *self = g_task_get_source_object (task);
  List *list = g_task_get_task_data (task);
  g_autofree char *escaped = cursor != NULL ? g_uri_escape_string (cursor, NULL, FALSE) : NULL;
  g_autofree char *path = g_strconcat (list->path, escaped != NULL ? "&cursor=" : NULL, escaped, NULL);

  lk_campus_client_call_async (lk_account_get_client (self->account), "GET", path, NULL, NULL, g_task_get_cancellable (task), on_page,
                               g_object_ref (task));
}

/* Takes path. */
static void
ask_list (LkDesk *self, gpointer tag, char *path, ReadPage read_page, guint most, GCancellable *cancellable,
          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  List *list = g_new0 (List, 1);

  g_task_set_source_tag (task, tag);
  list->path = path;
  list->read_page = read_page;
  list->most = most;
  g_task_set_task_data (task, list, list_free);
  ask_page (task, NULL);
}

static gpointer
finish (LkDesk *self, GAsyncResult *result, gpointer tag, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
lk_desk_classes_async (LkDesk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  ask_list (self, lk_desk_classes_async, g_strdup ("/v1/classes"), lk_classes_from_json, 1, cancellable, callback, user_data);
}

GPtrArray *
lk_desk_classes_finish (LkDesk *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_desk_classes_async, error);
}

void
lk_desk_students_async (LkDesk *self, const char *site, const char *class_name, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *escaped_site = g_uri_escape_string (site, NULL, FALSE);
  g_autofree char *escaped_class = g_uri_escape_string (class_name, NULL, FALSE);

  ask_list (self, lk_desk_students_async, g_strdup_printf ("/v1/students?site=%s&class=%s", escaped_site, escaped_class),
            lk_students_from_json, G_MAXUINT, cancellable, callback, user_data);
}

void
lk_desk_find_students_async (LkDesk *self, const char *number, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autofree char *escaped = g_uri_escape_string (number, NULL, FALSE);

  ask_list (self, lk_desk_students_async, g_strdup_printf ("/v1/students?number=%s", escaped), lk_students_from_json, G_MAXUINT,
            cancellable, callback, user_data);
}

GPtrArray *
lk_desk_students_finish (LkDesk *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_desk_students_async, error);
}

void
lk_desk_tickets_async (LkDesk *self, gboolean open, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  ask_list (self, lk_desk_tickets_async, g_strdup (open ? "/v1/tickets?state=open" : "/v1/tickets?"), lk_tickets_from_json, TICKETS_MAX,
            cancellable, callback, user_data);
}

GPtrArray *
lk_desk_tickets_finish (LkDesk *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_desk_tickets_async, error);
}

/* -- one ticket -- */

static void
on_ticket (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (cJSON) json = lk_campus_client_call_finish (LK_CAMPUS_CLIENT (client), result, &error);
  LkTicket *ticket = json != NULL ? lk_ticket_from_json (json, &error) : NULL;
  LkDesk *self = g_task_get_source_object (task);

  /* a ticket that was only looked at says nothing about what was sent */
  if (g_task_get_task_data (task) != NULL && !g_error_matches (error, LK_ERROR, LK_ERROR_OFFLINE))
    g_clear_pointer (&self->unanswered, g_free);
  if (ticket != NULL)
    g_task_return_pointer (task, ticket, (GDestroyNotify) lk_ticket_free);
  else
    g_task_return_error (task, error);
}

/* Whoever sends the same again because no answer came does not do it twice. */
static const char *
choose_key (LkDesk *self, const char *path, const cJSON *body)
{
  g_autofree char *text = lk_json_print (body);
  g_autofree char *request = g_strconcat (path, "\n", text, NULL);

  if (g_strcmp0 (request, self->unanswered) != 0)
    {
      g_free (self->unanswered);
      self->unanswered = g_steal_pointer (&request);
      g_free (self->unanswered_key);
      self->unanswered_key = lk_key_new ();
    }
  return self->unanswered_key;
}

/* Whatever is answered with a ticket. Takes body (NULL for none). */
static void
ask_ticket (LkDesk *self, const char *path, cJSON *body, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  const char *key = body != NULL ? choose_key (self, path, body) : NULL;
  g_autofree char *text = NULL;

  g_task_set_source_tag (task, lk_desk_ticket_async);
  if (body != NULL)
    {
      g_task_set_task_data (task, g_strdup (key), g_free);
      lk_json_add_string (body, "key", key); /* of a decision it is the decision's own key, too */
      text = lk_json_print (body);
    }
  lk_campus_client_call_async (lk_account_get_client (self->account), body != NULL ? "POST" : "GET", path, text, key, cancellable,
                               on_ticket, task);
  cJSON_Delete (body);
}

void
lk_desk_ticket_async (LkDesk *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *path = g_strconcat ("/v1/tickets/", id, NULL);

  ask_ticket (self, path, NULL, cancellable, callback, user_data);
}

LkTicket *
lk_desk_ticket_finish (LkDesk *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_desk_ticket_async, error);
}

gboolean
lk_desk_may_step (LkDesk *self, const LkTicket *ticket, LkTicketStep step)
{
  LkTicketState to;

  return (lk_ticket_roles_stepping (ticket->type, step) & lk_desk_get_role (self)) != 0 &&
         lk_ticket_after_step (ticket->state, step, &to);
}

void
lk_desk_step_async (LkDesk *self, const LkTicket *ticket, LkTicketStep step, const char *text, LkState to,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *path = g_strdup_printf ("/v1/tickets/%s/steps", ticket->id);
  cJSON *body = cJSON_CreateObject ();

  lk_json_add_string (body, "step", lk_ticket_step_to_word (step));
  lk_json_add_string (body, "text", text);
  if (step == LK_TICKET_STEP_DECIDE)
    lk_json_add_string (body, "to", lk_state_to_word (to));
  ask_ticket (self, path, body, cancellable, callback, user_data);
}

void
lk_desk_start_ticket_async (LkDesk *self, const LkStudentEntry *student, LkTicketType type, const char *text,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  cJSON *body = cJSON_CreateObject ();

  lk_json_add_string (body, "type", lk_ticket_type_to_word (type));
  lk_json_add_int (body, "student", student->id);
  lk_json_add_string (body, "submission", student->submission);
  lk_json_add_string (body, "text", text);
  ask_ticket (self, "/v1/tickets", body, cancellable, callback, user_data);
}

/* -- what is masked -- */

static void
on_unmasked (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const char *field = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (cJSON) json = lk_campus_client_call_finish (LK_CAMPUS_CLIENT (client), result, &error);

  if (json == NULL)
    g_task_return_error (task, error);
  else if (lk_json_string (json, field) == NULL)
    g_task_return_new_error (task, LK_ERROR, LK_ERROR_OFFLINE, "the answer has no %s", field);
  else
    g_task_return_pointer (task, g_strdup (lk_json_string (json, field)), g_free);
}

void
lk_desk_unmask_async (LkDesk *self, gint64 student, const char *field, const char *reason, const char *ticket,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = g_strdup_printf ("/v1/students/%" G_GINT64_FORMAT "/unmask", student);
  g_autoptr (cJSON) body = cJSON_CreateObject ();
  g_autofree char *text = NULL;

  g_task_set_source_tag (task, lk_desk_unmask_async);
  g_task_set_task_data (task, g_strdup (field), g_free);
  lk_json_add_string (body, "field", field);
  lk_json_add_string (body, "reason", reason);
  lk_json_add_string (body, "ticket", ticket);
  text = lk_json_print (body);
  lk_campus_client_call_async (lk_account_get_client (self->account), "POST", path, text, NULL, cancellable, on_unmasked, task);
}

char *
lk_desk_unmask_finish (LkDesk *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_desk_unmask_async, error);
}
