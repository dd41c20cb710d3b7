/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "likeness-flow"

#include "flow/college-rules.h"

#include "core/error.h"
#include "core/json.h"

static const char reasons_file[] = "reasons.json";
static const char spec_file[] = "photo-spec.json";

typedef struct
{
  char *folder;
  char *rules; /* the service's answer */
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_free (fetch->folder);
  g_free (fetch->rules);
  g_free (fetch);
}

static gboolean
reasons_are_good (const char *text, GError **error)
{
  g_autoptr (LkReasonCatalogue) reasons = lk_reason_catalogue_parse (text, -1, error);

  return reasons != NULL;
}

static gboolean
spec_is_good (const char *text, GError **error)
{
  g_autoptr (LkSpec) spec = lk_spec_parse (text, -1, error);

  return spec != NULL;
}

static gboolean
is_kept (const char *path, const char *text)
{
  g_autofree char *kept = NULL;

  return g_file_get_contents (path, &kept, NULL, NULL) && g_str_equal (kept, text);
}

static gboolean
keep_member (const char *folder, const char *name, const cJSON *member, gboolean (*is_good) (const char *, GError **),
             GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = member != NULL ? lk_json_print (member) : NULL;

  if (text == NULL)
    {
      g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "%s is missing", name);
      return FALSE;
    }
  if (is_kept (path, text)) /* from day to day they seldom change */
    return TRUE;
  return is_good (text, error)
         && g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/* Only rules that this version understands take the place of those that were kept. */
static void
keep_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Fetch *fetch = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (cJSON) json = lk_json_parse (fetch->rules, -1, LK_ERROR_BAD_SPEC, &error);

  if (json == NULL || !keep_member (fetch->folder, reasons_file, lk_json_object (json, "reasons"), reasons_are_good, &error)
      || !keep_member (fetch->folder, spec_file, lk_json_object (json, "photo_spec"), spec_is_good, &error))
    g_message ("the college's rules are not kept: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

static void
on_rules (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  fetch->rules = lk_campus_client_rules_finish (LK_CAMPUS_CLIENT (client), result, &error);
  if (fetch->rules != NULL)
    {
      g_task_run_in_thread (task, keep_in_thread);
      return;
    }
  g_message ("the college's rules: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

void
lk_college_rules_fetch_async (LkCampusClient *client, const char *folder, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Fetch *fetch = g_new0 (Fetch, 1);

  g_task_set_source_tag (task, lk_college_rules_fetch_async);
  fetch->folder = g_strdup (folder);
  g_task_set_task_data (task, fetch, fetch_free);
  lk_campus_client_rules_async (client, cancellable, on_rules, task);
}

gboolean
lk_college_rules_fetch_finish (LkCampusClient *client, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, lk_college_rules_fetch_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

LkReasonCatalogue *
lk_college_rules_load_reasons (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, reasons_file, NULL);
  LkReasonCatalogue *kept = lk_reason_catalogue_load (path, NULL);

  return kept != NULL ? kept : lk_reason_catalogue_load_default (error);
}

LkSpec *
lk_college_rules_load_spec (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, spec_file, NULL);
  LkSpec *kept = lk_spec_load (path, NULL);

  return kept != NULL ? kept : lk_spec_load_default (error);
}
