/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/study.h"

#include <math.h>

/* Of good photos that may be alarmed about, on all sides together. */
static const double MOST_FALSE_ALARMS = 0.02;

static void
check_study_free (gpointer data)
{
  LkCheckStudy *self = data;

  g_array_unref (self->all);
  g_array_unref (self->good);
  g_array_unref (self->faulty);
  g_free (self);
}

static LkCheckStudy *
check_study_new (const LkCheckInfo *info, const LkLimits *limits)
{
  LkCheckStudy *self = g_new0 (LkCheckStudy, 1);

  self->info = info;
  self->low = limits->low;
  self->high = limits->high;
  self->all = g_array_new (FALSE, FALSE, sizeof (double));
  self->good = g_array_new (FALSE, FALSE, sizeof (double));
  self->faulty = g_array_new (FALSE, FALSE, sizeof (double));
  return self;
}

/* One study for each of these that the standard has. */
static GPtrArray *
studies_new (const LkSpec *spec, const LkCheckInfo *infos, gsize n)
{
  GPtrArray *studies = g_ptr_array_new_with_free_func (check_study_free);

  for (gsize i = 0; i < n; i++)
    {
      const LkLimits *limits = lk_spec_get_limits (spec, infos[i].id);

      if (limits != NULL)
        g_ptr_array_add (studies, check_study_new (&infos[i], limits));
    }
  return studies;
}

LkStudy *
lk_study_new (const LkSpec *spec)
{
  LkStudy *self = g_new0 (LkStudy, 1);
  gsize n_checks, n_measures;
  const LkCheckInfo *checks = lk_check_info_list (&n_checks), *measures = lk_measure_info_list (&n_measures);

  self->spec_version = spec->version;
  self->checks = studies_new (spec, checks, n_checks);
  self->measures = studies_new (spec, measures, n_measures);
  return self;
}

void
lk_study_free (LkStudy *self)
{
  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->measures);
  g_free (self->identity);
  g_free (self);
}

static void
add_check (LkCheckStudy *study, LkCheck *check, LkLabel label)
{
  LkOutcome outcome = lk_check_get_outcome (check);
  double value = lk_check_get_value (check);

  if (outcome == LK_OUTCOME_NOT_RUN)
    {
      study->n_not_run++;
      study->n_faulty_not_run += label == LK_LABEL_FAULTY;
      return;
    }
  study->n_judged++;
  study->n_outside += outcome != LK_OUTCOME_PASS;
  if (!isnan (value))
    {
      g_array_append_val (study->all, value);
      if (label != LK_LABEL_UNKNOWN)
        g_array_append_val (label == LK_LABEL_GOOD ? study->good : study->faulty, value);
    }
  if (label == LK_LABEL_GOOD)
    {
      study->n_good++;
      study->n_alarms += outcome != LK_OUTCOME_PASS;
    }
  else if (label == LK_LABEL_FAULTY)
    {
      study->n_faulty++;
      study->n_missed += outcome == LK_OUTCOME_PASS;
    }
}

static LkLabel
label_of_none (const char *check_id, gpointer unused)
{
  return LK_LABEL_UNKNOWN;
}

static void
add_report (GPtrArray *studies, const LkReport *report, LkLabelFunc label, gpointer data)
{
  for (guint i = 0; i < studies->len; i++)
    {
      LkCheckStudy *study = studies->pdata[i];
      LkCheck *check = lk_checks_find (report->checks, study->info->id);

      if (check != NULL)
        add_check (study, check, label (study->info->id, data));
    }
}

void
lk_study_add_known (LkStudy *self, const LkReport *report, LkLabelFunc label, gpointer data)
{
  self->n_photos++;
  add_report (self->checks, report, label, data);
  add_report (self->measures, report, label_of_none, NULL);
}

/* A row of a table of labels. */
typedef struct
{
  const LkLabels *labels;       /* NULL without */
  const char *file;
} LabelledFile;

static LkLabel
label_of_file (const char *check_id, gpointer data)
{
  const LabelledFile *file = data;

  return file->labels != NULL ? lk_labels_get (file->labels, file->file, check_id) : LK_LABEL_UNKNOWN;
}

