/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/progress.h"

#include <unistd.h>

#include <glib/gi18n.h>

enum { MANY = 10, BAR_WIDTH = 30, LEAST_BETWEEN_US = 100000 };

struct _LkProgress
{
  guint of;
  gboolean enabled, visible;
  gint64 drawn_at;
};

LkProgress *
lk_progress_new (guint of)
{
  LkProgress *self = g_new0 (LkProgress, 1);

  self->of = of;
  self->enabled = of >= MANY && isatty (STDERR_FILENO) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
  return self;
}

void
lk_progress_free (LkProgress *self)
{
  lk_progress_hide (self);
  g_free (self);
}

void
lk_progress_set (LkProgress *self, guint done)
{
  gint64 now = g_get_monotonic_time ();
  char bar[BAR_WIDTH + 1] = "";

  if (!self->enabled || (self->visible && now - self->drawn_at < LEAST_BETWEEN_US))
    return;
  for (guint i = 0; i < BAR_WIDTH; i++)
    bar[i] = i < (guint64) done * BAR_WIDTH / self->of ? '#' : '.';
  g_printerr ("\r[%s] ", bar);
  /* Translators: beside a progress bar */
  g_printerr (_("%u of %u photos"), done, self->of);
  self->visible = TRUE;
  self->drawn_at = now;
}

void
lk_progress_hide (LkProgress *self)
{
  /* back to the first column, clear the line */
  if (self->visible)
    g_printerr ("\r\033[K");
  self->visible = FALSE;
}
