/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-each.h"
#include "tools/draw-output.h"
#include "tools/portrait/fault.h"
#include "tools/portrait/roster.h"

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
  char *number, *photo, *card, *diploma, *truth;
} DemoFiles;

static DemoFiles
demo_files (const char *folder, int i)
{
  DemoFiles files = { .number = g_strdup_printf ("2023%02d%02d%02d", 1 + i % 4, 1 + i % 2, 1 + i / 4) };
  g_autofree char *photo = g_strconcat (files.number, ".jpg", NULL), *card = g_strconcat (files.number, ".id.jpg", NULL);
  g_autofree char *diploma = g_strconcat (files.number, ".diploma.jpg", NULL);
  g_autofree char *truth = g_strconcat (files.number, ".json", NULL);

  files.photo = g_build_filename (folder, "photos", photo, NULL);
  files.card = g_build_filename (folder, "photos", card, NULL);
  files.diploma = g_build_filename (folder, "photos", diploma, NULL);
  files.truth = g_build_filename (folder, "truth", truth, NULL);
  return files;
}

static void
clear_demo_files (DemoFiles *files)
{
  g_free (files->number);
  g_free (files->photo);
  g_free (files->card);
  g_free (files->diploma);
  g_free (files->truth);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DemoFiles, clear_demo_files)

typedef struct
{
  const char *folder;
  int students;
  guint64 seed;
} Demo;

/* Every tenth student has upgraded from a junior college and brings the photo of that diploma; one brings somebody else's. */
enum { UPGRADE_EVERY = 10, UPGRADE_FIRST = 3, OTHERS_DIPLOMA = 13 };

static gboolean
draw_diploma (const LkPortraitParams *params, int i, const char *path, GError **error)
{
  g_autoptr (LkPortraitParams) diploma = NULL;

  if (i % UPGRADE_EVERY != UPGRADE_FIRST)
    return TRUE;
  diploma = lk_portrait_id_card (params, i != OTHERS_DIPLOMA);
  diploma->width = 480;
  diploma->height = 640;
  diploma->frame_units = 360;
  diploma->eye_line += 40;
  diploma->hair_top += 40;
  diploma->background = LK_BACKGROUND_BLUE;
  return lk_draw_picture (diploma, path, NULL, NULL, error);
}

static gboolean
draw_demo_student (int i, GString *csv, gpointer data, GError **error)
{
  const Demo *demo = data;
  static const char *const classes[] = { "会计学1班", "会计学2班", "计算机应用1班", "学前教育1班" };
  static const char *const sites[] = { "合肥校本部", "合肥校本部", "合肥校本部", "六安教学点" };
  g_auto (DemoFiles) files = demo_files (demo->folder, i);
  g_autoptr (LkPortraitParams) params = lk_portrait_params_random (demo->seed + (guint64) i);
  g_autoptr (LkPortraitParams) card = NULL;
  gboolean female = params->face.female > 0.5;
  g_autofree char *name = lk_made_up_name (params->face.seed, female);
  g_autofree char *id_number = lk_made_up_id_number (params->face.seed, female, 2025 - (int) params->face.age);
  const char *fault = demo_fault (i, demo->students);

  lk_draw_take_next_size (params, i);
  if (fault != NULL && !lk_portrait_add_fault (params, fault, 1, error))
    return FALSE;
  g_string_append_printf (csv, "%s,%s,%s,%s,%s,1990000%04d\n", files.number, name, id_number, classes[i % 4], sites[i % 4], 1000 + i);
  if (!lk_draw_picture (params, files.photo, files.truth, NULL, error) || !draw_diploma (params, i, files.diploma, error))
    return FALSE;
  if (i % 13 == 7 && fault == NULL)
    return TRUE;                /* no ID photo came for this one */
  card = lk_portrait_id_card (params, g_strcmp0 (fault, "I2_similarity") != 0);
  return lk_draw_picture (card, files.card, NULL, NULL, error);
}

gboolean
lk_draw_demo (const char *folder, int students, guint64 seed, GError **error)
{
  Demo demo = { folder, students, seed };
  g_autoptr (GString) csv = g_string_new ("student_no,name,id_number,class,site,phone\n");
  g_autofree char *photos = g_build_filename (folder, "photos", NULL), *truths = g_build_filename (folder, "truth", NULL);
  g_autofree char *roster = g_build_filename (folder, "roster.csv", NULL);

  return lk_draw_make_folder (photos, error) && lk_draw_make_folder (truths, error) &&
         lk_draw_each (students, draw_demo_student, &demo, csv, error) &&
         g_file_set_contents (roster, csv->str, (gssize) csv->len, error);
}
