/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <glib/gstdio.h>

#include "core/error.h"
#include "make-picture.h"
#include "photo/checker.h"
#include "photo/engine.h"

/* The checker as a whole where models are missing: it works on and says so. */

static LkSpec *
load_spec (void)
{
  g_autoptr (GError) error = NULL;
  LkSpec *spec = lk_spec_load_default (&error);

  g_assert_no_error (error);
  return spec;
}

static LkChecker *
new_without_runtime (const LkSpec *spec)
{
  LkChecker *checker;

  g_setenv ("LIKENESS_RUNTIME", "/nonexistent/libonnxruntime.so", TRUE);
  checker = lk_checker_new (spec, NULL);
  g_unsetenv ("LIKENESS_RUNTIME");
  return checker;
}

static LkReport *
run_picture (LkChecker *checker, int width, int height, const JpegOptions *options)
{
  g_autoptr (LkPixels) pixels = make_pixels (width, height);
  g_autoptr (GBytes) file = make_jpeg (pixels, options);
  g_autoptr (GError) error = NULL;
  LkReport *report = lk_checker_run (checker, file, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (report);
  return report;
}

static LkOutcome
outcome_of (const LkReport *report, const char *id)
{
  LkCheck *check = lk_checks_find (report->checks, id);

  g_assert_nonnull (check);
  return lk_check_get_outcome (check);
}

/* Checks of the file alone pass; the others need a face and say that they were not run. */
static void
test_without_runtime (void)
{
  static const char *const file_ids[] = { "F1_format", "F2_size", "F3_bytes", "M08_jpeg_quality", NULL };
  /* what takes more than the photo is added where it is known whose photo it is */
  static const char *const of_the_service[] = { "I1_code_match", "D1_resubmitted", "D2_other_student" };
  g_autoptr (LkSpec) spec = load_spec ();
  g_autoptr (LkChecker) checker = new_without_runtime (spec);
  g_autoptr (LkReport) report = run_picture (checker, 480, 640, &(JpegOptions) { .quality = 95 });

  g_assert_nonnull (lk_checker_get_problem (checker));
  g_assert_cmpint (report->spec_version, ==, spec->version);
  g_assert_cmpuint (report->checks->len, ==, g_hash_table_size (spec->checks) - G_N_ELEMENTS (of_the_service));
  for (guint i = 0; i < report->checks->len; i++)
    {
      LkCheck *check = report->checks->pdata[i];

      if (g_strv_contains (file_ids, lk_check_get_id (check)))
        {
          g_assert_cmpint (lk_check_get_outcome (check), ==, LK_OUTCOME_PASS);
          g_assert_null (lk_check_get_why (check));
          continue;
        }
      g_assert_cmpint (lk_check_get_outcome (check), ==, LK_OUTCOME_NOT_RUN);
      g_assert_cmpstr (lk_check_get_why (check), ==, "no-engine");
      g_assert_true (isnan (lk_check_get_value (check)));
      g_assert_null (lk_check_get_reason (check));
    }
}

static void
test_without_models (void)
{
  g_autoptr (LkSpec) spec = load_spec ();
  g_autofree char *empty = g_dir_make_tmp ("likeness-models-XXXXXX", NULL);
  g_autoptr (LkChecker) checker = lk_checker_new (spec, empty);
  g_autoptr (LkReport) report = run_picture (checker, 480, 640, &(JpegOptions) { .quality = 95 });

  g_assert_nonnull (lk_checker_get_problem (checker));
  g_assert_cmpint (outcome_of (report, "G1_face_count"), ==, LK_OUTCOME_NOT_RUN);
  g_assert_cmpint (outcome_of (report, "F2_size"), ==, LK_OUTCOME_PASS);
  g_rmdir (empty);
}

/* A library that is there but is no runtime is refused like a missing one. */
static void
test_wrong_library (void)
{
  g_autoptr (LkSpec) spec = load_spec ();
  g_autoptr (LkChecker) checker = NULL;

  g_setenv ("LIKENESS_RUNTIME", "libglib-2.0.so.0", TRUE);
  checker = lk_checker_new (spec, NULL);
  g_unsetenv ("LIKENESS_RUNTIME");
  g_assert_nonnull (strstr (lk_checker_get_problem (checker), "libglib-2.0.so.0"));
}

static void
test_size (void)
{
  static const struct { int width, height; LkOutcome outcome; double limit; } cases[] = {
    { 480, 640, LK_OUTCOME_PASS, 480 },
    { 481, 640, LK_OUTCOME_PASS, 480 },         /* within the ratio's tolerance */
    { 960, 1280, LK_OUTCOME_PASS, 480 },
    { 479, 639, LK_OUTCOME_FAIL, 480 },
    { 360, 480, LK_OUTCOME_FAIL, 480 },
    { 480, 700, LK_OUTCOME_FAIL, 525 },         /* 525 would be right for this height */
    { 900, 640, LK_OUTCOME_FAIL, 480 },
  };
  g_autoptr (LkSpec) spec = load_spec ();
  g_autoptr (LkChecker) checker = new_without_runtime (spec);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LkReport) report =
        run_picture (checker, cases[i].width, cases[i].height, &(JpegOptions){ .quality = 95 });
      LkCheck *check = lk_checks_find (report->checks, "F2_size");

      g_assert_cmpint (lk_check_get_outcome (check), ==, cases[i].outcome);
      g_assert_cmpfloat (lk_check_get_value (check), ==, cases[i].width);
      g_assert_cmpfloat (lk_check_get_low (check), ==, cases[i].limit);
      g_assert_cmpstr (lk_check_get_reason (check), ==, cases[i].outcome == LK_OUTCOME_FAIL ? "R102" : NULL);
    }
}

