/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-output.h"

#include <cairo.h>

#include "tools/portrait/fault.h"
#include "tools/portrait/roster.h"

gboolean
lk_draw_picture (const LkPortraitParams *params, const char *path, const char *truth_path, const char *mask_path, GError **error)
{
  LkTruth truth;
  g_autoptr (LkPortrait) portrait = lk_portrait_render (params, &truth);

  if (!lk_portrait_write (portrait, params, path, error))
    return FALSE;
  if (truth_path != NULL)
    {
      g_autofree char *json = lk_truth_to_json (&truth, params);

      if (!g_file_set_contents (truth_path, json, -1, error))
        return FALSE;
    }
  if (mask_path != NULL)
    {
      g_autoptr (GBytes) mask = lk_portrait_encode_mask (portrait);

      return lk_write_bytes (mask, mask_path, error);
    }
  return TRUE;
}

static gboolean
make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0755) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "cannot make the folder %s", path);
  return FALSE;
}

static void
take_next_size (LkPortraitParams *params, int i)
{
  static const int sizes[][2] = { { 480, 640 }, { 720, 960 }, { 960, 1280 } };

  lk_portrait_params_set_size (params, sizes[i % 3][0], sizes[i % 3][1]);
}

static void
append_csv_row (GString *csv, const char *file, const LkTruth *t, const LkPortraitParams *params)
{
  const double values[] = { t->eye_line, t->hair_top, t->face_width, t->face_centre_x, t->chin_y, t->roll, t->eyes_open, t->mouth_open };

  g_string_append_printf (csv, "%s,%" G_GUINT64_FORMAT ",%d,%d,%d", file, params->face.seed, t->width, t->height, t->faces);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      char text[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (csv, ",%s", g_ascii_formatd (text, sizeof text, "%.2f", values[i]));
    }
  g_string_append_printf (csv, ",%s\n", params->faults);
}

static gboolean
draw_set_member (const char *folder, int i, guint64 seed, const char *fault, GString *csv, GError **error)
{
  g_autoptr (LkPortraitParams) params = lk_portrait_params_random (seed + (guint64) i);
  g_autofree char *name = g_strdup_printf ("%04d.jpg", i + 1), *path = g_build_filename (folder, name, NULL);
  g_autofree char *truth_name = g_strdup_printf ("%04d.json", i + 1), *truth_path = g_build_filename (folder, truth_name, NULL);
  g_autoptr (LkPortrait) portrait = NULL;
  g_autofree char *json = NULL;
  LkTruth truth;

  take_next_size (params, i);
  if (fault != NULL && !lk_portrait_add_fault (params, fault, 1, error))
    return FALSE;
  portrait = lk_portrait_render (params, &truth);
  json = lk_truth_to_json (&truth, params);
  append_csv_row (csv, name, &truth, params);
  return lk_portrait_write (portrait, params, path, error) && g_file_set_contents (truth_path, json, -1, error);
}

gboolean
lk_draw_set (const char *folder, int count, guint64 seed, gboolean with_faults, GError **error)
{
  const char *const *ids = lk_portrait_fault_ids ();
  guint n_ids = g_strv_length ((char **) ids);
  g_autoptr (GString) csv = g_string_new ("file,identity,width,height,faces,eye_line,hair_top,face_width,face_centre_x,chin_y,roll,eyes_open,mouth_open,faults\n");
  g_autofree char *csv_path = g_build_filename (folder, "truth.csv", NULL);

  if (!make_folder (folder, error))
    return FALSE;
  for (int i = 0; i < count; i++)
    {
      const char *fault = with_faults && i % 2 == 1 ? ids[(guint) (i / 2) % n_ids] : NULL;

      if (!draw_set_member (folder, i, seed, fault, csv, error))
        return FALSE;
    }
  return g_file_set_contents (csv_path, csv->str, (gssize) csv->len, error);
}

enum { CELL_WIDTH = 240, CELL_HEIGHT = 320, COLUMNS = 6 };

static void
put_in_cell (cairo_t *cr, int cell, const LkPortrait *portrait)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, portrait->width, portrait->height);
  double scale = MIN ((double) CELL_WIDTH / portrait->width, (double) CELL_HEIGHT / portrait->height);
  int stride = cairo_image_surface_get_stride (surface);
  guint8 *data = cairo_image_surface_get_data (surface);

  for (int y = 0; y < portrait->height; y++)
    for (int x = 0; x < portrait->width; x++)
      {
        const guint8 *p = portrait->rgb + 3 * ((gsize) y * portrait->width + x);

        *(guint32 *) (void *) (data + (gsize) y * stride + 4 * x) = (guint32) p[0] << 16 | (guint32) p[1] << 8 | p[2];
      }
  cairo_surface_mark_dirty (surface);
  cairo_save (cr);
  cairo_translate (cr, cell % COLUMNS * CELL_WIDTH, cell / COLUMNS * CELL_HEIGHT);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

