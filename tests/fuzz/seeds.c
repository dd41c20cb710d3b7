/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-seeds DIR: what the fuzzers begin with, a folder each: good inputs of every form. */
#include <glib/gstdio.h>
#include <lcms2.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>

#include "bad-code.h"
#include "core/data.h"
#include "core/json.h"
#include "core/wire.h"
#include "make-heic.h"
#include "make-picture.h"
#include "sample.h"
#include "tools/portrait/write.h"

static const char *root;
static int n_written;

static void
put (const char *target, const void *data, gsize size)
{
  g_autofree char *folder = g_build_filename (root, target, NULL);
  g_autofree char *name = g_strdup_printf ("%03d", n_written++);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0755);
  if (!g_file_set_contents (path, data, (gssize) size, &error))
    g_error ("%s", error->message);
}

static void
put_bytes (const char *target, GBytes *bytes)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  put (target, data, size);
  g_bytes_unref (bytes);
}

static void
put_json (const char *target, cJSON *json)
{
  g_autofree char *text = lk_json_print (json);

  put (target, text, strlen (text));
  cJSON_Delete (json);
}

/* A profile that is not sRGB, so that its curves and matrices are read and used. */
static GBytes *
make_profile (void)
{
  cmsCIExyY white = { 0.3127, 0.3290, 1 };
  cmsCIExyYTRIPLE primaries = { { 0.68, 0.32, 1 }, { 0.265, 0.69, 1 }, { 0.15, 0.06, 1 } };
  cmsToneCurve *curve = cmsBuildGamma (NULL, 2.2);
  cmsToneCurve *curves[3] = { curve, curve, curve };
  cmsHPROFILE profile = cmsCreateRGBProfile (&white, &primaries, curves);
  cmsUInt32Number size = 0;
  guint8 *data;

  cmsSaveProfileToMem (profile, NULL, &size);
  data = g_malloc (size);
  cmsSaveProfileToMem (profile, data, &size);
  cmsCloseProfile (profile);
  cmsFreeToneCurve (curve);
  return g_bytes_new_take (data, size);
}

static void
put_portrait (void)
{
  LkPortraitParams *params = lk_portrait_params_random (1);
  g_autoptr (LkPortrait) portrait = NULL;

  params->width = 60;
  params->height = 80;
  portrait = lk_portrait_render (params, NULL);
  put_bytes ("jpeg", lk_portrait_encode_jpeg (portrait, 80));
  put_bytes ("png", lk_portrait_encode_png (portrait));
  put_bytes ("png", lk_portrait_encode_mask (portrait));
  lk_portrait_params_free (params);
}

