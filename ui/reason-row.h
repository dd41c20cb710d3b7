/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/reason.h"

G_BEGIN_DECLS

/**
 * LkReasonRow:
 *
 * One reason to choose: its key, its text, what was measured, and as which of the three it was chosen.
 */
#define LK_TYPE_REASON_ROW (lk_reason_row_get_type ())
G_DECLARE_FINAL_TYPE (LkReasonRow, lk_reason_row, LK, REASON_ROW, GtkListBoxRow)

GtkWidget      *lk_reason_row_new        (void);

/* reason is borrowed from a catalogue that outlives the row's use; digit 0: no key. */
void            lk_reason_row_set_reason (LkReasonRow *self, const LkReason *reason, int digit, const char *measured);
const LkReason *lk_reason_row_get_reason (LkReasonRow *self);

/* 1, 2, 3: chosen as the first, second, third; 0: not chosen. */
void            lk_reason_row_set_rank   (LkReasonRow *self, guint rank);

G_END_DECLS
