/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Makes the program look as the settings say, now and at each change: light or dark, size of the text. High contrast is
 * the desktop's own. settings may be NULL. */
void lk_appearance_follow (GSettings *settings);

/* Sets the language of the settings; FALSE when this computer has no locale for it. Texts already on the screen stay. */
gboolean lk_appearance_use_language (GSettings *settings);

G_END_DECLS
