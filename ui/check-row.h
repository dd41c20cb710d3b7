/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/check.h"

G_BEGIN_DECLS

/**
 * LkCheckRow:
 *
 * One line of the list of checks: either a heading ("Failed 2") or a check with name, value and limit. The score is told by the
 * tooltip and to a screen reader; of a measure it has a column. Rows are made once and shown with other contents for the next
 * photo, so that changing the photo moves nothing.
 */
#define LK_TYPE_CHECK_ROW (lk_check_row_get_type ())
G_DECLARE_FINAL_TYPE (LkCheckRow, lk_check_row, LK, CHECK_ROW, GtkListBoxRow)

GtkWidget *lk_check_row_new         (void);
void       lk_check_row_set_check   (LkCheckRow *self, LkCheck *check);
void       lk_check_row_set_measure (LkCheckRow *self, LkCheck *measure);
void       lk_check_row_set_columns (LkCheckRow *self);     /* a heading over measures that names the columns */
void       lk_check_row_set_heading (LkCheckRow *self, LkOutcome outcome, guint n_checks);
LkCheck   *lk_check_row_get_check   (LkCheckRow *self);     /* borrowed; NULL for a heading */

G_END_DECLS
