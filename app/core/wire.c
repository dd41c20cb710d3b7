/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core/error.h"
#include "core/wire.h"

static const char *const region_words[] = {
  [LK_REGION_NONE] = "none",
  [LK_REGION_ROW] = "row",
  [LK_REGION_COLUMN] = "column",
  [LK_REGION_SPAN] = "span",
  [LK_REGION_BOX] = "box",
};

static void
bad (GError **error, const char *what)
{
  g_set_error (error, LK_ERROR, LK_ERROR_BAD_REQUEST, "%s is missing or malformed", what);
}

/* Five digits are finer than a pixel of any photo and keep the JSON short. */
static double
rounded (double value)
{
  return round (value * 1e5) / 1e5;
}

static cJSON *
region_to_json (const LkRegion *region)
{
  cJSON *json = cJSON_CreateObject ();

  cJSON_AddStringToObject (json, "kind", region_words[region->kind]);
  lk_json_add_number (json, "x0", rounded (region->x0));
  lk_json_add_number (json, "y0", rounded (region->y0));
  lk_json_add_number (json, "x1", rounded (region->x1));
  lk_json_add_number (json, "y1", rounded (region->y1));
  return json;
}

/* A region of a newer kind is drawn nowhere rather than refused. */
static LkRegion
region_from_json (const cJSON *json)
{
  const char *kind = lk_json_string (json, "kind");
  LkRegion region = { LK_REGION_NONE, 0, 0, 0, 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (region_words); i++)
    if (g_strcmp0 (region_words[i], kind) == 0)
      region.kind = (LkRegionKind) i;
  region.x0 = (float) lk_json_number (json, "x0", 0);
  region.y0 = (float) lk_json_number (json, "y0", 0);
  region.x1 = (float) lk_json_number (json, "x1", 0);
  region.y1 = (float) lk_json_number (json, "y1", 0);
  return region;
}

cJSON *
lk_check_to_json (LkCheck *check)
{
  const LkRegion *region = lk_check_get_region (check);
  cJSON *json = cJSON_CreateObject ();

  lk_json_add_string (json, "id", lk_check_get_id (check));
  lk_json_add_int (json, "version", lk_check_get_version (check));
  lk_json_add_string (json, "kind", lk_check_get_kind (check) == LK_CHECK_HARD ? "hard" : "soft");
  lk_json_add_string (json, "certainty", lk_check_get_certainty (check) == LK_CERTAINTY_HINT ? "hint" : "reliable");
  lk_json_add_string (json, "outcome", lk_outcome_to_word (lk_check_get_outcome (check)));
  lk_json_add_number (json, "value", rounded (lk_check_get_value (check)));
  lk_json_add_number (json, "score", lk_check_get_score (check));
  lk_json_add_number (json, "low", lk_check_get_low (check));
  lk_json_add_number (json, "high", lk_check_get_high (check));
  lk_json_add_number (json, "hard_low", lk_check_get_hard_low (check));
  lk_json_add_number (json, "hard_high", lk_check_get_hard_high (check));
  lk_json_add_string (json, "reason", lk_check_get_reason (check));
  lk_json_add_string (json, "why", lk_check_get_why (check));
  if (lk_check_get_others (check) != NULL)
    cJSON_AddItemToObject (json, "others", lk_others_to_json (lk_check_get_others (check)));
  if (region->kind != LK_REGION_NONE)
    cJSON_AddItemToObject (json, "region", region_to_json (region));
  return json;
}

/* Results stored before there were scores have none. */
static double
score_from_json (const cJSON *json)
{
  double score = lk_json_number (json, "score", NAN);

  return score >= 0 && score <= 100 ? score : NAN;
}

LkCheck *
lk_check_from_json (const cJSON *json, GError **error)
{
  g_autoptr (GPtrArray) others = lk_others_from_json (lk_json_array (json, "others"));
  LkCheckDescription description = {
    .id = lk_json_string (json, "id"),
    .version = (int) lk_json_int (json, "version", 1),
    .kind = g_strcmp0 (lk_json_string (json, "kind"), "hard") == 0 ? LK_CHECK_HARD : LK_CHECK_SOFT,
    .certainty = g_strcmp0 (lk_json_string (json, "certainty"), "hint") == 0 ? LK_CERTAINTY_HINT : LK_CERTAINTY_RELIABLE,
    .value = lk_json_number (json, "value", NAN),
    .score = score_from_json (json),
    .low = lk_json_number (json, "low", NAN),
    .high = lk_json_number (json, "high", NAN),
    .hard_low = lk_json_number (json, "hard_low", NAN),
    .hard_high = lk_json_number (json, "hard_high", NAN),
    .region = region_from_json (lk_json_object (json, "region")),
    .reason = lk_json_string (json, "reason"),
    .why = lk_json_string (json, "why"),
    .others = others,
  };

  if (description.id == NULL || !lk_outcome_from_word (lk_json_string (json, "outcome"), &description.outcome))
    {
      bad (error, "a check's id or outcome");
      return NULL;
    }
  return lk_check_new (&description);
}

