/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "flow/review-queue.h"
#include "ui/texture.h"

G_BEGIN_DECLS

/**
 * LkFilmstrip:
 *
 * The queue as a column of small photos; the one being judged is selected. Selecting another goes there.
 */
#define LK_TYPE_FILMSTRIP (lk_filmstrip_get_type ())
G_DECLARE_FINAL_TYPE (LkFilmstrip, lk_filmstrip, LK, FILMSTRIP, GtkWidget)

void       lk_filmstrip_set_queue (LkFilmstrip *self, LkReviewQueue *queue, LkTextures *textures);   /* both NULL for none */

G_END_DECLS
