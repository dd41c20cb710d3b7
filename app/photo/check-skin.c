/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include <math.h>

#include "photo/colour.h"
#include "photo/eye-view.h"

/* Highlights, colour cast and glasses: pixels of the face compared with its own skin, on the face at a fixed size
 * (face-patch.h). */

static gboolean
find_skin (const LkFindings *findings, const LkLimits *limits, guint8 rgb[3], LkMeasurement *measurement)
{
  if (lk_face_patch_find_skin (findings->patch, (guint) lk_limits_get_param (limits, "least_pixels", 1), rgb))
    return TRUE;
  measurement->why = "no-face";
  return FALSE;
}

/* Pixels counted in one part of the face, and where the found ones are. */
typedef struct
{
  guint n, n_found;
  LkBox box;                    /* patch px */
} Count;

static void
count (Count *self, int x, int y, gboolean is_found)
{
  self->n++;
  if (!is_found)
    return;
  if (self->n_found++ == 0)
    self->box = (LkBox) { (float) x, (float) y, (float) x + 1, (float) y + 1 };
  self->box.x0 = fminf (self->box.x0, (float) x);
  self->box.x1 = fmaxf (self->box.x1, (float) x + 1);
  self->box.y1 = (float) y + 1;
}

static double
found_percent (const Count *self)
{
  return self->n > 0 ? 100.0 * self->n_found / self->n : 0;
}

static LkRegion
count_region (const LkFindings *findings, const Count *self)
{
  const LkFacePatch *patch = findings->patch;

  return lk_findings_box (findings, &(LkBox) {
    (float) (patch->x0 + self->box.x0 / patch->scale), (float) (patch->y0 + self->box.y0 / patch->scale),
    (float) (patch->x0 + self->box.x1 / patch->scale), (float) (patch->y0 + self->box.y1 / patch->scale) });
}

/* Nearly white, and clearly brighter than the skin: fair skin in good light is neither. */
static gboolean
is_burnt (const LkFacePatch *patch, gsize i, double least_channel, double least_luma)
{
  const guint8 *rgb = patch->pixels->data + 3 * i;

  return patch->luma[i] >= least_luma && MIN (rgb[0], MIN (rgb[1], rgb[2])) >= least_channel;
}

/* Q2: burnt-out share, %, of the skin above the lips; eyes and lenses have checks of their own. */
void
lk_measure_highlight (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  const LkFacePatch *patch = findings->patch;
  const LkLandmarks *face = &findings->faces->main;
  double lips = (face->mesh[LK_MESH_NOSE_TIP][1] + face->mesh[LK_MESH_LIP_UPPER][1]) / 2.0;
  int last_row = (int) CLAMP ((lips - patch->y0) * patch->scale, 0, patch->height);
  /* warm and cold light change red and blue */
  double burnt = lk_limits_get_param (limits, "burnt", 235), green = lk_limits_get_param (limits, "burnt_green", 0);
  Count skin = { 0 };
  guint8 rgb[3];
  double least_luma;

  if (!find_skin (findings, limits, rgb, measurement))
    return;
  least_luma = lk_colour_luma (rgb) + lk_limits_get_param (limits, "brighter", 0);
  for (int y = 0; y < last_row; y++)
    for (int x = 0; x < patch->width; x++)
      {
        gsize i = (gsize) y * patch->width + x;

        if ((patch->zones[i] & (LK_ZONE_FACE | LK_ZONE_EYES | LK_ZONE_LENSES)) == LK_ZONE_FACE)
          count (&skin, x, y, is_burnt (patch, i, burnt, least_luma) && patch->pixels->data[3 * i + 1] >= green);
      }
  measurement->value = found_percent (&skin);
  if (skin.n_found > 0)
    measurement->region = count_region (findings, &skin);
}

static double
outside (double value, double low, double high)
{
  return MAX (0, MAX (low - value, value - high));
}

