/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows a text that changes while photos are decided, such as a number that grows. A label asks for a layout of the whole window with
 * every new text; this inscription asks for one only when the text needs more room than any before, or when it is to shrink. */
void lk_steady_text_show (GtkInscription *inscription, const char *text, gboolean shrink);

G_END_DECLS
