/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/csv.h"
#include "core/error.h"

static const LkCsvRecord *
record (GPtrArray *records, guint i)
{
  g_assert_cmpuint (i, <, records->len);
  return records->pdata[i];
}

static void
assert_fields (GPtrArray *records, guint i, int line, const char *const *fields)
{
  g_assert_cmpint (record (records, i)->line, ==, line);
  g_assert_cmpstrv (record (records, i)->fields, fields);
}
#define FIELDS(...) ((const char *const[]) { __VA_ARGS__, NULL })

static void
test_plain (void)
{
  g_autoptr (GPtrArray) records = lk_csv_parse ("a,b,c\r\n1,,3\n\n,,\r4,5\n", NULL);

  g_assert_cmpuint (records->len, ==, 3);
  assert_fields (records, 0, 1, FIELDS ("a", "b", "c"));
  assert_fields (records, 1, 2, FIELDS ("1", "", "3"));
  assert_fields (records, 2, 5, FIELDS ("4", "5"));
}

static void
test_quotes (void)
{
  g_autoptr (GPtrArray) records = lk_csv_parse ("\"a, b\",\"say \"\"hi\"\"\"\n\"two\r\nlines\",\"\"\nlast,\"x\"", NULL);

  g_assert_cmpuint (records->len, ==, 3);
  assert_fields (records, 0, 1, FIELDS ("a, b", "say \"hi\""));
  assert_fields (records, 1, 2, FIELDS ("two\r\nlines", ""));
  /* the line break inside the quotes counts as a line of the file */
  assert_fields (records, 2, 4, FIELDS ("last", "x"));
}

static void
test_quote_inside_field_is_text (void)
{
  g_autoptr (GPtrArray) records = lk_csv_parse ("=\"0012\",5\"\n", NULL);

  assert_fields (records, 0, 1, FIELDS ("=\"0012\"", "5\""));
}

static void
test_open_quote (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lk_csv_parse ("a\nb\n\"c\nd\n", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_BAD_ROSTER);
  g_assert_nonnull (strstr (error->message, "line 3"));
}

static void
test_tabs (void)
{
  g_autoptr (GPtrArray) records = lk_csv_parse ("学号\t姓名\n1\t李, 明\n", NULL);
  g_autoptr (GPtrArray) commas = lk_csv_parse ("a,b\tc\n", NULL);

  assert_fields (records, 1, 2, FIELDS ("1", "李, 明"));
  assert_fields (commas, 0, 1, FIELDS ("a", "b\tc"));
}

static void
test_empty (void)
{
  g_autoptr (GPtrArray) nothing = lk_csv_parse ("", NULL);
  g_autoptr (GPtrArray) blank = lk_csv_parse ("\n \n,,,\n\xe3\x80\x80\n", NULL);

  g_assert_cmpuint (nothing->len, ==, 0);
  g_assert_cmpuint (blank->len, ==, 0);
}

static void
assert_text (const char *data, gsize size, const char *wanted)
{
  g_autoptr (GBytes) file = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = lk_csv_to_utf8 (file, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, wanted);
}

static void
test_charsets (void)
{
  static const char *const charsets[][2] = {
    { "UTF-8", "" }, { "UTF-8", "\xef\xbb\xbf" }, { "UTF-16LE", "\xff\xfe" }, { "UTF-16BE", "\xfe\xff" },
    { "GB18030", "" },
  };
  /* the last is outside the two-byte part of GB 18030 and outside the first plane of Unicode */
  const char *wanted = "学号,姓名\n2021001,欧阳小明\n2021002,𠮷田\n";

  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      gsize size;
      g_autofree char *converted = g_convert (wanted, -1, charsets[i][0], "UTF-8", NULL, &size, NULL);
      g_autoptr (GString) file = g_string_new (charsets[i][1]);

      g_assert_nonnull (converted);
      g_string_append_len (file, converted, (gssize) size);
      assert_text (file->str, file->len, wanted);
    }
  assert_text ("", 0, "");
}

static void
test_not_text (void)
{
  static const struct { const char *data; gsize size; } files[] = {
    { "\xff\xd8\xff\xe0\0\x10JFIF\0", 11 },     /* a picture */
    { "PK\x03\x04\x14\0\x06\0", 8 },            /* a workbook */
    { "a,b\n\xff\xff\xff", 7 },
    { "a\0b", 3 },
    { "\xff\xfe\x41", 3 },                      /* half a UTF-16 unit */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) file = g_bytes_new_static (files[i].data, files[i].size);
      g_autoptr (GError) error = NULL;

      g_assert_null (lk_csv_to_utf8 (file, &error));
      g_assert_error (error, LK_ERROR, LK_ERROR_BAD_ROSTER);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/csv/plain", test_plain);
  g_test_add_func ("/core/csv/quotes", test_quotes);
  g_test_add_func ("/core/csv/quote-inside-field-is-text", test_quote_inside_field_is_text);
  g_test_add_func ("/core/csv/open-quote", test_open_quote);
  g_test_add_func ("/core/csv/tabs", test_tabs);
  g_test_add_func ("/core/csv/empty", test_empty);
  g_test_add_func ("/core/csv/charsets", test_charsets);
  g_test_add_func ("/core/csv/not-text", test_not_text);
  return g_test_run ();
}
