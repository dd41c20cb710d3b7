/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/problem.h"

#include <glib/gi18n.h>

#include "core/text.h"

enum { STORAGE_RETRY_SECONDS = 2 };

typedef struct
{
  LkError code;
  guint status;
  const char *title;
} Problem;

static const Problem problems[] = {
  { LK_ERROR_BAD_REQUEST, 400, N_("The request is malformed.") },
  { LK_ERROR_BAD_REASONS, 422, N_("The reasons do not fit the verdict.") },
  { LK_ERROR_BAD_NOTE, 422, N_("The note cannot be taken.") },
  { LK_ERROR_SIGNED_OUT, 401, N_("Sign in first.") },
  { LK_ERROR_WRONG_PASSWORD, 401, N_("User name or password is wrong.") },
  { LK_ERROR_TOO_MANY_TRIES, 429, N_("Too many tries. Wait a while.") },
  { LK_ERROR_FACTOR_NEEDED, 401, N_("The code of the second factor is needed.") },
  { LK_ERROR_WRONG_FACTOR, 401, N_("The code of the second factor is wrong or was used already.") },
  { LK_ERROR_NO_ACCOUNT, 401, N_("The college knows you, but you have no account here. Ask whoever manages the accounts.") },
  { LK_ERROR_INVOLVED, 403, N_("You are involved in this yourself: somebody else must decide.") },
  { LK_ERROR_COLLEGE_REFUSED, 401, N_("The college's sign-in did not confirm who you are. Begin again.") },
  { LK_ERROR_COLLEGE_AWAY, 503, N_("The college's sign-in does not answer. Try again later, or use your password.") },
  { LK_ERROR_FORBIDDEN, 403, N_("This account may not do that.") },
  { LK_ERROR_NOT_FOUND, 404, N_("There is no such thing.") },
  { LK_ERROR_LEASE_LOST, 409, N_("Somebody else holds this submission now.") },
  { LK_ERROR_ALREADY_DECIDED, 409, N_("Somebody else has decided on this submission.") },
  { LK_ERROR_PHOTO_CHANGED, 409, N_("The submission has another photo now.") },
  { LK_ERROR_TOO_LATE, 409, N_("The time for undoing this decision is over.") },
  { LK_ERROR_KEY_REUSED, 422, N_("The key was used for something else.") },
  { LK_ERROR_KEY_NEEDED, 400, N_("The request needs an Idempotency-Key.") },
  { LK_ERROR_KEY_DONE, 409, N_("This request was done before. Look at what there is now.") },
  { LK_ERROR_KEY_IN_WORK, 409, N_("The same request is being worked on. Wait a moment.") },
  { LK_ERROR_STATE, 409, N_("The submission's state does not allow that.") },
  { LK_ERROR_OFFLINE, 503, N_("The service is busy. Try again.") },
  { LK_ERROR_STORE, 503, N_("The storage is busy. Try again.") },
  { LK_ERROR_DISK_FULL, 507, N_("The service's disk is full.") },
  { LK_ERROR_NOT_PICTURE, 422, N_("This file is not a picture. Choose another one.") },
  { LK_ERROR_PICTURE_KIND, 422, N_("This kind of picture is not taken. Send a JPEG, PNG or HEIC picture.") },
  { LK_ERROR_PICTURE_CUT_OFF, 422, N_("The picture's file is damaged. Choose another one.") },
  { LK_ERROR_PICTURE_PIXELS, 422, N_("The picture has too many pixels. Choose another one.") },
  { LK_ERROR_PICTURE_BYTES, 413, N_("The picture's file is too large. Choose another one.") },
  { LK_ERROR_CODE_UNREADABLE, 422, N_("The collection code cannot be read. Save the original picture by a long press and send that, "
                                     "not a screenshot.") },
  { LK_ERROR_CODE_REFUSED, 422, N_("The collection code is not genuine or has run out. Download your own code again.") },
  { LK_ERROR_CODE_CONFLICT, 409, N_("The collection code is another student's. Download your own code again and ask the desk.") },
  { LK_ERROR_CODE_HELD, 409, N_("The collection code was used by another student already. Ask the desk.") },
  { LK_ERROR_NOT_IN_ROSTER, 404, N_("The student is not in the roster. Check the student number, or ask the desk.") },
  { LK_ERROR_CONSENT_NEEDED, 409, N_("Read the newest notice on personal data and agree to it first.") },
  { LK_ERROR_NO_ROUND, 404, N_("No collection is going on.") },
  { LK_ERROR_WINDOW_CLOSED, 403, N_("The time for sending photos is over or has not begun.") },
  { LK_ERROR_NO_TRIES, 409, N_("All tries of this round are used. Ask the desk.") },
  { LK_ERROR_ATTACHMENTS_MISSING, 422, N_("Attachments that are needed are missing.") },
  { LK_ERROR_QUEUE_FULL, 503, N_("Many photos wait for their checks. Try again later: your photo is kept, and no try is used.") },
};

