/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "photo/box-blur.h"
#include "photo/matte.h"
#include "tools/portrait/write.h"

/* Cutting out without the models: the mask is the drawn truth, as coarse as a model's. */

static const guint8 blue[3] = { 100, 197, 255 };

typedef struct
{
  LkPortrait *portrait;
  LkPixels *photo;
  LkMask mask;
} Scene;

static LkSpec *
load_spec (void)
{
  g_autoptr (GError) error = NULL;
  LkSpec *spec = lk_spec_load_default (&error);

  g_assert_no_error (error);
  return spec;
}

/* The truth averaged over the mask's cells and a cell around, which is about what the model gives. */
static void
coarsen (const LkPortrait *portrait, LkMask *mask)
{
  g_autofree LkQuad *quads = g_new0 (LkQuad, LK_MASK_SIDE * LK_MASK_SIDE);

  for (int row = 0; row < LK_MASK_SIDE; row++)
    for (int column = 0; column < LK_MASK_SIDE; column++)
      {
        int x = (2 * column + 1) * portrait->width / (2 * LK_MASK_SIDE),
            y = (2 * row + 1) * portrait->height / (2 * LK_MASK_SIDE);

        quads[row * LK_MASK_SIDE + column][0] = portrait->mask[y * portrait->width + x] / 255.0f;
      }
  lk_box_blur (quads, LK_MASK_SIDE, LK_MASK_SIDE, 1);
  for (int i = 0; i < LK_MASK_SIDE * LK_MASK_SIDE; i++)
    (&mask->person[0][0])[i] = CLAMP (quads[i][0], 0, 1);
}

static Scene *
scene_new (guint64 seed, int hair, int background)
{
  g_autoptr (LkPortraitParams) params = lk_portrait_params_random (seed);
  Scene *scene = g_new0 (Scene, 1);

  params->hair = hair;
  params->background = background;
  scene->portrait = lk_portrait_render (params, NULL);
  scene->photo = lk_pixels_new (params->width, params->height);
  memcpy (scene->photo->data, scene->portrait->rgb, (gsize) params->width * params->height * 3);
  coarsen (scene->portrait, &scene->mask);
  return scene;
}

static void
scene_free (Scene *scene)
{
  lk_pixels_unref (scene->photo);
  lk_portrait_free (scene->portrait);
  g_free (scene);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

static double
overlap (const LkMatte *matte, const LkPortrait *portrait)
{
  guint both = 0, either = 0;

  for (int i = 0; i < matte->width * matte->height; i++)
    {
      gboolean found = matte->cover[i] > 0.5f, there = portrait->mask[i] > 127;

      both += found && there;
      either += found || there;
    }
  return both / (double) either;
}

static void
test_box_blur (void)
{
  enum { WIDTH = 13, HEIGHT = 9, RADIUS = 2 };
  LkQuad quads[WIDTH * HEIGHT], blurred[WIDTH * HEIGHT];

  for (int i = 0; i < WIDTH * HEIGHT; i++)
    blurred[i] = quads[i] = (LkQuad) { (float) (i * 7 % 11), (float) (i % 3), 1, 0 };
  lk_box_blur (blurred, WIDTH, HEIGHT, RADIUS);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        LkQuad sum = { 0 };
        int n = 0;

        for (int v = MAX (0, y - RADIUS); v <= MIN (HEIGHT - 1, y + RADIUS); v++)
          for (int u = MAX (0, x - RADIUS); u <= MIN (WIDTH - 1, x + RADIUS); u++, n++)
            sum += quads[v * WIDTH + u];
        for (int k = 0; k < 4; k++)
          g_assert_cmpfloat_with_epsilon (blurred[y * WIDTH + x][k], sum[k] / (float) n, 1e-5);
      }
}

/* A radius larger than the picture is the mean of all of it. */
static void
test_wide_blur (void)
{
  LkQuad quads[4] = { { 1 }, { 2 }, { 3 }, { 6 } };

  lk_box_blur (quads, 2, 2, 10);
  for (int i = 0; i < 4; i++)
    g_assert_cmpfloat_with_epsilon (quads[i][0], 3, 1e-6);
}

