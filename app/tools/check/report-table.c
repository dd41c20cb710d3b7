/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/report-table.h"

#include <math.h>

#include <glib/gi18n.h>

#include "tools/check/text.h"

enum { COLUMN_OUTCOME, COLUMN_ID, COLUMN_TITLE, COLUMN_VALUE, VALUE_WIDTH = 8 };

static const struct
{
  const char *title;
  LkColour colour;
} outcomes[] = {
  [LK_OUTCOME_PASS] = { N_("pass"), LK_COLOUR_GREEN },
  [LK_OUTCOME_WARN] = { N_("warning"), LK_COLOUR_YELLOW },
  [LK_OUTCOME_FAIL] = { N_("FAIL"), LK_COLOUR_RED },
  [LK_OUTCOME_NOT_RUN] = { N_("not run"), LK_COLOUR_GREY },
};

const char *
lk_outcome_title (LkOutcome outcome)
{
  return _(outcomes[outcome].title);
}

LkColour
lk_outcome_colour (LkOutcome outcome)
{
  return outcomes[outcome].colour;
}

/* The same widths under every photo, however few checks it shows. */
static LkTable *
new_table (void)
{
  LkTable *table = lk_table_new ("lllrl", 2);
  gsize n;
  const LkCheckInfo *infos = lk_check_info_list (&n);

  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    lk_table_set_least (table, COLUMN_OUTCOME, lk_text_width (_(outcomes[i].title)));
  for (gsize i = 0; i < n; i++)
    {
      lk_table_set_least (table, COLUMN_ID, lk_text_width (infos[i].id));
      lk_table_set_least (table, COLUMN_TITLE, lk_text_width (lk_check_info_title (&infos[i])));
    }
  lk_table_set_least (table, COLUMN_VALUE, VALUE_WIDTH);
  return table;
}

/* Measures are information, and that there is no ID photo to compare with is no finding about this one. */
static gboolean
is_finding (LkCheck *check)
{
  return !lk_check_is_measure (check) && lk_check_get_outcome (check) != LK_OUTCOME_PASS && g_strcmp0 (lk_check_get_why (check), "no-reference") != 0;
}

LkOutcome
lk_report_worst (const LkReport *report)
{
  LkOutcome worst = LK_OUTCOME_PASS;

  for (guint i = 0; i < report->checks->len; i++)
    {
      LkCheck *check = report->checks->pdata[i];

      if (is_finding (check) && lk_outcome_compare (lk_check_get_outcome (check), worst) < 0)
        worst = lk_check_get_outcome (check);
    }
  return worst;
}

/* "≤ 3.30, score 74 (hint)", or why it was not measured. */
static char *
remark (LkCheck *check)
{
  g_autofree char *limit = lk_check_dup_limit_text (check);
  g_autofree char *why = lk_check_dup_why_text (check);
  g_autofree char *text = NULL;
  double score = lk_check_get_score (check);

  if (lk_check_get_why (check) != NULL)
    return g_steal_pointer (&why);
  if (isnan (score))
    text = g_steal_pointer (&limit);
  else if (limit[0] == '\0')
    /* Translators: quality of what was measured, 0 to 100 */
    text = g_strdup_printf (_("score %.0f"), score);
  else
    /* Translators: the limit, "≤ 3.30", and the quality of what was measured, 0 to 100 */
    text = g_strdup_printf (_("%s, score %.0f"), limit, score);
  return g_strconcat (text, lk_check_get_certainty (check) == LK_CERTAINTY_HINT ? _(" (hint)") : "", NULL);
}

static void
add_check (LkTable *table, LkCheck *check)
{
  LkOutcome outcome = lk_check_get_outcome (check);
  g_autofree char *title = lk_check_dup_title (check);
  g_autofree char *value = lk_check_dup_value_text (check);
  g_autofree char *last = remark (check);

  lk_table_add_row (table, lk_outcome_colour (outcome),
                    (const char *[]) { lk_outcome_title (outcome), lk_check_get_id (check), title, value, g_strchug (last) });
}

char *
lk_checks_table (GPtrArray *checks, gboolean all, gboolean in_colour)
{
  g_autoptr (LkTable) table = new_table ();

  for (guint i = 0; i < checks->len; i++)
    if (all || is_finding (checks->pdata[i]))
      add_check (table, checks->pdata[i]);
  return lk_table_to_text (table, in_colour);
}

char *
lk_report_table (const char *name, const LkReport *report, gboolean all, gboolean in_colour)
{
  LkOutcome worst = lk_report_worst (report);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *heading = lk_colour_text (LK_COLOUR_BOLD, shown, in_colour);
  g_autofree char *outcome = lk_colour_text (lk_outcome_colour (worst), lk_outcome_title (worst), in_colour);
  g_autoptr (GPtrArray) checks = lk_checks_filter (report->checks, FALSE);
  g_autoptr (GPtrArray) measures = lk_checks_filter (report->checks, TRUE);
  g_autofree char *lines = lk_checks_table (checks, all, in_colour);
  g_autofree char *measured = lk_checks_table (measures, all, in_colour);
  g_autofree char *more = measured[0] != '\0' ? g_strdup_printf ("%s\n%s", _("Image quality measures (ISO/IEC 29794-5)"), measured)
                                              : g_strdup ("");

  return g_strdup_printf ("%s (%d × %d)  %s\n%s%s", heading, report->file.width, report->file.height, outcome, lines, more);
}
