/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/submission-json.h"

#include <math.h>

#include "core/error.h"
#include "core/mask.h"
#include "core/wire.h"
#include "service/steady.h"

/* Whom it concerns: those found when the photo was checked, and those that came later. */
static GPtrArray *
all_others (GPtrArray *known, GPtrArray *later)
{
  GPtrArray *others = lk_others_new ();

  for (guint i = 0; known != NULL && i < known->len; i++)
    g_ptr_array_add (others, lk_other_copy (known->pdata[i]));
  for (guint i = 0; i < later->len; i++)
    {
      LkOther *other = lk_other_copy (later->pdata[i]);
      char *name = lk_mask_name (other->name), *number = lk_mask_student_no (other->student_no);

      g_free (other->name);
      g_free (other->student_no);
      other->name = name;
      other->student_no = number;
      g_ptr_array_add (others, other);
    }
  return others;
}

/* The same check with a warning. */
static LkCheck *
warn_of (LkCheck *check, GPtrArray *others)
{
  return lk_check_new (&(LkCheckDescription) {
    .id = lk_check_get_id (check), .version = lk_check_get_version (check), .kind = lk_check_get_kind (check),
    .certainty = lk_check_get_certainty (check), .outcome = LK_OUTCOME_WARN, .value = lk_check_get_value (check),
    .score = NAN /* the stored one speaks of a pass */, .low = lk_check_get_low (check), .high = lk_check_get_high (check),
    .hard_low = lk_check_get_hard_low (check), .hard_high = lk_check_get_hard_high (check), .reason = "R802", .others = others,
  });
}

/* What became known after the photo was checked: its picture or face came again under another student. The stored result stays as it
 * was; this one is shown. NULL when the checks cannot be read or have no such check. */
static cJSON *
checks_with_later (const LkSubmissionRow *row)
{
  g_autoptr (cJSON) stored = lk_json_parse (row->checks, -1, LK_ERROR_CORRUPT, NULL);
  g_autoptr (GPtrArray) checks = stored != NULL ? lk_checks_from_json (stored, NULL) : NULL;
  g_autoptr (GPtrArray) others = NULL;
  g_autoptr (LkCheck) found = NULL;
  guint place;

  if (checks == NULL || lk_checks_find (checks, "D2_other_student") == NULL
      || !g_ptr_array_find (checks, lk_checks_find (checks, "D2_other_student"), &place))
    return NULL;
  found = g_object_ref (checks->pdata[place]);
  others = all_others (lk_check_get_others (found), row->later);
  g_ptr_array_remove_index (checks, place);
  g_ptr_array_insert (checks, (int) place, warn_of (found, others));
  return lk_checks_to_json (checks);
}

/* The form is core's; the checks are put in as the text they were stored as, which is in that form already. */
cJSON *
lk_submission_row_to_json (const LkSubmissionRow *row)
{
  g_autofree char *name = lk_mask_name (row->name);
  g_autofree char *number = lk_mask_student_no (row->student_no);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  LkSubmissionDescription description = {
    .id = row->uuid,
    .lease = row->lease,
    .state = row->state,
    .name = name,
    .student_no = number,
    .class_name = row->class_name,
    .site = row->site,
    .tries_used = row->tries_used,
    .tries_allowed = row->tries_allowed,
    .submitted_at = row->submitted_at,
    .due_at = row->due_at,
    .photo = row->photo,
    .photo_width = row->width,
    .photo_height = row->height,
    .id_card = row->id_card,
    .diploma = row->diploma,
    .checks = none,
  };
  g_autoptr (LkSubmission) submission = NULL;
  cJSON *json, *checks = row->later != NULL ? checks_with_later (row) : NULL;

  for (int kind = 0; kind < LK_N_PHOTO_KINDS; kind++)
    description.pictures[kind] = row->pictures[kind];
  submission = lk_submission_new (&description);
  json = lk_submission_to_json (submission);
  cJSON_ReplaceItemInObjectCaseSensitive (json, "checks", checks != NULL ? checks : cJSON_CreateRaw (row->checks));
  return json;
}

gint64
lk_seconds_until (gint64 until)
{
  return MAX (0, (until - lk_steady_now () + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
}
