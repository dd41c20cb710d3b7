/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/decision.h"

G_BEGIN_DECLS

/* How far two people agree on the same photos: rules.md section 8.3. */

enum { LK_AGREEMENT_CLASSES = 4 };

/* How often the first person said the one (row) and the second the other (column), each pair counted with its weight: a pair from
 * a sample of one in twenty stands for twenty. */
typedef struct
{
  double weights[LK_AGREEMENT_CLASSES][LK_AGREEMENT_CLASSES];
  guint n_pairs, n_equal;       /* pairs that were really looked at twice */
} LkAgreement;

/* Adds a pair of classes (LkVerdict, or 0 and 1 for whether a reason was given); a weight of 0 leaves it out of the table: it was
 * looked at twice for a cause, and says nothing about the others. */
void lk_agreement_add (LkAgreement *self, guint first, guint second, double weight);

/* Cohen's kappa: 1 always agree, 0 no more than by chance. NAN when it says nothing: no pair, or both always said the same one thing. */
double lk_agreement_kappa (const LkAgreement *self);

/* Whether a second decision says the same as the first: verdict and main reason. Then it is final (rules.md section 7.1). The
 * reasons may be NULL. */
gboolean lk_decisions_agree (LkVerdict first, const char *const *first_reasons, LkVerdict second, const char *const *second_reasons);

/* How far two people agree, as it is reported: of a reviewer, or about a reason. */
typedef struct
{
  char *id;                     /* user name, or code of a reason */
  char *name;                   /* of a reviewer, masked; else NULL */
  int pairs, equal;             /* looked at twice, and with the same result */
  double kappa;                 /* NAN when it says nothing */
  int known, known_right;       /* known-answer photos, and those decided as they should be */
} LkAgreementFigure;

void lk_agreement_figure_free (LkAgreementFigure *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkAgreementFigure, lk_agreement_figure_free)

typedef struct
{
  GPtrArray *reviewers, *reasons;       /* of LkAgreementFigure */
} LkAgreementFigures;

void lk_agreement_figures_free (LkAgreementFigures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkAgreementFigures, lk_agreement_figures_free)

G_END_DECLS
