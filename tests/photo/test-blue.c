/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/error.h"
#include "cutout.h"
#include "photo/blue.h"
#include "photo/checker.h"
#include "sanitized.h"
#include "tools/portrait/write.h"

/* The blue background with the models, on drawn portraits whose outline is known. */

enum { N_PORTRAITS = 30, FIRST_SEED = 700 };

typedef struct
{
  LkSpec *spec;
  LkChecker *checker;
  LkEngine *engine;             /* NULL: the models are not there */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->spec = lk_spec_load_default (&error);
  g_assert_no_error (error);
  fixture->checker = lk_checker_new (fixture->spec, NULL);
  fixture->engine = lk_checker_get_engine (fixture->checker);
  if (fixture->engine == NULL)
    g_test_skip (lk_checker_get_problem (fixture->checker));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lk_checker_free (fixture->checker);
  lk_spec_free (fixture->spec);
}

static LkPortrait *
draw (int i, int background, LkTruth *truth, LkPixels **photo)
{
  g_autoptr (LkPortraitParams) params = lk_portrait_params_random (FIRST_SEED + i);
  LkPortrait *portrait;

  params->hair = i % LK_N_HAIR;
  params->background = background;
  if (i % 6 == 5)
    lk_portrait_params_set_size (params, 960, 1280);
  portrait = lk_portrait_render (params, truth);
  *photo = lk_pixels_new (portrait->width, portrait->height);
  memcpy ((*photo)->data, portrait->rgb, (gsize) portrait->width * portrait->height * 3);
  return portrait;
}

static LkBlue *
compose (Fixture *fixture, LkPixels *photo, guint attempt)
{
  g_autoptr (GError) error = NULL;
  LkBlue *result = lk_blue_compose (fixture->engine, photo, fixture->spec, attempt, &error);

  g_assert_no_error (error);
  return result;
}

static void
test_portraits (Fixture *fixture, gconstpointer data)
{
  static const int backgrounds[] = { LK_BACKGROUND_WHITE, LK_BACKGROUND_GREY, LK_BACKGROUND_GRADIENT };
  double sum = 0, least = 1, worst_halo = 0;
  int n = 0, step = is_sanitized () ? 11 : 1;   /* each background and both sizes are among those few */

  if (fixture->engine == NULL)
    return;
  for (int i = 0; i < N_PORTRAITS; i += step, n++)
    {
      g_autoptr (LkPixels) photo = NULL;
      g_autoptr (LkPortrait) portrait = draw (i, backgrounds[i / LK_N_HAIR % 3], NULL, &photo);
      g_autoptr (LkBlue) result = compose (fixture, photo, 0);
      double share = cutout_overlap (result->matte, portrait);
      double halo = cutout_halo (result->pixels, portrait, fixture->spec->blue);

      sum += share;
      least = MIN (least, share);
      worst_halo = MAX (worst_halo, halo);
      g_assert_cmpfloat (share, >=, 0.97);
      g_assert_cmpfloat (halo, <=, 5);
      g_assert_cmpuint (result->checks->len, ==, 3);
      if (lk_blue_get_outcome (result) != LK_OUTCOME_PASS)
        g_error ("portrait %d is not well cut out", i);
    }
  g_test_message ("%d portraits: overlap with the truth: mean %.4f, least %.4f; halo at most %.1f", n, sum / n, least, worst_halo);
}

/* A redo is another try; after the last comes the first; the same try is the same picture. */
static void
test_redo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LkPixels) photo = NULL;
  g_autoptr (LkPortrait) portrait = draw (7, LK_BACKGROUND_WHITE, NULL, &photo);
  gsize size = (gsize) portrait->width * portrait->height * 3;
  g_autoptr (LkBlue) first = NULL, second = NULL, again = NULL;

  if (fixture->engine == NULL)
    return;
  first = compose (fixture, photo, 0);
  second = compose (fixture, photo, 1);
  again = compose (fixture, photo, fixture->spec->n_blue_attempts);
  g_assert_cmpuint (second->attempt, ==, 1);
  g_assert_cmpuint (again->attempt, ==, 0);
  g_assert_cmpint (memcmp (first->pixels->data, second->pixels->data, size), !=, 0);
  g_assert_cmpmem (first->pixels->data, size, again->pixels->data, size);
}

static void
test_spec_without_tries (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LkPixels) photo = lk_pixels_new (480, 640);
  g_autoptr (GError) error = NULL;

  fixture->spec->n_blue_attempts = 0;
  g_assert_null (lk_blue_compose (fixture->engine, photo, fixture->spec, 0, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_BAD_SPEC);
}

