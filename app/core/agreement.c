/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/agreement.h"

#include <math.h>

/* Differences below this are rounding. */
static const double tiny = 1e-12;

void
lk_agreement_add (LkAgreement *self, guint first, guint second, double weight)
{
  g_return_if_fail (first < LK_AGREEMENT_CLASSES && second < LK_AGREEMENT_CLASSES);

  self->weights[first][second] += weight;
  if (weight <= 0)
    return;
  self->n_pairs++;
  self->n_equal += first == second ? 1 : 0;
}

double
lk_agreement_kappa (const LkAgreement *self)
{
  double total = 0, equal = 0, by_chance = 0;

  for (int i = 0; i < LK_AGREEMENT_CLASSES; i++)
    {
      double row = 0, column = 0;

      for (int k = 0; k < LK_AGREEMENT_CLASSES; k++)
        {
          row += self->weights[i][k];
          column += self->weights[k][i];
        }
      total += row;
      equal += self->weights[i][i];
      by_chance += row * column;
    }
  if (total <= 0)
    return NAN;
  equal /= total;
  by_chance /= total * total;
  return 1 - by_chance < tiny ? NAN : (equal - by_chance) / (1 - by_chance);
}

gboolean
lk_decisions_agree (LkVerdict first, const char *const *first_reasons, LkVerdict second, const char *const *second_reasons)
{
  const char *a = first_reasons != NULL ? first_reasons[0] : NULL;
  const char *b = second_reasons != NULL ? second_reasons[0] : NULL;

  return first == second && g_strcmp0 (a, b) == 0;
}

void
lk_agreement_figure_free (LkAgreementFigure *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

void
lk_agreement_figures_free (LkAgreementFigures *self)
{
  g_ptr_array_unref (self->reviewers);
  g_ptr_array_unref (self->reasons);
  g_free (self);
}
