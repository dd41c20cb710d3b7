/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/route-student.h"

#include <math.h>
#include <string.h>

#include "core/error.h"
#include "service/clock.h"
#include "service/log.h"
#include "service/problem.h"

/* The notice, and coming in with a collection code. */

enum { NUMBER_MAX = 32, CODE_TEXT_MAX = 4096 };

/* -- the notice -- */

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_sites (const LkRound *round)
{
  GPtrArray *sites = g_ptr_array_new ();

  for (guint i = 0; i < round->windows->len; i++)
    {
      const LkRoundWindow *window = round->windows->pdata[i];

      if (!g_ptr_array_find_with_equal_func (sites, window->site, g_str_equal, NULL))
        g_ptr_array_add (sites, window->site);
    }
  g_ptr_array_sort (sites, compare_texts);
  return sites;
}

static void
add_time (cJSON *json, const char *name, gint64 time)
{
  g_autofree char *text = time != 0 ? lk_time_to_text (time) : NULL;

  if (text != NULL)
    lk_json_add_string (json, name, text);
  else
    cJSON_AddNullToObject (json, name);
}

static cJSON *
site_to_json (const LkRound *round, const char *site)
{
  cJSON *json = cJSON_CreateObject (), *list;
  LkRoundTimes times = { 0 };

  lk_round_look (round, site, lk_clock_now (), &times);
  lk_json_add_string (json, "site", site);
  list = cJSON_AddArrayToObject (json, "windows");
  for (guint i = 0; i < round->windows->len; i++)
    {
      const LkRoundWindow *window = round->windows->pdata[i];
      cJSON *entry;

      if (strcmp (window->site, site) != 0)
        continue;
      entry = cJSON_CreateObject ();
      add_time (entry, "from", window->from);
      add_time (entry, "to", window->to);
      cJSON_AddItemToArray (list, entry);
    }
  cJSON_AddBoolToObject (json, "open", times.any && times.open);
  add_time (json, "opens_at", times.any ? times.opens_at : 0);
  add_time (json, "closes_at", times.any ? times.closes_at : 0);
  return json;
}

static cJSON *
round_to_json (const LkRound *round)
{
  g_autoptr (GPtrArray) sites = NULL;
  cJSON *json, *list;

  if (round == NULL)
    return cJSON_CreateNull ();
  sites = list_sites (round);
  json = cJSON_CreateObject ();
  lk_json_add_string (json, "id", round->id);
  lk_json_add_string (json, "name", round->name);
  lk_json_add_string (json, "kind", lk_round_kind_to_word (round->kind));
  lk_json_add_int (json, "price_cents", round->price_cents);
  list = cJSON_AddArrayToObject (json, "sites");
  for (guint i = 0; i < sites->len; i++)
    cJSON_AddItemToArray (list, site_to_json (round, sites->pdata[i]));
  return json;
}

/* The range of a check in px of the reference frame; target NAN for none. */
static void
add_range (cJSON *json, const char *name, const LkSpec *spec, const char *check, double target)
{
  const LkLimits *limits = lk_spec_get_limits (spec, check);
  cJSON *range;

  if (limits == NULL)
    return;
  range = cJSON_AddObjectToObject (json, name);
  lk_json_add_number (range, "low", limits->low);
  lk_json_add_number (range, "target", target);
  lk_json_add_number (range, "high", limits->high);
}

/* For the grid of the crop page: no limit stands in the pages. */
static cJSON *
standard_to_json (const LkSpec *spec)
{
  cJSON *json = cJSON_CreateObject ();

  lk_json_add_int (json, "width", spec->frame_width);
  lk_json_add_int (json, "height", spec->frame_height);
  add_range (json, "hair_top", spec, "G2_hair_top", spec->target_hair_top);
  add_range (json, "eye_line", spec, "G3_eye_line", spec->target_eye_line);
  add_range (json, "face_width", spec, "G4_face_width", spec->target_face_width);
  add_range (json, "centre", spec, "G5_centre", NAN);
  return json;
}

static cJSON *
limits_to_json (const LkServiceConfig *config, const LkRound *round, const LkSpec *spec)
{
  cJSON *json = cJSON_CreateObject ();

  lk_json_add_int (json, "upload_bytes", (gint64) config->photo_bytes);
  lk_json_add_int (json, "picture_bytes", (gint64) config->picture_bytes);
  lk_json_add_int (json, "tries", round != NULL ? round->tries_allowed : config->tries_allowed);
  cJSON_AddBoolToObject (json, "turn", spec->crop.level);
  return json;
}

