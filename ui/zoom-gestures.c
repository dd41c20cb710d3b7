/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zoom-gestures.h"

#include <math.h>

static const double zoom_step = 1.25;

typedef struct
{
  GtkWidget *widget;            /* which owns this */
  const LkZoomFuncs *funcs;
  double pointer_x, pointer_y;
  double dragged_x, dragged_y;  /* how far since the drag began */
} Gestures;

static void
on_motion (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           Gestures                 *self)
{
  self->pointer_x = x;
  self->pointer_y = y;
}

static gboolean
on_scroll (GtkEventControllerScroll *controller,
           double                    dx,
           double                    dy,
           Gestures                 *self)
{
  if (dy == 0)
    return GDK_EVENT_PROPAGATE;
  self->funcs->zoom_by (self->widget, pow (zoom_step, -dy), self->pointer_x, self->pointer_y);
  return GDK_EVENT_STOP;
}

static void
on_drag_begin (GtkGestureDrag *gesture,
               double          x,
               double          y,
               Gestures       *self)
{
  gtk_widget_grab_focus (self->widget);
  self->dragged_x = 0;
  self->dragged_y = 0;
}

static void
on_drag_update (GtkGestureDrag *gesture,
                double          x,
                double          y,
                Gestures       *self)
{
  self->funcs->pan (self->widget, self->dragged_x - x, self->dragged_y - y);
  self->dragged_x = x;
  self->dragged_y = y;
}

void
lk_zoom_gestures_add (GtkWidget         *widget,
                      const LkZoomFuncs *funcs)
{
  Gestures *self = g_new0 (Gestures, 1);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->widget = widget;
  self->funcs = funcs;
  g_object_set_data_full (G_OBJECT (widget), "likeness-zoom-gestures", self, g_free);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
}
