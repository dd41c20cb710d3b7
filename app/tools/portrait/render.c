/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/portrait/render.h"

#include <math.h>

#include "tools/portrait/camera.h"
#include "tools/portrait/identity.h"
#include "tools/portrait/recapture.h"
#include "tools/portrait/scene.h"

/* The person is drawn about this wide at least and then made smaller: soft
 * edges and fine strands come out as a lens would give them. */
enum { WORK_WIDTH = 960 };

/* Softness of any real lens, in u. */
static const double LENS_SIGMA = 0.33;

static cairo_surface_t *
new_surface (int width, int height)
{
  return cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
}

/* Face units to px of a picture with `scale` px per u. */
static cairo_matrix_t
face_matrix (const LkPortraitParams *params, double scale, double roll)
{
  cairo_matrix_t matrix;

  cairo_matrix_init_scale (&matrix, scale, scale);
  cairo_matrix_translate (&matrix, params->centre_x, params->eye_line);
  cairo_matrix_rotate (&matrix, roll * G_PI / 180);
  cairo_matrix_scale (&matrix, params->face_width / 2, params->face_width / 2);
  return matrix;
}

static void
paint_layer (cairo_surface_t *onto, cairo_surface_t *layer, double alpha)
{
  cairo_t *cr = cairo_create (onto);

  cairo_set_source_surface (cr, layer, 0, 0);
  cairo_paint_with_alpha (cr, alpha);
  cairo_destroy (cr);
}

static cairo_surface_t *
draw_head (const LkScene *scene, double scale, int width, int height)
{
  cairo_surface_t *layer = new_surface (width, height);
  cairo_t *cr = cairo_create (layer);
  cairo_matrix_t matrix = face_matrix (scene->params, scale, scene->params->roll);

  cairo_set_matrix (cr, &matrix);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  lk_paint_skin (scene, cr);
  lk_paint_ears (scene, cr);
  if (!scene->params->no_face)
    {
      lk_paint_features (scene, cr);
      lk_paint_eyes (scene, cr);
      lk_paint_mouth (scene, cr);
      lk_paint_beard (scene, cr);
      lk_paint_brows (scene, cr);
      lk_paint_highlight (scene, cr);
    }
  lk_paint_hair (scene, cr);
  lk_paint_headwear (scene, cr);
  if (!scene->params->no_face)
    lk_paint_glasses (scene, cr);
  cairo_destroy (cr);
  lk_turn_head (scene->params, layer, &matrix);
  return layer;
}

/* Body upright, head turned: the neck takes up the difference. */
static void
draw_person (const LkPortraitParams *params, cairo_surface_t *person, double scale)
{
  int width = cairo_image_surface_get_width (person), height = cairo_image_surface_get_height (person);
  cairo_matrix_t matrix = face_matrix (params, scale, params->roll * 0.15);
  cairo_surface_t *head;
  cairo_t *cr = cairo_create (person);
  LkScene scene;

  lk_scene_init (&scene, params);
  cairo_set_matrix (cr, &matrix);
  lk_paint_back_hair (&scene, cr);
  lk_paint_body (&scene, cr);
  cairo_destroy (cr);
  head = draw_head (&scene, scale, width, height);
  paint_layer (person, head, 1);
  cairo_surface_destroy (head);
}

/* Somebody else who looks over the shoulder. */
static void
draw_second_person (const LkPortraitParams *params, cairo_surface_t *person, double scale)
{
  g_autoptr (LkPortraitParams) other = lk_portrait_params_random (params->face.seed + 4099);
  gboolean left = (params->style_seed & 1) != 0;
  double above = (other->eye_line - other->hair_top) / other->face_width;

  other->face_width = params->face_width * 0.52;
  other->centre_x = params->centre_x + (left ? -1 : 1) * params->face_width * 0.83;
  other->eye_line = params->eye_line + params->face_width * 0.10;
  other->hair_top = other->eye_line - above * other->face_width;
  other->roll = 0;
  draw_person (other, person, scale);
}

