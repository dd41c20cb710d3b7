/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "flow/device.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "core/error.h"
#include "core/key.h"

gboolean
lk_device_make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;
  g_set_error (error, LK_ERROR, LK_ERROR_STORE, "%s: %s", path, g_strerror (errno));
  return FALSE;
}

char *
lk_device_load (const char *data_dir, GError **error)
{
  g_autofree char *path = g_build_filename (data_dir, "device-id", NULL);
  g_autofree char *known = NULL;
  g_autofree char *made = NULL;
  g_autoptr (GError) cause = NULL;

  if (g_file_get_contents (path, &known, NULL, NULL) && lk_key_is_valid (g_strstrip (known)))
    return g_steal_pointer (&known);
  if (!lk_device_make_folder (data_dir, error))
    return NULL;
  made = lk_key_new ();
  if (g_file_set_contents_full (path, made, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &cause))
    return g_steal_pointer (&made);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_STORE, cause->message);
  return NULL;
}
