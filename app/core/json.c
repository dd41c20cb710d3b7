/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/error.h"
#include "core/json.h"

enum { MAX_DEPTH = 16, ROOM = 2048 };

/* cJSON guards its own stack at a depth of 1000; the contract allows far less. */
static gboolean
too_deep (const char *text, gsize length)
{
  int depth = 0;
  gboolean in_string = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (in_string && c == '\\')
        i++;
      else if (c == '"')
        in_string = !in_string;
      else if (!in_string && (c == '{' || c == '['))
        {
          if (++depth > MAX_DEPTH)
            return TRUE;
        }
      else if (!in_string && (c == '}' || c == ']'))
        depth--;
    }
  return FALSE;
}

static int
line_of (const char *text, const char *at)
{
  int line = 1;

  for (const char *p = text; p < at; p++)
    line += *p == '\n';
  return line;
}

/* Space and nothing else may follow the value. */
static gboolean
only_space (const char *from, const char *end)
{
  while (from < end && g_ascii_isspace (*from))
    from++;
  return from == end;
}

cJSON *
lk_json_parse (const char *text, gssize length, int code, GError **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  const char *end = text;
  g_autoptr (cJSON) value = NULL;

  if (!g_utf8_validate_len (text, size, &end))
    {
      g_set_error (error, LK_ERROR, code, "line %d: not UTF-8", line_of (text, end));
      return NULL;
    }
  if (too_deep (text, size))
    {
      g_set_error (error, LK_ERROR, code, "more than %d levels deep", MAX_DEPTH);
      return NULL;
    }
  value = cJSON_ParseWithLengthOpts (text, size, &end, FALSE);
  if (value == NULL || !only_space (end, text + size))
    {
      g_set_error (error, LK_ERROR, code, "line %d: not JSON", line_of (text, end != NULL ? end : text));
      return NULL;
    }
  return g_steal_pointer (&value);
}

static cJSON *
read_root (const char *path, int code, char **text, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gsize length;
  cJSON *value;

  if (!g_file_get_contents (path, text, &length, &cause))
    {
      g_set_error (error, LK_ERROR, code, "%s", cause->message);
      return NULL;
    }
  value = lk_json_parse (*text, (gssize) length, code, error);
  if (value == NULL)
    g_prefix_error (error, "%s: ", path);
  return value;
}

cJSON *
lk_json_load (const char *path, int code, GError **error)
{
  g_autofree char *text = NULL;

  return read_root (path, code, &text, error);
}

/* Counts values in the order of the text up to the wanted one; TRUE when it was found. */
static gboolean
count_values (const cJSON *at, const cJSON *wanted, guint *n)
{
  ++*n;
  if (at == wanted)
    return TRUE;
  for (const cJSON *child = at->child; child != NULL; child = child->next)
    if (count_values (child, wanted, n))
      return TRUE;
  return FALSE;
}

/* Behind the quote that ends the string that begins here. */
static const char *
skip_string (const char *p, int *line)
{
  for (p++; *p != '\0' && *p != '"'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
      *line += *p == '\n';
    }
  return *p == '"' ? p + 1 : p;
}

int
lk_json_line (const char *text, const cJSON *root, const cJSON *value)
{
  guint wanted = 0, n = 0;
  int line = 1;

  if (!count_values (root, value, &wanted))
    return 0;
  while (*text != '\0')
    {
      int first = line;
      gboolean is_value = strchr ("{[", *text) != NULL;

      if (*text == '"')
        {
          text = skip_string (text, &line);
          is_value = text[strspn (text, " \t\r\n")] != ':';   /* else the name of a member */
        }
      else if (g_ascii_isalnum (*text) || *text == '-')
        {
          text += strcspn (text, ",]} \t\r\n");
          is_value = TRUE;
        }
      else
        line += *text++ == '\n';
      if (is_value && ++n == wanted)
        return first;
    }
  return 0;
}

/* Of the file this thread is reading. */
static _Thread_local const cJSON *blamed;

void
lk_json_blame (const cJSON *object, const char *name)
{
  const cJSON *value = name != NULL ? cJSON_GetObjectItemCaseSensitive (object, name) : NULL;

  if (blamed == NULL)
    blamed = value != NULL ? value : object;
}

gpointer
lk_json_read_file (const char *path, LkJsonReader reader, int code, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (cJSON) root = read_root (path, code, &text, error);
  gpointer object;

  if (root == NULL)
    return NULL;
  blamed = NULL;
  object = reader (root, error);
  if (object == NULL && blamed != NULL)
    g_prefix_error (error, "%s: line %d: ", path, lk_json_line (text, root, blamed));
  else if (object == NULL)
    g_prefix_error (error, "%s: ", path);
  blamed = NULL;
  return object;
}

