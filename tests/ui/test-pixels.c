/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is on the screen, pixel for pixel: a photo with a profile of its own goes the whole way (file, decoder, worker, texture, widget)
 * and is compared with what the profile says. Run at scale 1 and 2: one photo pixel is one device pixel in both. */
#include <adwaita.h>
#include <lcms2.h>
#include <math.h>
#include <png.h>
#include <stdlib.h>

#include "fixture.h"
#include "flow/picture.h"
#include "make-picture.h"
#include "ui/photo-view.h"

enum { WIDTH = 240, HEIGHT = 320 };

typedef struct
{
  const char *name;
  cmsCIExyYTRIPLE primaries;
  double gamma;                 /* 0: the curve of sRGB */
} Space;

static const Space spaces[] = {
  { "sRGB", { { 0.64, 0.33, 1 }, { 0.30, 0.60, 1 }, { 0.15, 0.06, 1 } }, 0 },
  { "Display P3", { { 0.68, 0.32, 1 }, { 0.265, 0.69, 1 }, { 0.15, 0.06, 1 } }, 0 },
  { "Adobe RGB", { { 0.64, 0.33, 1 }, { 0.21, 0.71, 1 }, { 0.15, 0.06, 1 } }, 563 / 256.0 },
};

static cmsHPROFILE
make_profile (const Space *space)
{
  const cmsCIExyY white = { 0.3127, 0.3290, 1 };
  const cmsFloat64Number srgb[5] = { 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045 };
  cmsToneCurve *curve = space->gamma > 0 ? cmsBuildGamma (NULL, space->gamma) : cmsBuildParametricToneCurve (NULL, 4, srgb);
  cmsToneCurve *curves[3] = { curve, curve, curve };
  cmsHPROFILE profile = cmsCreateRGBProfile (&white, &space->primaries, curves);

  cmsFreeToneCurve (curve);
  return profile;
}

static GBytes *
save_profile (cmsHPROFILE profile)
{
  cmsUInt32Number size = 0;
  guint8 *data;

  g_assert_true (cmsSaveProfileToMem (profile, NULL, &size));
  data = g_malloc (size);
  g_assert_true (cmsSaveProfileToMem (profile, data, &size));
  return g_bytes_new_take (data, size);
}

typedef struct
{
  LkSpec *spec;
  LkDecoder *decoder;
  GBytes *file;
  LkPixels *samples;            /* as in the file, in its own space */
} Source;

/* The worker's own way, at once. */
static LkPicture *
make_picture (const char *hash,
              int         box_width,
              int         box_height,
              double      scale,
              gpointer    user_data)
{
  Source *source = user_data;
  const LkPictureSize size = { box_width, box_height, scale };
  g_autoptr (GError) error = NULL;
  LkPicture *picture = lk_picture_make (source->decoder, source->file, source->spec, &size, &error);

  g_assert_no_error (error);
  return picture;
}

static LkSubmission *
make_submission (void)
{
  return lk_submission_new (&(LkSubmissionDescription) {
    .id = "01890000-0000-7000-8000-000000000001", .name = "李*明", .student_no = "2021****07", .photo = "photo",
    .photo_width = WIDTH, .photo_height = HEIGHT });
}

/* The widget as it comes to the screen: all device px. */
static guchar *
device_pixels (GtkWidget *widget,
               int       *width,
               int       *height)
{
  int scale = gtk_widget_get_scale_factor (widget);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GdkTexture) texture = NULL;
  GskRenderNode *node;
  guchar *pixels;

  *width = gtk_widget_get_width (widget) * scale;
  *height = gtk_widget_get_height (widget) * scale;
  gtk_snapshot_scale (snapshot, scale, scale);
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, *width, *height));
  gsk_render_node_unref (node);
  pixels = g_malloc ((gsize) *width * *height * 4);
  gdk_texture_download (texture, pixels, (gsize) *width * 4);
  return pixels;
}

