/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/config.h"

#include "core/data.h"
#include "core/error.h"
#include "core/json.h"

typedef struct
{
  const char *group, *name;     /* group: NULL for a member at the top */
  int *number;
  gsize *size;
} Member;

static gboolean
read_member (const cJSON *root, const Member *member, GError **error)
{
  const cJSON *object = member->group != NULL ? lk_json_object (root, member->group) : root;
  gint64 value = object != NULL ? lk_json_int (object, member->name, 0) : 0;

  if (value <= 0 || value > G_MAXINT)
    {
      g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "service.json: %s%s%s must be a whole number above 0",
                   member->group != NULL ? member->group : "", member->group != NULL ? "." : "", member->name);
      return FALSE;
    }
  if (member->number != NULL)
    *member->number = (int) value;
  else
    *member->size = (gsize) value;
  return TRUE;
}

/* Rates may be 0, which switches them off. */
static gboolean
read_second (LkSecondReview *second, const cJSON *root, GError **error)
{
  const cJSON *json = lk_json_object (root, "second_review");
  const struct
  {
    const char *name;
    int *number, max;
  } members[] = {
    { "first_decisions", &second->first_decisions, G_MAXINT },
    { "approvals_percent", &second->approvals, 100 },
    { "rejections_percent", &second->rejections, 100 },
    { "known_percent", &second->known, 100 },
    { "after_seconds", &second->after_seconds, G_MAXINT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      gint64 value = json != NULL ? lk_json_int (json, members[i].name, -1) : -1;

      if (value < 0 || value > members[i].max)
        {
          g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "service.json: second_review.%s must be a whole number from 0 to %d",
                       members[i].name, members[i].max);
          return FALSE;
        }
      *members[i].number = (int) value;
    }
  second->by_rule = lk_json_boolean (json, "by_rule", TRUE);
  second->seed = lk_json_int (json, "seed", 0);
  return TRUE;
}

static gboolean
read_config (LkServiceConfig *config, const cJSON *root, GError **error)
{
  const Member members[] = {
    { "lease", "max", &config->lease_max, NULL },
    { "lease", "seconds", &config->lease_seconds, NULL },
    { NULL, "undo_seconds", &config->undo_seconds, NULL },
    { NULL, "shift_seconds", &config->shift_seconds, NULL },
    { NULL, "decisions_max", &config->decisions_max, NULL },
    { NULL, "tries_allowed", &config->tries_allowed, NULL },
    { NULL, "session_seconds", &config->session_seconds, NULL },
    { "student", "session_seconds", &config->student_session_seconds, NULL },
    { "student", "result_seconds", &config->result_seconds, NULL },
    { "student", "resubmit_working_days", &config->resubmit_days, NULL },
    { "student", "preview_side", &config->student_preview_side, NULL },
    { "student", "crop_width", &config->student_crop_width, NULL },
    { "student", "uploads", &config->student_uploads, NULL },
    { "student", "upload_seconds", &config->student_upload_seconds, NULL },
    { "student", "code_tries", &config->code_tries, NULL },
    { "student", "code_tries_per_address", &config->code_tries_per_address, NULL },
    { "student", "code_seconds", &config->code_seconds, NULL },
    { "jobs", "workers", &config->jobs_workers, NULL },
    { "jobs", "waiting_max", &config->jobs_waiting_max, NULL },
    { "jobs", "look_ms", &config->jobs_look_ms, NULL },
    { "jobs", "check_ms", &config->jobs_check_ms, NULL },
    { "jobs", "faults", &config->jobs_faults, NULL },
    { "jobs", "fault_seconds", &config->jobs_fault_seconds, NULL },
    { "jobs", "again", &config->jobs_again, NULL },
    { "tickets", "reopen_seconds", &config->ticket_reopen_seconds, NULL },
    { "tickets", "text_characters", &config->ticket_characters, NULL },
    { "sign_in", "tries", &config->sign_in_tries, NULL },
    { "sign_in", "tries_per_address", &config->sign_in_tries_per_address, NULL },
    { "sign_in", "seconds", &config->sign_in_seconds, NULL },
    { "sign_in", "waiting_max", &config->sign_in_waiting_max, NULL },
    { "password", "min_length", &config->password_min_length, NULL },
    { "password", "hashes_at_once", &config->password_hashes_at_once, NULL },
    { "password", "passes", &config->password_passes, NULL },
    { "password", "memory_bytes", NULL, &config->password_memory },
    { "codes", "bytes", NULL, &config->code_bytes },
    { "codes", "pixels", &config->code_pixels, NULL },
    { "codes", "milliseconds", &config->code_ms, NULL },
    { "codes", "at_once", &config->codes_at_once, NULL },
    { "codes", "waiting_max", &config->codes_waiting_max, NULL },
    { "codes", "valid_days", &config->code_days, NULL },
    { "codes", "tool_milliseconds", &config->code_tool_ms, NULL },
    { "changes", "wait_max_seconds", &config->changes_wait_max, NULL },
    { "changes", "page", &config->changes_page, NULL },
    { "changes", "waiting_max", &config->changes_waiting_max, NULL },
    { "http", "body_bytes", NULL, &config->body_bytes },
    { "http", "photo_bytes", NULL, &config->photo_bytes },
    { "http", "picture_bytes", NULL, &config->picture_bytes },
    { "http", "bytes_per_second", &config->bytes_per_second, NULL },
    { "http", "uploads_bytes", NULL, &config->uploads_bytes },
    { "http", "connections", &config->connections, NULL },
    { "http", "connections_per_address", &config->connections_per_address, NULL },
    { "http", "idle_seconds", &config->idle_seconds, NULL },
    { "http", "request_seconds", &config->request_seconds, NULL },
    { "http", "connection_bytes", NULL, &config->connection_bytes },
    { "http", "keys_seconds", &config->keys_seconds, NULL },
    { "http", "threads", &config->http_threads, NULL },
    { "http", "workers", &config->workers, NULL },
    { "http", "waiting_max", &config->waiting_max, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (!read_member (root, &members[i], error))
      return FALSE;
  return read_second (&config->second, root, error);
}

gboolean
lk_service_config_parse (LkServiceConfig *config, const char *json, GError **error)
{
  g_autoptr (cJSON) root = lk_json_parse (json, -1, LK_ERROR_BAD_SPEC, error);

  return root != NULL && read_config (config, root, error);
}

gboolean
lk_service_config_load (LkServiceConfig *config, GError **error)
{
  g_autofree char *path = lk_data_find ("service.json", error);
  g_autoptr (cJSON) root = path != NULL ? lk_json_load (path, LK_ERROR_BAD_SPEC, error) : NULL;

  return root != NULL && read_config (config, root, error);
}
