/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-each.h"

typedef struct
{
  LkDrawFunc draw;
  gpointer data;
  GString **rows;
  GError **errors;
} Work;

static void
draw_one (gpointer item, gpointer data)
{
  const Work *work = data;
  int i = GPOINTER_TO_INT (item) - 1;   /* a pool takes no NULL */

  work->rows[i] = g_string_new (NULL);
  work->draw (i, work->rows[i], work->data, &work->errors[i]);
}

gboolean
lk_draw_each (int count, LkDrawFunc draw, gpointer data, GString *csv, GError **error)
{
  g_autofree GString **rows = g_new0 (GString *, (gsize) count);
  g_autofree GError **errors = g_new0 (GError *, (gsize) count);
  Work work = { draw, data, rows, errors };
  GThreadPool *pool = g_thread_pool_new (draw_one, &work, (int) g_get_num_processors (), FALSE, NULL);
  GError *first = NULL;

  for (int i = 0; i < count; i++)
    g_thread_pool_push (pool, GINT_TO_POINTER (i + 1), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  for (int i = 0; i < count; i++)
    {
      g_string_append_len (csv, rows[i]->str, (gssize) rows[i]->len);
      g_string_free (rows[i], TRUE);
      if (first == NULL)
        first = g_steal_pointer (&errors[i]);
      g_clear_error (&errors[i]);
    }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, first);
  return FALSE;
}
