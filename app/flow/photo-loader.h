/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A photo decoded and scaled to device pixels, ready to be drawn 1:1. */
typedef struct
{
  int width, height;            /* device px */
  int photo_width, photo_height;        /* px of the upright photo it was made from */
  GBytes *bgra;                 /* B, G, R, 255; stride 4 * width */
  /*< private >*/
  gatomicrefcount ref_count;
} LkPicture;

LkPicture *lk_picture_ref   (LkPicture *self);
void       lk_picture_unref (LkPicture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkPicture, lk_picture_unref)

/**
 * LkPhotoLoader:
 *
 * Fetches photos by hash (from the local cache, else from the service), decodes and scales them in workers and keeps
 * the results. Equal requests are one; requests outside the wanted window are cancelled and their pictures forgotten.
 * Signals on the main thread only.
 *
 * Signal "ready" (hash, width, height): a picture asked for is there; the size is the box that was asked for, or what
 * an exact scale gave.
 * Signal "failed" (hash, code): it cannot be had now (LkError code, as int); asking again tries again, and "ready"
 * follows by itself when the file comes after all.
 */
#define LK_TYPE_PHOTO_LOADER (lk_photo_loader_get_type ())
G_DECLARE_FINAL_TYPE (LkPhotoLoader, lk_photo_loader, LK, PHOTO_LOADER, GObject)

/* The picture of a photo that fits into box_width x box_height device px (never larger than contained, aspect kept);
 * NULL while it is not there, in which case it is loaded with high priority and "ready" follows. New reference. */
LkPicture *lk_photo_loader_get (LkPhotoLoader *self, const char *hash, int box_width, int box_height);

/* The same at an exact scale for a zoomed view: scale is device px per photo px (1.0 for one to one). It has at most
 * 16 million px: its own width says what it became. */
LkPicture *lk_photo_loader_get_scaled (LkPhotoLoader *self, const char *hash, double scale);

/* What should be ready soon, most urgent first; NULL-terminated. Replaces the earlier wish for this box: what was
 * wanted in this size before and is not any more is cancelled and forgotten. Boxes of thumbnail size wait behind the
 * others. */
void lk_photo_loader_prefetch (LkPhotoLoader *self, const char *const *hashes, int box_width, int box_height);

G_END_DECLS