static void
put_pictures (void)
{
  g_autoptr (GBytes) profile = make_profile ();
  const JpegOptions jpeg[] = {
    { 0 }, { .progressive = TRUE }, { .components = 1, .two_scans = TRUE }, { .components = 1, .orientation = 6 },
    { .quality = 30, .orientation = 3 }, { .profile = profile }, { .components = 4 },
  };
  const PngOptions png[] = {
    { .colour_type = PNG_COLOR_TYPE_RGB, .bits = 8, .orientation = 3 },
    { .colour_type = PNG_COLOR_TYPE_RGB, .bits = 8, .interlaced = TRUE },
    { .colour_type = PNG_COLOR_TYPE_RGB, .bits = 8, .profile = profile },
    { .colour_type = PNG_COLOR_TYPE_GRAY, .bits = 1 },
    { .colour_type = PNG_COLOR_TYPE_GRAY, .bits = 8, .interlaced = TRUE },
    { .colour_type = PNG_COLOR_TYPE_RGB_ALPHA, .bits = 8 },
    { .colour_type = PNG_COLOR_TYPE_RGB, .bits = 16 },
  };
  g_autoptr (LkPixels) pixels = make_pixels (33, 24);
  guint8 rows[24 * 33 * 8];     /* enough for every form */

  for (gsize i = 0; i < sizeof rows; i++)
    rows[i] = i * i % 251;
  if (can_make_heic ())
    put_bytes ("heic", make_heic (pixels));
  for (gsize i = 0; i < G_N_ELEMENTS (jpeg); i++)
    put_bytes ("jpeg", make_jpeg (pixels, &jpeg[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (png); i++)
    put_bytes ("png", make_png (33, 24, rows, 33 * 8, &png[i]));
}

static void
put_data_file (const char *target, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = lk_data_find (name, &error);
  g_autofree char *text = NULL;
  gsize size;

  if (path == NULL || !g_file_get_contents (path, &text, &size, &error))
    g_error ("%s", error->message);
  put (target, text, size);
}

static void
put_wire (void)
{
  static const char *const answers[] = {
    "{\"version\":\"0.1.0\",\"lease\":{\"max\":20,\"seconds\":600},\"undo_seconds\":30}",
    "{\"token\":\"abc\",\"expires_in\":3600,\"account\":{\"id\":\"1\",\"user\":\"r\",\"name\":\"n\",\"role\":\"reviewer\"}}",
    "{\"results\":[{\"key\":\"k\",\"status\":\"conflict\",\"code\":\"already-decided\",\"by\":\"王*\"}]}",
    "{\"pending\":1,\"in_review\":2,\"decided_today\":3,\"mine_today\":4,\"oldest_seconds\":5}",
    "{\"cursor\":\"7\",\"more\":false,\"changes\":[{\"submission\":\"s\",\"state\":\"PENDING\"}]}",
  };
  g_autoptr (LkSubmission) submission = sample_submission (1);
  g_autoptr (LkDecision) decision = sample_decision (submission, LK_VERDICT_RETURN);
  g_autoptr (LkCheck) check = lk_check_new (&(LkCheckDescription) {
    .id = "G3_eye_line", .version = 1, .kind = LK_CHECK_HARD, .outcome = LK_OUTCOME_FAIL, .value = 321.5, .score = 40, .low = 200,
    .high = 300, .region = { LK_REGION_ROW, 0.25f, 0.5f, 0.75f, 0.5f }, .reason = "R203" });
  g_autoptr (GPtrArray) checks = g_ptr_array_new ();
  cJSON *lease = cJSON_CreateObject ();
  cJSON *leases = cJSON_CreateObject ();

  g_ptr_array_add (checks, check);
  put_json ("wire", lk_submission_to_json (submission));
  put_json ("wire", lk_decision_to_json (decision));
  put_json ("wire", lk_checks_to_json (checks));
  lk_json_add_string (lease, "id", "l");
  lk_json_add_int (lease, "expires_in", 600);
  cJSON_AddItemToObject (lease, "submission", lk_submission_to_json (submission));
  cJSON_AddItemToArray (cJSON_AddArrayToObject (leases, "leases"), lease);
  put_json ("answers", leases);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    put ("answers", answers[i], strlen (answers[i]));
}

static void
put_requests (void)
{
  static const char *const heads[] = {
    "POST /v1/leases HTTP/1.1\nHost: a\nContent-Length: 12\nTransfer-Encoding: chunked",
    "GET /v1/images/0 HTTP/1.1\nHost: a\nRange: bytes=1-2\nbytes=-5\nbytes=7-",
    "en-GB, zh;q=0.5\nzh-CN,zh;q=0.9,en;q=0.8\n192.0.2.7, 10.0.0.2\n2001:db8::7,::1",
  };
  /* the call and who sends it come first; any will do */
  static const char *const bodies[] = {
    "AA{\"count\":2,\"filter\":{\"queue\":\"first\",\"age\":\"new\",\"outcome\":\"fail\",\"student\":\"001\"}}",
    "CA{\"decisions\":[{\"key\":\"0192f0c0-0000-7000-8000-000000000001\",\"submission\":\"0192f0c0-0000-7000-8000-000000000002\","
    "\"lease\":\"0192f0c0-0000-7000-8000-000000000003\",\"photo\":\"00\",\"verdict\":\"return\",\"reasons\":[\"R203\"],"
    "\"note\":\"\",\"decided_at\":\"2025-06-16T01:10:00Z\",\"shown_ms\":1500,\"input\":\"key\",\"unsure\":true}]}",
    "EG{\"crop\":{\"x\":0.1,\"y\":0.1,\"width\":0.5,\"height\":0.5,\"roll\":1.5}}",
    "HG{\"type\":\"APPEAL\",\"text\":\"t\",\"submission\":null,\"attachments\":[{\"kind\":\"crop\",\"id\":\"0192f0c0-0000-7000-8000-"
    "000000000001\"}]}",
    "KD{\"student\":1,\"type\":\"OTHER\",\"text\":\"t\"}",
    "LD{\"step\":\"decide\",\"to\":\"RETURNED\",\"text\":\"t\",\"key\":\"0192f0c0-0000-7000-8000-000000000001\"}",
    "ME{\"tries\":2,\"reason\":\"r\",\"field\":\"name\",\"ticket\":null,\"device\":\"0192f0c0-0000-7000-8000-000000000001\","
    "\"back\":\"http://127.0.0.1:1/\",\"state\":\"s\",\"code\":\"c\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    put ("heads", heads[i], strlen (heads[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    put ("bodies", bodies[i], strlen (bodies[i]));
}

static void
put_rosters (void)
{
  static const char text[] = "学号,姓名,班级\r\n2021000001,李明,会计2班\r\n2021000001,\"王,\"\"芳\",二\r\n,,\r\n";
  gsize size;
  char *other;

  put ("roster", text, strlen (text));
  other = g_convert (text, -1, "GB18030", "UTF-8", NULL, &size, NULL);
  put ("roster", other, size);
  g_free (other);
  other = g_convert (text, -1, "UTF-16", "UTF-8", NULL, &size, NULL);
  put ("roster", other, size);
  g_free (other);
}

/* The published texts and payloads. */
static void
put_codes (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("LIKENESS_DATA_DIR"), "..", "docs", "collection-code-vectors.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (cJSON) root = lk_json_load (path, 0, &error);
  const cJSON *json;

  if (root == NULL)
    g_error ("%s", error->message);
  cJSON_ArrayForEach (json, lk_json_array (root, "refused"))
    put ("code", lk_json_string (json, "text"), strlen (lk_json_string (json, "text")));
  cJSON_ArrayForEach (json, lk_json_array (root, "codes"))
    {
      const char *text = lk_json_string (json, "text"), *hex = lk_json_string (json, "payload");
      guint8 payload[256];
      gsize n = MIN (strlen (hex) / 2, sizeof payload);

      put ("code", text, strlen (text));
      for (gsize i = 0; i < n; i++)
        payload[i] = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
      put ("code", payload, n);
    }
}

/* As tests/fuzz/fuzz-qr.c takes them: pixels, then segments. */
static void
put_qr (void)
{
  static const guint8 segments[][24] = {
    { 1, 0, 0, 0, 5, '1', '2', '3', '4', '5', 1, 4, 'A', 'B', 'C', ':', 2, 5, 'a', 'b', 'c', 'd', 'e' },
    { 1, 1, 2, 9, 9, 2, 6, 0xe6, 0xad, 0xa3, 0xe7, 0x85, 0xa7, 2, 4, 'C', 'C', '1', '.' },
    { 1, 2, 0, 7, 0, 26, 2, 4, 't', 'e', 'x', 't', 7, 0, 20, 3, 2, 0x83, 0x41 },
    { 1, 3, 4, 20, 20, 8, 9, 4, 3, 2, 4, 0xc4, 0xe3, 0xba, 0xc3 },
  };
  g_autoptr (LkGrey) code = bad_code_draw_plain ("CC1.A");
  g_autoptr (LkGrey) small = lk_grey_shrink (code, 2);
  g_autofree guint8 *pixels = g_malloc ((gsize) small->width * small->height + 2);

  pixels[0] = 0;
  pixels[1] = (guint8) (small->width - 1);
  memcpy (pixels + 2, small->data, (gsize) small->width * small->height);
  put ("qr", pixels, (gsize) small->width * small->height + 2);
  for (gsize i = 0; i < G_N_ELEMENTS (segments); i++)
    put ("qr", segments[i], sizeof segments[i]);
}

int
main (int argc, char **argv)
{
  if (argc != 2)
    return EXIT_FAILURE;
  root = argv[1];
  put_portrait ();
  put_pictures ();
  put_data_file ("spec", "photo-spec.json");
  put_data_file ("reasons", "reasons.json");
  put_data_file ("models", "models.json");
  put_data_file ("calendar", "calendar.json");
  put_data_file ("service", "service.json");
  put_wire ();
  put_rosters ();
  put_codes ();
  put_qr ();
  put_requests ();
  return EXIT_SUCCESS;
}
