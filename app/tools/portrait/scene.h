/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "tools/portrait/brush.h"
#include "tools/portrait/params.h"
#include "tools/portrait/rng.h"

/* What the painters of one portrait share. The context's user space is face
 * units (params.h): 1 = half a face width, the pupils at y = 0. */
typedef struct
{
  const LkPortraitParams *params;
  const LkFace *face;
  LkColour skin, shade, hair, hair_light;
  double chin;              /* with the jaw dropped */
  double top;               /* y of the highest hair or scalp, < 0 */
  double skull;             /* height of the scalp above the eyes */
  double neck;              /* half width */
} LkScene;

/* The cheek goes on a little behind the place where the ear begins, and that
 * place (x = +-1) is where face width is measured. */
#define LK_HEAD_SIDE 1.06

void lk_scene_init (LkScene *scene, const LkPortraitParams *params);

/* The face outline from temple over chin to temple, closed over the skull. */
void lk_scene_face_path (const LkScene *scene, cairo_t *cr);

/* Half width of the face outline at y. */
double lk_scene_half_width (const LkScene *scene, double y);

/* The painters, in the order they are used. */
void lk_paint_back_hair (const LkScene *scene, cairo_t *cr);
void lk_paint_body (const LkScene *scene, cairo_t *cr);
void lk_paint_ears (const LkScene *scene, cairo_t *cr);
void lk_paint_skin (const LkScene *scene, cairo_t *cr);
void lk_paint_features (const LkScene *scene, cairo_t *cr);
void lk_paint_eyes (const LkScene *scene, cairo_t *cr);
void lk_paint_brows (const LkScene *scene, cairo_t *cr);
void lk_paint_mouth (const LkScene *scene, cairo_t *cr);
void lk_paint_beard (const LkScene *scene, cairo_t *cr);
void lk_paint_hair (const LkScene *scene, cairo_t *cr);
void lk_paint_glasses (const LkScene *scene, cairo_t *cr);
void lk_paint_headwear (const LkScene *scene, cairo_t *cr);
void lk_paint_highlight (const LkScene *scene, cairo_t *cr);
