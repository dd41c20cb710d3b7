/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/language.h"

#include <string.h>

/* "en", "en-GB": a range of this language, up to the end of the word. */
static gboolean
is_of (const char *word, const char *language)
{
  gsize length = strlen (language);

  return g_ascii_strncasecmp (word, language, length) == 0 && (word[length] == '\0' || word[length] == '-');
}

/* The weight behind ";q=", 1 without one; 0 for a malformed one, so that it counts for nothing. */
static double
read_weight (const char *parameters)
{
  const char *q = parameters != NULL ? strcasestr (parameters, "q=") : NULL;
  double weight;

  if (q == NULL)
    return 1;
  weight = g_ascii_strtod (q + 2, NULL);
  return weight > 0 && weight <= 1 ? weight : 0;
}

LkLanguage
lk_language_from_header (const char *header)
{
  g_auto (GStrv) ranges = g_strsplit (header != NULL ? header : "", ",", 16);
  LkLanguage best = LK_LANGUAGE_ZH;
  double best_weight = 0;

  for (gsize i = 0; ranges[i] != NULL; i++)
    {
      char *range = g_strstrip (ranges[i]);
      char *parameters = strchr (range, ';');
      double weight = read_weight (parameters);

      if (parameters != NULL)
        *parameters = '\0';
      g_strchomp (range);
      if (weight <= best_weight || (!is_of (range, "zh") && !is_of (range, "en")))
        continue;
      best = is_of (range, "en") ? LK_LANGUAGE_EN : LK_LANGUAGE_ZH;
      best_weight = weight;
    }
  return best;
}
