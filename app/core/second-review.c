/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/second-review.h"

#include <string.h>

const char *
lk_second_cause_to_word (LkSecondCause cause)
{
  static const char *const words[] = {
    [LK_SECOND_NOT] = NULL,
    [LK_SECOND_UNSURE] = "unsure",
    [LK_SECOND_IDENTITY] = "identity",
    [LK_SECOND_HARD] = "hard",
    [LK_SECOND_APPEAL] = "appeal",
    [LK_SECOND_NEW] = "new",
    [LK_SECOND_RANDOM] = "random",
  };

  return words[cause];
}

static gboolean
names_identity (const char *const *reasons)
{
  for (gsize i = 0; reasons != NULL && reasons[i] != NULL; i++)
    if (g_str_has_prefix (reasons[i], "R7") || g_str_equal (reasons[i], "R802"))
      return TRUE;
  return FALSE;
}

static LkSecondCause
cause_by_rule (const LkSecondReview *self, const LkFirstDecision *first)
{
  if (first->unsure)
    return LK_SECOND_UNSURE;
  if (self->by_rule && names_identity (first->reasons))
    return LK_SECOND_IDENTITY;
  if (self->by_rule && first->hard_failed && first->verdict == LK_VERDICT_APPROVE)
    return LK_SECOND_HARD;
  if (self->by_rule && first->put_back)
    return LK_SECOND_APPEAL;
  return LK_SECOND_NOT;
}

LkSecondCause
lk_second_review_cause (const LkSecondReview *self, const LkFirstDecision *first, double draw, double *weight)
{
  LkSecondCause cause = cause_by_rule (self, first);
  double rate = (first->verdict == LK_VERDICT_APPROVE ? self->approvals : self->rejections) / 100.0;

  *weight = 0;
  if (cause != LK_SECOND_NOT)
    return cause;
  if (!first->is_lead && first->n_before < (guint) self->first_decisions)
    {
      *weight = 1;
      return LK_SECOND_NEW;
    }
  if (draw >= rate)
    return LK_SECOND_NOT;
  *weight = 1 / rate;
  return LK_SECOND_RANDOM;
}

double
lk_second_review_draw (const LkSecondReview *self, const char *text)
{
  g_autoptr (GChecksum) checksum = NULL;
  g_autofree char *seed = NULL;
  guint8 digest[32];
  gsize length = sizeof digest;
  guint32 bits;

  if (self->seed == 0)
    return g_random_double ();
  seed = g_strdup_printf ("%" G_GINT64_FORMAT " ", self->seed);
  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, (const guint8 *) seed, -1);
  g_checksum_update (checksum, (const guint8 *) text, -1);
  g_checksum_get_digest (checksum, digest, &length);
  memcpy (&bits, digest, sizeof bits);
  return GUINT32_FROM_LE (bits) / 4294967296.0;
}
