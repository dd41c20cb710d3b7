/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check-set.h"

#include <math.h>
#include <string.h>

#include "photo/pixels.h"
#include "tools/portrait/fault.h"
#include "tools/portrait/rng.h"

/* Of every twenty portraits so many are clean and have one fault; the rest have two. */
enum { GROUP = 20, CLEAN = 6, SINGLE = 9, MIXED = GROUP - CLEAN - SINGLE };

/* Every so many portraits come with their ID photo, besides those with the fault of having another's. */
enum { ID_PHOTO_EVERY = 8 };

enum { STREAM_SIZE = 7001, STREAM_NOISE = 7002, QUALITY = 90, POOR_QUALITY = 60, NOISE = 3 /* sigma, grey levels */ };

static const double CAST = 0.06;        /* share of red and blue */

static const int sizes[][2] = { { 480, 640 }, { 720, 960 }, { 960, 1280 } };

const char *const lk_case_kind_words[LK_N_CASES] = { "clean", "single", "mixed" };
const char *const lk_change_words[LK_N_CHANGES] = { "as drawn", "rescaled", "JPEG 60", "colour cast", "noise" };

/* Faults go round, so that each is drawn as often as any other one, and with each other one. */
static void
choose_faults (LkCase *self, guint i)
{
  const char *const *ids = lk_portrait_fault_ids ();
  guint n = g_strv_length ((char **) ids), group = i / GROUP, place = i % GROUP, turn;

  if (place < CLEAN)
    return;
  if (place < CLEAN + SINGLE)
    {
      self->kind = LK_CASE_SINGLE;
      self->faults[0] = ids[(group * SINGLE + place - CLEAN) % n];
      return;
    }
  turn = group * MIXED + place - CLEAN - SINGLE;
  self->kind = LK_CASE_MIXED;
  self->faults[0] = ids[turn % n];
  self->faults[1] = ids[(turn + 1 + turn / n * 7 % (n - 1)) % n];
}

static gboolean
has_fault (const LkCase *self, const char *check_id)
{
  g_auto (GStrv) checks = g_strsplit (self->params->faults, ",", -1);

  return g_strv_contains ((const char *const *) checks, check_id);
}

static void
draw_id_photo (LkCase *self, guint i)
{
  gboolean is_other = has_fault (self, "I2_similarity");
  g_autoptr (LkPortraitParams) card = NULL;
  g_autoptr (LkPortrait) portrait = NULL;

  if (!is_other && i % ID_PHOTO_EVERY != 0)
    return;
  card = lk_portrait_id_card (self->params, !is_other);
  portrait = lk_portrait_render (card, NULL);
  self->id_photo = lk_portrait_encode_jpeg (portrait, card->jpeg_quality);
}

LkCase *
lk_case_new (guint i, guint64 seed)
{
  LkCase *self = g_new0 (LkCase, 1);
  LkRng rng;
  int size;

  self->seed = seed + i;
  rng = lk_rng (self->seed, STREAM_SIZE);
  size = lk_rng_pick (&rng, G_N_ELEMENTS (sizes));
  choose_faults (self, i);
  self->params = lk_portrait_params_random (self->seed);
  /* first, for some faults are of the size */
  lk_portrait_params_set_size (self->params, sizes[size][0], sizes[size][1]);
  for (int k = 0; k < 2 && self->faults[k] != NULL; k++)
    lk_portrait_add_fault (self->params, self->faults[k], 1, NULL);
  self->portrait = lk_portrait_render (self->params, &self->truth);
  draw_id_photo (self, i);
  return self;
}

void
lk_case_free (LkCase *self)
{
  lk_portrait_params_free (self->params);
  lk_portrait_free (self->portrait);
  g_clear_pointer (&self->id_photo, g_bytes_unref);
  g_free (self);
}

char *
lk_case_command (const LkCase *self)
{
  GString *command = g_string_new (NULL);

  g_string_printf (command, "likeness-draw one out.jpg --seed %" G_GUINT64_FORMAT " --size %dx%d", self->seed,
                   self->params->width, self->params->height);
  for (int k = 0; k < 2 && self->faults[k] != NULL; k++)
    g_string_append_printf (command, " --fault %s", self->faults[k]);
  return g_string_free (command, FALSE);
}

