/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/decode-private.h"

#include <lcms2.h>
#include <stdlib.h>

/* Most profiles in the field are sRGB under one of many names and sizes, so the profile is judged by what it does: it
 * counts as sRGB when no colour of a coarse grid moves by more than this many of 255 steps. */
enum { SAME = 1, GRID = 6 };

static gboolean
changes_colours (cmsHTRANSFORM transform)
{
  guint8 in[GRID * GRID * GRID][3], out[GRID * GRID * GRID][3];

  for (int i = 0; i < GRID * GRID * GRID; i++)
    {
      in[i][0] = i % GRID * 255 / (GRID - 1);
      in[i][1] = i / GRID % GRID * 255 / (GRID - 1);
      in[i][2] = i / (GRID * GRID) * 255 / (GRID - 1);
    }
  cmsDoTransform (transform, in, out, G_N_ELEMENTS (in));
  for (int i = 0; i < GRID * GRID * GRID; i++)
    for (int c = 0; c < 3; c++)
      if (abs (in[i][c] - out[i][c]) > SAME)
        return TRUE;
  return FALSE;
}

static cmsHTRANSFORM
open_transform (cmsContext context,
                GBytes    *profile)
{
  gsize size;
  const void *data = g_bytes_get_data (profile, &size);
  cmsHPROFILE from = cmsOpenProfileFromMemTHR (context, data, size);
  cmsHPROFILE to = cmsCreate_sRGBProfileTHR (context);
  cmsHTRANSFORM transform = NULL;

  if (from != NULL && cmsGetColorSpace (from) == cmsSigRgbData)
    transform = cmsCreateTransformTHR (context, from, TYPE_RGB_8, to, TYPE_RGB_8, INTENT_PERCEPTUAL, cmsFLAGS_NOCACHE);
  g_clear_pointer (&from, cmsCloseProfile);
  g_clear_pointer (&to, cmsCloseProfile);
  return transform;
}

void
lk_pixels_convert_to_srgb (LkPixels *self,
                           GBytes   *profile)
{
  cmsContext context = cmsCreateContext (NULL, NULL);   /* its own: threads share nothing */
  cmsHTRANSFORM transform = open_transform (context, profile);

  if (transform != NULL && changes_colours (transform))
    for (int y = 0; y < self->height; y++)
      {
        guint8 *row = self->data + (gsize) y * self->width * 3;

        cmsDoTransform (transform, row, row, self->width);
      }
  g_clear_pointer (&transform, cmsDeleteTransform);
  cmsDeleteContext (context);
}