char *
lk_json_print (const cJSON *value)
{
  char room[ROOM];
  char *text, *copy;

  /* most are short, and then nothing is allocated on the way */
  if (cJSON_PrintPreallocated ((cJSON *) value, room, sizeof room, FALSE))
    return g_strdup (room);
  text = cJSON_PrintUnformatted (value);
  copy = g_strdup (text);
  cJSON_free (text);
  return copy;
}

static cJSON *
member (const cJSON *object, const char *name)
{
  return cJSON_GetObjectItemCaseSensitive (object, name);
}

const char *
lk_json_string (const cJSON *object, const char *name)
{
  return cJSON_GetStringValue (member (object, name));
}

double
lk_json_number (const cJSON *object, const char *name, double fallback)
{
  const cJSON *value = member (object, name);

  return cJSON_IsNumber (value) ? value->valuedouble : fallback;
}

gint64
lk_json_int (const cJSON *object, const char *name, gint64 fallback)
{
  double number = lk_json_number (object, name, NAN);

  /* beyond 2^53 a JSON number is no whole number any more */
  if (isnan (number) || number < -9007199254740992.0 || number > 9007199254740992.0 || floor (number) != number)
    return fallback;
  return (gint64) number;
}

gboolean
lk_json_boolean (const cJSON *object, const char *name, gboolean fallback)
{
  const cJSON *value = member (object, name);

  return cJSON_IsBool (value) ? cJSON_IsTrue (value) != 0 : fallback;
}

cJSON *
lk_json_array (const cJSON *object, const char *name)
{
  cJSON *value = member (object, name);

  return cJSON_IsArray (value) ? value : NULL;
}

cJSON *
lk_json_object (const cJSON *object, const char *name)
{
  cJSON *value = member (object, name);

  return cJSON_IsObject (value) ? value : NULL;
}

static char **
strings_of (const cJSON *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const cJSON *item;

  cJSON_ArrayForEach (item, array)
    {
      if (!cJSON_IsString (item))
        return NULL;
      g_strv_builder_add (builder, item->valuestring);
    }
  return g_strv_builder_end (builder);
}

char **
lk_json_strv (const cJSON *object, const char *name)
{
  const cJSON *array = lk_json_array (object, name);

  return array != NULL ? strings_of (array) : NULL;
}

char **
lk_json_parse_strv (const char *text)
{
  g_autoptr (cJSON) array = lk_json_parse (text, -1, LK_ERROR_CORRUPT, NULL);
  char **strings = cJSON_IsArray (array) ? strings_of (array) : NULL;

  return strings != NULL ? strings : g_new0 (char *, 1);
}

void
lk_json_add_string (cJSON *object, const char *name, const char *text)
{
  if (text != NULL)
    cJSON_AddStringToObject (object, name, text);
}

void
lk_json_add_number (cJSON *object, const char *name, double value)
{
  if (isfinite (value))
    cJSON_AddNumberToObject (object, name, value);
}

void
lk_json_add_int (cJSON *object, const char *name, gint64 value)
{
  cJSON_AddNumberToObject (object, name, (double) value);
}

void
lk_json_add_digits (cJSON *object, const char *name, gint64 value)
{
  char digits[24];

  g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, value);
  cJSON_AddRawToObject (object, name, digits);
}

void
lk_json_add_strv (cJSON *object, const char *name, const char *const *strings)
{
  cJSON *array = cJSON_AddArrayToObject (object, name);

  for (gsize i = 0; strings != NULL && strings[i] != NULL; i++)
    cJSON_AddItemToArray (array, cJSON_CreateString (strings[i]));
}

char *
lk_time_to_text (gint64 time_us)
{
  gint64 fraction = ((time_us % G_USEC_PER_SEC) + G_USEC_PER_SEC) % G_USEC_PER_SEC;
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc ((time_us - fraction) / G_USEC_PER_SEC);
  g_autofree char *text = NULL;

  if (time == NULL)
    return NULL;
  /* "%Y" would write the year 985 with three digits */
  text = g_date_time_format (time, "-%m-%dT%H:%M:%S");
  if (fraction == 0)
    return g_strdup_printf ("%04d%sZ", g_date_time_get_year (time), text);
  return g_strdup_printf ("%04d%s.%06" G_GINT64_FORMAT "Z", g_date_time_get_year (time), text, fraction);
}

gboolean
lk_time_from_text (const char *text, gint64 *time_us)
{
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  /* without a zone GLib returns NULL here: a local time has no meaning on the wire */
  if (time == NULL)
    return FALSE;
  *time_us = g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
  return TRUE;
}