static void
add_checks (cJSON *array, GPtrArray *checks)
{
  for (guint i = 0; i < checks->len; i++)
    cJSON_AddItemToArray (array, lk_check_to_json (checks->pdata[i]));
}

cJSON *
lk_checks_to_json (GPtrArray *checks)
{
  cJSON *array = cJSON_CreateArray ();

  add_checks (array, checks);
  return array;
}

GPtrArray *
lk_checks_from_json (const cJSON *json, GError **error)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func (g_object_unref);
  const cJSON *item;

  cJSON_ArrayForEach (item, json)
    {
      LkCheck *check = lk_check_from_json (item, error);

      if (check == NULL)
        return NULL;
      g_ptr_array_add (checks, check);
    }
  return g_steal_pointer (&checks);
}

static void
add_time (cJSON *json, const char *name, gint64 time_us)
{
  g_autofree char *text = lk_time_to_text (time_us);

  lk_json_add_string (json, name, text);
}

cJSON *
lk_photo_info_to_json (const LkPhotoInfo *info)
{
  cJSON *json = cJSON_CreateObject ();
  const double eyes[] = { rounded (info->eyes.left_x), rounded (info->eyes.left_y), rounded (info->eyes.right_x),
                          rounded (info->eyes.right_y) };

  lk_json_add_string (json, "sha256", info->sha256);
  lk_json_add_int (json, "width", info->width);
  lk_json_add_int (json, "height", info->height);
  if (info->eyes.known)
    cJSON_AddItemToObject (json, "eyes", cJSON_CreateDoubleArray (eyes, G_N_ELEMENTS (eyes)));
  return json;
}

LkPhotoInfo *
lk_photo_info_from_json (const cJSON *json)
{
  const cJSON *eyes_json = lk_json_array (json, "eyes");
  g_autofree char *text = eyes_json != NULL ? lk_json_print (eyes_json) : NULL;
  LkEyes eyes = lk_eyes_from_text (text);
  const char *sha256 = lk_json_string (json, "sha256");
  int width = (int) lk_json_int (json, "width", 0), height = (int) lk_json_int (json, "height", 0);

  return sha256 != NULL && width > 0 && height > 0 ? lk_photo_info_new (sha256, width, height, &eyes) : NULL;
}

static void
add_pictures (cJSON *json, LkSubmission *submission)
{
  cJSON *pictures = cJSON_AddObjectToObject (json, "pictures");

  for (int kind = 0; kind < LK_N_PHOTO_KINDS; kind++)
    if (lk_submission_get_picture (submission, kind) != NULL)
      cJSON_AddItemToObject (pictures, lk_photo_kind_to_word (kind),
                             lk_photo_info_to_json (lk_submission_get_picture (submission, kind)));
}

cJSON *
lk_submission_to_json (LkSubmission *submission)
{
  cJSON *json = cJSON_CreateObject ();
  cJSON *student, *photo, *references, *checks;

  lk_json_add_string (json, "id", lk_submission_get_id (submission));
  lk_json_add_string (json, "state", lk_state_to_word (lk_submission_get_state (submission)));
  lk_json_add_string (json, "lease", lk_submission_get_lease (submission));
  student = cJSON_AddObjectToObject (json, "student");
  lk_json_add_string (student, "name", lk_submission_get_name (submission));
  lk_json_add_string (student, "number", lk_submission_get_student_no (submission));
  lk_json_add_string (student, "class", lk_submission_get_class_name (submission));
  lk_json_add_string (student, "site", lk_submission_get_site (submission));
  lk_json_add_int (json, "tries_used", lk_submission_get_tries_used (submission));
  lk_json_add_int (json, "tries_allowed", lk_submission_get_tries_allowed (submission));
  add_time (json, "submitted_at", lk_submission_get_submitted_at (submission));
  add_time (json, "due_at", lk_submission_get_due_at (submission));
  photo = cJSON_AddObjectToObject (json, "photo");
  lk_json_add_string (photo, "sha256", lk_submission_get_photo (submission));
  lk_json_add_int (photo, "width", lk_submission_get_photo_width (submission));
  lk_json_add_int (photo, "height", lk_submission_get_photo_height (submission));
  references = cJSON_AddObjectToObject (json, "references");
  lk_json_add_string (references, "id_card", lk_submission_get_reference (submission, LK_REFERENCE_ID_CARD));
  lk_json_add_string (references, "diploma", lk_submission_get_reference (submission, LK_REFERENCE_DIPLOMA));
  add_pictures (json, submission);
  checks = cJSON_AddArrayToObject (json, "checks");
  add_checks (checks, lk_submission_get_checks (submission));
  add_checks (checks, lk_submission_get_measures (submission));
  return json;
}

