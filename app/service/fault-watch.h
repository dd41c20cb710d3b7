/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LkFaultWatch:
 *
 * Counts failures that are the service's own and says when many come together: that is no longer one bad photo. Any thread.
 */
typedef struct _LkFaultWatch LkFaultWatch;

LkFaultWatch *lk_fault_watch_new  (int faults, int seconds);
void          lk_fault_watch_free (LkFaultWatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkFaultWatch, lk_fault_watch_free)

/* One more, now (monotonic µs). TRUE when the alarm is to be raised: the number was reached within the seconds. Then it counts anew, so
 * that a lasting trouble raises it again and again, but not each time. */
gboolean lk_fault_watch_add (LkFaultWatch *self, gint64 now);

/* Since the start of the service. */
void     lk_fault_watch_get (LkFaultWatch *self, guint64 *faults, guint64 *alarms);

G_END_DECLS