LkResponse *
lk_route_student_notice (LkCall *call, GError **error)
{
  LkService *service = call->service;
  const LkNotice *notice = &service->student->notice;
  g_autoptr (GError) failure = NULL;
  g_autoptr (LkRound) round = service->db->students->current_round (service->db, &failure);
  const LkSpec *spec = lk_student_work_get_spec (service->student->work);
  g_autoptr (cJSON) json = cJSON_CreateObject ();

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  lk_json_add_string (json, "version", notice->version);
  lk_json_add_strv (json, "zh", (const char *const *) notice->zh);
  lk_json_add_strv (json, "en", (const char *const *) notice->en);
  lk_json_add_string (json, "face_zh", notice->face_zh);
  lk_json_add_string (json, "face_en", notice->face_en);
  cJSON_AddItemToObject (json, "round", round_to_json (round));
  cJSON_AddItemToObject (json, "desk", lk_student_desk_to_json (service));
  cJSON_AddItemToObject (json, "limits", limits_to_json (&service->config, round, spec));
  cJSON_AddItemToObject (json, "standard", standard_to_json (spec));
  return lk_response_new_json (200, json);
}

/* -- coming in -- */

static gboolean
is_number (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  return length > 0 && length <= NUMBER_MAX
         && strspn (text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") == length;
}

static gboolean
is_text (LkCall *call)
{
  const char *type = lk_request_get_header (call->request, "Content-Type");

  return type != NULL && g_ascii_strncasecmp (type, "text/plain", strlen ("text/plain")) == 0;
}

/* The code's text, read out of the picture unless it was typed. */
static char *
read_code (LkCall *call, GError **error)
{
  g_autoptr (GBytes) body = lk_student_read_body (call, error);
  gsize size = 0;
  const char *bytes = body != NULL ? g_bytes_get_data (body, &size) : NULL;
  char *text;

  if (body == NULL)
    return NULL;
  if (!is_text (call))
    return lk_code_read_image (call->service->student->codes, body, error);
  if (size <= CODE_TEXT_MAX && g_utf8_validate_len (bytes, size, NULL))
    {
      text = g_strndup (bytes, size);
      return g_strstrip (text);
    }
  g_set_error_literal (error, LK_ERROR, LK_ERROR_CODE_REFUSED, "the text is no collection code");
  return NULL;
}

/* What kind of wrong code it is does not concern the student; the log has it. */
static void
simplify (GError **failure)
{
  static const LkError refused[] = {
    LK_ERROR_CODE_TEXT, LK_ERROR_CODE_KEY, LK_ERROR_CODE_SIGNATURE, LK_ERROR_CODE_EXPIRED, LK_ERROR_CODE_ROUND,
  };
  static const LkError ours[] = { LK_ERROR_CODE_TOOL, LK_ERROR_NO_DECODER, LK_ERROR_QUEUE_FULL };
  static const LkError pictures[] = {
    LK_ERROR_NOT_PICTURE, LK_ERROR_PICTURE_KIND, LK_ERROR_PICTURE_CUT_OFF, LK_ERROR_PICTURE_PIXELS, LK_ERROR_PICTURE_BYTES,
  };

  if ((*failure)->domain != LK_ERROR)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    if ((*failure)->code == (int) refused[i])
      (*failure)->code = LK_ERROR_CODE_REFUSED;
  for (gsize i = 0; i < G_N_ELEMENTS (ours); i++)
    if ((*failure)->code == (int) ours[i])
      (*failure)->code = LK_ERROR_OFFLINE;
  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    if ((*failure)->code == (int) pictures[i])
      (*failure)->code = LK_ERROR_CODE_UNREADABLE;
}

static LkCollectionCode *
open_code (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  g_autoptr (GError) failure = NULL;
  g_autoptr (LkRound) round = db->students->current_round (db, &failure);
  g_autofree char *text = NULL;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  text = read_code (call, error);
  if (text == NULL)
    return NULL;
  return lk_code_open (call->service->student->codes, text, lk_clock_now (), round != NULL ? round->graduation_year : 0, error);
}

static LkResponse *
entered (LkCall *call, const char *token, GError **error)
{
  g_autoptr (LkStudentRecord) record = lk_student_record (call, error);
  g_autoptr (GPtrArray) tickets = record != NULL ? lk_student_tickets (call, error) : NULL;
  g_autoptr (cJSON) json = NULL;

  if (tickets == NULL)
    return NULL;
  json = cJSON_CreateObject ();
  lk_json_add_string (json, "token", token);
  lk_json_add_int (json, "expires_in", call->service->config.student_session_seconds);
  cJSON_AddItemToObject (json, "record", lk_student_record_to_json (call->service, record, tickets,
                                                                    lk_request_get_language (call->request)));
  return lk_response_new_json (201, json);
}

static LkResponse *
enter (LkCall *call, const char *number, gboolean face, GError **error)
{
  LkCampusDb *db = call->service->db;
  g_autoptr (LkCollectionCode) code = open_code (call, error);
  LkStudentEntry entry = {
    .student_no = number,
    .code = code,
    .consent = call->service->student->notice.version,
    .face = face,
    .from = lk_request_get_peer (call->request),
  };
  g_autofree char *token = NULL;

  if (code == NULL)
    return NULL;
  token = lk_student_auth_make_token (entry.token);
  memcpy (call->student.token, entry.token, sizeof entry.token);
  if (!db->students->sign_in (db, &entry, &call->student.session, error))
    return NULL;
  return entered (call, token, error);
}

static void
count_refusal (LkCall *call, const char *number, const GError *failure)
{
  const char *word = failure->domain == LK_ERROR ? lk_error_to_word ((LkError) failure->code) : NULL;
  const char *from = lk_request_get_peer (call->request);
  gint64 now = g_get_monotonic_time ();

  lk_log ("student-refused", "from=%s code=%s message=\"%s\"", from, word != NULL ? word : "failed", failure->message);
  lk_sign_in_limit_failed (call->service->student->code_tries, number, now);
  lk_sign_in_limit_failed (call->service->student->code_tries_per_address, from, now);
}

/* A code that is another student's, or came with another before, is for the desk to look into. */
static void
open_ticket (LkCall *call, const char *number, const GError *failure)
{
  LkCampusDb *db = call->service->db;
  const LkActor actor = { .role = LK_ROLE_SYSTEM, .from = lk_request_get_peer (call->request) };
  g_autoptr (LkReasonCatalogue) reasons = lk_rules_get_reasons (call->service->rules);
  const LkReason *reason = lk_reason_catalogue_find (reasons, "R701");
  g_autoptr (LkStudentRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  char uuid[LK_UUID_SIZE];

  if (!g_error_matches (failure, LK_ERROR, LK_ERROR_CODE_CONFLICT) && !g_error_matches (failure, LK_ERROR, LK_ERROR_CODE_HELD))
    return;
  record = db->students->find_by_number (db, number, &error);
  if (record == NULL)
    return;
  if (!db->desk->create_ticket (db, &actor, &(LkNewTicket) {
        .type = LK_TICKET_IDENTITY, .student = record->student, .text = reason != NULL ? reason->text_zh : "R701" }, uuid, &error)
      && !g_error_matches (error, LK_ERROR, LK_ERROR_STATE))    /* one is open already */
    lk_log ("failure", "what=identity-ticket message=\"%s\"", error->message);
}

/* Nothing of the picture is kept, and nothing is looked at before there is an agreement to it. */
LkResponse *
lk_route_student_sign_in (LkCall *call, GError **error)
{
  LkStudentService *student = call->service->student;
  const char *consent = lk_request_get_query (call->request, "consent"), *face = lk_request_get_query (call->request, "face");
  const char *number = lk_request_get_header (call->request, "Student-Number");
  gint64 now = g_get_monotonic_time ();
  GError *failure = NULL;
  LkResponse *response;
  int wait;

  if (!is_number (number) || face == NULL || (strcmp (face, "yes") != 0 && strcmp (face, "no") != 0))
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_REQUEST, "Student-Number or face is missing or malformed");
      return NULL;
    }
  if (g_strcmp0 (consent, student->notice.version) != 0)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_CONSENT_NEEDED, "no agreement, or to another version");
      return NULL;
    }
  wait = MAX (lk_sign_in_limit_wait (student->code_tries, number, now),
              lk_sign_in_limit_wait (student->code_tries_per_address, lk_request_get_peer (call->request), now));
  if (wait > 0)
    return lk_problem_new_with (call->request, LK_ERROR_TOO_MANY_TRIES, wait, NULL);
  response = enter (call, number, strcmp (face, "yes") == 0, &failure);
  if (response != NULL)
    return response;
  count_refusal (call, number, failure);
  open_ticket (call, number, failure);
  simplify (&failure);
  return lk_student_refuse (call, failure, error);
}

LkResponse *
lk_route_student_sign_out (LkCall *call, GError **error)
{
  if (!lk_student_auth_end (call->service->student->auth, &call->student, lk_request_get_peer (call->request), error))
    return NULL;
  return lk_response_new (204);
}