static const Problem failed = { LK_ERROR_FAILED, 500, N_("The service has failed.") };

/* By status alone. */
static const Problem heads[] = {
  { LK_ERROR_BAD_REQUEST, 400, N_("The request is malformed.") },
  { LK_ERROR_NOT_FOUND, 404, N_("There is no such thing.") },
  { LK_ERROR_BAD_REQUEST, 405, N_("This method is not known here.") },
  { LK_ERROR_BAD_REQUEST, 411, N_("The body's length must be given.") },
  { LK_ERROR_BAD_REQUEST, 413, N_("The request is too large.") },
  { LK_ERROR_BAD_REQUEST, 415, N_("This type of body is not taken.") },
  { LK_ERROR_BAD_REQUEST, 416, N_("There is no such range.") },
  { LK_ERROR_BAD_REQUEST, 431, N_("The request has too many headers.") },
};

static const Problem *
find_problem (LkError code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    if (problems[i].code == code)
      return &problems[i];
  return &failed;
}

static const char *
get_title (const Problem *problem, LkLanguage language)
{
  return language == LK_LANGUAGE_EN ? problem->title : lk_text_zh (problem->title);
}

static void
add_members (cJSON *json, const Problem *problem, LkLanguage language, int retry_after)
{
  const char *word = lk_error_to_word (problem->code);
  guint status = problem->status;

  lk_json_add_string (json, "type", "about:blank");
  lk_json_add_string (json, "title", get_title (problem, language));
  lk_json_add_int (json, "status", status);
  lk_json_add_string (json, "code", word != NULL ? word : "failed");
  cJSON_AddBoolToObject (json, "retryable", status == 429 || status == 503 || status == 507 || problem->code == LK_ERROR_KEY_IN_WORK);
  if (retry_after > 0)
    lk_json_add_int (json, "retry_after", retry_after);
}

static void
move_members (cJSON *json, cJSON *more)
{
  while (more != NULL && more->child != NULL)
    {
      cJSON *item = cJSON_DetachItemViaPointer (more, more->child);
      g_autofree char *name = g_strdup (item->string);

      cJSON_AddItemToObject (json, name, item);
    }
  cJSON_Delete (more);
}

static LkResponse *
problem_new (LkRequest *request, const Problem *problem, int retry_after, cJSON *more)
{
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  LkLanguage language = lk_request_get_language (request);
  LkResponse *response;

  add_members (json, problem, language, retry_after);
  move_members (json, more);
  response = lk_response_new_text (problem->status, "application/problem+json", lk_json_print (json));
  lk_response_add_header (response, "Content-Language", language == LK_LANGUAGE_EN ? "en" : "zh-CN");
  if (retry_after > 0)
    {
      char seconds[16];
      g_snprintf (seconds, sizeof seconds, "%d", retry_after);
      lk_response_add_header (response, "Retry-After", seconds);
    }
  if (problem->status == 401)
    lk_response_add_header (response, "WWW-Authenticate", "Bearer");
  return response;
}

LkResponse *
lk_problem_new_with (LkRequest *request, LkError code, int retry_after, cJSON *more)
{
  const Problem *problem = find_problem (code);

  if (retry_after <= 0 && (problem->status == 503 || code == LK_ERROR_KEY_IN_WORK))
    retry_after = STORAGE_RETRY_SECONDS;
  return problem_new (request, problem, retry_after, more);
}

LkResponse *
lk_problem_new (LkRequest *request, LkError code)
{
  return lk_problem_new_with (request, code, 0, NULL);
}

LkResponse *
lk_problem_from_error (LkRequest *request, const GError *error)
{
  return lk_problem_new (request, error != NULL && error->domain == LK_ERROR ? (LkError) error->code : LK_ERROR_FAILED);
}

LkResponse *
lk_problem_new_status (LkRequest *request, guint status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    if (heads[i].status == status)
      return problem_new (request, &heads[i], 0, NULL);
  return problem_new (request, &failed, 0, NULL);
}

const char *
lk_problem_get_title (LkError code, LkLanguage language)
{
  return get_title (find_problem (code), language);
}
