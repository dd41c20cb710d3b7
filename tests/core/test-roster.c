/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/error.h"
#include "core/roster.h"

static LkRoster *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) file = g_bytes_new_static (text, strlen (text));

  return lk_roster_parse (file, error);
}

static void
assert_row (LkRoster *roster, guint i, int line, const char *number, const char *name)
{
  const LkRosterRow *row;

  g_assert_cmpuint (i, <, roster->rows->len);
  row = roster->rows->pdata[i];
  g_assert_cmpint (row->line, ==, line);
  g_assert_cmpstr (row->student_no, ==, number);
  g_assert_cmpstr (row->name, ==, name);
}

static void
assert_problem (LkRoster *roster, guint i, int line, LkRosterProblemKind kind, int first_line)
{
  const LkRosterProblem *problem;

  g_assert_cmpuint (i, <, roster->problems->len);
  problem = roster->problems->pdata[i];
  g_assert_cmpint (problem->line, ==, line);
  g_assert_cmpint (problem->kind, ==, kind);
  g_assert_cmpint (problem->first_line, ==, first_line);
}

static void
test_chinese (void)
{
  g_autoptr (LkRoster) roster = parse ("姓名,班级,学号,身份证号,教学点\n李小明,会计1班,2021001,990101199903150010,合肥\n", NULL);
  const LkRosterRow *row;

  assert_row (roster, 0, 2, "2021001", "李小明");
  row = roster->rows->pdata[0];
  g_assert_cmpstr (row->document_no, ==, "990101199903150010");
  g_assert_cmpstr (row->class_name, ==, "会计1班");
  g_assert_cmpstr (row->site, ==, "合肥");
  g_assert_cmpuint (roster->problems->len, ==, 0);
}

static void
test_english (void)
{
  g_autoptr (LkRoster) roster = parse ("student_no,name,id_number,class,site\nS01,Ann Lee,E1234,A,Main\n", NULL);
  const LkRosterRow *row;

  assert_row (roster, 0, 2, "S01", "Ann Lee");
  row = roster->rows->pdata[0];
  g_assert_cmpstr (row->document_no, ==, "E1234");
  g_assert_cmpstr (row->class_name, ==, "A");
  g_assert_cmpstr (row->site, ==, "Main");
}

