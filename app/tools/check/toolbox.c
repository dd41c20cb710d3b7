/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/toolbox.h"

#include <glib/gi18n.h>

#include "core/data.h"
#include "tools/check/sentence.h"

/* The list is read by the engine; a mistake in it is said here, where it is not yet a missing model. */
static gboolean
use_model_list (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkManifest) manifest = lk_manifest_load (path, &error);

  if (manifest == NULL)
    lk_complain (NULL, error);
  else
    lk_data_set_own ("models.json", path);
  return manifest != NULL;
}

int
lk_toolbox_open (LkToolbox *self, const LkToolOptions *options)
{
  g_autoptr (GError) error = NULL;

  self->spec = options->spec != NULL ? lk_spec_load (options->spec, &error) : lk_spec_load_default (&error);
  if (self->spec == NULL)
    {
      lk_complain (NULL, error);
      return LK_EXIT_USAGE;
    }
  if (options->model_list != NULL && !use_model_list (options->model_list))
    return LK_EXIT_USAGE;
  self->decoder = lk_decoder_new ();
  if (!lk_decoder_start (self->decoder, self->spec, &error))
    {
      lk_complain (NULL, error);
      return LK_EXIT_UNREAD;
    }
  self->checker = lk_checker_new (self->spec, options->models);
  lk_checker_set_decoder (self->checker, self->decoder);
  self->engine = lk_checker_get_engine (self->checker);
  if (lk_checker_get_problem (self->checker) != NULL)
    g_printerr ("likeness-check: %s %s\n", _("The automatic check is not complete:"), lk_checker_get_problem (self->checker));
  return LK_EXIT_GOOD;
}

void
lk_toolbox_clear (LkToolbox *self)
{
  g_clear_pointer (&self->checker, lk_checker_free);
  g_clear_pointer (&self->decoder, lk_decoder_free);
  g_clear_pointer (&self->spec, lk_spec_free);
}
