/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/portrait/scene.h"

/* A bare flash on oily skin: bridge and tip of the nose, forehead, cheekbones
 * go white. */
void
lk_paint_highlight (const LkScene *scene, cairo_t *cr)
{
  const LkFace *f = scene->face;
  double k = scene->params->highlight;
  const double spots[][4] = {
    { 0, f->nose_length * 0.35, 0.055, 0.30 }, { 0, f->nose_length - 0.10, 0.10, 0.08 },
    { 0.04, -f->forehead * 0.66, 0.34, 0.15 }, { -0.55, 0.34, 0.15, 0.09 }, { 0.55, 0.34, 0.15, 0.09 },
  };
  cairo_t *soft;

  if (k <= 0)
    return;
  soft = lk_soft_begin (cr, -1, -1.2, 1, 1);
  cairo_set_source_rgba (soft, 1, 1, 0.99, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (spots); i++)
    {
      cairo_save (soft);
      cairo_translate (soft, spots[i][0], spots[i][1]);
      cairo_scale (soft, spots[i][2] * (0.5 + 0.6 * k), spots[i][3] * (0.5 + 0.6 * k));
      cairo_arc (soft, 0, 0, 1, 0, 2 * G_PI);
      cairo_restore (soft);
      cairo_fill (soft);
    }
  lk_soft_end (cr, soft, 0.025, MIN (1, 0.6 + 0.5 * k));
}
