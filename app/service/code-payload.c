/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/code-payload.h"

#include <string.h>

#include "core/error.h"
#include "service/code-day.h"

enum
{
  N_MEMBERS = 6,
  YEAR_BASE = 2000,             /* 0 stands for "no year" */
  YEAR_MAX = 255,
  RUN_MAX = 31,                 /* hidden characters that one control character stands for */
  NAME_MAX_BYTES = 64, DOCUMENT_MAX_BYTES = 32,
  UNIQUE_DIGITS_MAX = 19,       /* as many always fit 64 bits */
};

/* CBOR's major types */
enum { CBOR_UINT = 0, CBOR_BYTES = 2, CBOR_TEXT = 3, CBOR_ARRAY = 4 };

gboolean
lk_code_is_unique_no (const char *text)
{
  gsize n = strlen (text);

  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isalnum (text[i]))
      return FALSE;
  return n > 0 && n <= LK_CODE_UNIQUE_MAX;
}

/* -- writing -- */

/* A head in its shortest form. */
static void
put_head (GByteArray *out, int major, guint64 value)
{
  guint8 head[9];
  int n_bytes = value < 24 ? 0 : value <= G_MAXUINT8 ? 1 : value <= G_MAXUINT16 ? 2 : value <= G_MAXUINT32 ? 4 : 8;
  int width = n_bytes == 0 ? 0 : n_bytes == 1 ? 24 : n_bytes == 2 ? 25 : n_bytes == 4 ? 26 : 27;

  head[0] = (guint8) (major << 5 | (n_bytes == 0 ? (int) value : width));
  for (int i = 0; i < n_bytes; i++)
    head[1 + i] = (guint8) (value >> (8 * (n_bytes - 1 - i)));
  g_byte_array_append (out, head, 1 + n_bytes);
}

static void
put_bytes (GByteArray *out, int major, gconstpointer data, gsize n)
{
  put_head (out, major, n);
  g_byte_array_append (out, data, (guint) n);
}

/* A number where it comes back as the same text. */
static gboolean
is_plain_number (const char *text)
{
  gsize n = strlen (text);

  return n <= UNIQUE_DIGITS_MAX && strspn (text, "0123456789") == n && text[0] != '0';
}

static void
put_unique_no (GByteArray *out, const char *text)
{
  if (is_plain_number (text))
    put_head (out, CBOR_UINT, g_ascii_strtoull (text, NULL, 10));
  else
    put_bytes (out, CBOR_TEXT, text, strlen (text));
}

/* Stars come in runs: the control character U+0001 stands for one, U+001F for 31. FALSE for what cannot be written. */
static gboolean
put_masked (GByteArray *out, const char *text, gsize max)
{
  g_autoptr (GString) packed = g_string_new (NULL);
  guint run = 0;

  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *c = text; *c != '\0' || run > 0;)
    {
      if (*c == '*' && run < RUN_MAX)
        {
          run++;
          c++;
          continue;
        }
      if (run > 0)
        g_string_append_c (packed, (char) run);
      else if ((guchar) *c < 0x20)
        return FALSE;
      else
        g_string_append_c (packed, *c++);
      run = 0;
    }
  if (packed->len > max)
    return FALSE;
  put_bytes (out, CBOR_TEXT, packed->str, packed->len);
  return TRUE;
}

