/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/error.h"
#include "core/note.h"

enum { LONG_ID = 18, SHORT_ID = 15 };

/* What people put between the digits of a number. */
static gboolean
is_separator (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return g_unichar_isspace (c) || type == G_UNICODE_FORMAT || type == G_UNICODE_DASH_PUNCTUATION || c == '.' ||
         c == '_' || c == 0x00b7;
}

static int
two_digits (const char *digits)
{
  return (digits[0] - '0') * 10 + digits[1] - '0';
}

static gboolean
is_month_and_day (const char *digits)
{
  int month = two_digits (digits), day = two_digits (digits + 2);

  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* Six digits of a region, then the day of birth with its century. The check digit is left alone: a number with a slip of
 * the pen still says who somebody is. */
static gboolean
reads_as_long_id (const char *digits)
{
  int century = two_digits (digits + 6);

  return (century == 19 || century == 20) && is_month_and_day (digits + 10);
}

/* digits: a run as written, separators left out; an X can only stand at its end. */
static gboolean
holds_id_number (const GString *digits)
{
  for (gsize i = 0; i + LONG_ID <= digits->len; i++)
    if (reads_as_long_id (digits->str + i))
      return TRUE;
  return digits->len == SHORT_ID && is_month_and_day (digits->str + 8);
}

static gboolean
has_id_number (const char *note)
{
  g_autofree char *plain = g_utf8_normalize (note, -1, G_NORMALIZE_NFKC);   /* full-width digits become plain ones */
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = plain;; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80 && g_ascii_isdigit ((char) c))
        {
          g_string_append_c (digits, (char) c);
          continue;
        }
      if (digits->len > 0 && c != '\0' && is_separator (c))
        continue;
      if ((c == 'X' || c == 'x') && digits->len == LONG_ID - 1)
        g_string_append_c (digits, 'X');
      if (holds_id_number (digits))
        return TRUE;
      if (c == '\0')
        return FALSE;
      g_string_truncate (digits, 0);
    }
}

LkNoteProblem
lk_note_check (const char *note)
{
  g_autofree char *valid = g_utf8_make_valid (note != NULL ? note : "", -1);

  if (g_utf8_strlen (valid, -1) > LK_NOTE_MAX_CHARACTERS)
    return LK_NOTE_TOO_LONG;
  return has_id_number (valid) ? LK_NOTE_ID_NUMBER : LK_NOTE_OK;
}

gboolean
lk_note_holds_id_number (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  return has_id_number (valid);
}

gboolean
lk_note_validate (const char *note, GError **error)
{
  switch (lk_note_check (note))
    {
    case LK_NOTE_TOO_LONG:
      g_set_error (error, LK_ERROR, LK_ERROR_BAD_NOTE, "the note has more than %d characters", LK_NOTE_MAX_CHARACTERS);
      return FALSE;
    case LK_NOTE_ID_NUMBER:
      g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_NOTE, "the note has an ID number in it");
      return FALSE;
    case LK_NOTE_OK:
    default:
      return TRUE;
    }
}
