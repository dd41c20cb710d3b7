/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/data.h"
#include "tool.h"

/* What the program says of files a college has changed. */

/* The shipped file with one text replaced by another. Returns the line on which the new text begins. */
static int
write_changed (const char *name, const char *from, const char *to)
{
  g_autofree char *path = lk_data_find (name, NULL);
  g_autofree char *text = NULL;
  g_autofree char *written = NULL;
  g_autoptr (GString) changed = NULL;
  int line = 1;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_string_new (text);
  if (from != NULL)
    g_assert_cmpuint (g_string_replace (changed, from, to, 1), ==, 1);
  written = tool_write (name, changed->str);
  if (from != NULL)
    for (const char *p = changed->str; p < strstr (changed->str, to); p++)
      line += *p == '\n';
  return line;
}

/* The reason names the line of the new text. */
static void
assert_refused (const char *name, const char *from, const char *to, const char *reason)
{
  g_auto (ToolRun) run = { 0 };
  int line = write_changed (name, from, to);
  g_autofree char *sentence = g_strdup_printf ("likeness-check: This file cannot be used: %s: line %d: %s\n", name, line, reason);

  run = tool_run (NULL, "spec", name, NULL);
  g_assert_cmpint (run.status, ==, 1);
  g_assert_cmpstr (run.output, ==, "");
  g_assert_cmpstr (run.errors, ==, sentence);
}

static void
assert_taken (const char *name, const char *start)
{
  g_auto (ToolRun) run = { 0 };

  write_changed (name, NULL, NULL);
  run = tool_run (NULL, "spec", name, NULL);
  g_assert_cmpstr (run.errors, ==, "");
  g_assert_cmpint (run.status, ==, 0);
  g_assert_true (g_str_has_prefix (run.output, start));
}

static void
test_taken (void)
{
  assert_taken ("photo-spec.json", "photo-spec.json: This photo standard can be used; version: ");
  assert_taken ("models.json", "models.json: This list of models can be used; models: 8; the same person from 1.00, different people below 0.75.");
}

static void
test_spec_refused (void)
{
  assert_refused ("photo-spec.json", "\"blue\": [", "\"blue\": ?[", "not JSON");
  assert_refused ("photo-spec.json", "\"low\": 200, \"high\": 300", "\"low\": 300, \"high\": 200",
                  "G3_eye_line: \"low\" is above \"high\"");
  assert_refused ("photo-spec.json", "\"low\": 200,", "\"low\": \"200\",", "G3_eye_line: \"low\" must be a number");
  assert_refused ("photo-spec.json", "\"G3_eye_line\"", "\"G3_eyes\"", "G3_eyes: there is no check with this id");
  assert_refused ("photo-spec.json", "[100, 197, 255]", "[100, 197, 256]", "blue: each number must be 0 to 255");
  assert_refused ("photo-spec.json", "\"max_bytes\": ", "\"max_bytes\": -", "max_bytes: \"max_bytes\" and \"max_pixels\" must be whole numbers");
}

static void
test_models_refused (void)
{
  assert_refused ("models.json", "\"layout\": \"NHWC\"", "\"layout\": \"NHCW\"", "model detector_short: input or outputs cannot be used");
  assert_refused ("models.json", "\"five_points_112\": {", "\"five_points\": { \"size\": 0,", "template five_points: five points and a size are needed");
  assert_refused ("models.json", "\"same\": 1.00", "\"same\": 2.01", "similarity: \"same\" must be a number from minus to plus the number of models");
  assert_refused ("models.json", "\"different\": 0.75", "\"different\": \"0.75\"",
                  "similarity: \"different\" must be a number from minus to plus the number of models");
  assert_refused ("models.json", "\"different\": 0.75", "\"different\": 1.05", "similarity: \"different\" is above \"same\"");
}

static void
test_missing (void)
{
  g_auto (ToolRun) run = tool_run (NULL, "spec", "none.json", NULL);

  g_assert_cmpint (run.status, ==, 3);
  g_assert_cmpstr (run.errors, ==, "likeness-check: none.json: There is no such file.\n");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  tool_init (argc, argv);
  g_test_add_func ("/check-tool/spec-file/taken", test_taken);
  g_test_add_func ("/check-tool/spec-file/spec-refused", test_spec_refused);
  g_test_add_func ("/check-tool/spec-file/models-refused", test_models_refused);
  g_test_add_func ("/check-tool/spec-file/missing", test_missing);
  status = g_test_run ();
  tool_remove_folder ();
  return status;
}