static cairo_status_t
append_png (void *array, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (array, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
write_surface (cairo_surface_t *surface, const char *path, GError **error)
{
  g_autoptr (GByteArray) png = g_byte_array_new ();

  cairo_surface_write_to_png_stream (surface, append_png, png);
  return g_file_set_contents (path, (const char *) png->data, (gssize) png->len, error);
}

static void
draw_cell (cairo_t *cr, int cell, const LkPortraitParams *params)
{
  g_autoptr (LkPortrait) portrait = lk_portrait_render (params, NULL);

  put_in_cell (cr, cell, portrait);
}

gboolean
lk_draw_sheet (const char *path, int count, guint64 seed, gboolean with_faults, gboolean id_cards, GError **error)
{
  const char *const *ids = lk_portrait_fault_ids ();
  guint n_ids = g_strv_length ((char **) ids);
  int cells = id_cards ? 2 * count : count, rows = (cells + COLUMNS - 1) / COLUMNS, cell = 0;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, COLUMNS * CELL_WIDTH, rows * CELL_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  gboolean written;

  for (int i = 0; i < count; i++)
    {
      g_autoptr (LkPortraitParams) params = lk_portrait_params_random (seed + (guint64) i);

      if (with_faults)
        lk_portrait_add_fault (params, ids[(guint) i % n_ids], 1, NULL);
      draw_cell (cr, cell++, params);
      if (id_cards)
        {
          g_autoptr (LkPortraitParams) card = lk_portrait_id_card (params, TRUE);

          draw_cell (cr, cell++, card);
        }
    }
  cairo_destroy (cr);
  written = write_surface (surface, path, error);
  cairo_surface_destroy (surface);
  return written;
}

/* What is wrong with the students of the demo, in turn; every other one is
 * good. NULL at the end. */
static const char *const demo_faults[] = {
  "G3_eye_line", "E1_eyes", "B1_replaced:0", "Q1_light_even", "I2_similarity", "E2_mouth", "G4_face_width:0", "Q4_sharp",
  "G1_face_count:1", "F2_size:0", "Q3_exposure:0", "G6_roll", "B2_all_blue", "G2_hair_top:0", "F4_upscaled", "G5_centre",
  "G7_yaw_pitch", "B1_replaced:2", "G1_face_count:0", "I2_similarity", "Q3_exposure:1", "G4_face_width:1", "F1_format", "F3_bytes",
};

static const char *
demo_fault (int i, int students)
{
  int n = (int) G_N_ELEMENTS (demo_faults), turn = i * n / MAX (students, 1), next = (i + 1) * n / MAX (students, 1);

  return next > turn && turn < n ? demo_faults[turn] : NULL;
}

typedef struct
{
  char *number, *photo, *card, *truth;
} DemoFiles;

static DemoFiles
demo_files (const char *folder, int i)
{
  DemoFiles files = { .number = g_strdup_printf ("2023%02d%02d%02d", 1 + i % 4, 1 + i % 2, 1 + i / 4) };
  g_autofree char *photo = g_strconcat (files.number, ".jpg", NULL), *card = g_strconcat (files.number, ".id.jpg", NULL);
  g_autofree char *truth = g_strconcat (files.number, ".json", NULL);

  files.photo = g_build_filename (folder, "photos", photo, NULL);
  files.card = g_build_filename (folder, "photos", card, NULL);
  files.truth = g_build_filename (folder, "truth", truth, NULL);
  return files;
}

static void
clear_demo_files (DemoFiles *files)
{
  g_free (files->number);
  g_free (files->photo);
  g_free (files->card);
  g_free (files->truth);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DemoFiles, clear_demo_files)

static gboolean
draw_demo_student (const char *folder, int i, int students, guint64 seed, GString *csv, GError **error)
{
  static const char *const classes[] = { "会计学1班", "会计学2班", "计算机应用1班", "学前教育1班" };
  static const char *const sites[] = { "合肥校本部", "合肥校本部", "合肥校本部", "六安教学点" };
  g_auto (DemoFiles) files = demo_files (folder, i);
  g_autoptr (LkPortraitParams) params = lk_portrait_params_random (seed + (guint64) i);
  g_autoptr (LkPortraitParams) card = NULL;
  gboolean female = params->face.female > 0.5;
  g_autofree char *name = lk_made_up_name (params->face.seed, female);
  g_autofree char *id_number = lk_made_up_id_number (params->face.seed, female, 2025 - (int) params->face.age);
  const char *fault = demo_fault (i, students);

  take_next_size (params, i);
  if (fault != NULL && !lk_portrait_add_fault (params, fault, 1, error))
    return FALSE;
  g_string_append_printf (csv, "%s,%s,%s,%s,%s,1990000%04d\n", files.number, name, id_number, classes[i % 4], sites[i % 4], 1000 + i);
  if (!lk_draw_picture (params, files.photo, files.truth, NULL, error))
    return FALSE;
  if (i % 13 == 7 && fault == NULL)
    return TRUE;                /* no ID photo came for this one */
  card = lk_portrait_id_card (params, g_strcmp0 (fault, "I2_similarity") != 0);
  return lk_draw_picture (card, files.card, NULL, NULL, error);
}

gboolean
lk_draw_demo (const char *folder, int students, guint64 seed, GError **error)
{
  g_autoptr (GString) csv = g_string_new ("student_no,name,id_number,class,site,phone\n");
  g_autofree char *photos = g_build_filename (folder, "photos", NULL), *truths = g_build_filename (folder, "truth", NULL);
  g_autofree char *roster = g_build_filename (folder, "roster.csv", NULL);

  if (!make_folder (photos, error) || !make_folder (truths, error))
    return FALSE;
  for (int i = 0; i < students; i++)
    if (!draw_demo_student (folder, i, students, seed, csv, error))
      return FALSE;
  return g_file_set_contents (roster, csv->str, (gssize) csv->len, error);
}
