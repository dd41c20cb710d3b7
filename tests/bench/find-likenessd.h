/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* The service that is measured: the one of the build tree this program lies in, when nothing else is said. */
static inline void
lk_find_likenessd (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self);
  g_autofree char *path = g_build_filename (folder, "..", "..", "app", "service", "likenessd", NULL);

  g_setenv ("LIKENESSD", path, FALSE);
}
