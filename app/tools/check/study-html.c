/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/study-html.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "tools/check/html.h"
#include "tools/check/plot.h"
#include "tools/check/study-table.h"

static const char style[] =
  "body{font:16px/1.5 system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
  "color:#222;background:#fff}"
  "table{border-collapse:collapse;margin:.5rem 0}td,th{padding:.2rem .6rem;text-align:right;border-bottom:1px solid #ccc}"
  "td:first-child,th:first-child{text-align:left}.wide{overflow-x:auto}"
  "section{break-inside:avoid;margin-top:2rem}h2,h3{margin-bottom:.3rem}"
  "svg{width:100%;height:auto}svg text{font-size:12px;text-anchor:middle;fill:#555}"
  ".good{fill:#3584e4}.faulty{fill:#e66100}.axis{stroke:#777}"
  ".now{stroke:#222;stroke-width:2}.proposed{stroke:#222;stroke-width:2;stroke-dasharray:6 4}"
  ".key span{display:inline-block;margin-right:1.5rem}.key i{display:inline-block;width:1em;height:1em;vertical-align:-.15em;margin-right:.4em}"
  "@media(prefers-color-scheme:dark){body{color:#eee;background:#1e1e1e}td,th{border-color:#444}svg text{fill:#bbb}"
  ".now,.proposed{stroke:#eee}}";

static void
append_values (LkPlot *plot, const GArray *values, gboolean down)
{
  for (guint i = 0; i < values->len; i++)
    lk_plot_count (plot, g_array_index (values, double, i), 1, down);
}

static void
append_check_plot (GString *html, const LkCheckStudy *study, gboolean has_labels)
{
  g_autofree LkPlot *plot = lk_plot_new ();
  const LkPlotMark marks[] = {
    { study->low, TRUE }, { study->high, TRUE },
    { study->propose_low.limit, FALSE }, { study->propose_high.limit, FALSE },
  };

  for (guint i = 0; i < study->all->len; i++)
    lk_plot_reach (plot, g_array_index (study->all, double, i));
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    lk_plot_reach_mark (plot, &marks[i]);
  lk_plot_settle (plot);
  append_values (plot, has_labels ? study->good : study->all, FALSE);
  append_values (plot, study->faulty, TRUE);
  lk_plot_append (plot, html, lk_check_info_title (study->info), marks, has_labels ? G_N_ELEMENTS (marks) : 2);
}

static void
append_distribution (GString *html, const LkCheckStudy *study, const char *name, const GArray *values)
{
  LkDistribution d = lk_distribution (values);
  g_autofree char *n = g_strdup_printf ("%u", d.n);
  g_autofree char *min = lk_check_study_number (study, d.min);
  g_autofree char *p5 = lk_check_study_number (study, d.p5);
  g_autofree char *median = lk_check_study_number (study, d.median);
  g_autofree char *p95 = lk_check_study_number (study, d.p95);
  g_autofree char *max = lk_check_study_number (study, d.max);

  lk_html_row (html, "td", (const char *[]) { name, n, min, p5, median, p95, max, NULL });
}

static void
append_outside (GString *html, const LkCheckStudy *study)
{
  g_autofree char *limits = lk_check_study_limits (study, study->low, study->high);
  g_autofree char *outside = lk_share_text (&study->outside);
  /* Translators: limits such as "≥ 1.0", then a share of photos with its 95 % range */
  g_autofree char *sentence = g_strdup_printf (_("Outside the present limits (%s): %s."), limits, outside);

  lk_html_element (html, "p", sentence);
}

static void
append_check (GString *html, const LkCheckStudy *study, gboolean has_labels)
{
  g_autofree char *unit = study->info->unit[0] != '\0' ? g_strconcat (" (", study->info->unit, ")", NULL) : g_strdup ("");
  g_autofree char *heading = g_strconcat (study->info->id, " ", lk_check_info_title (study->info), unit, NULL);

  g_string_append (html, "<section>\n");
  lk_html_element (html, "h3", heading);
  if (study->all->len == 0)
    lk_html_element (html, "p", _("No photo was measured."));
  else
    {
      append_check_plot (html, study, has_labels);
      g_string_append (html, "<table>\n");
      lk_html_row (html, "th", (const char *[]) { _("Photos"), _("Measured"), _("Least"), "5 %", _("Median"), "95 %", _("Most"), NULL });
      if (has_labels)
        {
          append_distribution (html, study, _("Good"), study->good);
          append_distribution (html, study, _("Faulty"), study->faulty);
        }
      append_distribution (html, study, _("All"), study->all);
      g_string_append (html, "</table>\n");
      append_outside (html, study);
    }
  g_string_append (html, "</section>\n");
}

static void
append_rate (GString *html, const LkCheckStudy *study)
{
  g_autofree char *good = g_strdup_printf ("%u", study->n_good);
  g_autofree char *faulty = g_strdup_printf ("%u", study->n_faulty);
  g_autofree char *alarms = lk_share_text (&study->false_alarms);
  g_autofree char *missed = lk_share_text (&study->missed);
  g_autofree char *now = lk_check_study_limits (study, study->low, study->high);
  g_autofree char *proposed = lk_check_study_limits (study, study->propose_low.limit, study->propose_high.limit);
  g_autofree char *proposed_alarms = lk_share_text (&study->proposed_false_alarms);
  g_autofree char *proposed_missed = lk_share_text (&study->proposed_missed);
  g_autofree char *basis = lk_check_study_basis (study);

  lk_html_row (html, "td", (const char *[]) { study->info->id, good, alarms, faulty, missed, now, proposed,
                                              proposed_alarms, proposed_missed, basis, NULL });
}

