/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/time-text.h"

#include <glib/gi18n.h>

static char *
length_text (gint64 minutes)
{
  gint64 hours = minutes / 60;
  gint64 days = hours / 24;

  if (hours < 1)
    return g_strdup_printf (ngettext ("%d minute", "%d minutes", minutes), (int) minutes);
  if (days < 1)
    return g_strdup_printf (ngettext ("%d hour", "%d hours", hours), (int) hours);
  return g_strdup_printf (ngettext ("%d day", "%d days", days), (int) days);
}

/* Two units where the second one still matters to somebody planning a day. */
static char *
exact_length_text (gint64 minutes)
{
  gint64 days = minutes / (60 * 24);
  gint64 hours = minutes / 60 % 24;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (days < 1 || days > 6 || hours == 0)
    return length_text (minutes);

  first = length_text (days * 24 * 60);
  second = length_text (hours * 60);
  /* Translators: two lengths of time, "1 day" and "3 hours" */
  return g_strdup_printf (_("%s %s"), first, second);
}

char *
lk_time_text_submitted (gint64 at,
                        gint64 now)
{
  gint64 minutes = (now - at) / (60 * G_USEC_PER_SEC);
  g_autofree char *length = NULL;

  if (minutes < 1)
    return g_strdup (_("submitted just now"));

  length = length_text (minutes);
  /* Translators: %s is a length of time, "2 hours" */
  return g_strdup_printf (_("submitted %s ago"), length);
}

char *
lk_time_text_due (gint64 due,
                  gint64 now)
{
  gint64 minutes = ABS (due - now) / (60 * G_USEC_PER_SEC);
  g_autofree char *length = exact_length_text (minutes);

  if (due < now)
    /* Translators: the time for the review has run out; %s is a length of time, "2 hours" */
    return g_strdup_printf (_("overdue by %s"), length);
  /* Translators: time left for the review; %s is a length of time, "1 day 3 hours" */
  return g_strdup_printf (_("due in %s"), length);
}

char *
lk_time_text_clock (gint64 at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);

  return g_date_time_format (local, "%H:%M");
}

char *
lk_time_text_moment (gint64 at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);

  /* Translators: a day of this year and the clock, for g_date_time_format(): "16 June 14:05" */
  return g_date_time_format (local, _("%-d %B %H:%M"));
}

char *
lk_time_text_length (int seconds)
{
  return exact_length_text (seconds / 60);
}
