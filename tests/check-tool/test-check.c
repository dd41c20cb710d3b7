/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/json.h"
#include "photo/decode.h"
#include "tool.h"

/* The program on a handful of drawn photos. */

static void
assert_line (const ToolRun *run, const char *line)
{
  if (strstr (run->output, line) == NULL)
    g_error ("not in the output: %s\n%s%s", line, run->output, run->errors);
}

static void
test_good (void)
{
  g_auto (ToolRun) run = tool_run (NULL, "check", "good/1.jpg", NULL);

  g_assert_cmpint (run.status, ==, 0);
  g_assert_cmpstr (run.errors, ==, "");
  assert_line (&run, "good/1.jpg (480 × 640)");
  /* one photo shows every check, those that pass too */
  assert_line (&run, "  pass     G3_eye_line ");
  assert_line (&run, "  ≥ 480, score 100\n");
  assert_line (&run, "\nImage quality measures (ISO/IEC 29794-5)\n");
  assert_line (&run, "  pass     M11_eye_distance ");
  assert_line (&run, "Not compared: there is no ID photo.");
}

static void
test_failed (void)
{
  g_auto (ToolRun) run = tool_run (NULL, "check", "good", "bad", NULL);

  g_assert_cmpint (run.status, ==, 1);
  assert_line (&run, "bad/eyes.jpg (480 × 640)  FAIL\n");
  assert_line (&run, "  FAIL     G3_eye_line ");
  g_assert_null (strstr (run.output, "  pass "));
  g_assert_null (strstr (run.output, "I2_similarity"));
  assert_line (&run, "\nPhotos: 4; pass: ");
  assert_line (&run, "; failed: 1; not fully measured: 0; could not be read: 0.\n");
  /* in the order of the arguments, folders by name */
  g_assert_true (strstr (run.output, "good/1.jpg") < strstr (run.output, "good/2.jpg"));
  g_assert_true (strstr (run.output, "good/2.jpg") < strstr (run.output, "bad/eyes.jpg"));
}

static void
test_unread (void)
{
  g_autofree char *text = tool_write ("odd/text.jpg", "this is no picture");
  g_auto (ToolRun) run = tool_run (NULL, "check", "odd/text.jpg", "missing.jpg", "bad/eyes.jpg", NULL);
  g_auto (ToolRun) empty = { 0 };
  g_autofree char *folder = tool_path ("empty");

  /* what could not be read weighs more than what failed */
  g_assert_cmpint (run.status, ==, 3);
  g_assert_cmpstr (run.errors, ==,
                   "likeness-check: odd/text.jpg: This file is not a picture.\n"
                   "likeness-check: missing.jpg: There is no such file.\n");
  assert_line (&run, "Photos: 3; pass: 0; with warnings: 0; failed: 1; not fully measured: 0; could not be read: 2.\n");
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  empty = tool_run (NULL, "check", "empty", NULL);
  g_assert_cmpint (empty.status, ==, 3);
  g_assert_cmpstr (empty.errors, ==, "likeness-check: There are no photos in empty.\n");
}

static void
assert_usage (const ToolRun *run, const char *sentence)
{
  g_assert_cmpint (run->status, ==, 2);
  g_assert_cmpstr (run->output, ==, "");
  g_assert_cmpstr (run->errors, ==, sentence);
}

static void
test_usage (void)
{
  g_autofree char *spec = tool_write ("bad-spec.json", "{\n  \"version\": 1,\n  oops\n}\n");
  g_auto (ToolRun) no_verb = tool_run (NULL, "frobnicate", NULL);
  g_auto (ToolRun) no_file = tool_run (NULL, "check", NULL);
  g_auto (ToolRun) one_file = tool_run (NULL, "compare", "good/1.jpg", NULL);
  g_auto (ToolRun) no_option = tool_run (NULL, "compare", "--annotate", "x", "a", "b", NULL);
  g_auto (ToolRun) jobs = tool_run (NULL, "check", "--jobs", "-1", "good", NULL);
  g_auto (ToolRun) colour = tool_run (NULL, "check", "--color", "pink", "good", NULL);
  g_auto (ToolRun) bad_spec = tool_run (NULL, "check", "--spec", "bad-spec.json", "good/1.jpg", NULL);
  g_auto (ToolRun) over = tool_run (NULL, "check", "--annotate", "good", "good", NULL);

  assert_usage (&no_verb, "likeness-check: There is no verb “frobnicate”; --help shows what there is.\n");
  assert_usage (&no_file, "likeness-check: After the word check comes FILE|DIR…; --help shows examples.\n");
  assert_usage (&one_file, "likeness-check: After the word compare comes A B; --help shows examples.\n");
  assert_usage (&no_option, "likeness-check: Unknown option --annotate\n");
  assert_usage (&jobs, "likeness-check: The number of jobs must be at least 1.\n");
  assert_usage (&colour, "likeness-check: --color takes always, never or auto.\n");
  assert_usage (&bad_spec, "likeness-check: This file cannot be used: bad-spec.json: line 3: not JSON\n");
  assert_usage (&over, "likeness-check: 1.jpg would be overwritten by its drawn-on copy; choose another folder.\n");
}