/* All kinds of hair before a white and a grey wall. */
static void
test_outline (void)
{
  g_autoptr (LkSpec) spec = load_spec ();

  for (int i = 0; i < LK_N_HAIR; i++)
    {
      g_autoptr (Scene) scene = scene_new (300 + i, i, i % 2 == 0 ? LK_BACKGROUND_WHITE : LK_BACKGROUND_GREY);
      g_autoptr (LkMatte) matte = lk_matte_new (scene->photo, &scene->mask, &spec->blue_attempts[0]);

      g_assert_true (matte->ground->is_plain);
      g_assert_cmpfloat (overlap (matte, scene->portrait), >, 0.985);
    }
}

/* A wall that is not plain is known as such, and the mask alone decides. */
static void
test_busy (void)
{
  g_autoptr (LkSpec) spec = load_spec ();
  g_autoptr (Scene) scene = scene_new (321, LK_HAIR_SHORT, LK_BACKGROUND_BUSY);
  g_autoptr (LkMatte) matte = NULL;

  /* strong stripes all over the wall */
  for (int y = 0; y < scene->photo->height; y++)
    for (int x = 0; x < scene->photo->width; x++)
      if (scene->portrait->mask[y * scene->photo->width + x] == 0)
        memset (scene->photo->data + 3 * (y * scene->photo->width + x), (x / 20 + y / 30) % 2 == 0 ? 30 : 220, 3);
  matte = lk_matte_new (scene->photo, &scene->mask, &spec->blue_attempts[0]);
  g_assert_false (matte->ground->is_plain);
  g_assert_cmpfloat (overlap (matte, scene->portrait), >, 0.97);
}

/* Hair that the mask missed as a whole comes back before a plain wall. */
static void
test_missed_hair (void)
{
  g_autoptr (LkSpec) spec = load_spec ();
  g_autoptr (Scene) scene = scene_new (305, LK_HAIR_LOOSE, LK_BACKGROUND_WHITE);
  g_autoptr (LkMatte) matte = NULL;
  LkBlueAttempt blind = spec->blue_attempts[0];
  g_autoptr (LkMatte) without = NULL;

  for (int row = 90; row < 150; row++)          /* the left quarter of the rows about the neck */
    for (int column = 0; column < LK_MASK_SIDE * 3 / 10; column++)
      scene->mask.person[row][column] = 0;
  matte = lk_matte_new (scene->photo, &scene->mask, &spec->blue_attempts[0]);
  blind.plain_noise = 0;
  without = lk_matte_new (scene->photo, &scene->mask, &blind);
  g_assert_cmpfloat (overlap (matte, scene->portrait), >, 0.985);
  g_assert_cmpfloat (overlap (matte, scene->portrait), >, overlap (without, scene->portrait) + 0.002);
}

static void
fill_square (LkMask *mask, int row, int column, int side, float person)
{
  for (int y = row; y < row + side; y++)
    for (int x = column; x < column + side; x++)
      mask->person[y][x] = person;
}

/* A hole in the chest is closed; a speck of person on the wall goes. */
static void
test_holes_and_specks (void)
{
  g_autoptr (LkSpec) spec = load_spec ();
  g_autoptr (Scene) scene = scene_new (310, LK_HAIR_SHORT, LK_BACKGROUND_WHITE);
  g_autoptr (LkMatte) matte = NULL;

  fill_square (&scene->mask, 225, 120, 12, 0);
  fill_square (&scene->mask, 10, 10, 12, 1);
  matte = lk_matte_new (scene->photo, &scene->mask, &spec->blue_attempts[0]);
  g_assert_cmpfloat (overlap (matte, scene->portrait), >, 0.985);
  g_assert_cmpfloat (matte->cover[(40 * matte->width) + 30], ==, 0);
  g_assert_cmpfloat (matte->cover[575 * matte->width + 236], ==, 1);
}

