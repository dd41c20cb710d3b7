/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/zoom.h"

static const double min_zoom = 0.1, max_zoom = 8;

gboolean
lk_zoom_get_fit (const LkZoom *self, const LkZoomFrame *frame, LkFit *fit)
{
  if (frame->photo_width <= 0 || frame->photo_height <= 0 || frame->box_width <= 0 || frame->box_height <= 0)
    return FALSE;
  if (self->zoom > 0)
    {
      *fit = lk_fit_zoom (frame->photo_width, frame->photo_height, frame->view_width, frame->view_height, self->zoom,
                          self->centre_x, self->centre_y);
      return TRUE;
    }
  if (frame->part_width > 0)
    {
      *fit = lk_fit_zoom (frame->photo_width, frame->photo_height, frame->view_width, frame->view_height,
                          MIN (frame->box_width / frame->part_width, frame->box_height / frame->part_height),
                          frame->part_x + frame->part_width / 2, frame->part_y + frame->part_height / 2);
      return TRUE;
    }
  *fit = lk_fit_contain (frame->photo_width, frame->photo_height, frame->box_width, frame->box_height);
  fit->x += (frame->view_width - frame->box_width) / 2;
  fit->y += (frame->view_height - frame->box_height) / 2;
  return TRUE;
}

gboolean
lk_zoom_hides_some (const LkZoom *self, const LkZoomFrame *frame)
{
  return self->zoom > 0 && (frame->photo_width * self->zoom > frame->view_width ||
                            frame->photo_height * self->zoom > frame->view_height);
}

static void
look_at (LkZoom *self, const LkZoomFrame *frame, const LkFit *fit)
{
  self->zoom = fit->scale;
  self->centre_x = (frame->view_width / 2.0 - fit->x) / fit->scale;
  self->centre_y = (frame->view_height / 2.0 - fit->y) / fit->scale;
}

void
lk_zoom_to (LkZoom *self, const LkZoomFrame *frame, double zoom, double view_x, double view_y)
{
  LkFit fit;

  if (!lk_zoom_get_fit (self, frame, &fit))
    return;
  fit = lk_fit_zoom_at (&fit, CLAMP (zoom, min_zoom, max_zoom), view_x, view_y);
  look_at (self, frame, &fit);
}

void
lk_zoom_pan (LkZoom *self, const LkZoomFrame *frame, double x, double y)
{
  LkZoom moved = { self->zoom, self->centre_x + x / self->zoom, self->centre_y + y / self->zoom };
  LkFit fit;

  if (!lk_zoom_hides_some (self, frame) || !lk_zoom_get_fit (&moved, frame, &fit))
    return;
  /* where it came to lie, so that a pan against the edge does not gather up */
  look_at (self, frame, &fit);
}
