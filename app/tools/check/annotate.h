/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/check.h"
#include "photo/pixels.h"

G_BEGIN_DECLS

/**
 * lk_annotate:
 * @photo: upright
 * @checks: array of LkCheck
 *
 * A copy of the photo with the place of each check drawn on it in the colour of its outcome, and its title and value
 * beside it. Checks that passed are drawn thin and first, so that what is wrong lies on top. Any thread.
 */
LkPixels *lk_annotate (LkPixels *photo, GPtrArray *checks);

G_END_DECLS
