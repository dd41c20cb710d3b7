/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/checker.h"
#include "tools/check/identity-study.h"
#include "tools/check/labels.h"
#include "tools/check/rates.h"

G_BEGIN_DECLS

/* What calibration knows of one check. */
typedef struct
{
  const LkCheckInfo *info;
  double low, high;             /* the present limits; NAN: none */
  GArray *all, *good, *faulty;  /* of double, sorted once the study is finished; all includes photos without a label */
  guint n_not_run;              /* could not be measured */
  guint n_faulty_not_run;       /* of them those with a fault */
  guint n_judged, n_outside;    /* measured photos, and those the check did not pass */
  guint n_good, n_alarms;       /* measured good photos, and those the check did not pass */
  guint n_faulty, n_missed;     /* measured faulty photos, and those it did pass */
  LkShare outside;              /* of all, at the present limits */
  LkShare false_alarms, missed; /* at the present limits */
  LkProposal propose_low, propose_high;
  LkShare proposed_false_alarms, proposed_missed;
} LkCheckStudy;

/* A whole calibration. */
typedef struct
{
  int spec_version;
  guint n_photos, n_labelled, n_unread;
  gboolean has_labels;
  GPtrArray *checks;            /* of LkCheckStudy *, in the order of rules.md */
  GPtrArray *measures;          /* of LkCheckStudy *: the measures of ISO/IEC 29794-5, which have no labels */
  LkIdentityStudy *identity;    /* NULL without the models for it */
} LkStudy;

LkStudy *lk_study_new  (const LkSpec *spec);
void     lk_study_free (LkStudy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkStudy, lk_study_free)

/* What is known of one check of a photo. */
typedef LkLabel (*LkLabelFunc) (const char *check_id, gpointer data);

/* Counts one photo; report NULL: it could not be read. labels may be NULL. */
void lk_study_add (LkStudy *self, const char *file, const LkReport *report, const LkLabels *labels);

/* Counts the checks of one photo by what a function knows of each. */
void lk_study_add_known (LkStudy *self, const LkReport *report, LkLabelFunc label, gpointer data);

/* Sorts, works out rates and proposals. */
void lk_study_finish (LkStudy *self);

/* A number of a check with one digit more than people see of a single photo; "" for NAN. */
char *lk_check_study_number (const LkCheckStudy *self, double value);

/* "≥ 1.0", "200.0 … 300.0" of two limits; "–" when there is none. */
char *lk_check_study_limits (const LkCheckStudy *self, double low, double high);

/* "1.2 % (0.3–4.2 %)", or "–" of no cases. */
char *lk_share_text (const LkShare *share);

G_END_DECLS
