/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/html.h"

#include <string.h>

void
lk_html_text (GString *html, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (html, escaped);
}

void
lk_html_element (GString *html, const char *element, const char *text)
{
  g_string_append_printf (html, "<%s>", element);
  lk_html_text (html, text);
  g_string_append_printf (html, "</%s>\n", element);
}

void
lk_html_row (GString *html, const char *cell_element, const char *const *cells)
{
  g_string_append (html, "<tr>");
  for (gsize i = 0; cells[i] != NULL; i++)
    {
      g_string_append_printf (html, "<%s>", cell_element);
      lk_html_text (html, cells[i]);
      g_string_append_printf (html, "</%s>", cell_element);
    }
  g_string_append (html, "</tr>\n");
}

char *
lk_html_language (void)
{
  const char *name = g_get_language_names ()[0];
  g_autofree char *language = g_strndup (name, strcspn (name, ".@"));

  if (g_str_equal (language, "C") || g_str_equal (language, "POSIX"))
    return g_strdup ("en");
  g_strdelimit (language, "_", '-');
  return g_steal_pointer (&language);
}
