/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "core/decision.h"

G_BEGIN_DECLS

typedef enum
{
  LK_PAST_STANDS,               /* at the service */
  LK_PAST_WAITING,              /* not sent yet */
  LK_PAST_UNDONE,               /* taken back */
  LK_PAST_NOT_TAKEN,            /* something else happened first */
} LkPastState;

/* A decision of this reviewer, as the list of today's decisions shows it; names and numbers are masked. Immutable. */
#define LK_TYPE_PAST_DECISION (lk_past_decision_get_type ())
G_DECLARE_FINAL_TYPE (LkPastDecision, lk_past_decision, LK, PAST_DECISION, GObject)

typedef struct
{
  const char *key, *name, *student_no;
  LkDecision *decision;
  LkPastState state;
  gint64 at;                    /* µs UTC */
  gint64 undo_until;            /* µs UTC: can be taken back before; 0 when it cannot */
} LkPastDecisionDescription;

LkPastDecision *lk_past_decision_new (const LkPastDecisionDescription *description);

const char *lk_past_decision_get_key        (LkPastDecision *self);
const char *lk_past_decision_get_name       (LkPastDecision *self);
const char *lk_past_decision_get_student_no (LkPastDecision *self);
LkDecision *lk_past_decision_get_decision   (LkPastDecision *self);      /* borrowed */
LkPastState lk_past_decision_get_state      (LkPastDecision *self);
gint64      lk_past_decision_get_at         (LkPastDecision *self);
gboolean    lk_past_decision_can_undo       (LkPastDecision *self, gint64 now);

G_END_DECLS
