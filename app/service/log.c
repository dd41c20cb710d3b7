/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/log.h"

#include <stdio.h>
#include <string.h>

#include "core/json.h"

static const struct
{
  const char *word;
  int journal;                  /* its priority there */
} levels[] = {
  [LK_LOG_ERROR] = { "error", 3 },
  [LK_LOG_WARNING] = { "warning", 4 },
  [LK_LOG_INFO] = { "info", 6 },
  [LK_LOG_DEBUG] = { "debug", 7 },
};

static LkLogLevel shown = LK_LOG_INFO;

/* The journal keeps the time itself. */
static char *
make_start (LkLogLevel level)
{
  g_autofree char *time = NULL;

  if (g_getenv ("JOURNAL_STREAM") != NULL)
    return g_strdup_printf ("<%d>", levels[level].journal);
  time = lk_time_to_text (g_get_real_time ());
  return g_strconcat (time, " ", NULL);
}

/* What a peer sent may be in it: one event stays one line, and nothing in it is a command to a terminal. */
static void
clean (char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_iscntrl (*text))
      *text = ' ';
}

void
lk_log_at (LkLogLevel level, const char *event, const char *details, ...)
{
  g_autofree char *start = NULL, *text = NULL;
  va_list values;

  if (!lk_log_shows (level))
    return;
  start = make_start (level);
  va_start (values, details);
  text = g_strdup_vprintf (details, values);
  va_end (values);
  clean (text);
  fprintf (stderr, "%slevel=%s event=%s %s\n", start, levels[level].word, event, text);
}

void
lk_log_set_level (LkLogLevel level)
{
  shown = level;
}

gboolean
lk_log_shows (LkLogLevel level)
{
  return level <= shown;
}

gboolean
lk_log_level_from_word (const char *word, LkLogLevel *level)
{
  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    if (g_strcmp0 (word, levels[i].word) == 0)
      {
        *level = (LkLogLevel) i;
        return TRUE;
      }
  return FALSE;
}