/* The largest colour difference (CIEDE2000) between what is seen and what the profile says. */
static double
worst_difference (const guchar   *seen,
                  int             stride,
                  const LkPixels *samples,
                  cmsHPROFILE     profile)
{
  cmsHPROFILE srgb = cmsCreate_sRGBProfile (), lab = cmsCreateLab4Profile (NULL);
  cmsHTRANSFORM meant = cmsCreateTransform (profile, TYPE_RGB_8, srgb, TYPE_RGB_DBL, INTENT_PERCEPTUAL, cmsFLAGS_NOOPTIMIZE);
  cmsHTRANSFORM look = cmsCreateTransform (srgb, TYPE_RGB_DBL, lab, TYPE_Lab_DBL, INTENT_PERCEPTUAL, cmsFLAGS_NOOPTIMIZE);
  double worst = 0;

  for (int y = 0; y < samples->height; y++)
    for (int x = 0; x < samples->width; x++)
      {
        const guchar *pixel = seen + (gsize) y * stride + 4 * x;
        double shown[3] = { pixel[2] / 255.0, pixel[1] / 255.0, pixel[0] / 255.0 }, wanted[3];
        cmsCIELab shown_lab, wanted_lab;

        cmsDoTransform (meant, samples->data + 3 * ((gsize) y * samples->width + x), wanted, 1);
        for (int c = 0; c < 3; c++)
          wanted[c] = CLAMP (wanted[c], 0, 1);          /* what a screen of sRGB can show */
        cmsDoTransform (look, shown, &shown_lab, 1);
        cmsDoTransform (look, wanted, &wanted_lab, 1);
        worst = MAX (worst, cmsCIE2000DeltaE (&shown_lab, &wanted_lab, 1, 1, 1));
      }
  cmsDeleteTransform (meant);
  cmsDeleteTransform (look);
  cmsCloseProfile (srgb);
  cmsCloseProfile (lab);
  return worst;
}

static void
test_space (gconstpointer data)
{
  const Space *space = data;
  cmsHPROFILE profile = make_profile (space);
  g_autoptr (GBytes) icc = save_profile (profile);
  PngOptions options = { .colour_type = PNG_COLOR_TYPE_RGB, .bits = 8, .profile = icc };
  g_autoptr (LkPixels) samples = make_pixels (WIDTH, HEIGHT);
  g_autoptr (GBytes) file = make_png (WIDTH, HEIGHT, samples->data, 3 * WIDTH, &options);
  g_autoptr (LkSpec) spec = lk_spec_load_default (NULL);
  g_autoptr (LkDecoder) decoder = lk_decoder_new ();
  Source source = { spec, decoder, file, samples };
  g_autoptr (LkTextures) textures = lk_textures_new (make_picture, &source);
  g_autoptr (LkSubmission) submission = make_submission ();
  LkPhotoView *view = LK_PHOTO_VIEW (lk_photo_view_new ());
  GtkWidget *window = fixture_window (GTK_WIDGET (view), 560, 400);
  g_autofree guchar *pixels = NULL;
  int width, height;
  LkFit fit;

  if (g_getenv ("GDK_SCALE") != NULL)
    g_assert_cmpint (gtk_widget_get_scale_factor (window), ==, atoi (g_getenv ("GDK_SCALE")));
  lk_photo_view_set_textures (view, textures);
  lk_photo_view_set_submission (view, submission);
  lk_photo_view_zoom_actual (view);
  fixture_wait_frames (window, 2);
  g_assert_true (lk_photo_view_get_fit (view, &fit));
  g_assert_cmpfloat (fit.scale, ==, 1);
  pixels = device_pixels (GTK_WIDGET (view), &width, &height);
  g_assert_cmpfloat (worst_difference (pixels + 4 * ((gsize) fit.y * width + (gsize) fit.x), 4 * width, samples, profile), <, 1);
  gtk_window_destroy (GTK_WINDOW (window));
  cmsCloseProfile (profile);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (spaces); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ui/pixels/%s", spaces[i].name);

      g_test_add_data_func (path, &spaces[i], test_space);
    }
  return g_test_run ();
}