static void
append_rates (GString *html, const LkStudy *self)
{
  /* xgettext:no-c-format */
  lk_html_element (html, "h2", _("Rates at the present limits, in brackets where they lie with 95 % confidence"));
  /* xgettext:no-c-format */
  lk_html_element (html, "p", _("A proposed limit separates good from faulty photos best; where that would alarm about more than 2 % of the good ones, it is "
                                "the tightest limit that does not. Limits of the national standard (size, hair, eyes, face width) are shown "
                                "for comparison and are not a college's to change."));
  g_string_append (html, "<div class=\"wide\"><table>\n");
  lk_html_row (html, "th", (const char *[]) { _("Check"), _("Good"), _("False alarms"), _("Faulty"), _("Missed"), _("Limit now"), _("Proposed"),
                                              _("False alarms then"), _("Missed then"), "", NULL });
  for (guint i = 0; i < self->checks->len; i++)
    append_rate (html, self->checks->pdata[i]);
  g_string_append (html, "</table></div>\n");
}

static void
append_key (GString *html, const char *colour, const char *text)
{
  g_string_append_printf (html, "<span><i style=\"background:%s\"></i>", colour);
  lk_html_text (html, text);
  g_string_append (html, "</span>");
}

static void
append_checks (GString *html, const LkStudy *self)
{
  lk_html_element (html, "h2", _("What was measured"));
  g_string_append (html, "<p class=\"key\">");
  append_key (html, "#3584e4", self->has_labels ? _("good photos, upwards") : _("photos"));
  if (self->has_labels)
    append_key (html, "#e66100", _("faulty photos, downwards"));
  g_string_append (html, "</p>\n");
  lk_html_element (html, "p", _("Lines: solid, the present limits; dashed, the proposed ones. Heights are square roots of the counts."));
  for (guint i = 0; i < self->checks->len; i++)
    append_check (html, self->checks->pdata[i], self->has_labels);
  lk_html_element (html, "h2", _("Image quality measures of ISO/IEC 29794-5, for information"));
  for (guint i = 0; i < self->measures->len; i++)
    append_check (html, self->measures->pdata[i], FALSE);
}

static void
append_score_plot (GString *html, const LkIdentityStudy *identity)
{
  g_autofree LkPlot *plot = lk_plot_new ();
  const LkPlotMark marks[] = {
    { identity->same, TRUE }, { identity->different, TRUE }, { identity->search, TRUE },
    { identity->proposed_same, FALSE }, { identity->proposed_different, FALSE }, { identity->proposed_search, FALSE },
  };

  for (guint i = 0; i < LK_HISTOGRAM_BINS; i++)
    if (identity->scores.bins[i] > 0)
      {
        lk_plot_reach (plot, lk_histogram_edge (&identity->scores, i));
        lk_plot_reach (plot, lk_histogram_edge (&identity->scores, i + 1));
      }
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    lk_plot_reach_mark (plot, &marks[i]);
  lk_plot_settle (plot);
  for (guint i = 0; i < LK_HISTOGRAM_BINS; i++)
    lk_plot_count (plot, (lk_histogram_edge (&identity->scores, i) + lk_histogram_edge (&identity->scores, i + 1)) / 2,
                   (double) identity->scores.bins[i], FALSE);
  lk_plot_append (plot, html, _("Likeness of different people"), marks, G_N_ELEMENTS (marks));
}

static void
append_identity (GString *html, const LkIdentityStudy *identity)
{
  g_autofree char *summary = NULL;
  g_auto (GStrv) sentences = NULL;

  lk_html_element (html, "h2", _("Likeness of different people"));
  if (identity == NULL)
    {
      lk_html_element (html, "p", _("Not compared: the models for it are not there."));
      return;
    }
  lk_html_element (html, "p", _("Each photo was compared with each one of another name, the part of the file's name before the first dot, as if they "
                                "showed two people. Two photos of one student under different names make the largest scores too large. "
                                "Pairs share photos, so the ranges are narrower than the truth."));
  if (identity->scores.n > 0)
    append_score_plot (html, identity);
  summary = lk_identity_summary (identity);
  sentences = g_strsplit (summary, "\n", -1);
  for (char **sentence = sentences; *sentence != NULL; sentence++)
    lk_html_element (html, "p", *sentence);
}

char *
lk_study_to_html (const LkStudy *self)
{
  GString *html = g_string_new ("<!doctype html>\n");
  g_autofree char *language = lk_html_language ();
  g_autofree char *summary = lk_study_summary (self);

  g_string_append_printf (html, "<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width\">\n", language);
  lk_html_element (html, "title", _("Calibration of the photo checks"));
  g_string_append_printf (html, "<style>%s</style>\n</head>\n<body>\n", style);
  lk_html_element (html, "h1", _("Calibration of the photo checks"));
  lk_html_element (html, "p", summary);
  if (self->has_labels)
    append_rates (html, self);
  append_checks (html, self);
  append_identity (html, self->identity);
  g_string_append (html, "</body>\n</html>\n");
  return g_string_free (html, FALSE);
}
