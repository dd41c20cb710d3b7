/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/table.h"
#include "tools/check/text.h"

/* Chinese takes two columns, so three characters are as wide as six letters. */
static void
test_alignment (void)
{
  g_autoptr (LkTable) table = lk_table_new ("lrl", 2);
  g_autofree char *text = NULL;

  lk_table_add_row (table, LK_COLOUR_PLAIN, (const char *[]) { "脸部宽度", "9 px", "≥ 1" });
  lk_table_add_row (table, LK_COLOUR_PLAIN, (const char *[]) { "曝光", "162", "" });
  lk_table_add_row (table, LK_COLOUR_PLAIN, (const char *[]) { "Eye", "1.02×", NULL });
  text = lk_table_to_text (table, FALSE);
  g_assert_cmpstr (text, ==,
                   "  脸部宽度   9 px  ≥ 1\n"
                   "  曝光        162\n"
                   "  Eye       1.02×\n");
}

static void
test_least_width (void)
{
  g_autoptr (LkTable) table = lk_table_new ("ll", 0);
  g_autofree char *text = NULL;

  lk_table_set_least (table, 0, 6);
  lk_table_add_row (table, LK_COLOUR_PLAIN, (const char *[]) { "中", "x" });
  text = lk_table_to_text (table, FALSE);
  g_assert_cmpstr (text, ==, "中      x\n");
}

/* Colour codes stand around the cell and take no columns. */
static void
test_colour (void)
{
  g_autoptr (LkTable) table = lk_table_new ("ll", 0);
  g_autofree char *text = NULL;

  lk_table_add_row (table, LK_COLOUR_RED, (const char *[]) { "FAIL", "a" });
  lk_table_add_row (table, LK_COLOUR_GREEN, (const char *[]) { "ok", "b" });
  text = lk_table_to_text (table, TRUE);
  g_assert_cmpstr (text, ==, "\033[31mFAIL\033[0m  a\n\033[32mok  \033[0m  b\n");
}

static void
test_colour_wanted (void)
{
  g_assert_true (lk_colour_wanted ("always"));
  g_assert_false (lk_colour_wanted ("never"));
  /* the output of a test is no terminal */
  g_assert_false (lk_colour_wanted (NULL));
}

static void
test_width (void)
{
  g_assert_cmpint (lk_text_width (""), ==, 0);
  g_assert_cmpint (lk_text_width ("Eye line"), ==, 8);
  g_assert_cmpint (lk_text_width ("眼睛位置"), ==, 8);
  g_assert_cmpint (lk_text_width ("（仅供参考）"), ==, 12);
  g_assert_cmpint (lk_text_width ("e\u0301"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check-tool/table/alignment", test_alignment);
  g_test_add_func ("/check-tool/table/least-width", test_least_width);
  g_test_add_func ("/check-tool/table/colour", test_colour);
  g_test_add_func ("/check-tool/table/colour-wanted", test_colour_wanted);
  g_test_add_func ("/check-tool/table/width", test_width);
  return g_test_run ();
}
