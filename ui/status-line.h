/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LkStatusLine:
 *
 * Up to two lines that say what has just happened. It has the accessible role of a status, and its text as accessible label, so
 * that a screen reader tells it without being asked. Its size does not depend on its text.
 */
#define LK_TYPE_STATUS_LINE (lk_status_line_get_type ())
G_DECLARE_FINAL_TYPE (LkStatusLine, lk_status_line, LK, STATUS_LINE, GtkWidget)

void        lk_status_line_set_text (LkStatusLine *self, const char *text, gboolean is_warning);
const char *lk_status_line_get_text (LkStatusLine *self);

G_END_DECLS
