/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb blue: the photo on the blue of the standard, and how well that went. */
#include <glib/gi18n.h>
#include <gio/gio.h>

#include "photo/blue.h"
#include "photo/finish.h"
#include "tools/check/json-report.h"
#include "tools/check/photos.h"
#include "tools/check/picture-file.h"
#include "tools/check/report-table.h"
#include "tools/check/sentence.h"
#include "tools/check/toolbox.h"
#include "tools/check/verbs.h"
#include "tools/portrait/write.h"

static LkBlue *
compose (const LkToolbox *toolbox, const LkToolOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = lk_photo_load (options->files[0], &error);
  g_autoptr (LkPixels) photo = bytes != NULL ? lk_checker_decode (toolbox->checker, bytes, NULL, &error) : NULL;
  LkBlue *blue = photo != NULL ? lk_blue_compose (toolbox->engine, photo, toolbox->spec, (guint) options->attempt - 1, &error) : NULL;

  if (blue == NULL)
    lk_complain (options->files[0], error);
  return blue;
}

static void
print_json (const LkBlue *blue)
{
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  g_autofree char *text = NULL;

  lk_json_add_int (json, "attempt", blue->attempt + 1);
  lk_json_add_string (json, "outcome", lk_outcome_to_word (lk_blue_get_outcome (blue)));
  cJSON_AddItemToObject (json, "checks", lk_json_checks (blue->checks));
  text = lk_json_print (json);
  g_print ("%s\n", text);
}

static void
print_words (const LkBlue *blue, const LkSpec *spec, gboolean in_colour)
{
  g_autofree char *lines = lk_checks_table (blue->checks, TRUE, in_colour);

  /* Translators: which of the ways to cut the person out */
  g_print (_("Try %u of %u"), blue->attempt + 1, spec->n_blue_attempts);
  g_print ("\n%s", lines);
}

/* The finished file where the photo has one of the standard's sizes; a picture of its own size otherwise. */
static gboolean
write_photo (const LkBlue *blue, const LkSpec *spec, const char *path, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < spec->finish.n_sizes && !g_str_has_suffix (lower, ".png"); i++)
    if (blue->pixels->width == spec->finish.sizes[i][0] && blue->pixels->height == spec->finish.sizes[i][1])
      {
        g_autoptr (LkFinish) finish = lk_finish_new (blue->pixels, spec, i, error);

        return finish != NULL && lk_write_bytes (finish->jpeg, path, error);
      }
  return lk_picture_write (blue->pixels, path, error);
}

int
lk_verb_blue (const LkToolOptions *options)
{
  g_auto (LkToolbox) toolbox = { 0 };
  g_autoptr (LkBlue) blue = NULL;
  g_autoptr (GError) error = NULL;
  int status = lk_toolbox_open (&toolbox, options);

  if (status != LK_EXIT_GOOD)
    return status;
  if (toolbox.engine == NULL || (blue = compose (&toolbox, options)) == NULL)
    return LK_EXIT_UNREAD;
  if (options->json)
    print_json (blue);
  else
    print_words (blue, toolbox.spec, lk_colour_wanted (options->colour));
  if (options->out != NULL && !write_photo (blue, toolbox.spec, options->out, &error))
    {
      lk_complain (options->out, error);
      return LK_EXIT_UNREAD;
    }
  return lk_blue_get_outcome (blue) == LK_OUTCOME_FAIL ? LK_EXIT_FAILED : LK_EXIT_GOOD;
}
