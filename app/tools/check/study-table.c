/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/study-table.h"

#include <math.h>

#include <glib/gi18n.h>

#include "tools/check/table.h"

char *
lk_study_summary (const LkStudy *self)
{
  if (!self->has_labels)
    return g_strdup_printf (_("Photos: %u, without labels; could not be read: %u."), self->n_photos, self->n_unread);
  return g_strdup_printf (_("Photos: %u; with labels: %u; could not be read: %u."), self->n_photos, self->n_labelled, self->n_unread);
}

static const char *
basis_text (const LkProposal *proposal)
{
  switch (proposal->basis)
    {
    case LK_BASIS_YOUDEN:
      return _("best separation");
    case LK_BASIS_FALSE_ALARMS:
      /* xgettext:no-c-format */
      return _("2 % false alarms");
    case LK_BASIS_NONE:
    default:
      return NULL;
    }
}

char *
lk_check_study_basis (const LkCheckStudy *self)
{
  const char *low = basis_text (&self->propose_low), *high = basis_text (&self->propose_high);

  if (low != NULL && high != NULL && low != high)
    return g_strdup_printf ("%s / %s", low, high);
  return g_strdup (low != NULL ? low : high != NULL ? high : "");
}

static LkTable *
distribution_table (const GPtrArray *studies)
{
  LkTable *table = lk_table_new ("lrrrrrrrrr", 2);

  lk_table_add_row (table, LK_COLOUR_BOLD, (const char *[]) { _("Check"), _("Measured"), _("Not run"), _("Least"), "5 %", _("Median"), "95 %", _("Most"),
                                                              _("Limit now"), _("Outside") });
  for (guint i = 0; i < studies->len; i++)
    {
      const LkCheckStudy *study = studies->pdata[i];
      LkDistribution d = lk_distribution (study->all);
      g_autofree char *n = g_strdup_printf ("%u", d.n);
      g_autofree char *not_run = g_strdup_printf ("%u", study->n_not_run);
      g_autofree char *min = lk_check_study_number (study, d.min);
      g_autofree char *p5 = lk_check_study_number (study, d.p5);
      g_autofree char *median = lk_check_study_number (study, d.median);
      g_autofree char *p95 = lk_check_study_number (study, d.p95);
      g_autofree char *max = lk_check_study_number (study, d.max);
      g_autofree char *now = lk_check_study_limits (study, study->low, study->high);
      g_autofree char *outside = lk_share_text (&study->outside);

      lk_table_add_row (table, LK_COLOUR_PLAIN, (const char *[]) { study->info->id, n, not_run, min, p5, median, p95, max, now, outside });
    }
  return table;
}

/* Red where more than the 2 % of good photos are surely alarmed about, or more than 5 % of faulty ones surely missed. */
static LkColour
rate_colour (const LkCheckStudy *study)
{
  gboolean bad = study->false_alarms.low > 0.02 || study->missed.low > 0.05;

  return bad ? LK_COLOUR_RED : study->n_good + study->n_faulty > 0 ? LK_COLOUR_GREEN : LK_COLOUR_GREY;
}

static LkTable *
rate_table (const LkStudy *self)
{
  LkTable *table = lk_table_new ("lrrrrrrl", 2);

  lk_table_add_row (table, LK_COLOUR_BOLD, (const char *[]) { _("Check"), _("Good"), _("False alarms"), _("Faulty"), _("Missed"), _("Limit now"), _("Proposed"), "" });
  for (guint i = 0; i < self->checks->len; i++)
    {
      const LkCheckStudy *study = self->checks->pdata[i];
      g_autofree char *good = g_strdup_printf ("%u", study->n_good);
      g_autofree char *faulty = g_strdup_printf ("%u", study->n_faulty);
      g_autofree char *alarms = lk_share_text (&study->false_alarms);
      g_autofree char *missed = lk_share_text (&study->missed);
      g_autofree char *now = lk_check_study_limits (study, study->low, study->high);
      g_autofree char *proposed = lk_check_study_limits (study, study->propose_low.limit, study->propose_high.limit);
      g_autofree char *basis = lk_check_study_basis (study);

      lk_table_add_row (table, rate_colour (study), (const char *[]) { study->info->id, good, alarms, faulty, missed, now, proposed, basis });
    }
  return table;
}

