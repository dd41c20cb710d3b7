/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "marked-photos.h"
#include "tools/portrait/roster.h"
#include "tools/portrait/write.h"

enum { N_FACES = 20, QUALITY = 92 };

typedef struct
{
  LkPortrait *photo, *id_card;
} Face;

typedef struct
{
  Face faces[N_FACES];
  int width, height;
} DrawJob;

static void
clear_job (DrawJob *job)
{
  for (int i = 0; i < N_FACES; i++)
    {
      g_clear_pointer (&job->faces[i].photo, lk_portrait_free);
      g_clear_pointer (&job->faces[i].id_card, lk_portrait_free);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DrawJob, clear_job)

/* number: index of the face, from 1, since a pool takes no NULL. */
static void
draw_face (gpointer number, gpointer data)
{
  DrawJob *job = data;
  int i = GPOINTER_TO_INT (number) - 1;
  g_autoptr (LkPortraitParams) params = lk_portrait_params_random ((guint64) i + 1);
  g_autoptr (LkPortraitParams) card = lk_portrait_id_card (params, TRUE);

  lk_portrait_params_set_size (params, job->width, job->height);
  job->faces[i].photo = lk_portrait_render (params, NULL);
  job->faces[i].id_card = lk_portrait_render (card, NULL);
}

static gboolean
draw_faces (DrawJob *job, GError **error)
{
  GThreadPool *pool = g_thread_pool_new (draw_face, job, (int) g_get_num_processors (), TRUE, error);

  if (pool == NULL)
    return FALSE;
  for (int i = 1; i <= N_FACES; i++)
    g_thread_pool_push (pool, GINT_TO_POINTER (i), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  return TRUE;
}

static void
fill_square (LkPortrait *portrait, int index, int bits)
{
  double scale = portrait->width / 480.0;
  int size = (int) (LK_MARK_SIZE * scale);
  int left = (int) ((LK_MARK_X + index * LK_MARK_STEP) * scale);
  int top = (int) (LK_MARK_Y * scale);

  for (int y = top; y < top + size; y++)
    for (int x = left; x < left + size; x++)
      for (int c = 0; c < 3; c++)
        portrait->rgb[(y * portrait->width + x) * 3 + c] = (bits >> (2 - c)) & 1 ? 255 : 0;
}

static void
mark (LkPortrait *portrait, int code)
{
  fill_square (portrait, 0, 5);         /* magenta */
  fill_square (portrait, 1, code >> 3);
  fill_square (portrait, 2, code & 7);
}

int
lk_marked_photos_code (int i)
{
  return 1 + i % LK_MARK_N_CODES;
}

char *
lk_marked_photos_dup_number (int i)
{
  return g_strdup_printf ("20219%05d", i);
}

static gboolean
write_photo (DrawJob *job, const char *folder, int i, const char *number, GError **error)
{
  Face *face = &job->faces[i % N_FACES];
  g_autofree char *photo = g_strdup_printf ("%s/photos/%s.jpg", folder, number);
  g_autofree char *id_card = g_strdup_printf ("%s/photos/%s.id.jpg", folder, number);

  mark (face->photo, lk_marked_photos_code (i));
  return lk_portrait_write_jpeg (face->photo, QUALITY, photo, error) &&
         lk_portrait_write_jpeg (face->id_card, QUALITY, id_card, error);
}

gboolean
lk_marked_photos_write (const char *folder, int n_photos, int width, int height, GError **error)
{
  g_auto (DrawJob) job = { .width = width, .height = height };
  g_autofree char *photos = g_build_filename (folder, "photos", NULL);
  g_autofree char *roster_path = g_build_filename (folder, "roster.csv", NULL);
  g_autoptr (GString) roster = g_string_new ("student_no,name,id_number,class,site\n");

  if (g_mkdir_with_parents (photos, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s cannot be made", photos);
      return FALSE;
    }
  if (!draw_faces (&job, error))
    return FALSE;
  for (int i = 0; i < n_photos; i++)
    {
      g_autofree char *number = lk_marked_photos_dup_number (i);
      g_autofree char *name = lk_made_up_name ((guint64) i, i % 2 == 0);
      g_autofree char *document = lk_made_up_id_number ((guint64) i, i % 2 == 0, 2000);

      g_string_append_printf (roster, "%s,%s,%s,会计学1班,合肥校本部\n", number, name, document);
      if (!write_photo (&job, folder, i, number, error))
        return FALSE;
    }
  return g_file_set_contents (roster_path, roster->str, (gssize) roster->len, error);
}
