/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/decision.h"
#include "core/json.h"

G_BEGIN_DECLS

/* The decision that stands about a photo, as another person reads it. */
typedef struct
{
  LkVerdict verdict;
  char **reasons;               /* codes, NULL-terminated */
  char *note;                   /* "" for none */
  char *by;                     /* masked */
  gint64 at;                    /* µs UTC */
} LkStandingDecision;

/* NULL for NULL, and for a decision of a kind that is not known here, which is shown as none. */
LkStandingDecision *lk_standing_decision_from_json (const cJSON *json);
void lk_standing_decision_free (LkStandingDecision *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkStandingDecision, lk_standing_decision_free)

G_END_DECLS
