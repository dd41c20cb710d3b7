/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core/photo-info.h"

static LkPhotoInfo *
make_info (int width, int height, double left_x, double left_y, double right_x, double right_y)
{
  LkEyes eyes = { TRUE, left_x, left_y, right_x, right_y };

  return lk_photo_info_new ("aa", width, height, &eyes);
}

static void
assert_lands (const LkAlign *align, const LkPhotoInfo *photo, double x, double y, const LkPhotoInfo *onto, double onto_x, double onto_y)
{
  double to_x, to_y;

  lk_align_point (align, x * photo->width, y * photo->height, &to_x, &to_y);
  g_assert_cmpfloat_with_epsilon (to_x, onto_x * onto->width, 1e-6);
  g_assert_cmpfloat_with_epsilon (to_y, onto_y * onto->height, 1e-6);
}

/* Both eyes land on both eyes, whatever the sizes, and however the head was held. */
static void
test_eyes_coincide (void)
{
  g_autoptr (LkPhotoInfo) photo = make_info (358, 441, 0.35, 0.44, 0.62, 0.40);
  g_autoptr (LkPhotoInfo) onto = make_info (960, 1280, 0.40, 0.39, 0.60, 0.395);
  LkAlign align;

  g_assert_true (lk_align_eyes (photo, onto, &align));
  assert_lands (&align, photo, 0.35, 0.44, onto, 0.40, 0.39);
  assert_lands (&align, photo, 0.62, 0.40, onto, 0.60, 0.395);
  g_assert_cmpfloat (align.angle, >, 0);
}

static void
test_eyes_not_known (void)
{
  g_autoptr (LkPhotoInfo) photo = lk_photo_info_new ("aa", 100, 200, NULL);
  g_autoptr (LkPhotoInfo) onto = make_info (480, 640, 0.4, 0.4, 0.6, 0.4);
  LkAlign align;

  g_assert_false (lk_align_eyes (photo, onto, &align));
  g_assert_false (lk_align_eyes (onto, photo, &align));
  align = lk_align_frames (photo, onto);
  assert_lands (&align, photo, 0.5, 0.5, onto, 0.5, 0.5);
  g_assert_cmpfloat (align.scale, ==, 3.2);
}

static void
test_text (void)
{
  const LkEyes eyes = { TRUE, 0.4, 0.39, 0.61234, 0.395 };
  g_autofree char *text = lk_eyes_to_text (&eyes);
  LkEyes back = lk_eyes_from_text (text);

  g_assert_cmpstr (text, ==, "[0.40000,0.39000,0.61234,0.39500]");
  g_assert_true (back.known);
  g_assert_cmpfloat_with_epsilon (back.right_x, 0.61234, 1e-9);
}

static void
test_malformed (void)
{
  const char *const texts[] = { "", "[]", "[0.4,0.4,0.6]", "[0.4,0.4,0.4,0.4]", "[0.4,0.4,1.6,0.4]", "[0.4,null,0.6,0.4]", "{}" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (lk_eyes_from_text (texts[i]).known);
  g_assert_false (lk_eyes_from_text (NULL).known);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/photo-info/eyes-coincide", test_eyes_coincide);
  g_test_add_func ("/core/photo-info/eyes-not-known", test_eyes_not_known);
  g_test_add_func ("/core/photo-info/text", test_text);
  g_test_add_func ("/core/photo-info/malformed", test_malformed);
  return g_test_run ();
}
