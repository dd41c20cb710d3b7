/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow/desk.h"
#include "ui/texture.h"

G_BEGIN_DECLS

/**
 * LkTicketPage:
 *
 * Tickets of students, objections among them, that this person may see, the newest first, and one of them to work on. Asks the service
 * whenever it comes into view, every minute while it is, and with F5.
 *
 * Property "n-open": uint, notifies: how many wait for the staff.
 */
#define LK_TYPE_TICKET_PAGE (lk_ticket_page_get_type ())
G_DECLARE_FINAL_TYPE (LkTicketPage, lk_ticket_page, LK, TICKET_PAGE, GtkWidget)

void  lk_ticket_page_set_desk   (LkTicketPage *self, LkDesk *desk, LkTextures *textures);   /* NULL for none */
guint lk_ticket_page_get_n_open (LkTicketPage *self);

G_END_DECLS
