/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * lk_heic_items_check:
 * @file: a HEIF file (ISO/IEC 23008-12)
 *
 * Items of such a file are made of other items: a grid of its tiles, a picture of its alpha plane. libheif follows
 * these references without end when they lead back to where they began, and does work without bound when each item
 * names the next one twice. This looks at the references alone, before libheif sees the file.
 *
 * Returns: %FALSE with LK_ERROR_PICTURE_CUT_OFF when following them goes too deep or takes too long. A file whose
 * boxes make no sense is left to libheif.
 */
gboolean lk_heic_items_check (GBytes *file, GError **error);

G_END_DECLS