static cairo_surface_t *
scaled_copy (cairo_surface_t *from, int width, int height)
{
  cairo_surface_t *to = new_surface (width, height);
  cairo_t *cr = cairo_create (to);

  cairo_scale (cr, (double) width / cairo_image_surface_get_width (from), (double) height / cairo_image_surface_get_height (from));
  cairo_set_source_surface (cr, from, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_paint (cr);
  cairo_destroy (cr);
  return to;
}

/* The middle of a surface without its margin. */
static cairo_surface_t *
cropped_copy (cairo_surface_t *from, int margin)
{
  cairo_surface_t *to = new_surface (cairo_image_surface_get_width (from) - 2 * margin, cairo_image_surface_get_height (from) - 2 * margin);
  cairo_t *cr = cairo_create (to);

  cairo_set_source_surface (cr, from, -margin, -margin);
  cairo_paint (cr);
  cairo_destroy (cr);
  return to;
}

/* Takes an ellipse out of the person, face units. */
static void
cut_out (const LkPortraitParams *params, cairo_surface_t *person, double x, double y, double rx, double ry)
{
  cairo_t *cr = cairo_create (person);
  cairo_matrix_t matrix = face_matrix (params, cairo_image_surface_get_width (person) / params->frame_units, params->roll);

  cairo_set_matrix (cr, &matrix);
  cairo_translate (cr, x, y);
  cairo_scale (cr, rx, ry);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_set_operator (cr, CAIRO_OPERATOR_DEST_OUT);
  cairo_fill (cr);
  cairo_destroy (cr);
}

/* Everything on one side that sticks out over the head's own outline, at the height of the ears. */
static void
cut_ear (const LkPortraitParams *params, cairo_surface_t *person, int side)
{
  cairo_t *cr = cairo_create (person);
  cairo_matrix_t matrix = face_matrix (params, cairo_image_surface_get_width (person) / params->frame_units, params->roll);
  LkScene scene;

  lk_scene_init (&scene, params);
  cairo_set_matrix (cr, &matrix);
  cairo_rectangle (cr, side > 0 ? 0.7 : -2.2, -0.25, 1.5, 0.85);
  cairo_clip (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  lk_scene_face_path (&scene, cr);
  cairo_rectangle (cr, -3, -3, 6, 6);
  cairo_set_operator (cr, CAIRO_OPERATOR_DEST_OUT);
  cairo_fill (cr);
  cairo_destroy (cr);
}

/* A rim of a bright wall around everything. */
static void
add_halo (const LkPortraitParams *params, cairo_surface_t *person, double reach)
{
  int width = cairo_image_surface_get_width (person), height = cairo_image_surface_get_height (person);
  cairo_surface_t *wall = new_surface (width, height);
  cairo_t *cr = cairo_create (wall);
  double px = reach * width / params->frame_units;

  cairo_set_source_rgb (cr, 0.90, 0.90, 0.89);
  for (int i = 0; i < 16; i++)
    cairo_mask_surface (cr, person, px * cos (i * G_PI / 8), px * sin (i * G_PI / 8));
  cairo_destroy (cr);
  paint_layer (wall, person, 1);
  cr = cairo_create (person);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_set_source_surface (cr, wall, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (wall);
}

/* What a bad cutting-out does. */
static void
damage (const LkPortraitParams *params, cairo_surface_t *person)
{
  LkRng rng = lk_rng (params->style_seed, 93);
  int side = lk_rng_chance (&rng, 0.5) ? 1 : -1;

  switch (params->damage)
    {
    case LK_DAMAGE_EAR:
      cut_ear (params, person, side);
      break;
    case LK_DAMAGE_SHOULDER:
      cut_out (params, person, side * 2.1, params->face.chin_y + 1.1, 1.2, 1.0);
      break;
    case LK_DAMAGE_HALO:
      add_halo (params, person, lk_rng_range (&rng, 2.5, 5));
      break;
    case LK_DAMAGE_HOLE:
      cut_out (params, person, side * lk_rng_range (&rng, 0.1, 0.55), lk_rng_range (&rng, 0.2, 0.9), 0.2, 0.25);
      break;
    default:
      break;
    }
}

/* The people at picture size, lit and photographed, on nothing. A blurred
 * picture is drawn with a margin, for what lies outside the frame shines in. */
static cairo_surface_t *
photograph_person (const LkPortraitParams *params, int width, int height)
{
  int finer = MAX (1, (int) ceil ((double) WORK_WIDTH / width - 0.34)), margin = (int) ceil (3 * params->blur * width / params->frame_units);
  double scale = finer * width / params->frame_units;
  g_autoptr (LkPortraitParams) moved = lk_portrait_params_copy (params);
  cairo_surface_t *work = new_surface (finer * (width + 2 * margin), finer * (height + 2 * margin)), *wide, *person;

  moved->centre_x += finer * margin / scale;
  moved->eye_line += finer * margin / scale;
  moved->hair_top += finer * margin / scale;
  if (moved->second_face)
    draw_second_person (moved, work, scale);
  draw_person (moved, work, scale);
  lk_light_from_side (moved, work, 1 / scale);
  lk_blur_surface (work, hypot (params->blur, LENS_SIGMA) * scale);
  wide = scaled_copy (work, width + 2 * margin, height + 2 * margin);
  person = cropped_copy (wide, margin);
  cairo_surface_destroy (work);
  cairo_surface_destroy (wide);
  if (params->is_recut)
    {
      lk_recapture_turn (params, person);
      lk_recapture_mark (params, person);
    }
  lk_expose (params, person, 91);
  damage (params, person);
  return person;
}

static cairo_surface_t *
photograph_background (const LkPortraitParams *params, int width, int height)
{
  cairo_surface_t *surface = new_surface (width, height);
  cairo_t *cr = cairo_create (surface);
  double scale = width / params->frame_units;

  cairo_scale (cr, scale, scale);
  lk_paint_background (params, cr, height / scale);
  cairo_destroy (cr);
  if (!lk_background_is_replaced (params))
    lk_expose (params, surface, 92);
  return surface;
}

static LkPortrait *
take_pixels (cairo_surface_t *picture, cairo_surface_t *person)
{
  LkPortrait *portrait = g_new0 (LkPortrait, 1);
  int w = cairo_image_surface_get_width (picture), h = cairo_image_surface_get_height (picture);
  int stride = cairo_image_surface_get_stride (picture);
  const guint8 *colour, *cover;

  cairo_surface_flush (picture);
  cairo_surface_flush (person);
  colour = cairo_image_surface_get_data (picture);
  cover = cairo_image_surface_get_data (person);
  portrait->width = w;
  portrait->height = h;
  portrait->rgb = g_malloc (3 * (gsize) w * h);
  portrait->mask = g_malloc ((gsize) w * h);
  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++)
      {
        const guint32 *p = (const guint32 *) (const void *) (colour + (gsize) y * stride + 4 * x);
        const guint32 *m = (const guint32 *) (const void *) (cover + (gsize) y * stride + 4 * x);
        guint8 *to = portrait->rgb + 3 * ((gsize) y * w + x);

        to[0] = *p >> 16 & 255;
        to[1] = *p >> 8 & 255;
        to[2] = *p & 255;
        portrait->mask[(gsize) y * w + x] = *m >> 24;
      }
  return portrait;
}

/* Upper edge of the head's cover, between rows, at half cover. */
static double
find_hair_top (const LkPortrait *portrait, const LkPortraitParams *params)
{
  double scale = portrait->width / params->frame_units;
  int x0 = CLAMP ((int) ((params->centre_x - params->face_width * 0.6) * scale), 0, portrait->width - 1);
  int x1 = CLAMP ((int) ((params->centre_x + params->face_width * 0.6) * scale), 0, portrait->width - 1);
  int before = 0;

  for (int y = 0; y < portrait->height; y++)
    {
      int most = 0;

      for (int x = x0; x <= x1; x++)
        most = MAX (most, portrait->mask[(gsize) y * portrait->width + x]);
      if (most >= 128)
        return y == 0 ? 0 : y + (127.5 - before) / (most - before) - 0.5;
      before = most;
    }
  return portrait->height;
}

static void
map_point (const LkPortraitParams *params, const cairo_matrix_t *matrix, const LkPortrait *portrait, double *x, double *y)
{
  if (params->yaw != 0 || params->pitch != 0)
    lk_turn_point (params, x, y);
  cairo_matrix_transform_point (matrix, x, y);
  lk_recapture_point (params, portrait->width, portrait->height, x, y);
}

static void
fill_truth (const LkPortraitParams *params, const LkPortrait *portrait, LkTruth *truth)
{
  double scale = portrait->width / params->frame_units;
  cairo_matrix_t matrix = face_matrix (params, scale, params->roll);
  double eye = params->face.eye_spacing, lx = -eye, ly = 0, rx = eye, ry = 0, fl = -1, fly = 0.25, fr = 1, fry = 0.25, cx = 0, cy;
  LkScene scene;
  guint64 cover = 0;

  lk_scene_init (&scene, params);
  cy = scene.chin;
  map_point (params, &matrix, portrait, &lx, &ly);
  map_point (params, &matrix, portrait, &rx, &ry);
  map_point (params, &matrix, portrait, &fl, &fly);
  map_point (params, &matrix, portrait, &fr, &fry);
  map_point (params, &matrix, portrait, &cx, &cy);
  for (gsize i = 0; i < (gsize) portrait->width * portrait->height; i++)
    cover += portrait->mask[i];
  *truth = (LkTruth) {
    .width = portrait->width, .height = portrait->height,
    .faces = params->no_face ? 0 : params->second_face ? 2 : 1,
    .eye_line = (ly + ry) / 2, .left_eye_x = lx, .left_eye_y = ly, .right_eye_x = rx, .right_eye_y = ry,
    .hair_top = find_hair_top (portrait, params),
    .face_left = fl, .face_right = fr, .face_width = hypot (fr - fl, fry - fly), .face_centre_x = (fl + fr) / 2,
    .chin_y = cy, .roll = params->roll, .yaw = params->yaw, .pitch = params->pitch,
    .eyes_open = params->eyes_open, .mouth_open = params->mouth_open,
    .person_share = (double) cover / 255 / portrait->width / portrait->height,
  };
}

LkPortrait *
lk_portrait_render (const LkPortraitParams *params, LkTruth *truth)
{
  int width = MAX (16, (int) lrint (params->width / params->upscaled)), height = MAX (16, (int) lrint (params->height / params->upscaled));
  cairo_surface_t *picture = photograph_background (params, width, height);
  cairo_surface_t *person = photograph_person (params, width, height);
  LkPortrait *portrait;

  paint_layer (picture, person, params->background == LK_BACKGROUND_ALL_BLUE ? 0.10 : 1);
  if (!params->is_recut)
    {
      lk_recapture_turn (params, person);
      lk_recapture_turn (params, picture);
      lk_recapture_mark (params, picture);
      lk_recapture_surround (params, picture);
    }
  if (params->upscaled > 1)
    {
      cairo_surface_t *small_picture = picture, *small_person = person;

      picture = scaled_copy (small_picture, params->width, params->height);
      person = scaled_copy (small_person, params->width, params->height);
      cairo_surface_destroy (small_picture);
      cairo_surface_destroy (small_person);
    }
  portrait = take_pixels (picture, person);
  cairo_surface_destroy (picture);
  cairo_surface_destroy (person);
  if (truth != NULL)
    fill_truth (params, portrait, truth);
  return portrait;
}

void
lk_portrait_free (LkPortrait *portrait)
{
  if (portrait == NULL)
    return;
  g_free (portrait->rgb);
  g_free (portrait->mask);
  g_free (portrait);
}