static void
append_search (GString *text, const LkIdentityStudy *self)
{
  g_autofree char *at_search = lk_share_text (&self->at_search);

  g_string_append_c (text, '\n');
  /* Translators: the present limit of the search, then a share of pairs with its 95 % range */
  g_string_append_printf (text, _("Found in the search for the same face under two students (from %.2f): %s."), self->search, at_search);
  if (isnan (self->proposed_search))
    return;
  g_string_append_c (text, '\n');
  /* Translators: a number of students, a proposed limit, a number of pairs */
  g_string_append_printf (text, _("Proposed for a campus of %u students: search from %.2f (1 pair in %.0f), so that at most about one student in 10 "
                                  "is found beside a stranger."),
                          self->campus_size, self->proposed_search, self->search_pairs);
  if (!self->search_extended)
    return;
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _("There are too few pairs to see so rare a score: the limit is worked out from how fast the largest hundredth of the scores "
                                  "grows rare. Take it as an estimate; from about %u photos on it would be counted."), self->search_photos);
}

char *
lk_identity_summary (const LkIdentityStudy *self)
{
  GString *text = g_string_new (NULL);
  g_autofree char *at_same = lk_share_text (&self->at_same);
  g_autofree char *unsure = lk_share_text (&self->unsure);

  if (self->scores.n == 0)
    return g_string_free (g_string_append (text, _("There are no two photos with a face to compare.")), FALSE);
  g_string_append_printf (text, _("Photos with a face: %u; pairs of different people: %.0f."), self->n_photos, (double) self->scores.n);
  g_string_append_c (text, '\n');
  /* Translators: scores of likeness that half, 95 %, 99 %, 99.9 % of the pairs stay below, and the largest */
  g_string_append_printf (text, _("Score: median %.2f, 95 %% below %.2f, 99 %% below %.2f, 99.9 %% below %.2f, largest %.2f."),
                          lk_histogram_quantile (&self->scores, 0.5), lk_histogram_quantile (&self->scores, 0.95),
                          lk_histogram_quantile (&self->scores, 0.99), lk_histogram_quantile (&self->scores, 0.999), self->scores.max);
  g_string_append_c (text, '\n');
  /* Translators: first the present limit, then shares of pairs with their 95 % range */
  g_string_append_printf (text, _("Taken for the same person (from %.2f): %s. To be looked at (from %.2f): %s."),
                          self->same, at_same, self->different, unsure);
  g_string_append_c (text, '\n');
  if (isnan (self->proposed_same))
    g_string_append (text, _("For a proposal at least 1000 pairs are needed, from 46 photos."));
  else
    /* Translators: two proposed limits */
    g_string_append_printf (text, _("Proposed: the same person from %.2f (1 pair in 1000), different people below %.2f (1 pair in 100)."),
                            self->proposed_same, self->proposed_different);
  append_search (text, self);
  return g_string_free (text, FALSE);
}

static void
append_heading (GString *text, const char *heading, gboolean in_colour)
{
  g_autofree char *coloured = lk_colour_text (LK_COLOUR_BOLD, heading, in_colour);

  g_string_append_printf (text, "\n%s\n", coloured);
}

static void
append_table (GString *text, LkTable *table, gboolean in_colour)
{
  g_autoptr (LkTable) owned = table;
  g_autofree char *lines = lk_table_to_text (owned, in_colour);

  g_string_append (text, lines);
}

char *
lk_study_to_text (const LkStudy *self, gboolean in_colour)
{
  GString *text = g_string_new (NULL);
  g_autofree char *summary = lk_study_summary (self);

  g_string_append_printf (text, "%s\n", summary);
  append_heading (text, _("What was measured"), in_colour);
  append_table (text, distribution_table (self->checks), in_colour);
  append_heading (text, _("Image quality measures of ISO/IEC 29794-5, for information"), in_colour);
  append_table (text, distribution_table (self->measures), in_colour);
  if (self->has_labels)
    {
      /* xgettext:no-c-format */
      append_heading (text, _("Rates at the present limits, in brackets where they lie with 95 % confidence"), in_colour);
      append_table (text, rate_table (self), in_colour);
    }
  append_heading (text, _("Likeness of different people"), in_colour);
  if (self->identity != NULL)
    {
      g_autofree char *identity = lk_identity_summary (self->identity);

      g_string_append_printf (text, "%s\n", identity);
    }
  else
    g_string_append_printf (text, "%s\n", _("Not compared: the models for it are not there."));
  return g_string_free (text, FALSE);
}
