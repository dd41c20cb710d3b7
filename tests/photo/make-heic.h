/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/pixels.h"

G_BEGIN_DECLS

/* Whether libheif has an HEVC encoder and decoder here. */
gboolean can_make_heic (void);

/* A HEIC file, written with libheif's own encoder. */
GBytes *make_heic (LkPixels *pixels);

G_END_DECLS