static void
test_help (void)
{
  g_auto (ToolRun) help = tool_run (NULL, "--help", NULL);
  g_auto (ToolRun) verb_help = tool_run (NULL, "check", "--help", NULL);
  g_auto (ToolRun) version = tool_run (NULL, "--version", NULL);
  g_auto (ToolRun) nothing = tool_run (NULL, NULL);

  g_assert_cmpint (help.status, ==, 0);
  assert_line (&help, "\n  calibrate  ");
  assert_line (&help, "\nExamples:\n  likeness-check check photo.jpg\n");
  g_assert_cmpint (verb_help.status, ==, 0);
  assert_line (&verb_help, "  likeness-check check [OPTION…] FILE|DIR…\n");
  assert_line (&verb_help, "--id-photo=FILE");
  g_assert_null (strstr (verb_help.output, "--labels"));
  g_assert_cmpstr (version.output, ==, "likeness-check " LK_VERSION "\n");
  g_assert_cmpint (nothing.status, ==, 2);
}

/* Each line is one photo; threads change nothing. */
static void
test_json (void)
{
  g_auto (ToolRun) one = tool_run (NULL, "check", "--json", "--jobs", "1", "good", "missing.jpg", "bad", NULL);
  g_auto (ToolRun) two = tool_run (NULL, "check", "--json", "--jobs", "2", "good", "missing.jpg", "bad", NULL);
  g_auto (GStrv) lines = g_strsplit (one.output, "\n", -1);

  g_assert_cmpstr (one.output, ==, two.output);
  g_assert_cmpint (one.status, ==, 3);
  g_assert_cmpuint (g_strv_length (lines), ==, 6);
  for (int i = 0; i < 5; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (cJSON) json = lk_json_parse (lines[i], -1, 0, &error);

      g_assert_no_error (error);
      if (i == 3)
        g_assert_cmpstr (lk_json_string (lk_json_object (json, "error"), "code"), ==, "not-read");
      else
        {
          g_assert_cmpint (lk_json_int (json, "width", 0), ==, 480);
          g_assert_cmpint (cJSON_GetArraySize (lk_json_array (json, "checks")), >, 15);
          g_assert_cmpint (cJSON_GetArraySize (lk_json_array (json, "measures")), ==, 20);
          g_assert_nonnull (lk_json_string (json, "outcome"));
        }
      if (i == 4)
        g_assert_cmpstr (lk_json_string (json, "outcome"), ==, "fail");
    }
}

