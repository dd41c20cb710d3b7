/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb compare: how much two faces are alike, and what that means. */
#include <glib/gi18n.h>
#include <gio/gio.h>

#include "core/error.h"
#include "core/json.h"
#include "tools/check/identity-study.h"
#include "tools/check/photos.h"
#include "tools/check/sentence.h"
#include "tools/check/toolbox.h"
#include "tools/check/verbs.h"

typedef struct
{
  const char *word;             /* in JSON */
  const char *sentence;
} Band;

static const Band bands[] = {
  { "same", N_("same person") },
  { "unsure", N_("unsure, a person has to look") },
  { "different", N_("different people") },
};

static const Band *
find_band (const LkManifest *manifest, double score)
{
  if (score >= manifest->same)
    return &bands[0];
  return score >= manifest->different ? &bands[1] : &bands[2];
}

static LkEmbedding *
embed (const LkToolbox *toolbox, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = lk_photo_load (path, &error);
  g_autoptr (LkPixels) pixels = bytes != NULL ? lk_checker_decode (toolbox->checker, bytes, NULL, &error) : NULL;
  LkEmbedding *embedding = pixels != NULL ? lk_embed_photo (toolbox->engine, pixels, &error) : NULL;

  if (embedding == NULL)
    {
      g_autofree char *shown = g_filename_display_name (path);

      lk_complain (shown, error);
    }
  return embedding;
}

static void
print_json (const LkToolOptions *options, const LkManifest *manifest, double score, const Band *band)
{
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  g_autofree char *a = g_filename_display_name (options->files[0]);
  g_autofree char *b = g_filename_display_name (options->files[1]);
  g_autofree char *text = NULL;

  lk_json_add_strv (json, "files", (const char *[]) { a, b, NULL });
  lk_json_add_number (json, "score", score);
  lk_json_add_string (json, "band", band->word);
  lk_json_add_number (json, "same", manifest->same);
  lk_json_add_number (json, "different", manifest->different);
  text = lk_json_print (json);
  g_print ("%s\n", text);
}

static void
print_words (const LkManifest *manifest, double score, const Band *band)
{
  g_print ("%.2f  %s\n", score, _(band->sentence));
  /* Translators: the numbers are scores of likeness, such as 1.00 and 0.75 */
  g_print (_("The same person from %.2f, different people below %.2f. This is advice; a person decides."),
           manifest->same, manifest->different);
  g_print ("\n");
}

int
lk_verb_compare (const LkToolOptions *options)
{
  g_auto (LkToolbox) toolbox = { 0 };
  g_autoptr (LkEmbedding) a = NULL;
  g_autoptr (LkEmbedding) b = NULL;
  int status = lk_toolbox_open (&toolbox, options);
  const Band *band;
  double score;

  if (status != LK_EXIT_GOOD)
    return status;
  /* why they are missing was said on opening */
  if (toolbox.engine == NULL || toolbox.engine->n_embeddings == 0)
    return LK_EXIT_UNREAD;
  a = embed (&toolbox, options->files[0]);
  b = embed (&toolbox, options->files[1]);
  if (a == NULL || b == NULL)
    return LK_EXIT_UNREAD;
  score = lk_embedding_compare (a, b);
  band = find_band (toolbox.engine->manifest, score);
  if (options->json)
    print_json (options, toolbox.engine->manifest, score, band);
  else
    print_words (toolbox.engine->manifest, score, band);
  return band == &bands[0] ? LK_EXIT_GOOD : LK_EXIT_FAILED;
}
