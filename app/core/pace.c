/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/pace.h"

#include "core/check.h"
#include "core/data.h"
#include "core/error.h"
#include "core/json.h"

struct _LkPace
{
  LkPaceLimits limits;
  gint64 begun_at, last_at;             /* of the stretch of work without a pause; 0 before the first decision */
  gint64 said_at[LK_PACE_HASTE + 1];
  gint64 waited_ms, looked_ms;
  GArray *identity;                     /* of int: ms of the last items with a question of identity */
};

static gboolean
read_limits (LkPaceLimits *limits, const cJSON *json)
{
  const cJSON *pause = lk_json_object (json, "pause");
  const cJSON *identity = lk_json_object (json, "identity");

  limits->pause_after = lk_json_int (pause, "after_minutes", 0) * G_TIME_SPAN_MINUTE;
  limits->pause_length = lk_json_int (pause, "length_minutes", 0) * G_TIME_SPAN_MINUTE;
  limits->identity_ms = (int) (lk_json_number (identity, "seconds", 0) * 1000);
  limits->identity_items = (int) lk_json_int (identity, "items", 0);
  limits->repeat = lk_json_int (json, "repeat_minutes", 0) * G_TIME_SPAN_MINUTE;
  return limits->pause_after > 0 && limits->pause_length > 0 && limits->identity_ms > 0 && limits->identity_items > 0 &&
         limits->repeat > 0;
}

gboolean
lk_pace_limits_load (LkPaceLimits *limits, GError **error)
{
  g_autofree char *path = lk_data_find ("pace.json", error);
  g_autoptr (cJSON) json = path != NULL ? lk_json_load (path, LK_ERROR_BAD_SPEC, error) : NULL;

  if (json == NULL)
    return FALSE;
  if (read_limits (limits, json))
    return TRUE;
  g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_SPEC, "pace.json: every limit must be above 0");
  return FALSE;
}

LkPace *
lk_pace_new (const LkPaceLimits *limits)
{
  LkPace *self = g_new0 (LkPace, 1);

  self->limits = *limits;
  self->identity = g_array_new (FALSE, FALSE, sizeof (int));
  return self;
}

void
lk_pace_free (LkPace *self)
{
  g_array_unref (self->identity);
  g_free (self);
}

static int
compare_ms (gconstpointer a, gconstpointer b)
{
  return (*(const int *) a > *(const int *) b) - (*(const int *) a < *(const int *) b);
}

int
lk_pace_median (GArray *ms)
{
  g_array_sort (ms, compare_ms);
  return ms->len > 0 ? g_array_index (ms, int, ms->len / 2) : 0;
}

static gboolean
may_say (LkPace *self, LkPaceNotice notice, gint64 at)
{
  if (self->said_at[notice] != 0 && at - self->said_at[notice] < self->limits.repeat)
    return FALSE;
  self->said_at[notice] = at;
  return TRUE;
}

static gboolean
is_hasty (LkPace *self, int shown_ms)
{
  g_autoptr (GArray) sorted = NULL;

  g_array_append_val (self->identity, shown_ms);
  if ((int) self->identity->len > self->limits.identity_items)
    g_array_remove_index (self->identity, 0);
  if ((int) self->identity->len < self->limits.identity_items)
    return FALSE;
  sorted = g_array_copy (self->identity);
  return lk_pace_median (sorted) < self->limits.identity_ms;
}

LkPaceNotice
lk_pace_decided (LkPace *self, gint64 at, int shown_ms, int waited_ms, gboolean identity)
{
  if (self->last_at == 0 || at - self->last_at >= self->limits.pause_length)
    self->begun_at = at;
  self->last_at = at;
  self->looked_ms += shown_ms;
  self->waited_ms += waited_ms;
  if (identity && is_hasty (self, shown_ms) && may_say (self, LK_PACE_HASTE, at))
    return LK_PACE_HASTE;
  if (at - self->begun_at >= self->limits.pause_after && may_say (self, LK_PACE_PAUSE, at))
    return LK_PACE_PAUSE;
  return LK_PACE_FINE;
}

double
lk_pace_get_waiting (LkPace *self)
{
  gint64 all = self->waited_ms + self->looked_ms;

  return all > 0 ? (double) self->waited_ms / all : 0;
}

gboolean
lk_checks_ask_identity (GPtrArray *checks)
{
  static const char *const ids[] = { "I1_code_match", "I2_similarity", "D2_other_student" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      LkCheck *check = lk_checks_find (checks, ids[i]);

      if (check != NULL && (lk_check_get_outcome (check) == LK_OUTCOME_WARN || lk_check_get_outcome (check) == LK_OUTCOME_FAIL))
        return TRUE;
    }
  return FALSE;
}
