/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/standing.h"

#include "core/wire.h"

LkStandingDecision *
lk_standing_decision_from_json (const cJSON *json)
{
  const char *note = lk_json_string (json, "note"), *by = lk_json_string (json, "by");
  g_autoptr (LkStandingDecision) self = g_new0 (LkStandingDecision, 1);

  self->reasons = lk_json_strv (json, "reasons");
  self->note = g_strdup (note != NULL ? note : "");
  self->by = g_strdup (by != NULL ? by : "");
  if (self->reasons == NULL || !lk_verdict_from_word (lk_json_string (json, "verdict"), &self->verdict) ||
      !lk_time_from_text (lk_json_string (json, "at"), &self->at))
    return NULL;
  return g_steal_pointer (&self);
}

void
lk_standing_decision_free (LkStandingDecision *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->reasons);
  g_free (self->note);
  g_free (self->by);
  g_free (self);
}
