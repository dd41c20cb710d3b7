/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <glib/gstdio.h>

#include <string.h>

#include "core/error.h"
#include "core/json.h"

static void
test_line_of_error (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (cJSON) value = lk_json_parse ("{\n \"a\": 1,\n \"b\": ?\n}", -1, LK_ERROR_BAD_SPEC, &error);

  g_assert_null (value);
  g_assert_error (error, LK_ERROR, LK_ERROR_BAD_SPEC);
  g_assert_nonnull (strstr (error->message, "line 3"));
}

/* Where each value begins, strings with quotes, line ends and colons in them too. */
static void
test_line_of_value (void)
{
  const char *text = "{\n"
                     "  \"a\": [1, -2.5,\n"
                     "        {\"b\":\n"
                     "         true}],\n"
                     "  \"x \\\" : {\" : \"y:\\n[\",\n"
                     "  \"z\"\n"
                     "  : null\n"
                     "}\n";
  g_autoptr (cJSON) root = lk_json_parse (text, -1, LK_ERROR_BAD_SPEC, NULL);
  g_autoptr (cJSON) other = cJSON_CreateNull ();
  const cJSON *a = lk_json_array (root, "a"), *inner = cJSON_GetArrayItem (a, 2);

  g_assert_cmpint (lk_json_line (text, root, root), ==, 1);
  g_assert_cmpint (lk_json_line (text, root, a), ==, 2);
  g_assert_cmpint (lk_json_line (text, root, cJSON_GetArrayItem (a, 1)), ==, 2);
  g_assert_cmpint (lk_json_line (text, root, inner), ==, 3);
  g_assert_cmpint (lk_json_line (text, root, cJSON_GetObjectItem (inner, "b")), ==, 4);
  g_assert_cmpint (lk_json_line (text, root, cJSON_GetObjectItem (root, "x \" : {")), ==, 5);
  g_assert_cmpint (lk_json_line (text, root, cJSON_GetObjectItem (root, "z")), ==, 7);
  g_assert_cmpint (lk_json_line (text, root, other), ==, 0);
}

static gpointer
want_positive (const cJSON *root, GError **error)
{
  if (lk_json_int (root, "n", 0) > 0)
    return g_strdup ("good");
  lk_json_blame (root, "n");
  lk_json_blame (root, NULL);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_SPEC, "n must be above 0");
  return NULL;
}

/* The message names file and line; what one file did wrong is not said of the next. */
static void
test_read_file (void)
{
  static const struct { const char *text, *end; } cases[] = {
    { "{\n \"m\": 1,\n \"n\": -1}", "/file.json: line 3: n must be above 0" },
    { "\n{\"m\": 1}", "/file.json: line 2: n must be above 0" },
    { "{\n\"n\": ?}", "/file.json: line 2: not JSON" },
    { "{\"n\": 1}", NULL },
  };
  g_autofree char *folder = g_dir_make_tmp ("likeness-json-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "file.json", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *made = NULL;

      g_assert_true (g_file_set_contents (path, cases[i].text, -1, NULL));
      made = lk_json_read_file (path, want_positive, LK_ERROR_BAD_SPEC, &error);
      g_assert_cmpint (made != NULL, ==, cases[i].end == NULL);
      if (made == NULL)
        g_assert_true (g_str_has_suffix (error->message, cases[i].end));
    }
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_refused (void)
{
  static const char *const texts[] = { "", "{", "{} x", "[1,]", "\"\xff\"", "nul", "{\"a\" 1}" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lk_json_parse (texts[i], -1, LK_ERROR_BAD_REQUEST, &error));
      g_assert_error (error, LK_ERROR, LK_ERROR_BAD_REQUEST);
    }
}

