/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/text.h"

int
lk_text_width (const char *text)
{
  int width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

void
lk_text_append_padded (GString *line, const char *text, int width, gboolean to_the_right)
{
  int spaces = MAX (0, width - lk_text_width (text));

  if (!to_the_right)
    g_string_append (line, text);
  g_string_append_printf (line, "%*s", spaces, "");
  if (to_the_right)
    g_string_append (line, text);
}
