/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/decision.h"
#include "core/key.h"

struct _LkDecision
{
  GObject parent_instance;

  char *key, *submission, *lease, *photo, *note, *input;
  char **reasons;
  LkVerdict verdict;
  gint64 decided_at;
  int shown_ms;
  gboolean unsure;
};

G_DEFINE_FINAL_TYPE (LkDecision, lk_decision, G_TYPE_OBJECT)

static const char *const words[] = {
  [LK_VERDICT_APPROVE] = "approve",
  [LK_VERDICT_RETURN] = "return",
  [LK_VERDICT_RESHOOT] = "reshoot",
  [LK_VERDICT_HOLD] = "hold",
};

const char *
lk_verdict_to_word (LkVerdict verdict)
{
  return words[verdict];
}

gboolean
lk_verdict_from_word (const char *word, LkVerdict *verdict)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i], word) == 0)
      {
        *verdict = (LkVerdict) i;
        return TRUE;
      }
  return FALSE;
}

static void
lk_decision_finalize (GObject *object)
{
  LkDecision *self = LK_DECISION (object);

  g_free (self->key);
  g_free (self->submission);
  g_free (self->lease);
  g_free (self->photo);
  g_free (self->note);
  g_free (self->input);
  g_strfreev (self->reasons);
  G_OBJECT_CLASS (lk_decision_parent_class)->finalize (object);
}

static void
lk_decision_class_init (LkDecisionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lk_decision_finalize;
}

static void
lk_decision_init (LkDecision *self)
{
}

LkDecision *
lk_decision_new (const LkDecisionDescription *description)
{
  static const char *const none[] = { NULL };
  LkDecision *self = g_object_new (LK_TYPE_DECISION, NULL);

  self->key = description->key != NULL ? g_strdup (description->key) : lk_key_new ();
  self->submission = g_strdup (description->submission);
  self->lease = g_strdup (description->lease);
  self->photo = g_strdup (description->photo);
  self->verdict = description->verdict;
  self->reasons = g_strdupv ((char **) (description->reasons != NULL ? description->reasons : none));
  self->note = g_strdup (description->note != NULL ? description->note : "");
  self->decided_at = description->decided_at;
  self->shown_ms = description->shown_ms;
  self->input = g_strdup (description->input);
  self->unsure = description->unsure;
  return self;
}

const char *
lk_decision_get_key (LkDecision *self)
{
  return self->key;
}

const char *
lk_decision_get_submission (LkDecision *self)
{
  return self->submission;
}

const char *
lk_decision_get_lease (LkDecision *self)
{
  return self->lease;
}

const char *
lk_decision_get_photo (LkDecision *self)
{
  return self->photo;
}

LkVerdict
lk_decision_get_verdict (LkDecision *self)
{
  return self->verdict;
}

const char *const *
lk_decision_get_reasons (LkDecision *self)
{
  return (const char *const *) self->reasons;
}

const char *
lk_decision_get_note (LkDecision *self)
{
  return self->note;
}

gint64
lk_decision_get_decided_at (LkDecision *self)
{
  return self->decided_at;
}

int
lk_decision_get_shown_ms (LkDecision *self)
{
  return self->shown_ms;
}

const char *
lk_decision_get_input (LkDecision *self)
{
  return self->input;
}

gboolean
lk_decision_get_unsure (LkDecision *self)
{
  return self->unsure;
}