/* Q5: how far the skin is from the colours that skin has, in L*a*b* (ISO/IEC 29794-5, natural colour). */
void
lk_measure_colour (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  double low_a = lk_limits_get_param (limits, "low_a", -INFINITY), high_a = lk_limits_get_param (limits, "high_a", INFINITY);
  double low_b = lk_limits_get_param (limits, "low_b", -INFINITY), high_b = lk_limits_get_param (limits, "high_b", INFINITY);
  LkLinear linear;
  LkLab skin;
  guint8 rgb[3];

  if (!find_skin (findings, limits, rgb, measurement))
    return;
  lk_linear_fill (&linear);
  skin = lk_lab_from_srgb (&linear, rgb);
  measurement->value = hypot (outside (skin.a, low_a, high_a), outside (skin.b, low_b, high_b));
  measurement->region = lk_findings_box (findings, &findings->faces->boxes[0]);
}

/* One lens: what of it is burnt out, and what is dark against the skin. */
typedef struct
{
  Count glare, dark;
} Lens;

static void
count_lenses (const LkFindings *findings, const LkLimits *limits, double skin, Lens lenses[2])
{
  const LkFacePatch *patch = findings->patch;
  double middle = (findings->faces->main.mesh[LK_MESH_NOSE_ROOT][0] - patch->x0) * patch->scale;
  double glare = lk_limits_get_param (limits, "glare", 0), least_luma = skin + lk_limits_get_param (limits, "brighter", 0);
  double dark = skin * lk_limits_get_param (limits, "dark", 0);

  for (int y = 0; y < patch->height; y++)
    for (int x = 0; x < patch->width; x++)
      {
        gsize i = (gsize) y * patch->width + x;
        Lens *lens = &lenses[x < middle ? 0 : 1];

        if (!(patch->zones[i] & LK_ZONE_LENSES))
          continue;
        count (&lens->glare, x, y, is_burnt (patch, i, glare, least_luma));
        count (&lens->dark, x, y, patch->luma[i] < dark);
      }
}

/* The eye with the clearer line across, % of the skin's luma. */
static double
frame_over_eye (const LkFindings *findings, const LkLimits *limits, double skin, LkBox *box)
{
  const LkLandmarks *face = &findings->faces->main;
  double clearest = -1;

  for (int i = 0; i < 2; i++)
    {
      LkEyeView eye = lk_eye_view (face, i);
      double line = 100 * lk_eye_view_line (&eye, findings, skin, lk_limits_get_param (limits, "clear_line", 1));
      float half = (float) eye.width * 0.8f;

      if (line <= clearest)
        continue;
      clearest = line;
      *box = (LkBox) { (float) eye.x - half, (float) eye.y - half / 2, (float) eye.x + half, (float) eye.y + half / 2 };
    }
  return clearest;
}

/* E4: glare, %, of the worse lens; without glare, when both lenses are tinted, how much of the less dark one is dark: one
 * dark side is the light's doing; else a frame across an eye. */
void
lk_measure_glasses (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  Lens lenses[2] = { 0 };
  const Count *glare, *dark;
  double most_dark = lk_limits_get_param (limits, "most_dark", 100), most_line = lk_limits_get_param (limits, "most_line", 100), line;
  guint8 rgb[3];
  LkBox eye;

  if (!find_skin (findings, limits, rgb, measurement))
    return;
  count_lenses (findings, limits, lk_colour_luma (rgb), lenses);
  glare = &lenses[found_percent (&lenses[0].glare) >= found_percent (&lenses[1].glare) ? 0 : 1].glare;
  dark = &lenses[found_percent (&lenses[0].dark) <= found_percent (&lenses[1].dark) ? 0 : 1].dark;
  line = frame_over_eye (findings, limits, lk_colour_luma (rgb), &eye);
  measurement->is_judged = TRUE;
  measurement->value = found_percent (glare);
  if (glare->n_found > 0)
    measurement->region = count_region (findings, glare);
  if (measurement->value <= limits->high && found_percent (dark) > most_dark)
    {
      measurement->value = found_percent (dark);
      measurement->high = most_dark;
      measurement->region = count_region (findings, dark);
    }
  else if (measurement->value <= limits->high && line > most_line)
    {
      measurement->value = line;
      measurement->high = most_line;
      measurement->region = lk_findings_box (findings, &eye);
    }
  measurement->outcome = measurement->value <= measurement->high ? LK_OUTCOME_PASS : LK_OUTCOME_WARN;
}