static void
test_depth (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (cJSON) sixteen = lk_json_parse ("[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", -1, LK_ERROR_BAD_REQUEST, &error);
  g_autoptr (cJSON) in_text = lk_json_parse ("\"[[[[[[[[[[[[[[[[[[[[[\\\"[\"", -1, LK_ERROR_BAD_REQUEST, NULL);

  g_assert_no_error (error);
  g_assert_nonnull (sixteen);
  g_assert_nonnull (in_text);
  g_assert_null (lk_json_parse ("[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]", -1, LK_ERROR_BAD_REQUEST, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_BAD_REQUEST);
}

static void
test_members (void)
{
  g_autoptr (cJSON) json = lk_json_parse ("{\"s\":\"x\",\"n\":1.5,\"i\":7,\"b\":true,\"v\":[\"a\",\"b\"],\"m\":[\"a\",1]}",
                                          -1, LK_ERROR_BAD_REQUEST, NULL);
  g_auto (GStrv) strings = lk_json_strv (json, "v");

  g_assert_cmpstr (lk_json_string (json, "s"), ==, "x");
  g_assert_null (lk_json_string (json, "n"));
  g_assert_cmpfloat (lk_json_number (json, "n", 0), ==, 1.5);
  g_assert_cmpint (lk_json_int (json, "i", 0), ==, 7);
  g_assert_cmpint (lk_json_int (json, "n", -1), ==, -1);
  g_assert_true (lk_json_boolean (json, "b", FALSE));
  g_assert_cmpuint (g_strv_length (strings), ==, 2);
  g_assert_null (lk_json_strv (json, "m"));
  g_assert_null (lk_json_array (json, "none"));
}

static void
test_nan_is_left_out (void)
{
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  g_autofree char *text = NULL;

  lk_json_add_number (json, "a", NAN);
  lk_json_add_number (json, "b", 2);
  text = lk_json_print (json);
  g_assert_cmpstr (text, ==, "{\"b\":2}");
}

static void
test_times (void)
{
  static const char *const bad[] = { "", "2025-06-16", "2025-06-16T01:10:00", "yesterday", "2025-13-01T00:00:00Z" };
  g_autofree char *whole = NULL, *fine = NULL, *before = NULL, *early = NULL;
  gint64 time;

  g_assert_true (lk_time_from_text ("2025-06-16T09:10:00+08:00", &time));
  whole = lk_time_to_text (time);
  g_assert_cmpstr (whole, ==, "2025-06-16T01:10:00Z");
  g_assert_true (lk_time_from_text ("2025-06-16T01:10:00.123456Z", &time));
  fine = lk_time_to_text (time);
  g_assert_cmpstr (fine, ==, "2025-06-16T01:10:00.123456Z");
  before = lk_time_to_text (-1);
  g_assert_cmpstr (before, ==, "1969-12-31T23:59:59.999999Z");
  g_assert_true (lk_time_from_text ("0985-01-01T00:00:00Z", &time));
  early = lk_time_to_text (time);
  g_assert_cmpstr (early, ==, "0985-01-01T00:00:00Z");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (lk_time_from_text (bad[i], &time));
  g_assert_false (lk_time_from_text (NULL, &time));
}

/* As cJSON prints the number itself; also what does not fit into the buffer that is used first. */
static void
test_digits (void)
{
  const gint64 numbers[] = { 0, -1, 7, G_MAXINT32, 1750036200123456, -1750036200123456 };
  g_autofree char *padding = g_strnfill (5000, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    for (int is_long = 0; is_long < 2; is_long++)
      {
        g_autoptr (cJSON) number = cJSON_CreateObject (), digits = cJSON_CreateObject ();
        g_autofree char *expected = NULL, *text = NULL;

        lk_json_add_int (number, "n", numbers[i]);
        lk_json_add_digits (digits, "n", numbers[i]);
        lk_json_add_string (number, "text", is_long ? padding : "");
        lk_json_add_string (digits, "text", is_long ? padding : "");
        expected = lk_json_print (number);
        text = lk_json_print (digits);
        g_assert_cmpstr (text, ==, expected);
        g_assert_true (!is_long || strlen (text) > 5000);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/json/line-of-error", test_line_of_error);
  g_test_add_func ("/core/json/line-of-value", test_line_of_value);
  g_test_add_func ("/core/json/read-file", test_read_file);
  g_test_add_func ("/core/json/refused", test_refused);
  g_test_add_func ("/core/json/depth", test_depth);
  g_test_add_func ("/core/json/members", test_members);
  g_test_add_func ("/core/json/nan-is-left-out", test_nan_is_left_out);
  g_test_add_func ("/core/json/digits", test_digits);
  g_test_add_func ("/core/json/times", test_times);
  return g_test_run ();
}
