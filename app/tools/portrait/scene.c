/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/portrait/scene.h"

#include <math.h>

/* Fair to tanned, as in the student body this stands for. */
static LkColour
skin_colour (const LkFace *face)
{
  static const LkColour fair = { 0.955, 0.820, 0.735 }, tan = { 0.760, 0.575, 0.450 };
  LkColour skin = lk_colour_mix (fair, tan, face->skin);

  skin.r *= 1 + 0.02 * (face->warmth - 0.5);
  skin.b *= 1 - 0.10 * (face->warmth - 0.5);
  return skin;
}

void
lk_scene_init (LkScene *scene, const LkPortraitParams *params)
{
  static const LkColour black = { 0.055, 0.050, 0.055 }, brown = { 0.30, 0.20, 0.14 }, grey = { 0.62, 0.62, 0.62 };
  const LkFace *face = &params->face;

  scene->params = params;
  scene->face = face;
  scene->skin = skin_colour (face);
  scene->shade = (LkColour) { scene->skin.r * 0.62, scene->skin.g * 0.45, scene->skin.b * 0.38 };
  scene->hair = lk_colour_mix (lk_colour_mix (black, brown, params->hair_tone), grey, params->hair_grey * 0.8);
  scene->hair_light = lk_colour_mix (scene->hair, (LkColour) { 0.75, 0.70, 0.66 }, 0.35);
  scene->chin = face->chin_y + 0.12 * params->mouth_open;
  scene->top = -(params->eye_line - params->hair_top) / (params->face_width / 2);
  scene->skull = params->hair == LK_HAIR_BALD ? -scene->top : MIN (face->skull, -scene->top - 0.02);
  scene->neck = face->neck_width;
}

enum { SIDE_POINTS = 9 };

/* Right half of the outline from the skull to the chin. */
static void
side_points (const LkScene *scene, LkPoint *p)
{
  const LkFace *f = scene->face;
  double drop = scene->chin - f->chin_y;

  p[0] = (LkPoint) { 0.62 * f->temple, -scene->skull * 0.86 };
  p[1] = (LkPoint) { 0.90 * f->temple, -1.05 };
  p[2] = (LkPoint) { 0.975 * f->temple, -0.55 };
  p[3] = (LkPoint) { 0.992, -0.10 };
  p[4] = (LkPoint) { 1.0, 0.25 };
  p[5] = (LkPoint) { f->cheek, 0.60 };
  p[6] = (LkPoint) { f->jaw_width, f->jaw_y + drop * 0.4 };
  p[7] = (LkPoint) { f->chin_width * 1.15 + 0.14, scene->chin - 0.20 };
  p[8] = (LkPoint) { f->chin_width * 0.75 + 0.02, scene->chin - 0.045 };
  for (int i = 0; i < SIDE_POINTS; i++)
    p[i].x *= LK_HEAD_SIDE;
}

static int
whole_outline (const LkScene *scene, LkPoint *p)
{
  LkPoint side[SIDE_POINTS];
  int n = 0;

  side_points (scene, side);
  p[n++] = (LkPoint) { 0, -scene->skull };
  for (int i = 0; i < SIDE_POINTS; i++)
    p[n++] = side[i];
  p[n++] = (LkPoint) { 0, scene->chin };
  for (int i = SIDE_POINTS - 1; i >= 0; i--)
    p[n++] = (LkPoint) { -side[i].x, side[i].y };
  return n;
}

void
lk_scene_face_path (const LkScene *scene, cairo_t *cr)
{
  LkPoint outline[2 * SIDE_POINTS + 2];

  cairo_new_path (cr);
  lk_closed_curve_through (cr, outline, whole_outline (scene, outline));
}

double
lk_scene_half_width (const LkScene *scene, double y)
{
  LkPoint p[SIDE_POINTS + 2];
  double t0 = 0, t1 = 1;

  p[0] = (LkPoint) { 0, -scene->skull };
  side_points (scene, p + 1);
  p[SIDE_POINTS + 1] = (LkPoint) { 0, scene->chin };
  if (y <= p[0].y || y >= scene->chin)
    return 0;
  for (int i = 0; i < 24; i++)
    {
      double t = (t0 + t1) / 2;

      if (lk_curve_at (p, SIDE_POINTS + 2, t).y < y)
        t0 = t;
      else
        t1 = t;
    }
  return MAX (0, lk_curve_at (p, SIDE_POINTS + 2, t0).x);
}