/* What can go wrong at the edge, done to a good result. */
typedef void (*Damage) (LkPixels *composed, const LkPixels *photo, const LkPortrait *portrait, const LkTruth *truth,
                        const guint8 blue[3]);

static void
leave_halo (LkPixels *composed, const LkPixels *photo, const LkPortrait *portrait, const LkTruth *truth,
            const guint8 blue[3])
{
  for (int y = 0; y < portrait->height; y++)
    for (int x = 0; x < portrait->width / 2; x++)
      {
        gsize i = (gsize) y * portrait->width + x;

        if (portrait->mask[i] <= 10 && cutout_is_near_person (portrait, x, y, 3))
          memcpy (composed->data + 3 * i, photo->data + 3 * i, 3);
      }
}

static void
paint_blue (LkPixels *composed, double x0, double y0, double x1, double y1, const guint8 blue[3])
{
  for (int y = (int) MAX (0, y0); y < MIN (composed->height, y1); y++)
    for (int x = (int) MAX (0, x0); x < MIN (composed->width, x1); x++)
      memcpy (composed->data + 3 * ((gsize) y * composed->width + x), blue, 3);
}

static void
punch_hole (LkPixels *composed, const LkPixels *photo, const LkPortrait *portrait, const LkTruth *truth,
            const guint8 blue[3])
{
  double unit = portrait->width / 480.0;

  paint_blue (composed, truth->face_centre_x + 20 * unit, truth->eye_line + 40 * unit, truth->face_centre_x + 55 * unit,
              truth->eye_line + 75 * unit, blue);
}

static void
lose_shoulder (LkPixels *composed, const LkPixels *photo, const LkPortrait *portrait, const LkTruth *truth,
               const guint8 blue[3])
{
  paint_blue (composed, 0, truth->chin_y + 20 * portrait->width / 480.0,
              truth->face_left + 20 * portrait->width / 480.0, portrait->height, blue);
}

static void
test_damage (Fixture *fixture, gconstpointer data)
{
  static const Damage damages[] = { leave_halo, punch_hole, lose_shoulder };

  if (fixture->engine == NULL)
    return;
  for (int i = 0, n = few_if_sanitized (6, 1); i < n; i++)
    for (gsize k = 0; k < G_N_ELEMENTS (damages); k++)
      {
        g_autoptr (LkPixels) photo = NULL;
        LkTruth truth;
        g_autoptr (LkPortrait) portrait = draw (i, LK_BACKGROUND_WHITE, &truth, &photo);
        g_autoptr (LkBlue) result = compose (fixture, photo, 0);
        g_autoptr (LkPortrait) damaged = g_new0 (LkPortrait, 1);
        g_autoptr (GBytes) jpeg = NULL;
        g_autoptr (LkReport) report = NULL;
        LkCheck *edge;

        damages[k] (result->pixels, photo, portrait, &truth, fixture->spec->blue);
        damaged->width = portrait->width;
        damaged->height = portrait->height;
        damaged->rgb = g_memdup2 (result->pixels->data, (gsize) portrait->width * portrait->height * 3);
        jpeg = lk_portrait_encode_jpeg (damaged, 92);
        report = lk_checker_run (fixture->checker, jpeg, NULL, NULL);
        edge = lk_checks_find (report->checks, "B3_edge");
        g_assert_cmpint (lk_check_get_outcome (edge), ==, LK_OUTCOME_WARN);
        g_assert_cmpstr (lk_check_get_reason (edge), ==, "R603");
        g_assert_cmpint (lk_check_get_region (edge)->kind, ==, LK_REGION_BOX);
      }
}

/* The edge of a photo that was not cut out says nothing. */
static void
test_not_blue (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LkPixels) photo = NULL;
  g_autoptr (LkPortrait) portrait = draw (3, LK_BACKGROUND_WHITE, NULL, &photo);
  g_autoptr (GBytes) jpeg = lk_portrait_encode_jpeg (portrait, 92);
  g_autoptr (LkReport) report = NULL;

  if (fixture->engine == NULL)
    return;
  report = lk_checker_run (fixture->checker, jpeg, NULL, NULL);
  g_assert_cmpstr (lk_check_get_why (lk_checks_find (report->checks, "B3_edge")), ==, "not-blue");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/blue/portraits", Fixture, NULL, set_up, test_portraits, tear_down);
  g_test_add ("/blue/redo", Fixture, NULL, set_up, test_redo, tear_down);
  g_test_add ("/blue/spec-without-tries", Fixture, NULL, set_up, test_spec_without_tries, tear_down);
  g_test_add ("/blue/damage", Fixture, NULL, set_up, test_damage, tear_down);
  g_test_add ("/blue/not-blue", Fixture, NULL, set_up, test_not_blue, tear_down);
  return g_test_run ();
}