static void
test_heading_variants (void)
{
  static const char *const headings[] = {
    "Student No.,Full Name", "学 号,姓　名", "学号(必填),学生姓名", "Student Number (8 digits),NAME",
    "2025届毕业生名单,\n学号,姓名", "序号,备注\n说明,\n学生编号,姓名",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (headings); i++)
    {
      g_autofree char *text = g_strconcat (headings[i], "\n2021001,王芳\n", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (LkRoster) roster = parse (text, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (roster->rows->len, ==, 1);
      g_assert_cmpstr (((LkRosterRow *) roster->rows->pdata[0])->name, ==, "王芳");
    }
}

static void
test_missing_columns_are_empty (void)
{
  g_autoptr (LkRoster) roster = parse ("学号,姓名,班级\n2021001,王芳\n", NULL);
  const LkRosterRow *row = roster->rows->pdata[0];

  g_assert_cmpstr (row->class_name, ==, "");
  g_assert_cmpstr (row->site, ==, "");
  g_assert_cmpstr (row->document_no, ==, "");
}

static void
test_numbers_as_spreadsheets_write_them (void)
{
  g_autoptr (LkRoster) roster = parse ("学号,姓名,身份证号\n"
                                       "=\"0021001\",甲,'990101199903150010\n"
                                       "'0021002,乙,\n"
                                       "\"\t0021003 \",丙,\n"
                                       "００２１００４,丁,\n", NULL);

  assert_row (roster, 0, 2, "0021001", "甲");
  g_assert_cmpstr (((LkRosterRow *) roster->rows->pdata[0])->document_no, ==, "990101199903150010");
  assert_row (roster, 1, 3, "0021002", "乙");
  assert_row (roster, 2, 4, "0021003", "丙");
  assert_row (roster, 3, 5, "0021004", "丁");
}

static void
test_problems (void)
{
  g_autoptr (LkRoster) roster = parse ("学号,姓名\n"
                                       "2021001,甲\n"
                                       ",乙\n"
                                       "2021002,\n"
                                       "2.02E+10,丙\n"
                                       "../../etc,丁\n"
                                       "2021001,戊\n"
                                       "123456789012345678901234567890123,己\n"
                                       "2021002,庚\n", NULL);

  g_assert_cmpuint (roster->rows->len, ==, 2);
  assert_row (roster, 0, 2, "2021001", "甲");
  /* the line without a name did not take the number away */
  assert_row (roster, 1, 9, "2021002", "庚");
  g_assert_cmpuint (roster->problems->len, ==, 6);
  assert_problem (roster, 0, 3, LK_ROSTER_NO_NUMBER, 0);
  assert_problem (roster, 1, 4, LK_ROSTER_NO_NAME, 0);
  assert_problem (roster, 2, 5, LK_ROSTER_BAD_NUMBER, 0);
  assert_problem (roster, 3, 6, LK_ROSTER_BAD_NUMBER, 0);
  assert_problem (roster, 4, 7, LK_ROSTER_DUPLICATE, 2);
  assert_problem (roster, 5, 8, LK_ROSTER_BAD_NUMBER, 0);
}

static void
test_problem_texts (void)
{
  g_autoptr (LkRoster) roster = parse ("学号,姓名\n7,甲\n,乙\n8,\na b,丙\n7,丁\n", NULL);

  for (guint i = 0; i < roster->problems->len; i++)
    {
      const LkRosterProblem *problem = roster->problems->pdata[i];
      g_autofree char *text = lk_roster_problem_text (problem);
      g_autofree char *line = g_strdup_printf ("Line %d: ", problem->line);

      g_assert_true (g_str_has_prefix (text, line));
      g_assert_true (g_str_has_suffix (text, "."));
      g_assert_nonnull (strstr (text, problem->student_no));
      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
  g_assert_cmpuint (roster->problems->len, ==, 4);
}

static void
test_long_number_in_text (void)
{
  g_autofree char *long_number = g_strnfill (90, 'x');
  LkRosterProblem problem = { 3, 0, LK_ROSTER_BAD_NUMBER, NULL };
  g_autofree char *text = NULL;

  /* cut between characters, never inside one */
  memcpy (long_number + 60, "学号学号学号学号学号", 30);
  problem.student_no = long_number;
  text = lk_roster_problem_text (&problem);
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
test_gb18030 (void)
{
  gsize size;
  char *data = g_convert ("学号,姓名,班级\n2021001,欧阳小明,工商管理2班\n", -1, "GB18030", "UTF-8", NULL, &size, NULL);
  g_autoptr (GBytes) file = g_bytes_new_take (data, size);
  g_autoptr (LkRoster) roster = lk_roster_parse (file, NULL);

  assert_row (roster, 0, 2, "2021001", "欧阳小明");
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "", "\n\n", "学号,姓名\n", "名字,号码\n王芳,1\n", "学号,班级\n1,A\n", "\"学号,姓名\n1,A\n", "just a letter\nto somebody\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (texts[i], &error));
      g_assert_error (error, LK_ERROR, LK_ERROR_BAD_ROSTER);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/roster/chinese", test_chinese);
  g_test_add_func ("/core/roster/english", test_english);
  g_test_add_func ("/core/roster/heading-variants", test_heading_variants);
  g_test_add_func ("/core/roster/missing-columns-are-empty", test_missing_columns_are_empty);
  g_test_add_func ("/core/roster/numbers-as-spreadsheets-write-them", test_numbers_as_spreadsheets_write_them);
  g_test_add_func ("/core/roster/problems", test_problems);
  g_test_add_func ("/core/roster/problem-texts", test_problem_texts);
  g_test_add_func ("/core/roster/long-number-in-text", test_long_number_in_text);
  g_test_add_func ("/core/roster/gb18030", test_gb18030);
  g_test_add_func ("/core/roster/refused", test_refused);
  return g_test_run ();
}
