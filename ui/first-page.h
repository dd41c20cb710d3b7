/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "flow/account.h"

G_BEGIN_DECLS

/**
 * LkFirstPage:
 *
 * The first start: finds the campus service at the address that is typed, or says how to look around without one.
 *
 * Signal "found" (string address): there is a campus service.
 */
#define LK_TYPE_FIRST_PAGE (lk_first_page_get_type ())
G_DECLARE_FINAL_TYPE (LkFirstPage, lk_first_page, LK, FIRST_PAGE, GtkWidget)

void lk_first_page_set_account (LkFirstPage *self, LkAccount *account);

G_END_DECLS
