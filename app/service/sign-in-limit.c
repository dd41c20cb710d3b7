/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/sign-in-limit.h"

/* Names that nobody has are counted too; old ones are thrown out when there are this many. */
enum { SWEEP_AT = 4096 };

typedef struct
{
  int failures;
  gint64 until;                 /* end of the window, monotonic µs */
} Count;

struct _LkSignInLimit
{
  GMutex mutex;
  GHashTable *counts;
  int tries;
  gint64 window;                /* µs */
};

LkSignInLimit *
lk_sign_in_limit_new (int tries, int seconds)
{
  LkSignInLimit *self = g_new0 (LkSignInLimit, 1);

  g_mutex_init (&self->mutex);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->tries = tries;
  self->window = seconds * G_TIME_SPAN_SECOND;
  return self;
}

void
lk_sign_in_limit_free (LkSignInLimit *self)
{
  g_hash_table_unref (self->counts);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

int
lk_sign_in_limit_wait (LkSignInLimit *self, const char *who, gint64 now)
{
  const Count *count;
  int seconds = 0;

  g_mutex_lock (&self->mutex);
  count = g_hash_table_lookup (self->counts, who);
  if (count != NULL && count->failures >= self->tries && count->until > now)
    seconds = (int) ((count->until - now + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND);
  g_mutex_unlock (&self->mutex);
  return seconds;
}

static gboolean
is_over (gpointer key, gpointer value, gpointer now)
{
  return ((const Count *) value)->until <= *(const gint64 *) now;
}

void
lk_sign_in_limit_failed (LkSignInLimit *self, const char *who, gint64 now)
{
  Count *count;

  g_mutex_lock (&self->mutex);
  if (g_hash_table_size (self->counts) >= SWEEP_AT)
    g_hash_table_foreach_remove (self->counts, is_over, &now);
  count = g_hash_table_lookup (self->counts, who);
  if (count == NULL)
    g_hash_table_insert (self->counts, g_strdup (who), count = g_new0 (Count, 1));
  if (count->until <= now)
    *count = (Count) { 0, now + self->window };
  count->failures++;
  g_mutex_unlock (&self->mutex);
}

void
lk_sign_in_limit_succeeded (LkSignInLimit *self, const char *who)
{
  g_mutex_lock (&self->mutex);
  g_hash_table_remove (self->counts, who);
  g_mutex_unlock (&self->mutex);
}
