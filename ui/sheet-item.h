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

G_END_DECLS
