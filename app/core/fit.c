/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core/fit.h"

LkFit
lk_fit_contain (int photo_width, int photo_height, int view_width, int view_height)
{
  double scale = MIN ((double) view_width / photo_width, (double) view_height / photo_height);
  double width = MAX (1, floor (photo_width * scale));
  double height = MAX (1, floor (photo_height * scale));

  return (LkFit) { floor ((view_width - width) / 2), floor ((view_height - height) / 2), scale };
}

/* Where a photo side of this length begins in a view side, with the given photo point as near to the middle as no empty edge allows. */
static double
place (double photo, double view, double scale, double centre)
{
  double length = photo * scale;
  double start = view / 2 - centre * scale;

  if (length <= view)
    return floor ((view - length) / 2);
  return round (CLAMP (start, view - length, 0));
}

LkFit
lk_fit_zoom (int photo_width, int photo_height, int view_width, int view_height,
             double zoom, double centre_x, double centre_y)
{
  return (LkFit) {
    place (photo_width, view_width, zoom, centre_x),
    place (photo_height, view_height, zoom, centre_y),
    zoom,
  };
}

LkFit
lk_fit_zoom_at (const LkFit *fit, double zoom, double view_x, double view_y)
{
  double photo_x = (view_x - fit->x) / fit->scale;
  double photo_y = (view_y - fit->y) / fit->scale;

  return (LkFit) { view_x - photo_x * zoom, view_y - photo_y * zoom, zoom };
}

int
lk_fit_sheet (int n_photos, int view_width, int view_height, int extra_width, int extra_height, int *columns)
{
  int best = 0;

  *columns = 1;
  for (int n = 1; n <= n_photos; n++)
    {
      int rows = (n_photos + n - 1) / n;
      int width = view_width / n - extra_width;
      int height = view_height / rows - extra_height;
      int fits = MIN (width, height * 3 / 4);

      if (fits > best)
        {
          best = fits;
          *columns = n;
        }
    }
  return MAX (best, 1);
}
