/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include <math.h>

#include "photo/measure.h"

/* B3: what the cutting-out did to the person. In a photo with the blue background the outline can be seen: it is
 * where the blue ends. It is walked along rows and columns. Damaged is a crossing where a rim of the old background
 * lies (halo), a row with a hole in the face, and a row where an ear or a shoulder that the other side has is
 * missing. */

/* The parts of the outline; each is judged by its own share of damage, so that a lost ear is not lost in a long
 * outline. */
typedef enum
{
  PART_RIM,
  PART_FACE,
  PART_EARS,
  PART_SHOULDERS,
  N_PARTS,
} Part;

typedef struct
{
  const LkFindings *findings;
  const LkLimits *limits;
  const LkPixels *pixels;       /* about as fine as the reference frame */
  double zoom;                  /* px here for one photo px */
  double unit;                  /* px here for one px of the reference frame */
  double middle, width, eyes, chin;     /* of the face, px here */
  struct
  {
    guint n, n_damaged;
    LkBox damage;               /* around the damaged ones, px here */
  } parts[N_PARTS];
} Outline;

static double
param (const Outline *outline, const char *name)
{
  return lk_limits_get_param (outline->limits, name, 0);
}

static const guint8 *
pixel_at (const Outline *outline, int x, int y)
{
  return outline->pixels->data + 3 * ((gsize) y * outline->pixels->width + x);
}

static gboolean
is_blue (const Outline *outline, const guint8 *rgb, double most)
{
  const guint8 *blue = outline->findings->spec->blue;
  int r = rgb[0] - blue[0], g = rgb[1] - blue[1], b = rgb[2] - blue[2];

  return r * r + g * g + b * b <= most * most;
}

static double
luma (const guint8 *rgb)
{
  return 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
}

/* How far a colour is from all mixtures of the blue and the person's colour, sRGB steps. */
static double
distance_from_mixtures (const guint8 *rgb, const guint8 *blue, const guint8 *person)
{
  double along = 0, length = 0, square = 0;

  for (int c = 0; c < 3; c++)
    {
      along += (rgb[c] - blue[c]) * (double) (person[c] - blue[c]);
      length += (person[c] - blue[c]) * (double) (person[c] - blue[c]);
    }
  along = CLAMP (along / MAX (length, 1), 0, 1);
  for (int c = 0; c < 3; c++)
    {
      double difference = rgb[c] - blue[c] - along * (person[c] - blue[c]);

      square += difference * difference;
    }
  return sqrt (square);
}

static void
count (Outline *outline, Part part, int x, int y, gboolean is_damaged)
{
  LkBox *damage = &outline->parts[part].damage;

  outline->parts[part].n++;
  if (!is_damaged)
    return;
  if (outline->parts[part].n_damaged++ == 0)
    *damage = (LkBox) { (float) x, (float) y, (float) x + 1, (float) y + 1 };
  damage->x0 = MIN (damage->x0, (float) x);
  damage->y0 = MIN (damage->y0, (float) y);
  damage->x1 = MAX (damage->x1, (float) x + 1);
  damage->y1 = MAX (damage->y1, (float) y + 1);
}

/* A walk over the picture: from (x, y) n steps of (dx, dy). */
typedef struct
{
  int x, y, dx, dy, n;
} Walk;

/* The rim is lighter than the person behind it, no mixture of person and blue, and not warm as skin is. */
static gboolean
has_halo (const Outline *outline, const Walk *walk, int at)
{
  int depth = (int) lround (param (outline, "depth") * outline->unit),
      rim = (int) lround (param (outline, "rim") * outline->unit);
  const guint8 *person;

  if (at + depth >= walk->n)
    return FALSE;
  person = pixel_at (outline, walk->x + (at + depth) * walk->dx, walk->y + (at + depth) * walk->dy);
  for (int i = at; i < at + rim; i++)
    {
      const guint8 *rgb = pixel_at (outline, walk->x + i * walk->dx, walk->y + i * walk->dy);

      if (rgb[2] + param (outline, "rim_warmth") >= rgb[0]
          && luma (rgb) > luma (person) + param (outline, "rim_lighter")
          && distance_from_mixtures (rgb, outline->findings->spec->blue, person) > param (outline, "rim_difference"))
        return TRUE;
    }
  return FALSE;
}

/* Counts where the walk first leaves the blue. Returns how far it came, n when it never did. */
static int
cross (Outline *outline, const Walk *walk)
{
  double most = param (outline, "blue_difference");
  int at = 0;

  while (at < walk->n && is_blue (outline, pixel_at (outline, walk->x + at * walk->dx, walk->y + at * walk->dy), most))
    at++;
  if (at > 0 && at < walk->n)
    count (outline, PART_RIM, walk->x + at * walk->dx, walk->y + at * walk->dy, has_halo (outline, walk, at));
  return at;
}

