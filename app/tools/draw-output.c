/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-output.h"

#include <cairo.h>

#include "tools/draw-each.h"
#include "tools/portrait/fault.h"

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

gboolean
lk_draw_make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0755) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "cannot make the folder %s", path);
  return FALSE;
}

void
lk_draw_take_next_size (LkPortraitParams *params, int i)
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

typedef struct
{
  const char *folder;
  guint64 seed;
  gboolean with_faults;
} Set;

static gboolean
draw_set_member (int i, GString *csv, gpointer data, GError **error)
{
  const Set *set = data;
  const char *const *ids = lk_portrait_fault_ids ();
  const char *fault = set->with_faults && i % 2 == 1 ? ids[(guint) (i / 2) % g_strv_length ((char **) ids)] : NULL;
  g_autoptr (LkPortraitParams) params = lk_portrait_params_random (set->seed + (guint64) i);
  g_autofree char *name = g_strdup_printf ("%04d.jpg", i + 1), *path = g_build_filename (set->folder, name, NULL);
  g_autofree char *truth_name = g_strdup_printf ("%04d.json", i + 1);
  g_autofree char *truth_path = g_build_filename (set->folder, truth_name, NULL);
  g_autoptr (LkPortrait) portrait = NULL;
  g_autofree char *json = NULL;
  LkTruth truth;

  lk_draw_take_next_size (params, i);
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
  Set set = { folder, seed, with_faults };
  g_autoptr (GString) csv = g_string_new ("file,identity,width,height,faces,eye_line,hair_top,face_width,face_centre_x,chin_y,roll,eyes_open,mouth_open,faults\n");
  g_autofree char *csv_path = g_build_filename (folder, "truth.csv", NULL);

  return lk_draw_make_folder (folder, error) && lk_draw_each (count, draw_set_member, &set, csv, error) &&
         g_file_set_contents (csv_path, csv->str, (gssize) csv->len, error);
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
