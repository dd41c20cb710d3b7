/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/fault-watch.h"

struct _LkFaultWatch
{
  GMutex mutex;
  GArray *times;                /* of the latest faults, monotonic µs */
  guint faults;
  gint64 window;                /* µs */
  guint64 n_faults, n_alarms;
};

LkFaultWatch *
lk_fault_watch_new (int faults, int seconds)
{
  LkFaultWatch *self = g_new0 (LkFaultWatch, 1);

  g_mutex_init (&self->mutex);
  self->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->faults = (guint) faults;
  self->window = seconds * G_TIME_SPAN_SECOND;
  return self;
}

void
lk_fault_watch_free (LkFaultWatch *self)
{
  g_array_unref (self->times);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

gboolean
lk_fault_watch_add (LkFaultWatch *self, gint64 now)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->n_faults++;
  while (self->times->len > 0 && g_array_index (self->times, gint64, 0) <= now - self->window)
    g_array_remove_index (self->times, 0);
  g_array_append_val (self->times, now);
  if (self->times->len < self->faults)
    return FALSE;
  g_array_set_size (self->times, 0);
  self->n_alarms++;
  return TRUE;
}

void
lk_fault_watch_get (LkFaultWatch *self, guint64 *faults, guint64 *alarms)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  *faults = self->n_faults;
  *alarms = self->n_alarms;
}
