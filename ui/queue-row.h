/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/submission.h"
#include "ui/texture.h"

G_BEGIN_DECLS

/**
 * LkQueueRow:
 *
 * One submission in the filmstrip: small photo, masked name, and its worst outcome or what was decided, as shape and words.
 */
#define LK_TYPE_QUEUE_ROW (lk_queue_row_get_type ())
G_DECLARE_FINAL_TYPE (LkQueueRow, lk_queue_row, LK, QUEUE_ROW, GtkWidget)

GtkWidget *lk_queue_row_new            (void);

/* Shows this submission and follows its decision; NULL for none (the row is kept for another). */
void       lk_queue_row_set_submission (LkQueueRow *self, LkTextures *textures, LkSubmission *submission);

LkSubmission *lk_queue_row_get_submission (LkQueueRow *self);   /* borrowed; NULL for none */

G_END_DECLS
