/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "flow/past-decision.h"

struct _LkPastDecision
{
  GObject parent_instance;

  char *key, *name, *student_no;
  LkDecision *decision;
  LkPastState state;
  gint64 at, undo_until;
};

G_DEFINE_FINAL_TYPE (LkPastDecision, lk_past_decision, G_TYPE_OBJECT)

static void
lk_past_decision_finalize (GObject *object)
{
  LkPastDecision *self = LK_PAST_DECISION (object);

  g_free (self->key);
  g_free (self->name);
  g_free (self->student_no);
  g_object_unref (self->decision);

  G_OBJECT_CLASS (lk_past_decision_parent_class)->finalize (object);
}

static void
lk_past_decision_class_init (LkPastDecisionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lk_past_decision_finalize;
}

static void
lk_past_decision_init (LkPastDecision *self)
{
}

LkPastDecision *
lk_past_decision_new (const LkPastDecisionDescription *description)
{
  LkPastDecision *self = g_object_new (LK_TYPE_PAST_DECISION, NULL);

  self->key = g_strdup (description->key);
  self->name = g_strdup (description->name);
  self->student_no = g_strdup (description->student_no);
  self->decision = g_object_ref (description->decision);
  self->state = description->state;
  self->at = description->at;
  self->undo_until = description->undo_until;
  return self;
}

const char *
lk_past_decision_get_key (LkPastDecision *self)
{
  return self->key;
}

const char *
lk_past_decision_get_name (LkPastDecision *self)
{
  return self->name;
}

const char *
lk_past_decision_get_student_no (LkPastDecision *self)
{
  return self->student_no;
}

LkDecision *
lk_past_decision_get_decision (LkPastDecision *self)
{
  return self->decision;
}

LkPastState
lk_past_decision_get_state (LkPastDecision *self)
{
  return self->state;
}

gint64
lk_past_decision_get_at (LkPastDecision *self)
{
  return self->at;
}

gboolean
lk_past_decision_can_undo (LkPastDecision *self, gint64 now)
{
  return now < self->undo_until;
}
