/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LkSidePage:
 *
 * A page that is shown instead of the photos for a while. Escape and the action "side-page.close", for its button, go back.
 *
 * Signal "closed" (): back to the photos.
 */
#define LK_TYPE_SIDE_PAGE (lk_side_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (LkSidePage, lk_side_page, LK, SIDE_PAGE, GtkWidget)

struct _LkSidePageClass
{
  GtkWidgetClass parent_class;
};

/* As the button and Escape do. */
void lk_side_page_close (LkSidePage *self);

G_END_DECLS