/* Members that a submission cannot do without. */
static gboolean
complete (const LkSubmissionDescription *d)
{
  return d->id != NULL && d->name != NULL && d->student_no != NULL && d->photo != NULL &&
         d->photo_width > 0 && d->photo_height > 0;
}

/* A submission with these pictures, which are freed: they are copied into it. */
static LkSubmission *
make_with_pictures (LkSubmissionDescription *description, const cJSON *pictures)
{
  LkPhotoInfo *read[LK_N_PHOTO_KINDS];
  LkSubmission *submission;

  for (int kind = 0; kind < LK_N_PHOTO_KINDS; kind++)
    description->pictures[kind] = read[kind] = lk_photo_info_from_json (lk_json_object (pictures, lk_photo_kind_to_word (kind)));
  submission = lk_submission_new (description);
  for (int kind = 0; kind < LK_N_PHOTO_KINDS; kind++)
    lk_photo_info_free (read[kind]);
  return submission;
}

LkSubmission *
lk_submission_from_json (const cJSON *json, GError **error)
{
  const cJSON *student = lk_json_object (json, "student");
  const cJSON *photo = lk_json_object (json, "photo");
  const cJSON *references = lk_json_object (json, "references");
  g_autoptr (GPtrArray) checks = lk_checks_from_json (lk_json_array (json, "checks"), error);
  LkSubmissionDescription description = {
    .id = lk_json_string (json, "id"),
    .lease = lk_json_string (json, "lease"),
    .name = lk_json_string (student, "name"),
    .student_no = lk_json_string (student, "number"),
    .class_name = lk_json_string (student, "class"),
    .site = lk_json_string (student, "site"),
    .tries_used = (int) lk_json_int (json, "tries_used", 0),
    .tries_allowed = (int) lk_json_int (json, "tries_allowed", 0),
    .photo = lk_json_string (photo, "sha256"),
    .photo_width = (int) lk_json_int (photo, "width", 0),
    .photo_height = (int) lk_json_int (photo, "height", 0),
    .id_card = lk_json_string (references, "id_card"),
    .diploma = lk_json_string (references, "diploma"),
    .checks = checks,
  };

  if (checks == NULL)
    return NULL;
  if (!complete (&description) ||
      !lk_state_from_word (lk_json_string (json, "state"), &description.state) ||
      !lk_time_from_text (lk_json_string (json, "submitted_at"), &description.submitted_at) ||
      !lk_time_from_text (lk_json_string (json, "due_at"), &description.due_at))
    {
      bad (error, "a submission's id, state, student, photo or time");
      return NULL;
    }
  return make_with_pictures (&description, lk_json_object (json, "pictures"));
}

cJSON *
lk_decision_to_json (LkDecision *decision)
{
  cJSON *json = cJSON_CreateObject ();

  lk_json_add_string (json, "key", lk_decision_get_key (decision));
  lk_json_add_string (json, "submission", lk_decision_get_submission (decision));
  lk_json_add_string (json, "lease", lk_decision_get_lease (decision));
  lk_json_add_string (json, "photo", lk_decision_get_photo (decision));
  lk_json_add_string (json, "verdict", lk_verdict_to_word (lk_decision_get_verdict (decision)));
  lk_json_add_strv (json, "reasons", lk_decision_get_reasons (decision));
  lk_json_add_string (json, "note", lk_decision_get_note (decision));
  add_time (json, "decided_at", lk_decision_get_decided_at (decision));
  lk_json_add_int (json, "shown_ms", lk_decision_get_shown_ms (decision));
  lk_json_add_string (json, "input", lk_decision_get_input (decision));
  if (lk_decision_get_unsure (decision))
    cJSON_AddTrueToObject (json, "unsure");
  return json;
}

LkDecision *
lk_decision_from_json (const cJSON *json, GError **error)
{
  g_auto (GStrv) reasons = lk_json_strv (json, "reasons");
  LkDecisionDescription description = {
    .key = lk_json_string (json, "key"),
    .submission = lk_json_string (json, "submission"),
    .lease = lk_json_string (json, "lease"),
    .photo = lk_json_string (json, "photo"),
    .reasons = (const char *const *) reasons,
    .note = lk_json_string (json, "note"),
    .shown_ms = (int) lk_json_int (json, "shown_ms", 0),
    .input = lk_json_string (json, "input"),
    .unsure = lk_json_boolean (json, "unsure", FALSE),
  };

  if (description.key == NULL || description.submission == NULL || description.lease == NULL || description.photo == NULL)
    {
      bad (error, "a decision's key, submission, lease or photo");
      return NULL;
    }
  if (reasons == NULL && cJSON_HasObjectItem (json, "reasons"))
    {
      bad (error, "a decision's list of reasons");
      return NULL;
    }
  if (!lk_verdict_from_word (lk_json_string (json, "verdict"), &description.verdict) ||
      !lk_time_from_text (lk_json_string (json, "decided_at"), &description.decided_at))
    {
      bad (error, "a decision's verdict or time");
      return NULL;
    }
  return lk_decision_new (&description);
}