/* A shadow on the wall is darker wall and no person. */
static void
test_shadow (void)
{
  g_autoptr (LkSpec) spec = load_spec ();
  g_autoptr (Scene) scene = scene_new (312, LK_HAIR_SHORT, LK_BACKGROUND_WHITE);
  g_autoptr (LkMatte) matte = NULL;

  for (int y = 0; y < 400; y++)
    for (int x = 330; x < 430; x++)
      if (scene->portrait->mask[y * 480 + x] == 0)
        for (int c = 0; c < 3; c++)
          scene->photo->data[3 * (y * 480 + x) + c] = (guint8) (scene->photo->data[3 * (y * 480 + x) + c] * 0.8);
  matte = lk_matte_new (scene->photo, &scene->mask, &spec->blue_attempts[0]);
  g_assert_cmpfloat (overlap (matte, scene->portrait), >, 0.97);
}

/* Where there is no person at all everything is blue; where there is nothing else nothing is. */
static void
test_extremes (void)
{
  g_autoptr (LkSpec) spec = load_spec ();
  g_autoptr (LkPixels) photo = lk_pixels_new (120, 160);
  g_autofree LkMask *mask = g_new0 (LkMask, 1);
  g_autoptr (LkMatte) nobody = NULL, all = NULL;
  g_autoptr (LkPixels) blued = NULL, kept = NULL;

  memset (photo->data, 200, 120 * 160 * 3);
  nobody = lk_matte_new (photo, mask, &spec->blue_attempts[0]);
  blued = lk_matte_compose (nobody, photo, blue);
  for (int i = 0; i < 120 * 160; i++)
    g_assert_cmpmem (blued->data + 3 * i, 3, blue, 3);
  for (int i = 0; i < LK_MASK_SIDE * LK_MASK_SIDE; i++)
    (&mask->person[0][0])[i] = 1;
  all = lk_matte_new (photo, mask, &spec->blue_attempts[0]);
  kept = lk_matte_compose (all, photo, blue);
  g_assert_cmpmem (kept->data, 120 * 160 * 3, photo->data, 120 * 160 * 3);
}

/* The old background's share is taken out of a mixed pixel: half black hair and half white wall becomes half black,
 * half blue. */
static void
test_mixed_pixels (void)
{
  enum { WIDTH = 256, HEIGHT = 256, EDGE = 128 };
  g_autoptr (LkSpec) spec = load_spec ();
  g_autoptr (LkPixels) photo = lk_pixels_new (WIDTH, HEIGHT);
  g_autofree LkMask *mask = g_new0 (LkMask, 1);
  g_autoptr (LkMatte) matte = NULL;
  g_autoptr (LkPixels) composed = NULL;
  const guint8 *mixed;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        memset (photo->data + 3 * (y * WIDTH + x), x < EDGE ? 240 : x == EDGE ? 130 : 20, 3);
        mask->person[y][x] = x < EDGE ? 0 : x == EDGE ? 0.5f : 1;
      }
  matte = lk_matte_new (photo, mask, &spec->blue_attempts[0]);
  composed = lk_matte_compose (matte, photo, blue);
  mixed = composed->data + 3 * (100 * WIDTH + EDGE);
  for (int c = 0; c < 3; c++)
    g_assert_cmpfloat_with_epsilon (mixed[c], (20 + blue[c]) / 2.0, 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matte/box-blur", test_box_blur);
  g_test_add_func ("/matte/wide-blur", test_wide_blur);
  g_test_add_func ("/matte/outline", test_outline);
  g_test_add_func ("/matte/busy", test_busy);
  g_test_add_func ("/matte/missed-hair", test_missed_hair);
  g_test_add_func ("/matte/holes-and-specks", test_holes_and_specks);
  g_test_add_func ("/matte/shadow", test_shadow);
  g_test_add_func ("/matte/extremes", test_extremes);
  g_test_add_func ("/matte/mixed-pixels", test_mixed_pixels);
  return g_test_run ();
}
