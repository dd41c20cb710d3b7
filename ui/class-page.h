/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow/desk.h"
#include "ui/texture.h"

G_BEGIN_DECLS

/**
 * LkClassPage:
 *
 * The classes a person may see with how far each is, the students of one of them with photo and state, and the reminder an adviser
 * sends to the class. Asks the service whenever it comes into view, and with F5.
 */
#define LK_TYPE_CLASS_PAGE (lk_class_page_get_type ())
G_DECLARE_FINAL_TYPE (LkClassPage, lk_class_page, LK, CLASS_PAGE, GtkWidget)

void lk_class_page_set_desk (LkClassPage *self, LkDesk *desk, LkTextures *textures);     /* NULL for none */

G_END_DECLS