static void
test_format (void)
{
  g_autoptr (LkSpec) spec = load_spec ();
  g_autoptr (LkChecker) checker = new_without_runtime (spec);
  g_autoptr (LkReport) grey = run_picture (checker, 480, 640, &(JpegOptions) { .components = 1 });
  g_autoptr (LkPixels) pixels = make_pixels (480, 640);
  g_autoptr (GBytes) file = make_png (480, 640, pixels->data, 480 * 3, &(PngOptions) { .colour_type = 2, .bits = 8 });
  g_autoptr (LkReport) png = lk_checker_run (checker, file, NULL, NULL);

  g_assert_cmpint (outcome_of (grey, "F1_format"), ==, LK_OUTCOME_FAIL);
  g_assert_cmpint (outcome_of (png, "F1_format"), ==, LK_OUTCOME_FAIL);
  g_assert_cmpint (outcome_of (png, "F2_size"), ==, LK_OUTCOME_PASS);
}

/* What cannot be decoded is an error and no report. */
static void
test_no_picture (void)
{
  g_autoptr (LkSpec) spec = load_spec ();
  g_autoptr (LkChecker) checker = new_without_runtime (spec);
  g_autoptr (GBytes) text = g_bytes_new_static ("no picture", 10);
  g_autoptr (GError) error = NULL;

  g_assert_null (lk_checker_run (checker, text, NULL, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_NOT_PICTURE);
}

/* A check that the spec does not have is not in the report. */
static void
test_smaller_spec (void)
{
  const char *json =
    "{\"version\": 7, \"frame\": {\"width\": 480, \"height\": 640},"
    "\"targets\": {\"hair_top\": 80, \"eye_line\": 250, \"face_width\": 240}, \"blue\": [100, 197, 255],"
    "\"max_bytes\": 1000000, \"max_pixels\": 1000000, \"checks\": {\"F3_bytes\":"
    "{\"version\": 3, \"kind\": \"hard\", \"certainty\": \"reliable\", \"low\": 5000, \"reason\": \"R103\"}}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (LkSpec) spec = lk_spec_parse (json, -1, &error);
  g_autoptr (LkChecker) checker = NULL;
  g_autoptr (LkReport) report = NULL;

  g_assert_no_error (error);
  checker = new_without_runtime (spec);
  report = run_picture (checker, 480, 640, &(JpegOptions) { .quality = 80 });
  g_assert_cmpint (report->spec_version, ==, 7);
  g_assert_cmpuint (report->checks->len, ==, 1);
  g_assert_cmpint (lk_check_get_version (report->checks->pdata[0]), ==, 3);
  g_assert_cmpint (outcome_of (report, "F3_bytes"), ==, LK_OUTCOME_FAIL);
}

static LkManifest *
parse_manifest (const char *json, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("likeness-manifest-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "models.json", NULL);
  LkManifest *manifest;

  g_assert_true (g_file_set_contents (path, json, -1, NULL));
  manifest = lk_manifest_load (path, error);
  g_unlink (path);
  g_rmdir (folder);
  return manifest;
}

static void
test_manifest (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkManifest) manifest = parse_manifest (
    "{\"models\": [{\"id\": \"mesh\", \"file\": \"m.onnx\", \"min_score\": 0.5, \"outputs\": [\"a\", \"b\"],"
    " \"input\": {\"name\": \"in\", \"size\": 192, \"layout\": \"NCHW\", \"mean\": 1, \"scale\": 2}}],"
    " \"similarity\": {\"models\": [\"x\", \"y\"], \"same\": 1.5, \"different\": 0.5}}", &error);
  const LkModelEntry *entry;

  g_assert_no_error (error);
  entry = lk_manifest_get_model (manifest, "mesh", &error);
  g_assert_true (entry->planar);
  g_assert_cmpuint (entry->n_outputs, ==, 2);
  g_assert_cmpstr (entry->output_names[1], ==, "b");
  g_assert_cmpfloat (manifest->same, ==, 1.5);
  g_assert_null (lk_manifest_get_model (manifest, "iris", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_BAD_SPEC);
}

static void
test_bad_manifests (void)
{
  static const char *const bad[] = {
    "{\"models\": [",
    "{\"models\": [{\"id\": \"mesh\"}]}",
    "{\"models\": [{\"id\": \"mesh\", \"file\": \"../m.onnx\"}]}",
    "{\"models\": [{\"id\": \"m\", \"file\": \"m\", \"outputs\": [], \"input\": {\"name\": \"i\", \"size\": 8, "
    "\"layout\": \"NHWC\"}}]}",
    "{\"models\": [{\"id\": \"m\", \"file\": \"m\", \"outputs\": [\"a\"], \"input\": {\"name\": \"i\", \"size\": 0, "
    "\"layout\": \"NHWC\"}}]}",
    "{\"models\": [{\"id\": \"m\", \"file\": \"m\", \"outputs\": [\"a\"], \"input\": {\"name\": \"i\", \"size\": 8, "
    "\"layout\": \"CHW\"}}]}",
    "{\"models\": [], \"templates\": {\"t\": {\"size\": 112, \"points\": [[1, 2], [3, 4]]}}}",
    "{\"models\": [], \"similarity\": []}",
    "{\"models\": [], \"similarity\": {\"models\": [], \"same\": 0, \"different\": 0}}",
    "{\"models\": [], \"similarity\": {\"models\": [\"x\"], \"same\": 1}}",
    "{\"models\": [], \"similarity\": {\"models\": [\"x\"], \"same\": 1.1, \"different\": 0.5}}",
    "{\"models\": [], \"similarity\": {\"models\": [\"x\"], \"same\": 0.4, \"different\": 0.5}}",
    "{\"models\": [], \"similarity\": {\"models\": [\"x\"], \"same\": 0.4, \"different\": -1.5}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse_manifest (bad[i], &error));
      g_assert_error (error, LK_ERROR, LK_ERROR_BAD_SPEC);
    }
}

static void
test_damaged_canonical_face (void)
{
  g_autofree guint8 *bytes = g_malloc0 (16 + LK_MESH_POINTS * 20 + 4 * 8);
  g_autofree LkCanonicalFace *face = g_new0 (LkCanonicalFace, 1);
  gsize size = 16 + LK_MESH_POINTS * 20 + 4 * 8;

  memcpy (bytes, "LKCANON1\xd4\x01\0\0\4\0\0\0", 16);
  for (gsize cut = 0; cut <= size; cut += size / 4)
    {
      g_autoptr (GBytes) part = g_bytes_new (bytes, cut);
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (lk_canonical_face_parse (face, part, &error), ==, cut == size);
    }
  bytes[size - 8] = 0xff;       /* a weight for a point that does not exist */
  bytes[size - 7] = 0xff;
  {
    g_autoptr (GBytes) wrong = g_bytes_new (bytes, size);

    g_assert_false (lk_canonical_face_parse (face, wrong, NULL));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checker/without-runtime", test_without_runtime);
  g_test_add_func ("/checker/without-models", test_without_models);
  g_test_add_func ("/checker/wrong-library", test_wrong_library);
  g_test_add_func ("/checker/size", test_size);
  g_test_add_func ("/checker/format", test_format);
  g_test_add_func ("/checker/no-picture", test_no_picture);
  g_test_add_func ("/checker/smaller-spec", test_smaller_spec);
  g_test_add_func ("/models/manifest", test_manifest);
  g_test_add_func ("/models/bad-manifests", test_bad_manifests);
  g_test_add_func ("/models/damaged-canonical-face", test_damaged_canonical_face);
  return g_test_run ();
}
