/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb spec: whether a photo standard or a list of models can be used, by the readers the programs use. */
#include <glib/gi18n.h>
#include <gio/gio.h>

#include "core/error.h"
#include "core/json.h"
#include "core/spec.h"
#include "photo/models.h"
#include "tools/check/sentence.h"
#include "tools/check/verbs.h"

/* TRUE and a sentence about what is in it; FALSE and the error of the reader. */
static gboolean
read_spec (const char *path, char **sentence, GError **error)
{
  g_autoptr (LkSpec) spec = lk_spec_load (path, error);

  if (spec == NULL)
    return FALSE;
  *sentence = g_strdup_printf (_("This photo standard can be used; version: %d; checks: %u; ways to cut the person out: %u."),
                               spec->version, g_hash_table_size (spec->checks), spec->n_blue_attempts);
  return TRUE;
}

static gboolean
read_manifest (const char *path, char **sentence, GError **error)
{
  g_autoptr (LkManifest) manifest = lk_manifest_load (path, error);

  if (manifest == NULL)
    return FALSE;
  *sentence = g_strdup_printf (_("This list of models can be used; models: %u; the same person from %.2f, different people below %.2f."),
                               g_hash_table_size (manifest->models), manifest->same, manifest->different);
  return TRUE;
}

int
lk_verb_spec (const LkToolOptions *options)
{
  const char *path = options->files[0];
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (cJSON) json = NULL;
  g_autofree char *sentence = NULL;
  gboolean usable;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "");
      lk_complain (shown, error);
      return LK_EXIT_UNREAD;
    }
  json = lk_json_load (path, LK_ERROR_BAD_SPEC, &error);
  usable = json != NULL && (cJSON_HasObjectItem (json, "models") ? read_manifest (path, &sentence, &error)
                                                                  : read_spec (path, &sentence, &error));
  if (!usable)
    {
      lk_complain (NULL, error);
      return LK_EXIT_FAILED;
    }
  g_print ("%s: %s\n", shown, sentence);
  return LK_EXIT_GOOD;
}
