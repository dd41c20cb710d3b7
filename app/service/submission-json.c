/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/submission-json.h"

#include "core/mask.h"
#include "core/wire.h"
#include "service/steady.h"

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
  cJSON *json;

  for (int kind = 0; kind < LK_N_PHOTO_KINDS; kind++)
    description.pictures[kind] = row->pictures[kind];
  submission = lk_submission_new (&description);
  json = lk_submission_to_json (submission);
  cJSON_ReplaceItemInObjectCaseSensitive (json, "checks", cJSON_CreateRaw (row->checks));
  return json;
}

gint64
lk_seconds_until (gint64 until)
{
  return MAX (0, (until - lk_steady_now () + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
}
