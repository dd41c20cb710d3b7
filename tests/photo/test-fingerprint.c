/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "make-face.h"
#include "photo/checker.h"
#include "tools/portrait/write.h"

/* The same shot is known again after what happens to photos on their way; another person is not taken for it. */

enum { FIRST_SEED = 500 };

typedef struct
{
  LkSpec *spec;
  LkChecker *checker;
} Fixture;

static GBytes *
draw (int person, LkBackgroundKind background, int width, int quality)
{
  g_autoptr (LkPortraitParams) params = lk_portrait_params_random ((guint64) (FIRST_SEED + person));
  g_autoptr (LkPortrait) portrait = NULL;

  params->background = background;
  lk_portrait_params_set_size (params, width, width * 4 / 3);
  portrait = lk_portrait_render (params, NULL);
  return lk_portrait_encode_jpeg (portrait, quality);
}

static LkTrace *
trace (const Fixture *fixture, GBytes *photo)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkReport) report = lk_checker_examine (fixture->checker, photo, &(LkExamination) { .with_trace = TRUE }, &error);

  g_assert_no_error (error);
  g_assert_nonnull (report->trace);
  g_assert_true (report->trace->has_fingerprint);
  g_assert_cmpuint (report->trace->n_values, >, 0);
  return g_steal_pointer (&report->trace);
}

static gboolean
is_copy (const Fixture *fixture, const LkTrace *a, const LkTrace *b)
{
  LkCopyLimits limits = lk_copy_limits (fixture->spec);

  g_test_message ("%d bits, shape %.3f", lk_fingerprint_distance (&a->fingerprint, &b->fingerprint),
                  lk_fingerprint_compare (&a->fingerprint, &b->fingerprint));
  return lk_fingerprint_is_copy (&a->fingerprint, &b->fingerprint, &limits);
}

/* One person on white, compressed hard, larger, and on blue; and everybody else. */
static void
test_portraits (gconstpointer data)
{
  const Fixture *fixture = data;
  const struct
  {
    int person;
    LkBackgroundKind background;
    int width, quality;
  } photos[] = {
    { 0, LK_BACKGROUND_WHITE, 480, 92 }, { 0, LK_BACKGROUND_WHITE, 640, 40 }, { 0, LK_BACKGROUND_BLUE, 480, 80 },
    { 1, LK_BACKGROUND_BLUE, 480, 80 }, { 2, LK_BACKGROUND_BLUE, 480, 80 }, { 3, LK_BACKGROUND_BLUE, 480, 80 },
  };
  LkTrace *traces[G_N_ELEMENTS (photos)];

  for (gsize i = 0; i < G_N_ELEMENTS (photos); i++)
    {
      g_autoptr (GBytes) photo = draw (photos[i].person, photos[i].background, photos[i].width, photos[i].quality);

      traces[i] = trace (fixture, photo);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (photos); i++)
    for (gsize k = 0; k < i; k++)
      g_assert_cmpint (is_copy (fixture, traces[i], traces[k]), ==, photos[i].person == photos[k].person);
  for (gsize i = 0; i < G_N_ELEMENTS (photos); i++)
    lk_trace_free (traces[i]);
}

/* Without models: the fingerprint needs only a picture and where the eyes are on it. */
static void
paint (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  rgb[0] = (guint8) (128 + 60 * sin (x / 9.0) + 40 * cos (y / 14.0));
  rgb[1] = (guint8) (120 + 50 * cos (x / 17.0 + y / 11.0));
  rgb[2] = (guint8) (110 + 30 * sin (y / 7.0));
}

static void
paint_darker (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  paint (photo, x, y, rgb);
  for (int k = 0; k < 3; k++)
    rgb[k] = (guint8) (rgb[k] * 0.7 + 10);
}

static void
test_made (void)
{
  const guint8 grey[3] = { 128, 128, 128 };
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);
  LkFingerprint blank, light, dark;

  g_assert_false (lk_fingerprint_make (&blank, photo->pyramid, &photo->faces.main));
  lk_made_photo_paint (photo, paint);
  g_assert_true (lk_fingerprint_make (&light, photo->pyramid, &photo->faces.main));
  lk_made_photo_paint (photo, paint_darker);
  g_assert_true (lk_fingerprint_make (&dark, photo->pyramid, &photo->faces.main));
  g_assert_cmpfloat (lk_fingerprint_compare (&light, &dark), >, 0.98);
  g_assert_cmpint (lk_fingerprint_distance (&light, &dark), <, 40);
  g_assert_cmpint (light.shape[0], ==, 0);
}

static void
test_file_hash (void)
{
  g_autoptr (GBytes) file = g_bytes_new_static ("abc", 3);
  char hash[LK_FILE_HASH_SIZE];

  lk_file_hash (file, hash);
  g_assert_cmpstr (hash, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture = { 0 };
  int status;

  g_test_init (&argc, &argv, NULL);
  fixture.spec = lk_spec_load_default (&error);
  g_assert_no_error (error);
  fixture.checker = lk_checker_new (fixture.spec, NULL);
  g_test_add_func ("/fingerprint/made", test_made);
  g_test_add_func ("/fingerprint/file-hash", test_file_hash);
  if (lk_checker_get_problem (fixture.checker) == NULL)
    g_test_add_data_func ("/fingerprint/portraits", &fixture, test_portraits);
  else
    g_test_message ("models are not installed: drawn portraits are left out");
  status = g_test_run ();
  lk_checker_free (fixture.checker);
  lk_spec_free (fixture.spec);
  return status;
}
