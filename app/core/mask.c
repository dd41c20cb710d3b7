/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/mask.h"

/* Text as Unicode characters, each mark on its letter where such a character exists. */
static gunichar *
to_characters (const char *text, glong *n)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *normal = g_utf8_normalize (g_strstrip (valid), -1, G_NORMALIZE_NFC);

  return g_utf8_to_ucs4_fast (normal, -1, n);
}

static char *
to_text (const gunichar *characters, glong n)
{
  return g_ucs4_to_utf8 (characters, n, NULL, NULL, NULL);
}

/* Hides all but the first and last few. */
static char *
keep_ends (const char *text, glong first, glong last)
{
  glong n;
  g_autofree gunichar *characters = to_characters (text, &n);

  for (glong i = first; i < n - last; i++)
    characters[i] = '*';
  return to_text (characters, n);
}

static glong
length_of (const char *text)
{
  glong n;
  g_autofree gunichar *characters = to_characters (text, &n);

  return n;
}

/* The dots that different input methods write between the parts of a name. */
static gboolean
is_name_dot (gunichar c)
{
  return c == 0x00b7 || c == 0x2022 || c == 0x2027 || c == 0x22c5 || c == 0x30fb;
}

static gboolean
any (const gunichar *characters, glong n, gboolean (*test) (gunichar c))
{
  for (glong i = 0; i < n; i++)
    if (test (characters[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_han (gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
}

/* "王 芳" is a name of two characters: the space must not make it three. */
static glong
drop_spaces (gunichar *characters, glong n)
{
  glong kept = 0;

  for (glong i = 0; i < n; i++)
    if (!g_unichar_isspace (characters[i]))
      characters[kept++] = characters[i];
  return kept;
}

/* 阿依古丽·买买提: only the very first character is shown, and the dots. */
static void
hide_parts (gunichar *characters, glong n)
{
  for (glong i = 1; i < n; i++)
    if (!is_name_dot (characters[i]))
      characters[i] = '*';
}

/* MARY ANN LEE: the first letter of each word is shown. */
static void
hide_words (gunichar *characters, glong n)
{
  gboolean in_word = FALSE;

  for (glong i = 0; i < n; i++)
    {
      gboolean space = g_unichar_isspace (characters[i]);

      if (in_word && !space)
        characters[i] = '*';
      in_word = !space;
    }
}

static void
hide_middle (gunichar *characters, glong n)
{
  glong end = n >= 3 ? n - 1 : n;

  for (glong i = n == 1 ? 0 : 1; i < end; i++)
    characters[i] = '*';
}

char *
lk_mask_name (const char *name)
{
  glong n;
  g_autofree gunichar *characters = to_characters (name, &n);

  if (any (characters, n, is_name_dot))
    {
      n = drop_spaces (characters, n);
      hide_parts (characters, n);
    }
  else if (any (characters, n, is_han))
    {
      n = drop_spaces (characters, n);
      hide_middle (characters, n);
    }
  else
    hide_words (characters, n);
  return to_text (characters, n);
}

static gboolean
is_id_number (const char *number)
{
  g_autofree char *plain = g_strstrip (g_strdup (number != NULL ? number : ""));
  gsize digits = strspn (plain, "0123456789");

  return strlen (plain) == 18 && (digits == 18 || (digits == 17 && g_ascii_toupper (plain[17]) == 'X'));
}

char *
lk_mask_document (const char *number)
{
  if (is_id_number (number))
    return keep_ends (number, 3, 3);
  return keep_ends (number, 0, length_of (number) > 3 ? 3 : 0);
}

char *
lk_mask_phone (const char *phone)
{
  gboolean hides_something = length_of (phone) > 7;

  return keep_ends (phone, hides_something ? 3 : 0, hides_something ? 4 : 0);
}

char *
lk_mask_student_no (const char *student_no)
{
  glong n = length_of (student_no);

  if (n > 6)
    return keep_ends (student_no, 4, 2);
  return keep_ends (student_no, 0, n > 2 ? 2 : 0);
}

/* Text as Unicode characters that can be compared one by one: compatibility forms (full-width letters, stars and digits) are the plain
 * ones, marks sit on their letters, all dots in names are one, letters are large, spaces are gone. */
static gunichar *
to_plain (const char *text, glong *n)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_NFKC);
  gunichar *characters = g_utf8_to_ucs4_fast (normal, -1, n);
  glong kept = 0;

  for (glong i = 0; i < *n; i++)
    if (!g_unichar_isspace (characters[i]))
      characters[kept++] = is_name_dot (characters[i]) ? 0x00b7 : g_unichar_toupper (characters[i]);
  *n = kept;
  return characters;
}

gboolean
lk_mask_fits (const char *masked, const char *full)
{
  glong n_masked, n_full;
  g_autofree gunichar *a = to_plain (masked, &n_masked);
  g_autofree gunichar *b = to_plain (full, &n_full);

  if (n_masked == 0 || n_masked != n_full)
    return FALSE;
  for (glong i = 0; i < n_masked; i++)
    if (a[i] != '*' && a[i] != b[i])
      return FALSE;
  return TRUE;
}
