/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow/account.h"
#include "ui/class-page.h"
#include "ui/ticket-page.h"
#include "ui/view-switch.h"

G_BEGIN_DECLS

/**
 * LkDeskViews:
 *
 * What a window has beside the review: gives the switch the views of whoever is signed in, and the pages their desk.
 */
#define LK_TYPE_DESK_VIEWS (lk_desk_views_get_type ())
G_DECLARE_FINAL_TYPE (LkDeskViews, lk_desk_views, LK, DESK_VIEWS, GObject)

/* The widgets are of the window that owns this. */
LkDeskViews *lk_desk_views_new (LkViewSwitch *view_switch, LkClassPage *class_page, LkTicketPage *ticket_page);

/* Somebody has signed in; the same person again goes on. LK_ERROR_BAD_SPEC. */
gboolean lk_desk_views_begin (LkDeskViews *self, LkAccount *account, GError **error);

/* Nothing of a person stays in memory or on the screen. */
void     lk_desk_views_end   (LkDeskViews *self);

G_END_DECLS