static gboolean
put_code_id (GByteArray *out, const char *hex)
{
  guint8 id[LK_CODE_ID_SIZE];

  if (strlen (hex) != 2 * sizeof id)
    return FALSE;
  for (gsize i = 0; i < sizeof id; i++)
    {
      int high = g_ascii_xdigit_value (hex[2 * i]), low = g_ascii_xdigit_value (hex[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      id[i] = (guint8) (high << 4 | low);
    }
  put_bytes (out, CBOR_BYTES, id, sizeof id);
  return TRUE;
}

GBytes *
lk_code_payload_write (const LkCollectionCode *code, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  int year = code->graduation_year == 0 ? 0 : code->graduation_year - YEAR_BASE;
  int day = lk_code_day_of (code->expires_us);
  gboolean ok = lk_code_is_unique_no (code->unique_no) && (code->graduation_year == 0 || (year > 0 && year <= YEAR_MAX)) && day >= 0;

  put_head (out, CBOR_ARRAY, N_MEMBERS);
  if (ok)
    put_unique_no (out, code->unique_no);
  ok = ok && put_masked (out, code->name, NAME_MAX_BYTES) && put_masked (out, code->document_no, DOCUMENT_MAX_BYTES);
  put_head (out, CBOR_UINT, ok ? year : 0);
  ok = ok && put_code_id (out, code->code_id);
  put_head (out, CBOR_UINT, ok ? day : 0);
  if (ok)
    return g_bytes_new (out->data, out->len);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_REQUEST, "this does not fit into a collection code");
  return NULL;
}

/* -- reading -- */

typedef struct
{
  const guint8 *at;
  gsize left;
} Reader;

/* The value of a head of this major type; FALSE for another type and for a form that is not the shortest. */
static gboolean
take_head (Reader *self, int major, guint64 *value)
{
  static const guint64 least[] = { 24, G_MAXUINT8 + 1, G_MAXUINT16 + 1, (guint64) G_MAXUINT32 + 1 };
  int width, n_bytes;

  if (self->left == 0 || self->at[0] >> 5 != major)
    return FALSE;
  width = self->at[0] & 0x1f;
  n_bytes = width < 24 ? 0 : width <= 27 ? 1 << (width - 24) : -1;
  if (n_bytes < 0 || self->left < 1 + (gsize) n_bytes)
    return FALSE;
  *value = width < 24 ? (guint64) width : 0;
  for (int i = 0; i < n_bytes; i++)
    *value = *value << 8 | self->at[1 + i];
  self->at += 1 + n_bytes;
  self->left -= 1 + n_bytes;
  return n_bytes == 0 || *value >= least[width - 24];
}

static gboolean
take_number (Reader *self, guint64 max, guint64 *value)
{
  return take_head (self, CBOR_UINT, value) && *value <= max;
}

/* Borrowed bytes. */
static const guint8 *
take_bytes (Reader *self, int major, gsize max, gsize *n)
{
  const guint8 *data;
  guint64 length;

  if (!take_head (self, major, &length) || length > max || length > self->left)
    return NULL;
  data = self->at;
  *n = (gsize) length;
  self->at += length;
  self->left -= (gsize) length;
  return data;
}

static char *
take_text (Reader *self, gsize max)
{
  gsize n;
  const guint8 *data = take_bytes (self, CBOR_TEXT, max, &n);

  if (data == NULL || memchr (data, '\0', n) != NULL || !g_utf8_validate ((const char *) data, n, NULL))
    return NULL;
  return g_strndup ((const char *) data, n);
}

static char *
take_unique_no (Reader *self)
{
  g_autofree char *text = NULL;
  guint64 number;

  if (self->left > 0 && self->at[0] >> 5 == CBOR_UINT)
    {
      if (!take_head (self, CBOR_UINT, &number))
        return NULL;
      text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
      return is_plain_number (text) ? g_steal_pointer (&text) : NULL;
    }
  text = take_text (self, LK_CODE_UNIQUE_MAX);
  return text != NULL && lk_code_is_unique_no (text) && !is_plain_number (text) ? g_steal_pointer (&text) : NULL;
}

static char *
take_masked (Reader *self, gsize max)
{
  g_autofree char *packed = take_text (self, max);
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *c = packed; c != NULL && *c != '\0'; c++)
    {
      guchar run = (guchar) *c < 0x20 ? (guchar) *c : 0;

      /* stars and a run that could have been longer have another form */
      if (*c == '*' || (run > 0 && run < RUN_MAX && c[1] != '\0' && (guchar) c[1] < 0x20))
        return NULL;
      for (guchar i = 0; i < run; i++)
        g_string_append_c (text, '*');
      if (run == 0)
        g_string_append_c (text, *c);
    }
  return packed != NULL ? g_strdup (text->str) : NULL;
}

static char *
take_code_id (Reader *self)
{
  gsize n;
  const guint8 *id = take_bytes (self, CBOR_BYTES, LK_CODE_ID_SIZE, &n);
  GString *hex;

  if (id == NULL || n != LK_CODE_ID_SIZE)
    return NULL;
  hex = g_string_new (NULL);
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (hex, "%02x", id[i]);
  return g_string_free (hex, FALSE);
}

LkCollectionCode *
lk_code_payload_read (const guint8 *data, gsize n)
{
  g_autoptr (LkCollectionCode) code = g_new0 (LkCollectionCode, 1);
  Reader reader = { data, n };
  guint64 members, year, day;

  if (!take_head (&reader, CBOR_ARRAY, &members) || members != N_MEMBERS || (code->unique_no = take_unique_no (&reader)) == NULL ||
      (code->name = take_masked (&reader, NAME_MAX_BYTES)) == NULL ||
      (code->document_no = take_masked (&reader, DOCUMENT_MAX_BYTES)) == NULL || !take_number (&reader, YEAR_MAX, &year) ||
      (code->code_id = take_code_id (&reader)) == NULL || !take_number (&reader, LK_CODE_DAY_MAX, &day) || reader.left > 0)
    return NULL;
  code->graduation_year = year > 0 ? YEAR_BASE + (int) year : 0;
  code->expires_us = lk_code_day_end ((int) day);
  return g_steal_pointer (&code);
}