void
lk_study_add (LkStudy *self, const char *file, const LkReport *report, const LkLabels *labels)
{
  self->has_labels |= labels != NULL;
  if (report == NULL)
    {
      self->n_photos++;
      self->n_unread++;
      return;
    }
  self->n_labelled += labels != NULL && lk_labels_has (labels, file);
  lk_study_add_known (self, report, label_of_file, &(LabelledFile) { labels, file });
}

/* The faulty photos that lie on this side: what is too little says nothing about too much. */
static GArray *
faulty_of_side (const LkCheckStudy *self, gboolean above, gboolean both_sides)
{
  double middle = lk_quantile (self->good, 0.5);
  GArray *values = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < self->faulty->len; i++)
    {
      double value = g_array_index (self->faulty, double, i);

      if (!both_sides || (value >= middle) == above)
        g_array_append_val (values, value);
    }
  return values;
}

static guint
count_inside (const GArray *values, double low, double high)
{
  guint outside = (isnan (low) ? 0 : lk_count_beyond (values, low, FALSE))
                  + (isnan (high) ? 0 : lk_count_beyond (values, high, TRUE));

  return values->len - outside;
}

/* A limit is proposed where the spec has one. A check that has to be exactly one number has no limit to move. */
static void
propose (LkCheckStudy *self)
{
  gboolean low = !isnan (self->low) && self->low != self->high, high = !isnan (self->high) && self->low != self->high;
  double most = MOST_FALSE_ALARMS / MAX (1, low + high);
  g_autoptr (GArray) faulty_low = faulty_of_side (self, FALSE, low && high);
  g_autoptr (GArray) faulty_high = faulty_of_side (self, TRUE, low && high);

  self->propose_low = self->propose_high = (LkProposal) { LK_BASIS_NONE, NAN };
  if (low)
    self->propose_low = lk_propose (self->good, faulty_low, FALSE, most);
  if (high)
    self->propose_high = lk_propose (self->good, faulty_high, TRUE, most);
  if (self->propose_low.basis == LK_BASIS_NONE && self->propose_high.basis == LK_BASIS_NONE)
    return;
  self->proposed_false_alarms = lk_share (
    self->good->len - count_inside (self->good, self->propose_low.limit, self->propose_high.limit), self->good->len);
  self->proposed_missed = lk_share (count_inside (self->faulty, self->propose_low.limit, self->propose_high.limit), self->faulty->len);
}

static void
finish (gpointer data, gpointer unused)
{
  LkCheckStudy *study = data;

  g_array_sort (study->all, lk_compare_doubles);
  g_array_sort (study->good, lk_compare_doubles);
  g_array_sort (study->faulty, lk_compare_doubles);
  study->outside = lk_share (study->n_outside, study->n_judged);
  study->false_alarms = lk_share (study->n_alarms, study->n_good);
  study->missed = lk_share (study->n_missed, study->n_faulty);
  propose (study);
}

void
lk_study_finish (LkStudy *self)
{
  g_ptr_array_foreach (self->checks, finish, NULL);
  g_ptr_array_foreach (self->measures, finish, NULL);
}

char *
lk_check_study_number (const LkCheckStudy *self, double value)
{
  return isnan (value) ? g_strdup ("") : g_strdup_printf ("%.*f", self->info->digits + 1, value);
}

char *
lk_check_study_limits (const LkCheckStudy *self, double low, double high)
{
  g_autofree char *from = lk_check_study_number (self, low);
  g_autofree char *to = lk_check_study_number (self, high);

  if (isnan (low) && isnan (high))
    return g_strdup ("–");
  if (isnan (low))
    return g_strdup_printf ("≤ %s", to);
  if (isnan (high))
    return g_strdup_printf ("≥ %s", from);
  return g_strdup_printf ("%s … %s", from, to);
}

char *
lk_share_text (const LkShare *share)
{
  if (share->of == 0)
    return g_strdup ("–");
  return g_strdup_printf ("%.1f %% (%.1f–%.1f %%)", 100 * share->share, 100 * share->low, 100 * share->high);
}
