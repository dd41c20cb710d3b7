/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include <math.h>

#include "photo/crop.h"

/* A crop is its width w and its top left corner (l, t); height follows from the frame's ratio. With z = w / frame width
 * every rule is a straight line in w:
 *
 *   face width f within [a, b]:   f / b <= z <= f / a
 *   eye line at y within [a, b]:  y - b z <= t <= y - a z          (hair top alike)
 *   middle x within c of W/2:     x - w/2 - c z <= l <= x - w/2 + c z
 *   inside the original:          0 <= t <= H - h,  0 <= l <= W - w,  w >= frame width (never enlarged)
 *
 * So for t and for l there are lower and upper bounds a + b w. Some t exists for a w when every lower bound is at most
 * every upper one, and each such pair is again a bound on w alone. All pairs together leave one interval of w: every w
 * in it has a crop, no other has. The w nearest to the target is taken, or the next with a whole corner, then the t and
 * l nearest to theirs. */

enum { MAX_LINES = 6 };

typedef struct
{
  double at_zero, slope;        /* px, px for each px of the crop's width */
} Line;

typedef struct
{
  Line low[MAX_LINES], high[MAX_LINES];
  int n_low, n_high;
} Bounds;

typedef struct
{
  double low, high;
} Interval;

/* How much is asked. A rung of the ladder gives up what comes last first. */
typedef struct
{
  gboolean wants_hair;          /* the hair's top in its range, not only uncut */
  gboolean hard_centre;         /* the wider limit of the centring */
  double margin;                /* kept from the ends of all ranges, frame px */
} Demand;

/* What of the original's own limits is left aside, to find out which one is in the way. */
typedef struct
{
  gboolean size, top, sides, bottom;
} Ignored;

typedef struct
{
  const LkHead *head;
  const LkSpec *spec;
  Demand demand;
  Ignored ignored;
  double slack_x, slack_y;      /* kept from the original's edges, because a turned crop sticks out; px */
  Interval width;
  Bounds top, left;
} Problem;

static void
add_low (Bounds *bounds, double at_zero, double slope)
{
  bounds->low[bounds->n_low++] = (Line) { at_zero, slope };
}

static void
add_high (Bounds *bounds, double at_zero, double slope)
{
  bounds->high[bounds->n_high++] = (Line) { at_zero, slope };
}

/* Keeps of an interval of widths those at which low <= high. */
static void
keep_ordered (Interval *width, const Line *low, const Line *high)
{
  double slope = low->slope - high->slope, room = high->at_zero - low->at_zero;

  if (slope > 1e-12)
    width->high = fmin (width->high, room / slope);
  else if (slope < -1e-12)
    width->low = fmax (width->low, room / slope);
  else if (room < 0)
    width->high = -INFINITY;
}

static void
keep_possible (Interval *width, const Bounds *bounds)
{
  for (int i = 0; i < bounds->n_low; i++)
    for (int k = 0; k < bounds->n_high; k++)
      keep_ordered (width, &bounds->low[i], &bounds->high[k]);
}

static Interval
bounds_at (const Bounds *bounds, double width)
{
  Interval interval = { -INFINITY, INFINITY };

  for (int i = 0; i < bounds->n_low; i++)
    interval.low = fmax (interval.low, bounds->low[i].at_zero + bounds->low[i].slope * width);
  for (int i = 0; i < bounds->n_high; i++)
    interval.high = fmin (interval.high, bounds->high[i].at_zero + bounds->high[i].slope * width);
  return interval;
}

/* A distance from the top edge, at y in the original, within [low, high] of the frame. */
static void
add_distance (Problem *problem, double y, double low, double high)
{
  double frame = problem->spec->frame_width;

  add_low (&problem->top, y, -(high - problem->demand.margin) / frame);
  add_high (&problem->top, y, -(low + problem->demand.margin) / frame);
}

