/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/collection-code.h"

#include "core/error.h"
#include "core/mask.h"

void
lk_collection_code_free (LkCollectionCode *self)
{
  g_free (self->unique_no);
  g_free (self->name);
  g_free (self->document_no);
  g_free (self->code_id);
  g_free (self);
}

gboolean
lk_collection_code_check_time (const LkCollectionCode *self, gint64 now, int round_year, GError **error)
{
  int year = self->graduation_year;

  if (now >= self->expires_us)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_CODE_EXPIRED, "the collection code has expired");
      return FALSE;
    }
  if (round_year != 0 && year != 0 && year != round_year && year != round_year + 1)
    {
      g_set_error (error, LK_ERROR, LK_ERROR_CODE_ROUND, "the collection code is for those who graduate in %d, the round for %d", year,
                   round_year);
      return FALSE;
    }
  return TRUE;
}

/* -- whose code it is -- */

/* What one side does not say contradicts nothing. */
static gboolean
contradicts (const char *masked, const char *full)
{
  return *masked != '\0' && *full != '\0' && !lk_mask_fits (masked, full);
}

static gboolean
is_plausible (const LkCollectionCode *self, const LkRosterRow *row)
{
  return !contradicts (self->name, row->name) && !contradicts (self->document_no, row->document_no);
}

/* Name and document number are both there and both fit. */
static gboolean
is_found_by_text (const LkCollectionCode *self, const LkRosterRow *row)
{
  return lk_mask_fits (self->name, row->name) && lk_mask_fits (self->document_no, row->document_no);
}

/* The roster row the code belongs to; NULL with the reason in match. */
static const LkRosterRow *
find_row (const LkCollectionCode *self, const LkRosterRow *by_code, const LkRosterRow *by_student, LkCodeMatch *match)
{
  if (by_code != NULL)
    {
      gboolean is_other = by_student != NULL && g_strcmp0 (by_code->student_no, by_student->student_no) != 0;

      *match = !is_other && is_plausible (self, by_code) ? LK_CODE_MATCH_SAME : LK_CODE_MATCH_CONFLICT;
      return *match == LK_CODE_MATCH_SAME ? by_code : NULL;
    }
  if (by_student == NULL)
    *match = LK_CODE_MATCH_NOT_IN_ROSTER;
  else if (*by_student->unique_no != '\0' || !is_plausible (self, by_student))
    *match = LK_CODE_MATCH_CONFLICT;
  else
    *match = is_found_by_text (self, by_student) ? LK_CODE_MATCH_PLAUSIBLE : LK_CODE_MATCH_NOT_IN_ROSTER;
  return *match == LK_CODE_MATCH_PLAUSIBLE ? by_student : NULL;
}

LkCodeMatch
lk_collection_code_match (const LkCollectionCode *self, const LkRosterRow *by_code, const LkRosterRow *by_student, const char *used_by)
{
  LkCodeMatch match;
  const LkRosterRow *row = find_row (self, by_code, by_student, &match);

  if (row != NULL && used_by != NULL && g_strcmp0 (used_by, row->student_no) != 0)
    return LK_CODE_MATCH_HELD;
  return match;
}