static LkPixels *
decode (const char *name)
{
  g_autofree char *path = tool_path (name);
  g_autofree char *text = NULL;
  g_autoptr (LkSpec) spec = lk_spec_load_default (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  LkPixels *pixels;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new (text, length);
  pixels = lk_decode (bytes, spec, NULL, &error);
  g_assert_no_error (error);
  return pixels;
}

static guint
count_red (const LkPixels *pixels)
{
  guint n = 0;

  for (gsize i = 0; i < 3 * (gsize) pixels->width * pixels->height; i += 3)
    n += pixels->data[i] > 190 && pixels->data[i + 1] < 70 && pixels->data[i + 2] < 80;
  return n;
}

/* The copies can be read and keep their names and size; the eye line out of range is drawn in red. */
static void
test_annotate (void)
{
  g_auto (ToolRun) run = tool_run ("zh_CN", "check", "--annotate", "drawn", "good", "bad/eyes.jpg", NULL);
  g_autoptr (LkPixels) photo = decode ("bad/eyes.jpg");
  g_autoptr (LkPixels) copy = decode ("drawn/eyes.jpg");
  g_autoptr (LkPixels) good = decode ("drawn/2.jpg");

  g_assert_cmpint (run.status, ==, 1);
  g_assert_cmpint (copy->width, ==, photo->width);
  g_assert_cmpint (copy->height, ==, photo->height);
  g_assert_cmpuint (count_red (photo), <, 50);
  g_assert_cmpuint (count_red (copy), >, 200);
  g_assert_cmpuint (count_red (good), <, 50);
}

static void
test_id_photo (void)
{
  g_auto (ToolRun) same = tool_run (NULL, "check", "--id-photo", "good/1.jpg", "good/1.jpg", NULL);
  g_auto (ToolRun) missing = tool_run (NULL, "check", "--id-photo", "missing.jpg", "good/1.jpg", NULL);

  g_assert_cmpint (same.status, ==, 0);
  assert_line (&same, "  pass     I2_similarity ");
  g_assert_cmpint (missing.status, ==, 3);
  g_assert_cmpstr (missing.errors, ==, "likeness-check: missing.jpg: There is no such file.\n");
}

static void
test_compare (void)
{
  g_auto (ToolRun) same = tool_run (NULL, "compare", "good/1.jpg", "good/1.jpg", NULL);
  g_auto (ToolRun) json = tool_run (NULL, "compare", "--json", "good/1.jpg", "nobody.jpg", NULL);
  g_auto (ToolRun) other = tool_run (NULL, "compare", "--json", "good/1.jpg", "good/2.jpg", NULL);
  g_autoptr (cJSON) object = lk_json_parse (other.output, -1, 0, NULL);
  double score = lk_json_number (object, "score", 9);
  const char *band = score >= 1 ? "same" : score >= 0.75 ? "unsure" : "different";

  g_assert_cmpint (same.status, ==, 0);
  assert_line (&same, "2.00  same person\n");
  assert_line (&same, "The same person from 1.00, different people below 0.75.");
  g_assert_cmpint (json.status, ==, 3);
  g_assert_cmpstr (json.errors, ==, "likeness-check: nobody.jpg: No face was found on this photo.\n");
  g_assert_cmpfloat (score, <, 1.9);
  g_assert_cmpstr (lk_json_string (object, "band"), ==, band);
  g_assert_cmpint (other.status, ==, score >= 1 ? 0 : 1);
}

/* A folder without models: what cannot be measured is no pass. */
static void
test_without_models (void)
{
  g_auto (ToolRun) run = tool_run (NULL, "check", "--models", "good", "good/1.jpg", NULL);

  g_assert_cmpint (run.status, ==, 3);
  g_assert_true (g_str_has_prefix (run.errors, "likeness-check: The automatic check is not complete:"));
  assert_line (&run, "  not run  G3_eye_line ");
  assert_line (&run, "  pass     F2_size ");
}

/* Columns before a sign in a line, Chinese counted as two; -1 when it is not there. */
static int
columns_before (const char *line, const char *sign)
{
  const char *found = strstr (line, sign);
  int columns = 0;

  if (found == NULL)
    return -1;
  for (const char *p = line; p < found; p = g_utf8_next_char (p))
    columns += g_utf8_get_char (p) >= 0x2e80 ? 2 : 1;
  return columns;
}

/* Titles of two to eight characters: the limits behind them begin in one column all the same. */
static void
test_chinese (void)
{
  g_auto (ToolRun) run = tool_run ("zh_CN", "check", "good/1.jpg", NULL);
  const char *const signs[] = { "≥ ", "≤ ", "= ", "±" };
  g_auto (GStrv) lines = g_strsplit (run.output, "\n", -1);
  int column = -1;
  guint n = 0;

  assert_line (&run, "眼睛位置");
  for (char **line = lines; *line != NULL; line++)
    for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
      {
        int columns = columns_before (*line, signs[i]);

        if (strstr (*line, "ISO/IEC 29794-5") != NULL)
          column = -1;          /* the measures are a table of their own */
        if (columns < 0)
          continue;
        g_test_message ("%s", *line);
        if (column >= 0)
          g_assert_cmpint (columns, ==, column);
        column = columns;
        n++;
      }
  g_assert_cmpuint (n, >, 10);
}

/* From an uncropped original to a finished photo that passes. */
static void
test_crop (void)
{
  g_auto (ToolRun) run = tool_run (NULL, "crop", "original.jpg", "--out", "cropped.jpg", "--size", "480x640", NULL);
  g_auto (ToolRun) json = tool_run (NULL, "crop", "--json", "original.jpg", NULL);
  g_auto (ToolRun) nobody = tool_run (NULL, "crop", "nobody.jpg", NULL);
  g_auto (ToolRun) size = tool_run (NULL, "crop", "original.jpg", "--size", "400x400", NULL);
  g_autoptr (LkPixels) cropped = decode ("cropped.jpg");
  g_autoptr (cJSON) rectangle = lk_json_parse (json.output, -1, 0, NULL);
  g_auto (ToolRun) check = { 0 };

  g_assert_cmpint (run.status, ==, 0);
  assert_line (&run, "Crop: ");
  g_assert_cmpint (cropped->width, ==, 480);
  g_assert_cmpint (cropped->height, ==, 640);
  g_assert_cmpint (4 * lk_json_int (rectangle, "width", 0), ==, 3 * lk_json_int (rectangle, "height", -1));
  check = tool_run (NULL, "check", "--all", "cropped.jpg", NULL);
  assert_line (&check, "  pass     G3_eye_line ");
  assert_line (&check, "  pass     G4_face_width ");
  g_assert_cmpint (nobody.status, ==, 1);
  g_assert_true (g_str_has_prefix (nobody.errors, "likeness-check: nobody.jpg: "));
  assert_usage (&size, "likeness-check: --size takes one of the standard's sizes: 480x640, 720x960, 960x1280.\n");
}

static void
test_blue (void)
{
  g_auto (ToolRun) before = tool_run (NULL, "check", "white.jpg", NULL);
  g_auto (ToolRun) run = tool_run (NULL, "blue", "white.jpg", "--out", "blue.jpg", "--attempt", "2", NULL);
  g_auto (ToolRun) after = tool_run (NULL, "check", "blue.jpg", NULL);
  g_auto (ToolRun) zeroth = tool_run (NULL, "blue", "white.jpg", "--attempt", "0", NULL);

  assert_line (&before, "  FAIL     B1_replaced ");
  g_assert_cmpint (run.status, ==, 0);
  assert_line (&run, "Try 2 of 3\n  pass     B1_replaced ");
  assert_line (&after, "  pass     B1_replaced ");
  assert_usage (&zeroth, "likeness-check: The number of the try must be at least 1.\n");
}

static void
test_draw (void)
{
  g_auto (ToolRun) run = tool_run (NULL, "draw", "one", "drawn-one.jpg", "--seed", "5", NULL);
  g_auto (ToolRun) wrong = tool_run (NULL, "draw", "one", NULL);
  g_autofree char *path = tool_path ("drawn-one.jpg");

  g_assert_cmpint (run.status, ==, 0);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (wrong.status, ==, 2);
  g_assert_cmpstr (wrong.errors, ==, "likeness-check draw: Say what to draw and where to put it; --help shows examples.\n");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  if (!tool_has_models ())
    return 0;
  tool_init (argc, argv);
  tool_draw ("good/1.jpg", 1001, NULL);
  tool_draw ("good/2.jpg", 1002, NULL);
  tool_draw ("good/3.jpg", 1003, NULL);
  tool_draw ("bad/eyes.jpg", 1004, "G3_eye_line");
  tool_draw ("nobody.jpg", 1005, "G1_face_count:0");
  tool_draw ("white.jpg", 1006, "B1_replaced:0");
  tool_draw_original ("original.jpg", 1007);
  g_test_add_func ("/check-tool/check/good", test_good);
  g_test_add_func ("/check-tool/check/failed", test_failed);
  g_test_add_func ("/check-tool/check/unread", test_unread);
  g_test_add_func ("/check-tool/check/usage", test_usage);
  g_test_add_func ("/check-tool/check/help", test_help);
  g_test_add_func ("/check-tool/check/json", test_json);
  g_test_add_func ("/check-tool/check/annotate", test_annotate);
  g_test_add_func ("/check-tool/check/id-photo", test_id_photo);
  g_test_add_func ("/check-tool/check/compare", test_compare);
  g_test_add_func ("/check-tool/check/without-models", test_without_models);
  g_test_add_func ("/check-tool/check/chinese", test_chinese);
  g_test_add_func ("/check-tool/check/crop", test_crop);
  g_test_add_func ("/check-tool/check/blue", test_blue);
  g_test_add_func ("/check-tool/check/draw", test_draw);
  status = g_test_run ();
  tool_remove_folder ();
  return status;
}
