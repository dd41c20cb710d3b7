/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/eye-view.h"

#include <math.h>

#include "photo/colour.h"

/* A grid over the eye: so many cells are the eye's width. */
enum
{
  CELLS = 36,
  HALF = 32,                    /* rows above and below the middle */
  ROWS = 2 * HALF,
  NEAR = 20, COLUMNS = 7,       /* of a strip beside the eye: cells from the middle, and how many */
  REACH = 3,                    /* a line is darker than what is so many cells above and below */
  MOST_SLOPE = 3,               /* cells up or down from the strip's middle to its end */
  MOST_APART = 9,               /* the line may be so much higher on one side */
};

LkEyeView
lk_eye_view (const LkLandmarks *face, int eye)
{
  const float (*points)[2] = face->eyes[eye];
  double dx = points[LK_EYE_INNER][0] - points[LK_EYE_OUTER][0], dy = points[LK_EYE_INNER][1] - points[LK_EYE_OUTER][1];
  double width = MAX (hypot (dx, dy), 1), sign = dx < 0 ? -1 : 1;
  LkEyeView self = {
    .width = width, .along_x = sign * dx / width, .along_y = sign * dy / width,
    .x = (points[LK_EYE_INNER][0] + points[LK_EYE_OUTER][0]) / 2.0,
    .y = (points[LK_EYE_INNER][1] + points[LK_EYE_OUTER][1]) / 2.0,
  };

  /* the iris is five points: its middle and four on its edge */
  for (int i = LK_EYE_PUPIL; i < LK_EYE_POINTS; i++)
    {
      double x = points[i][0] - self.x, y = points[i][1] - self.y;

      self.pupil_x += (x * self.along_x + y * self.along_y) / width / (LK_EYE_POINTS - LK_EYE_PUPIL);
      self.pupil_y += (y * self.along_x - x * self.along_y) / width / (LK_EYE_POINTS - LK_EYE_PUPIL);
    }
  for (int i = LK_EYE_LOWER_FIRST; i <= LK_EYE_LOWER_LAST; i++)
    self.lower += ((points[i][1] - self.y) * self.along_x - (points[i][0] - self.x) * self.along_y) / width
                  / (LK_EYE_LOWER_LAST - LK_EYE_LOWER_FIRST + 1);
  for (int i = LK_EYE_UPPER_FIRST; i <= LK_EYE_UPPER_LAST; i++)
    self.upper += ((points[i][1] - self.y) * self.along_x - (points[i][0] - self.x) * self.along_y) / width
                  / (LK_EYE_UPPER_LAST - LK_EYE_UPPER_FIRST + 1);
  return self;
}

static double
luma_between (const LkPixels *pixels, double x, double y)
{
  int i = CLAMP ((int) floor (x - 0.5), 0, pixels->width - 2), j = CLAMP ((int) floor (y - 0.5), 0, pixels->height - 2);
  double u = CLAMP (x - 0.5 - i, 0, 1), v = CLAMP (y - 0.5 - j, 0, 1);
  const guint8 *above = pixels->data + 3 * ((gsize) j * pixels->width + i), *below = above + 3 * (gsize) pixels->width;

  return (lk_colour_luma (above) * (1 - u) + lk_colour_luma (above + 3) * u) * (1 - v)
         + (lk_colour_luma (below) * (1 - u) + lk_colour_luma (below + 3) * u) * v;
}

/* The strip of skin beside the eye, turned upright: how much darker each cell is than those above and below. */
static void
fill_strip (const LkEyeView *self, const LkPixels *pixels, double zoom, int side, double skin_luma, double most, double strip[ROWS][COLUMNS])
{
  double cell = self->width * zoom / CELLS;

  for (int column = 0; column < COLUMNS; column++)
    {
      double along = side * (NEAR + column + 0.5) * cell, luma[ROWS];

      for (int row = 0; row < ROWS; row++)
        {
          double across = (row - HALF + 0.5) * cell;

          luma[row] = luma_between (pixels, self->x * zoom + along * self->along_x - across * self->along_y,
                                    self->y * zoom + along * self->along_y + across * self->along_x);
        }
      for (int row = 0; row < ROWS; row++)
        strip[row][column] = row < REACH || row >= ROWS - REACH
                               ? 0
                               : CLAMP ((MIN (luma[row - REACH], luma[row + REACH]) - luma[row]) / skin_luma, 0, most);
    }
}

/* The clearest straight line over the strip with its middle in the rows from first to last. */
static double
clearest_line (double strip[ROWS][COLUMNS], int first, int last, int *where)
{
  double clearest = 0;

  for (int row = MAX (first, 0); row <= MIN (last, ROWS - 1); row++)
    for (int slope = -MOST_SLOPE; slope <= MOST_SLOPE; slope++)
      {
        double sum = 0;

        for (int column = 0; column < COLUMNS; column++)
          {
            int at = row + (int) lrint (slope * (column - COLUMNS / 2) / (COLUMNS / 2.0));

            sum += at >= 0 && at < ROWS ? strip[at][column] : 0;
          }
        if (sum / COLUMNS > clearest)
          {
            clearest = sum / COLUMNS;
            *where = row;
          }
      }
  return clearest;
}

double
lk_eye_view_line (const LkEyeView *self, const LkFindings *findings, double skin_luma, double most)
{
  const LkPyramid *photo = findings->photo;
  const LkPixels *pixels = photo->levels[lk_pyramid_level_for_width (photo, findings->spec->frame_width)];
  double zoom = pixels->width / (double) photo->levels[0]->width;
  /* a rim on the lids' edges is hard to tell from lashes */
  int first = HALF + (int) floor (self->upper * CELLS) + 1, last = HALF + (int) ceil (self->lower * CELLS) - 1;
  double strip[ROWS][COLUMNS], clear[2];
  int where[2] = { 0, 0 };

  for (int i = 0; i < 2; i++)
    {
      fill_strip (self, pixels, zoom, i == 0 ? -1 : 1, MAX (skin_luma, 1), most, strip);
      clear[i] = clearest_line (strip, first, last, &where[i]);
    }
  return abs (where[0] - where[1]) <= MOST_APART ? MIN (clear[0], clear[1]) : 0;
}
