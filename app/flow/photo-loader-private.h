/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/spec.h"
#include "flow/photo-loader.h"
#include "flow/photo-source.h"

G_BEGIN_DECLS

/* Takes the spec, which has the limits of pictures. */
LkPhotoLoader *lk_photo_loader_new (LkPhotoSource *source, LkSpec *spec, GError **error);
const LkSpec  *lk_photo_loader_get_spec (LkPhotoLoader *self);           /* borrowed */

/* How many pictures are kept and how many are being made, for tests. */
guint lk_photo_loader_get_n_pictures (LkPhotoLoader *self);
guint lk_photo_loader_get_n_requests (LkPhotoLoader *self);

G_END_DECLS
