/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/after-paint.h"

typedef struct
{
  GdkFrameClock *clock;
  gulong id;
  LkAfterPaintFunc func;
} Wish;

static const char wish_key[] = "lk-after-paint";

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  /* a widget that goes has taken its handler along */
  if (g_signal_handler_is_connected (wish->clock, wish->id))
    g_signal_handler_disconnect (wish->clock, wish->id);
  g_object_unref (wish->clock);
  g_free (wish);
}

static void
on_after_paint (GdkFrameClock *clock,
                GtkWidget     *widget)
{
  LkAfterPaintFunc func = ((const Wish *) g_object_get_data (G_OBJECT (widget), wish_key))->func;

  lk_after_paint_forget (widget);
  func (widget);
}

void
lk_after_paint (GtkWidget        *widget,
                LkAfterPaintFunc  func)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  const Wish *old = g_object_get_data (G_OBJECT (widget), wish_key);
  Wish *wish;

  if (clock == NULL)
    {
      lk_after_paint_forget (widget);
      func (widget);
      return;
    }
  if (old != NULL && old->clock == clock)
    return;
  wish = g_new (Wish, 1);
  *wish = (Wish) { g_object_ref (clock), 0, func };
  wish->id = g_signal_connect_object (clock, "after-paint", G_CALLBACK (on_after_paint), widget, 0);
  g_object_set_data_full (G_OBJECT (widget), wish_key, wish, wish_free);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_AFTER_PAINT);
}

gboolean
lk_after_paint_is_wished (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), wish_key) != NULL;
}

gboolean
lk_after_paint_forget (GtkWidget *widget)
{
  gboolean wished = lk_after_paint_is_wished (widget);

  g_object_set_data (G_OBJECT (widget), wish_key, NULL);
  return wished;
}
