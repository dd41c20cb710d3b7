/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/log.h"

#include <stdio.h>

#include "core/json.h"

static gboolean is_verbose;

void
lk_log (const char *event, const char *details, ...)
{
  g_autofree char *time = lk_time_to_text (g_get_real_time ());
  g_autofree char *text = NULL;
  va_list values;

  va_start (values, details);
  text = g_strdup_vprintf (details, values);
  va_end (values);
  /* what a peer sent may be in it: one event stays one line */
  g_strdelimit (text, "\r\n", ' ');
  fprintf (stderr, "%s event=%s %s\n", time, event, text);
}

void
lk_log_set_verbose (gboolean verbose)
{
  is_verbose = verbose;
}

gboolean
lk_log_is_verbose (void)
{
  return is_verbose;
}
