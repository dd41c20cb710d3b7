/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/csv.h"
#include "core/error.h"

static const char utf8_bom[] = "\xef\xbb\xbf";

static char *
convert (const char *data, gsize size, const char *charset)
{
  gsize used, length;
  g_autofree char *text = g_convert (data, size, "UTF-8", charset, &used, &length, NULL);

  if (text == NULL || used != size || strlen (text) != length)
    return NULL;
  return g_steal_pointer (&text);
}

/* Pictures and office files also pass as GB 18030 now and then; their control characters give them away. */
static gboolean
is_plain_text (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) && *p != '\t' && *p != '\r' && *p != '\n')
      return FALSE;
  return TRUE;
}

static char *
decode (const char *data, gsize size)
{
  if (size >= 3 && memcmp (data, utf8_bom, 3) == 0)
    return g_utf8_validate_len (data + 3, size - 3, NULL) ? g_strndup (data + 3, size - 3) : NULL;
  if (size >= 2 && memcmp (data, "\xff\xfe", 2) == 0)
    return convert (data + 2, size - 2, "UTF-16LE");
  if (size >= 2 && memcmp (data, "\xfe\xff", 2) == 0)
    return convert (data + 2, size - 2, "UTF-16BE");
  if (g_utf8_validate_len (data, size, NULL))
    return g_strndup (data, size);
  return convert (data, size, "GB18030");
}

char *
lk_csv_to_utf8 (GBytes *file, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (file, &size);
  g_autofree char *text = data != NULL ? decode (data, size) : g_strdup ("");

  if (text != NULL && is_plain_text (text))
    return g_steal_pointer (&text);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_ROSTER, "not a text file in UTF-8, UTF-16 or GB 18030");
  return NULL;
}

/* Excel writes its "Unicode text" with tabs; such a heading has no comma. */
static char
find_separator (const char *text)
{
  gsize line = strcspn (text, "\r\n");

  return memchr (text, '\t', line) != NULL && memchr (text, ',', line) == NULL ? '\t' : ',';
}

/* Steps over one line end, "\n", "\r\n" or "\r", when there is one. */
static gboolean
skip_line_end (const char **p, int *line)
{
  if (**p != '\r' && **p != '\n')
    return FALSE;
  *p += (*p)[0] == '\r' && (*p)[1] == '\n' ? 2 : 1;
  ++*line;
  return TRUE;
}

/* The inside of a quoted field, p standing on its first quote; a doubled quote is one quote. FALSE when it never ends. */
static gboolean
read_quoted (const char **p, int *line, GString *field)
{
  const char *start;

  for (++*p; **p != '\0';)
    {
      start = *p;
      if (**p == '"' && (*p)[1] != '"')
        {
          ++*p;
          return TRUE;
        }
      if (**p == '"')
        start = ++*p;
      if (!skip_line_end (p, line))
        ++*p;
      g_string_append_len (field, start, *p - start);
    }
  return FALSE;
}

static gboolean
read_field (const char **p, char separator, int *line, GString *field)
{
  g_string_truncate (field, 0);
  if (**p == '"' && !read_quoted (p, line, field))
    return FALSE;
  while (**p != '\0' && **p != separator && **p != '\r' && **p != '\n')
    g_string_append_c (field, *(*p)++);
  return TRUE;
}

/* One record; p is left at the start of the next. FALSE for an open quote. */
static gboolean
read_record (const char **p, char separator, int *line, GStrvBuilder *fields)
{
  g_autoptr (GString) field = g_string_new (NULL);

  for (;;)
    {
      if (!read_field (p, separator, line, field))
        return FALSE;
      g_strv_builder_add (fields, field->str);
      if (**p != separator)
        break;
      ++*p;
    }
  skip_line_end (p, line);
  return TRUE;
}

static gboolean
is_blank (char **fields)
{
  for (gsize i = 0; fields[i] != NULL; i++)
    for (const char *p = fields[i]; *p != '\0'; p = g_utf8_next_char (p))
      if (!g_unichar_isspace (g_utf8_get_char (p)))
        return FALSE;
  return TRUE;
}

static void
record_free (gpointer data)
{
  LkCsvRecord *record = data;

  g_strfreev (record->fields);
  g_free (record);
}

GPtrArray *
lk_csv_parse (const char *text, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (record_free);
  char separator = find_separator (text);
  int line = 1;

  for (const char *p = text; *p != '\0';)
    {
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      g_auto (GStrv) fields = NULL;
      LkCsvRecord *record;
      int first_line = line;

      if (!read_record (&p, separator, &line, builder))
        {
          g_set_error (error, LK_ERROR, LK_ERROR_BAD_ROSTER, "line %d: a quote is not closed", first_line);
          return NULL;
        }
      fields = g_strv_builder_end (builder);
      if (is_blank (fields))
        continue;
      record = g_new (LkCsvRecord, 1);
      record->line = first_line;
      record->fields = g_steal_pointer (&fields);
      g_ptr_array_add (records, record);
    }
  return g_steal_pointer (&records);
}