/* -- changes -- */

static LkPortrait *
copy_portrait (const LkPortrait *from)
{
  LkPortrait *copy = g_new0 (LkPortrait, 1);
  gsize n = (gsize) from->width * from->height;

  *copy = (LkPortrait) { from->width, from->height, g_memdup2 (from->rgb, 3 * n), NULL };
  return copy;
}

static LkPortrait *
rescale (const LkPortrait *from)
{
  LkPortrait *scaled = g_new0 (LkPortrait, 1);
  g_autoptr (LkPixels) pixels = lk_pixels_new (from->width, from->height);
  g_autoptr (LkPixels) other = NULL;
  gboolean is_large = from->width >= sizes[1][0];

  memcpy (pixels->data, from->rgb, 3 * (gsize) from->width * from->height);
  scaled->width = is_large ? from->width * 2 / 3 : from->width * 3 / 2;
  scaled->height = is_large ? from->height * 2 / 3 : from->height * 3 / 2;
  if (from->width == sizes[2][0])
    {
      scaled->width = from->width * 3 / 4;
      scaled->height = from->height * 3 / 4;
    }
  other = lk_pixels_scale (pixels, scaled->width, scaled->height);
  scaled->rgb = g_memdup2 (other->data, 3 * (gsize) scaled->width * scaled->height);
  return scaled;
}

/* Only where the person is: the blue comes in afterwards. */
static void
tint (LkPortrait *portrait, const guint8 *person, double share)
{
  const double gains[3] = { 1 + share, 1, 1 - share };
  gsize n = (gsize) portrait->width * portrait->height;

  for (gsize i = 0; i < n; i++)
    for (int c = 0; c < 3; c++)
      {
        guint8 *p = &portrait->rgb[3 * i + c];

        *p = (guint8) CLAMP (*p * (1 + (gains[c] - 1) * person[i] / 255.0) + 0.5, 0, 255);
      }
}

/* How many of sixteen bits are set is spread like a bell, with a standard deviation of 2. */
static void
add_noise (LkPortrait *portrait, guint64 seed)
{
  LkRng rng = lk_rng (seed, STREAM_NOISE);
  gsize n = 3 * (gsize) portrait->width * portrait->height;
  guint64 bits = 0;

  for (gsize i = 0; i < n; i++)
    {
      int bell;

      if (i % 4 == 0)
        bits = lk_rng_next (&rng);
      bell = __builtin_popcount (bits >> 16 * (i % 4) & 0xffff) - 8;
      portrait->rgb[i] = (guint8) CLAMP (portrait->rgb[i] + (bell * NOISE) / 2, 0, 255);
    }
}

void
lk_case_make_file (const LkCase *self, LkChange change, LkCaseFile *file)
{
  const LkPortraitParams *params = self->params;
  g_autoptr (LkPortrait) changed = NULL;
  const LkPortrait *portrait = self->portrait;
  int quality = params->jpeg_quality;

  if (change == LK_CHANGE_RESCALED)
    portrait = changed = rescale (self->portrait);
  else if (change == LK_CHANGE_CAST || change == LK_CHANGE_NOISE)
    portrait = changed = copy_portrait (self->portrait);
  if (change == LK_CHANGE_CAST)
    tint (changed, self->portrait->mask, self->seed % 2 == 0 ? CAST : -CAST);
  if (change == LK_CHANGE_NOISE)
    add_noise (changed, self->seed);
  if (change != LK_CHANGE_NONE)
    quality = MIN (quality, change == LK_CHANGE_JPEG ? POOR_QUALITY : QUALITY);
  *file = (LkCaseFile) { .drawn = self, .change = change, .width = portrait->width, .height = portrait->height };
  file->file = change == LK_CHANGE_NONE && params->as_png ? lk_portrait_encode_png (portrait)
                                                         : lk_portrait_encode_jpeg (portrait, quality);
}

void
lk_case_file_clear (LkCaseFile *file)
{
  g_clear_pointer (&file->file, g_bytes_unref);
}
