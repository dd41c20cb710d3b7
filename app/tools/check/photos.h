/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One photo named on the command line, or found in a folder that was. */
typedef struct
{
  char *path;
  char *name;                   /* where it lies below that folder; of a single file its last part */
} LkPhotoFile;

/**
 * lk_photos_gather:
 * @arguments: files and folders
 *
 * The files as they are named, the pictures of folders by name, folders inside them too. A file that is not there stays
 * in the list, so that it is reported in its place.
 *
 * Returns: array of LkPhotoFile *; NULL when a folder cannot be read or has no pictures
 */
GPtrArray *lk_photos_gather (char **arguments, GError **error);

/* Who is on a photo: the part of its name before the first dot, as in 2021210007.id.jpg. Newly allocated. */
char *lk_photo_person (const LkPhotoFile *photo);

/* The whole file. */
GBytes *lk_photo_load (const char *path, GError **error);

G_END_DECLS