/* Blue in the row of an ellipse that the face fills: a hole. */
static void
look_for_hole (Outline *outline, int y)
{
  double most = param (outline, "blue_difference");
  double across = (2 * y - outline->eyes - outline->chin) / MAX (outline->chin - outline->eyes, 1);
  double half = 0.4 * outline->width * sqrt (MAX (0, 1 - 1.3 * across * across));
  int from = MAX (0, (int) (outline->middle - half)), to = MIN (outline->pixels->width, (int) (outline->middle + half));

  for (int x = from; x < to; x++)
    if (is_blue (outline, pixel_at (outline, x, y), most))
      {
        count (outline, PART_FACE, x, y, TRUE);
        return;
      }
  if (from < to)
    count (outline, PART_FACE, from, y, FALSE);
}

/* How far the person reaches from this middle to each side, in the rows from first to last: less than this much, and less
 * than this share of the other side, is a part missing. */
static void
compare_sides (Outline *outline, Part part, double middle, const int *left, const int *right, double first, double last, double least)
{
  double ratio = param (outline, part == PART_EARS ? "ear_ratio" : "shoulder_ratio");

  for (int y = MAX ((int) first, 0); y < MIN ((int) last, outline->pixels->height); y++)
    {
      double to_left = middle - left[y], to_right = right[y] - middle;
      double shorter = MIN (to_left, to_right), longer = MAX (to_left, to_right);
      int x = CLAMP (to_left < to_right ? left[y] : right[y], 0, outline->pixels->width - 1);

      count (outline, part, x, y, shorter < least && shorter < ratio * longer);
    }
}

static void
walk_rows (Outline *outline)
{
  int width = outline->pixels->width, height = outline->pixels->height;
  g_autofree int *left = g_new (int, height);
  g_autofree int *right = g_new (int, height);
  double nose = outline->eyes + 0.4 * (outline->chin - outline->eyes);
  double turn = sin (outline->findings->pose.yaw * G_PI / 180);

  for (int y = 0; y < height; y++)
    {
      left[y] = cross (outline, &(Walk) { 0, y, 1, 0, width });
      right[y] = width - cross (outline, &(Walk) { width - 1, y, -1, 0, width });
      look_for_hole (outline, y);
    }
  /* the face itself ends half its width from the middle, ears stick out; a little turn moves both, at a larger one or on a
   * tilted head they differ */
  if (lk_findings_pass (outline->findings, "G6_roll", lk_measure_roll)
      && lk_findings_pass (outline->findings, "G7_yaw_pitch", lk_measure_yaw_pitch))
    compare_sides (outline, PART_EARS, outline->middle + param (outline, "ear_depth") * turn * outline->width, left, right,
                   outline->eyes, nose, param (outline, "ear_reach") * outline->width);
  compare_sides (outline, PART_SHOULDERS, outline->middle, left, right, height * param (outline, "shoulder_from"), height,
                 outline->width);
}

static void
outline_init (Outline *outline, const LkFindings *findings, const LkLimits *limits)
{
  const LkPyramid *photo = findings->photo;
  const LkLandmarks *face = &findings->faces->main;
  int left = LK_MESH_CHEEK_LEFT, right = LK_MESH_CHEEK_RIGHT;

  lk_landmarks_widest (face, &left, &right);
  *outline = (Outline) {
    .findings = findings, .limits = limits,
    .pixels = photo->levels[lk_pyramid_level_for_width (photo, findings->spec->frame_width)],
  };
  outline->zoom = outline->pixels->width / (double) photo->levels[0]->width;
  outline->unit = outline->pixels->width / (double) findings->spec->frame_width;
  outline->middle = (face->mesh[left][0] + face->mesh[right][0]) / 2 * outline->zoom;
  outline->width = lk_landmarks_distance (face, left, right) * outline->zoom;
  outline->eyes = (face->eyes[0][LK_EYE_PUPIL][1] + face->eyes[1][LK_EYE_PUPIL][1]) / 2 * outline->zoom;
  outline->chin = face->mesh[LK_MESH_CHIN][1] * outline->zoom;
}

/* B3: the share of the worst part of the outline that is damaged, %. */
void
lk_measure_edge (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  Outline outline;

  if (findings->faces->n_faces == 0)
    {
      measurement->why = "no-face";
      return;
    }
  outline_init (&outline, findings, limits);
  walk_rows (&outline);
  for (int x = 0; x < outline.pixels->width; x++)
    cross (&outline, &(Walk) { x, 0, 0, 1, outline.pixels->height });
  /* of a replaced background at least its sides above the shoulders are seen */
  if (outline.parts[PART_RIM].n < (guint) outline.pixels->height / 2)
    {
      measurement->why = "not-blue";
      return;
    }
  measurement->value = 0;
  for (int i = 0; i < N_PARTS; i++)
    {
      double share = 100.0 * outline.parts[i].n_damaged / MAX (1, outline.parts[i].n);
      LkBox box = outline.parts[i].damage;

      if (share <= measurement->value)
        continue;
      box = (LkBox) { (float) (box.x0 / outline.zoom), (float) (box.y0 / outline.zoom),
                      (float) (box.x1 / outline.zoom), (float) (box.y1 / outline.zoom) };
      measurement->value = share;
      measurement->region = lk_findings_box (findings, &box);
    }
}
