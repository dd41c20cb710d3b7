/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Waiting on the main loop, never longer than a cap: a test that hangs says where. */

enum
{
  WAIT_CAP_S = 60
};

static inline gboolean
wait_tick (gpointer n_ticks)
{
  ++*(guint *) n_ticks;
  return G_SOURCE_CONTINUE;
}

enum
{
  WAIT_TICK_MS = 5
}; /* conditions that other threads bring about wake nobody */

/* Turns the main loop until condition holds. */
#define wait_until(condition)                                                   \
  G_STMT_START                                                                  \
  {                                                                             \
    guint wait_ticks_ = 0;                                                      \
    guint wait_timer_ = g_timeout_add (WAIT_TICK_MS, wait_tick, &wait_ticks_);  \
                                                                                \
    while (!(condition) && wait_ticks_ < WAIT_CAP_S * 1000 / WAIT_TICK_MS)      \
      g_main_context_iteration (NULL, TRUE);                                    \
    g_source_remove (wait_timer_);                                              \
    if (!(condition))                                                           \
      g_error ("%s:%d: waited in vain for %s", __FILE__, __LINE__, #condition); \
  }                                                                             \
  G_STMT_END

/* A GAsyncReadyCallback that keeps the result; user_data is a GAsyncResult **. */
static inline void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Turns the main loop for some milliseconds, to see that nothing comes. */
static inline void
wait_ms (guint ms)
{
  guint n_ticks = 0;
  guint timer = g_timeout_add (ms, wait_tick, &n_ticks);

  while (n_ticks == 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
}

/* Gives up the last reference of the test; workers may hold theirs for a moment longer. */
static inline void
wait_for_end_of (gpointer object)
{
  gpointer weak = object;

  g_object_add_weak_pointer (object, &weak);
  g_object_unref (object);
  for (guint i = 0; i < WAIT_CAP_S * 1000 && g_atomic_pointer_get (&weak) != NULL; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_null (weak);
}

G_END_DECLS
