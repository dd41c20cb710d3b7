/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/data.h"
#include "sanitized.h"
#include "tool.h"

/* calibrate on 24 drawn photos. The labels are wrong on purpose for two good photos (called faulty) and two faulty ones (called
 * good), so that the rates are known and not all 0. */

enum { N_GOOD = 16, N_FAULTY = 8, FIRST = 2000 };

static int n_good = N_GOOD, n_faulty = N_FAULTY;

/* Returns their path. */
static char *
write_labels (void)
{
  GString *csv = g_string_new ("file,faults\n");
  char *path;

  for (int i = 0; i < n_good + n_faulty; i++)
    {
      gboolean is_faulty = i >= n_good, is_wrong = i < 2 || i >= n_good + n_faulty - 2;

      g_string_append_printf (csv, "%02d.jpg,%s\n", i, is_faulty != is_wrong ? "G3_eye_line" : "");
    }
  path = tool_write ("labels.csv", csv->str);
  g_string_free (csv, TRUE);
  return path;
}

static void
draw_photos (void)
{
  for (int i = 0; i < n_good + n_faulty; i++)
    {
      g_autofree char *name = g_strdup_printf ("photos/%02d.jpg", i);

      tool_draw (name, FIRST + i, i < n_good ? NULL : "G3_eye_line");
    }
}

/* The line of a table that begins with this check, after a heading, with single spaces; newly allocated. */
static char *
find_row (const char *text, const char *heading, const char *id)
{
  const char *table = strstr (text, heading);
  g_autofree char *start = g_strdup_printf ("\n  %s ", id);
  const char *row = table != NULL ? strstr (table, start) : NULL;

  if (row == NULL)
    g_error ("no row %s below %s in\n%s", id, heading, text);
  {
    g_autofree char *line = g_strndup (row + 1, strcspn (row + 1, "\n"));
    g_autoptr (GRegex) spaces = g_regex_new (" +", 0, 0, NULL);

    return g_regex_replace_literal (spaces, line, -1, 0, " ", 0, NULL);
  }
}

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("not in the text: %s\n%s", part, text);
}

static char *
read_report (const char *name)
{
  g_autofree char *path = tool_path (name);
  g_autoptr (GError) error = NULL;
  char *html;

  g_file_get_contents (path, &html, NULL, &error);
  g_assert_no_error (error);
  return html;
}

static void
assert_rates (const char *output)
{
  g_autofree char *row = find_row (output, "Rates at the present limits", "G3_eye_line");
  g_autofree char *clean = find_row (output, "Rates at the present limits", "F2_size");

  assert_has (output, "Photos: 24; with labels: 24; could not be read: 0.\n");
  /* 14 + 2 called good, of which 2 are alarmed about; 6 + 2 called faulty, of which 2 are passed. Intervals worked by hand. */
  assert_has (row, "G3_eye_line 16 12.5 % (3.5–36.0 %) 8 25.0 % (7.1–59.1 %) 200.0 … 300.0 ");
  /* nobody is called faulty in this one, and 24 good photos prove nothing about 2 % */
  assert_has (clean, "F2_size 24 0.0 % (0.0–13.8 %) 0 – ≥ 480.0 –");
  /* 24 photos make 24 * 23 / 2 pairs */
  assert_has (output, "\nPhotos with a face: 24; pairs of different people: 276.\nScore: median ");
  assert_has (output, "For a proposal at least 1000 pairs are needed");
}

/* The measures of image quality, with the share outside their limits. */
static void
assert_measures (const char *output)
{
  g_autofree char *row = find_row (output, "Image quality measures of ISO/IEC 29794-5", "M11_eye_distance");
  g_autofree char *eyes = find_row (output, "What was measured", "G3_eye_line");

  g_assert_true (g_str_has_prefix (row, " M11_eye_distance 24 0 "));
  g_assert_true (g_str_has_suffix (row, " ≥ 70.0 0.0 % (0.0–13.8 %)"));
  /* the 8 photos with the fault, whatever the labels say */
  g_assert_true (g_str_has_suffix (eyes, " 200.0 … 300.0 33.3 % (18.0–53.3 %)"));
}

static void
assert_report_rates (const char *html)
{
  assert_has (html, "<td>12.5 % (3.5–36.0 %)</td>");
  assert_has (html, "pairs of different people: 276.");
  assert_has (html, "<p>Outside the present limits (200.0 … 300.0): 33.3 % (18.0–53.3 %).</p>");
}

/* One page that names no photo and asks for nothing outside. */
static void
assert_report (const char *html)
{
  g_assert_true (g_str_has_prefix (html, "<!doctype html>\n<html lang=\"en\">"));
  assert_has (html, "<svg ");
  assert_has (html, "class=\"faulty\"");
  assert_has (html, "<h3>M11_eye_distance ");
  g_assert_null (strstr (html, ".jpg"));
  g_assert_null (strstr (html, "src="));
  g_assert_null (strstr (html, "http"));
  g_assert_null (strstr (html, "@import"));
}

