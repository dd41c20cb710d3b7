/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/photo-area.h"

G_BEGIN_DECLS

/* The review page's actions about looking at the photo. They are installed on the page, where its keys and buttons find them, and act
 * on the photo area in it. */

/* The area of a page of that class. */
typedef LkPhotoArea *(*LkAreaFunc) (GtkWidget *page);

void lk_review_looking_install (GtkWidgetClass *page_class, LkAreaFunc get_area);

/* There is a photo to look at, or none. */
void lk_review_looking_set_enabled (GtkWidget *page, gboolean enabled);

G_END_DECLS
