/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow/desk.h"
#include "ui/texture.h"

G_BEGIN_DECLS

/**
 * LkTicketView:
 *
 * One ticket: who asks for what, the pictures that came with it, what was done so far, and an answer with the steps this person may
 * take. An answer that could not be sent stays written.
 *
 * Signal "changed" (): a step was taken.
 */
#define LK_TYPE_TICKET_VIEW (lk_ticket_view_get_type ())
G_DECLARE_FINAL_TYPE (LkTicketView, lk_ticket_view, LK, TICKET_VIEW, GtkWidget)

void lk_ticket_view_set_desk (LkTicketView *self, LkDesk *desk, LkTextures *textures);   /* NULL for none */

/* Asks for it and shows it; NULL for none. What is written for another one and was not sent is there again when that one is. */
void lk_ticket_view_show (LkTicketView *self, const char *id);

/* Whether something is written that was not sent. */
gboolean lk_ticket_view_has_draft (LkTicketView *self);

G_END_DECLS
