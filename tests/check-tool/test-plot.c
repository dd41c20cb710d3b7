/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "tools/check/plot.h"

static guint
count (const char *text, const char *part)
{
  guint n = 0;

  for (const char *p = text; (p = strstr (p, part)) != NULL; p++)
    n++;
  return n;
}

/* Values 0 to 10 with a limit at 5 and one so far off that it would press them into a corner. */
static void
test_marks (void)
{
  g_autofree LkPlot *plot = lk_plot_new ();
  g_autoptr (GString) svg = g_string_new (NULL);
  const LkPlotMark marks[] = { { 5, TRUE }, { 18, FALSE }, { 10240, TRUE }, { NAN, FALSE } };

  for (int i = 0; i <= 10; i++)
    lk_plot_reach (plot, i);
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    lk_plot_reach_mark (plot, &marks[i]);
  lk_plot_settle (plot);
  for (int i = 0; i <= 10; i++)
    lk_plot_count (plot, i, 1, i > 8);
  lk_plot_append (plot, svg, "a < b", marks, G_N_ELEMENTS (marks));
  g_assert_cmpuint (count (svg->str, "class=\"good\""), ==, 9);
  g_assert_cmpuint (count (svg->str, "class=\"faulty\""), ==, 2);
  g_assert_cmpuint (count (svg->str, "class=\"now\""), ==, 1);
  g_assert_cmpuint (count (svg->str, "class=\"proposed\""), ==, 1);
  g_assert_nonnull (strstr (svg->str, "<title>a &lt; b</title>"));
  /* its numbers are round */
  g_assert_nonnull (strstr (svg->str, ">15</text>"));
  g_assert_nonnull (strstr (svg->str, ">0</text>"));
  g_assert_null (strstr (svg->str, ">-0</text>"));
}

/* One value only: the axis still has a length. */
static void
test_one_value (void)
{
  g_autofree LkPlot *plot = lk_plot_new ();
  g_autoptr (GString) svg = g_string_new (NULL);

  lk_plot_reach (plot, 480);
  lk_plot_settle (plot);
  lk_plot_count (plot, 480, 24, FALSE);
  lk_plot_append (plot, svg, "x", NULL, 0);
  g_assert_cmpuint (count (svg->str, "<rect "), ==, 1);
  g_assert_null (strstr (svg->str, "nan"));
  g_assert_nonnull (strstr (svg->str, ">480.0</text>"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check-tool/plot/marks", test_marks);
  g_test_add_func ("/check-tool/plot/one-value", test_one_value);
  return g_test_run ();
}