static void
set_rules (Problem *problem)
{
  const LkSpec *spec = problem->spec;
  const LkHead *head = problem->head;
  const LkLimits *eye = lk_spec_get_limits (spec, "G3_eye_line"), *face = lk_spec_get_limits (spec, "G4_face_width");
  const LkLimits *hair = lk_spec_get_limits (spec, "G2_hair_top"), *centre = lk_spec_get_limits (spec, "G5_centre");
  double margin = problem->demand.margin, frame = spec->frame_width;
  double widest = problem->demand.hard_centre && !isnan (centre->hard_high) ? centre->hard_high : centre->high;
  double off = widest - MIN (margin, widest / 2);

  problem->width.low = head->face_width * frame / (face->high - margin);
  problem->width.high = head->face_width * frame / (face->low + margin);
  add_distance (problem, head->eye_line, eye->low, eye->high);
  if (!isnan (head->hair_top) && problem->demand.wants_hair)
    add_distance (problem, head->hair_top, hair->low, hair->high);
  else if (!isnan (head->hair_top) && !problem->ignored.top)
    add_high (&problem->top, head->hair_top, -(lk_limits_get_param (hair, "cut_below", 0) + 1) / frame);
  add_low (&problem->left, head->middle, -0.5 - off / frame);
  add_high (&problem->left, head->middle, -0.5 + off / frame);
}

static void
set_edges (Problem *problem)
{
  const LkSpec *spec = problem->spec;
  const LkHead *head = problem->head;

  if (!problem->ignored.size)
    problem->width.low = fmax (problem->width.low, spec->frame_width);
  if (!problem->ignored.top)
    add_low (&problem->top, problem->slack_y, 0);
  if (!problem->ignored.bottom)
    add_high (&problem->top, head->height - problem->slack_y, -spec->frame_height / (double) spec->frame_width);
  if (problem->ignored.sides)
    return;
  add_low (&problem->left, problem->slack_x, 0);
  add_high (&problem->left, head->width - problem->slack_x, -1);
}

/* The whole number nearest to a target inside an interval; FALSE when there is none. */
static gboolean
nearest_whole (Interval interval, double target, int *whole)
{
  /* the bounds come out of divisions: what is only a rounding error outside counts as inside */
  double low = ceil (interval.low - 1e-6), high = floor (interval.high + 1e-6);

  if (!(low <= high))
    return FALSE;
  *whole = (int) CLAMP (round (target), low, high);
  return TRUE;
}

static int
common_divisor (int a, int b)
{
  return b == 0 ? a : common_divisor (b, a % b);
}

/* The corner for this many steps of width; at the very ends of the widths the bounds meet and may have no whole
 * number. */
static gboolean
place (const Problem *problem, int n_steps, LkCrop *crop)
{
  const LkSpec *spec = problem->spec;
  const LkHead *head = problem->head;
  int divisor = common_divisor (spec->frame_width, spec->frame_height);

  crop->width = n_steps * (spec->frame_width / divisor);
  crop->height = n_steps * (spec->frame_height / divisor);
  return nearest_whole (bounds_at (&problem->top, crop->width),
                        head->eye_line - spec->target_eye_line * crop->width / spec->frame_width, &crop->y)
         && nearest_whole (bounds_at (&problem->left, crop->width), head->middle - crop->width / 2.0, &crop->x);
}

static gboolean
solve (Problem *problem, LkCrop *crop)
{
  const LkSpec *spec = problem->spec;
  /* only widths with a whole height of exactly the frame's ratio */
  double step = spec->frame_width / common_divisor (spec->frame_width, spec->frame_height);
  double target = problem->head->face_width * spec->frame_width / spec->target_face_width / step;
  Interval steps;
  int n_steps, low, high;

  set_rules (problem);
  set_edges (problem);
  keep_possible (&problem->width, &problem->top);
  keep_possible (&problem->width, &problem->left);
  steps = (Interval) { problem->width.low / step, problem->width.high / step };
  if (!nearest_whole (steps, target, &n_steps) || !nearest_whole (steps, -G_MAXINT, &low)
      || !nearest_whole (steps, G_MAXINT, &high))
    return FALSE;
  for (int away = 0; n_steps - away >= low || n_steps + away <= high; away++)
    if ((n_steps + away <= high && place (problem, n_steps + away, crop))
        || (n_steps - away >= low && place (problem, n_steps - away, crop)))
      return TRUE;
  return FALSE;
}