/* The rates are those of all photos; the number of threads changes nothing. */
static void
test_with_labels (void)
{
  g_auto (ToolRun) one = tool_run (NULL, "calibrate", "photos", "--labels", "labels.csv", "--html", "1.html", "--jobs", "1", NULL);
  g_auto (ToolRun) two = tool_run (NULL, "calibrate", "photos", "--labels", "labels.csv", "--html", "2.html", "--jobs", "2", NULL);
  g_autofree char *html = read_report ("1.html");
  g_autofree char *again = read_report ("2.html");

  g_assert_cmpstr (one.errors, ==, "");
  g_assert_cmpint (one.status, ==, 0);
  if (n_good == N_GOOD)
    {
      assert_rates (one.output);
      assert_measures (one.output);
      assert_report_rates (html);
    }
  assert_report (html);
  g_assert_cmpstr (one.output, ==, two.output);
  g_assert_cmpstr (html, ==, again);
}

static void
test_without_labels (void)
{
  g_auto (ToolRun) run = tool_run (NULL, "calibrate", "few", NULL);
  g_auto (ToolRun) chinese = tool_run ("zh_CN", "calibrate", "few", "--html", "zh.html", NULL);
  g_autofree char *html = read_report ("zh.html");

  g_assert_cmpint (run.status, ==, 3);
  g_assert_cmpstr (run.errors, ==, "likeness-check: few/text.jpg: This file is not a picture.\n");
  assert_has (run.output, "Photos: 3, without labels; could not be read: 1.\n");
  assert_has (run.output, "\nPhotos with a face: 2; pairs of different people: 1.\n");
  g_assert_null (strstr (run.output, "Rates at the present limits"));
  g_assert_cmpint (chinese.status, ==, 3);
  assert_has (html, "<html lang=\"zh-CN\">");
  assert_has (html, "G3_eye_line 眼睛位置 (px)");
}

/* The shipped list of models with another search limit. */
static void
write_model_list (const char *name, const char *search)
{
  g_autofree char *shipped = lk_data_find ("models.json", NULL);
  g_autofree char *text = NULL, *path = NULL;
  g_autoptr (GString) changed = NULL;

  g_assert_true (g_file_get_contents (shipped, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, "\"search\": 1.30", search, 1), ==, 1);
  path = tool_write (name, changed->str);
}

/* Two photos of one student are not two people; and the limits of another list of models count. */
static void
test_one_student (void)
{
  g_auto (ToolRun) run = { 0 };

  write_model_list ("list.json", "\"search\": 1.87");
  run = tool_run (NULL, "calibrate", "one", "--model-list", "list.json", NULL);
  g_assert_cmpint (run.status, ==, 0);
  assert_has (run.output, "\nPhotos with a face: 3; pairs of different people: 2.\n");
  assert_has (run.output, "under two students (from 1.87): ");
}

static void
assert_usage (const char *option, const char *value, const char *complaint)
{
  g_auto (ToolRun) run = tool_run (NULL, "calibrate", "few", option, value, NULL);

  g_assert_cmpint (run.status, ==, 2);
  assert_has (run.errors, complaint);
  g_assert_cmpstr (run.output, ==, "");
}

static void
test_bad_values (void)
{
  write_model_list ("bad.json", "\"search\": 0.30");
  assert_usage ("--campus-size", "1", "A campus has at least 2 students.");
  assert_usage ("--model-list", "bad.json", "likeness-check: This file cannot be used: bad.json: line ");
  assert_usage ("--model-list", "none.json", "none.json");
}

static void
test_bad_labels (void)
{
  g_autofree char *path = tool_write ("wrong.csv", "00.jpg,G3_eyeline\n");
  g_auto (ToolRun) wrong = tool_run (NULL, "calibrate", "photos", "--labels", "wrong.csv", NULL);
  g_auto (ToolRun) missing = tool_run (NULL, "calibrate", "photos", "--labels", "none.csv", NULL);

  g_assert_cmpint (wrong.status, ==, 2);
  g_assert_cmpstr (wrong.errors, ==, "likeness-check: wrong.csv: The labels cannot be used, line 1: There is no check “G3_eyeline”.\n");
  g_assert_cmpint (missing.status, ==, 2);
  g_assert_cmpstr (missing.errors, ==, "likeness-check: none.csv: There is no such file.\n");
}

int
main (int argc, char **argv)
{
  g_autofree char *labels = NULL;
  g_autofree char *text = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  if (!tool_has_models ())
    return 0;
  tool_init (argc, argv);
  n_good = few_if_sanitized (N_GOOD, 4);
  n_faulty = few_if_sanitized (N_FAULTY, 4);
  draw_photos ();
  tool_draw ("few/1.jpg", FIRST, NULL);
  tool_draw ("few/2.jpg", FIRST + 1, NULL);
  tool_draw ("one/1.jpg", FIRST, NULL);
  tool_draw ("one/1.id.jpg", FIRST + 2, NULL);
  tool_draw ("one/2.jpg", FIRST + 1, NULL);
  text = tool_write ("few/text.jpg", "this is no picture");
  labels = write_labels ();
  g_test_add_func ("/check-tool/calibrate/with-labels", test_with_labels);
  g_test_add_func ("/check-tool/calibrate/without-labels", test_without_labels);
  g_test_add_func ("/check-tool/calibrate/bad-labels", test_bad_labels);
  g_test_add_func ("/check-tool/calibrate/one-student", test_one_student);
  g_test_add_func ("/check-tool/calibrate/bad-values", test_bad_values);
  status = g_test_run ();
  tool_remove_folder ();
  return status;
}
