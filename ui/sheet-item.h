/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/submission.h"
#include "ui/texture.h"

G_BEGIN_DECLS

/**
 * LkSheetItem:
 *
 * One photo on a contact sheet, large enough to be looked at, and whether it is still to be approved.
 *
 * Property "taken-out": boolean, notifies.
 */
#define LK_TYPE_SHEET_ITEM (lk_sheet_item_get_type ())
G_DECLARE_FINAL_TYPE (LkSheetItem, lk_sheet_item, LK, SHEET_ITEM, GtkFlowBoxChild)

GtkWidget    *lk_sheet_item_new            (LkSubmission *submission, LkTextures *textures);
LkSubmission *lk_sheet_item_get_submission (LkSheetItem *self);           /* borrowed */
gboolean      lk_sheet_item_get_taken_out  (LkSheetItem *self);
void          lk_sheet_item_toggle         (LkSheetItem *self);

/* How large its photo is shown, 3:4; px of the view. */
void lk_sheet_item_set_photo_width (LkSheetItem *self, int width);

/* What stands around the photo: the name below it, and air. px of the view. */
enum { LK_SHEET_ITEM_EXTRA_WIDTH = 12, LK_SHEET_ITEM_EXTRA_HEIGHT = 34 };

/* A face in a smaller photo cannot be looked at. px of the view. */
enum { LK_SHEET_ITEM_PHOTO_MIN = 150 };

G_END_DECLS
