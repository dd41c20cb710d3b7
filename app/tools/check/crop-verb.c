/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb crop: the part of an original that meets the standard, and the finished photo made of it. */
#include <stdio.h>

#include <glib/gi18n.h>
#include <gio/gio.h>

#include "core/json.h"
#include "photo/crop.h"
#include "photo/finish.h"
#include "tools/check/photos.h"
#include "tools/check/sentence.h"
#include "tools/check/toolbox.h"
#include "tools/check/verbs.h"
#include "tools/portrait/write.h"

/* The index of the size asked for in the spec; -1 and a complaint when it is none of them. */
static int
find_size (const LkFinishRules *rules, const char *asked)
{
  g_autoptr (GString) sizes = g_string_new (NULL);
  int width, height;
  char rest;

  if (asked == NULL)
    return 0;
  for (guint i = 0; i < rules->n_sizes; i++)
    {
      if (sscanf (asked, "%dx%d%c", &width, &height, &rest) == 2 && width == rules->sizes[i][0] && height == rules->sizes[i][1])
        return (int) i;
      g_string_append_printf (sizes, "%s%dx%d", i > 0 ? ", " : "", rules->sizes[i][0], rules->sizes[i][1]);
    }
  g_printerr ("likeness-check: ");
  /* Translators: %s is a list such as 480x640, 720x960 */
  g_printerr (_("--size takes one of the standard's sizes: %s."), sizes->str);
  g_printerr ("\n");
  return -1;
}

static void
print_json (const LkCrop *crop)
{
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  g_autofree char *text = NULL;

  lk_json_add_int (json, "x", crop->x);
  lk_json_add_int (json, "y", crop->y);
  lk_json_add_int (json, "width", crop->width);
  lk_json_add_int (json, "height", crop->height);
  lk_json_add_number (json, "turn", crop->turn);
  lk_json_add_number (json, "hair_top", crop->hair_top);
  lk_json_add_number (json, "eye_line", crop->eye_line);
  lk_json_add_number (json, "face_width", crop->face_width);
  lk_json_add_number (json, "centre", crop->centre);
  text = lk_json_print (json);
  g_print ("%s\n", text);
}

static void
print_words (const LkCrop *crop)
{
  /* Translators: a rectangle: width × height, then the distances of its corner from the left and the top */
  g_print (_("Crop: %d × %d px, %d px from the left, %d px from the top."), crop->width, crop->height, crop->x, crop->y);
  g_print ("\n");
  /* Translators: what the checks will measure */
  g_print (_("It will measure: top of hair %.0f px, eye line %.0f px, face width %.0f px."), crop->hair_top, crop->eye_line, crop->face_width);
  g_print ("\n");
  if (!crop->hair_in_range)
    g_print ("%s\n", _("The top of the hair is out of its range, because eye line and face width come first."));
}

static int
write_finished (const LkCrop *crop, LkPixels *original, const LkSpec *spec, int size, const char *path)
{
  const int *wanted = spec->finish.sizes[size];
  g_autoptr (GError) error = NULL;
  g_autoptr (LkPixels) cut = NULL;
  g_autoptr (LkFinish) finish = NULL;

  if (crop->width < wanted[0])
    {
      g_printerr ("likeness-check: ");
      g_printerr (_("The crop has only %d × %d px; a photo is never enlarged."), crop->width, crop->height);
      g_printerr ("\n");
      return LK_EXIT_FAILED;
    }
  cut = lk_crop_cut (crop, original);
  finish = lk_finish_new (cut, spec, (guint) size, &error);
  if (finish == NULL || !lk_write_bytes (finish->jpeg, path, &error))
    {
      lk_complain (path, error);
      return LK_EXIT_UNREAD;
    }
  return LK_EXIT_GOOD;
}

static LkPixels *
open_original (const LkToolbox *toolbox, const char *path, LkCrop *crop)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = lk_photo_load (path, &error);
  g_autoptr (LkPixels) original = bytes != NULL ? lk_checker_decode_original (toolbox->checker, bytes, NULL, &error) : NULL;

  if (original != NULL && lk_crop_propose (toolbox->engine, original, toolbox->spec, crop, &error))
    return g_steal_pointer (&original);
  lk_complain (path, error);
  return NULL;
}

int
lk_verb_crop (const LkToolOptions *options)
{
  g_auto (LkToolbox) toolbox = { 0 };
  g_autoptr (LkPixels) original = NULL;
  LkCrop crop;
  int status = lk_toolbox_open (&toolbox, options), size = 0;

  if (status != LK_EXIT_GOOD || (size = find_size (&toolbox.spec->finish, options->size)) < 0)
    return LK_EXIT_USAGE;
  if (toolbox.engine == NULL || (original = open_original (&toolbox, options->files[0], &crop)) == NULL)
    return LK_EXIT_UNREAD;
  if (crop.problem != LK_CROP_POSSIBLE)
    {
      g_printerr ("likeness-check: %s: %s\n", options->files[0], lk_crop_problem_text (crop.problem));
      return LK_EXIT_FAILED;
    }
  if (options->json)
    print_json (&crop);
  else
    print_words (&crop);
  return options->out != NULL ? write_finished (&crop, original, toolbox.spec, size, options->out) : LK_EXIT_GOOD;
}