static gboolean
try_demand (const LkHead *head, const LkSpec *spec, Demand demand, Ignored ignored, LkCrop *crop)
{
  double sine = spec->crop.level ? fabs (sin (head->roll * G_PI / 180)) : 0;
  Problem problem = {
    .head = head, .spec = spec, .demand = demand, .ignored = ignored,
    .slack_x = sine * head->height / 2, .slack_y = sine * head->width / 2,
  };

  return solve (&problem, crop);
}

/* Leaves one after the other of the original's limits aside until there is a crop: the last one was in the way. */
static LkCropProblem
find_problem (const LkHead *head, const LkSpec *spec)
{
  static const struct
  {
    Ignored ignored;
    LkCropProblem problem;
  } steps[] = {
    { { .top = TRUE }, LK_CROP_HAIR_CUT },
    { { .sides = TRUE }, LK_CROP_SIDE_MISSING },
    { { .bottom = TRUE }, LK_CROP_BODY_MISSING },
    { { .size = TRUE }, LK_CROP_TOO_SMALL },
    { { .top = TRUE, .sides = TRUE }, LK_CROP_SIDE_MISSING },
    { { .top = TRUE, .sides = TRUE, .bottom = TRUE }, LK_CROP_BODY_MISSING },
    { { .top = TRUE, .sides = TRUE, .bottom = TRUE, .size = TRUE }, LK_CROP_TOO_SMALL },
  };
  LkCrop crop;

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (try_demand (head, spec, (Demand) { FALSE, TRUE, 0 }, steps[i].ignored, &crop))
      return steps[i].problem;
  return LK_CROP_FACE_SHAPE;
}

/* The corner was found in the original turned about the head; what is cut is turned about the crop's own middle. */
static void
turn_about_middle (LkCrop *crop, const LkHead *head)
{
  double angle = head->roll * G_PI / 180;
  double x = crop->x + crop->width / 2.0 - head->middle, y = crop->y + crop->height / 2.0 - head->eye_line;

  crop->turn = head->roll;
  crop->x = (int) lround (head->middle + cos (angle) * x - sin (angle) * y - crop->width / 2.0);
  crop->y = (int) lround (head->eye_line + sin (angle) * x + cos (angle) * y - crop->height / 2.0);
}

LkCrop
lk_crop_solve (const LkHead *head, const LkSpec *spec)
{
  /* eye line and face width always; then the hair, then the centring; each with some room to spare where possible */
  const Demand demands[] = {
    { TRUE, FALSE, spec->crop.margin }, { TRUE, FALSE, 0 }, { TRUE, TRUE, 0 },
    { FALSE, FALSE, spec->crop.margin }, { FALSE, FALSE, 0 }, { FALSE, TRUE, 0 },
  };
  const LkLimits *hair = lk_spec_get_limits (spec, "G2_hair_top");
  LkCrop crop = { 0 };
  double zoom;
  gsize i = 0;

  while (i < G_N_ELEMENTS (demands) && !try_demand (head, spec, demands[i], (Ignored) { 0 }, &crop))
    i++;
  if (i == G_N_ELEMENTS (demands))
    return (LkCrop) { .problem = find_problem (head, spec) };
  zoom = spec->frame_width / (double) crop.width;
  crop.hair_top = (head->hair_top - crop.y) * zoom;
  crop.eye_line = (head->eye_line - crop.y) * zoom;
  crop.face_width = head->face_width * zoom;
  crop.centre = (head->middle - crop.x - crop.width / 2.0) * zoom;
  crop.hair_in_range = crop.hair_top >= hair->low && crop.hair_top <= hair->high;
  if (spec->crop.level)
    turn_about_middle (&crop, head);
  return crop;
}
