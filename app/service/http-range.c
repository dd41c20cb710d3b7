/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/http-range.h"

#include <string.h>

enum { DIGITS_MAX = 18 };       /* so that no number overflows */

/* Digits at text, which is moved behind them; FALSE for none or too many. */
static gboolean
read_number (const char **text, guint64 *number)
{
  gsize length = strspn (*text, "0123456789");

  if (length == 0 || length > DIGITS_MAX)
    return FALSE;
  *number = g_ascii_strtoull (*text, NULL, 10);
  *text += length;
  return TRUE;
}

/* "-500": the end of it. */
static LkRange
read_end (const char *text, guint64 size, guint64 *first, guint64 *length)
{
  guint64 wanted;

  if (!read_number (&text, &wanted) || *text != '\0')
    return LK_RANGE_WHOLE;
  *length = MIN (wanted, size);
  *first = size - *length;
  return *length > 0 ? LK_RANGE_PART : LK_RANGE_OUTSIDE;
}

LkRange
lk_http_range_parse (const char *header, guint64 size, guint64 *first, guint64 *length)
{
  const char *text = header;
  guint64 last = G_MAXUINT64;

  if (text == NULL || !g_str_has_prefix (text, "bytes="))
    return LK_RANGE_WHOLE;
  text += strlen ("bytes=");
  if (*text == '-')
    return read_end (text + 1, size, first, length);
  if (!read_number (&text, first) || *text++ != '-')
    return LK_RANGE_WHOLE;
  if (*text != '\0' && (!read_number (&text, &last) || *text != '\0' || last < *first))
    return LK_RANGE_WHOLE;
  if (*first >= size)
    return LK_RANGE_OUTSIDE;
  *length = MIN (last, size - 1) - *first + 1;
  return LK_RANGE_PART;
}
