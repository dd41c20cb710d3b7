/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow/photo-loader.h"
#include "flow/photo-source.h"

G_BEGIN_DECLS

/* LK_ERROR_BAD_SPEC: the limits of pictures are read from the spec. */
LkPhotoLoader *lk_photo_loader_new (LkPhotoSource *source, GError **error);

/* How many pictures are kept and how many are being made, for tests. */
guint lk_photo_loader_get_n_pictures (LkPhotoLoader *self);
guint lk_photo_loader_get_n_requests (LkPhotoLoader *self);

G_END_DECLS
