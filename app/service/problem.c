/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/problem.h"

#include "core/json.h"

enum { STORAGE_RETRY_SECONDS = 2 };

static const struct
{
  LkError code;
  guint status;
  const char *title;
} problems[] = {
  { LK_ERROR_BAD_REQUEST, 400, "The request is malformed." },
  { LK_ERROR_BAD_REASONS, 422, "The reasons do not fit the verdict." },
  { LK_ERROR_BAD_NOTE, 422, "The note cannot be taken." },
  { LK_ERROR_SIGNED_OUT, 401, "Sign in first." },
  { LK_ERROR_WRONG_PASSWORD, 401, "User name or password is wrong." },
  { LK_ERROR_TOO_MANY_TRIES, 429, "Too many tries. Wait a while." },
  { LK_ERROR_FORBIDDEN, 403, "This account may not do that." },
  { LK_ERROR_NOT_FOUND, 404, "There is no such thing." },
  { LK_ERROR_LEASE_LOST, 409, "Somebody else holds this submission now." },
  { LK_ERROR_ALREADY_DECIDED, 409, "Somebody else has decided on this submission." },
  { LK_ERROR_PHOTO_CHANGED, 409, "The submission has another photo now." },
  { LK_ERROR_TOO_LATE, 409, "The time for undoing this decision is over." },
  { LK_ERROR_KEY_REUSED, 422, "The key was used for something else." },
  { LK_ERROR_STATE, 409, "The submission's state does not allow that." },
  { LK_ERROR_STORE, 503, "The storage is busy. Try again." },
  { LK_ERROR_DISK_FULL, 507, "The service's disk is full." },
};

static LkResponse *
problem_new (guint status, LkError code, const char *title, int retry_after)
{
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  const char *word = lk_error_to_word (code);
  LkResponse *response;

  lk_json_add_string (json, "type", "about:blank");
  lk_json_add_string (json, "title", title);
  lk_json_add_int (json, "status", status);
  lk_json_add_string (json, "code", word != NULL ? word : "failed");
  cJSON_AddBoolToObject (json, "retryable", status == 429 || status == 503 || status == 507);
  if (retry_after > 0)
    lk_json_add_int (json, "retry_after", retry_after);
  response = lk_response_new_text (status, "application/problem+json", lk_json_print (json));
  if (retry_after > 0)
    {
      char seconds[16];
      g_snprintf (seconds, sizeof seconds, "%d", retry_after);
      lk_response_add_header (response, "Retry-After", seconds);
    }
  if (status == 401)
    lk_response_add_header (response, "WWW-Authenticate", "Bearer");
  return response;
}

LkResponse *
lk_problem_new (LkError code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    if (problems[i].code == code)
      return problem_new (problems[i].status, code, problems[i].title, problems[i].status == 503 ? STORAGE_RETRY_SECONDS : 0);
  return problem_new (500, code, "The service has failed.", 0);
}

LkResponse *
lk_problem_from_error (const GError *error)
{
  return lk_problem_new (error != NULL && error->domain == LK_ERROR ? (LkError) error->code : LK_ERROR_FAILED);
}

LkResponse *
lk_problem_new_plain (guint status, LkError code, const char *title)
{
  return problem_new (status, code, title, 0);
}

LkResponse *
lk_problem_new_later (guint status, LkError code, const char *title, int seconds)
{
  return problem_new (status, code, title, MAX (seconds, 1));
}
