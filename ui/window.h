/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/spec.h"
#include "flow/account.h"

G_BEGIN_DECLS

/**
 * LkReviewWindow:
 *
 * The one window: sign-in, review, and the list of decisions that were not taken.
 */
#define LK_TYPE_REVIEW_WINDOW (lk_review_window_get_type ())
G_DECLARE_FINAL_TYPE (LkReviewWindow, lk_review_window, LK, REVIEW_WINDOW, AdwApplicationWindow)

/* spec and settings are borrowed and outlive the window; settings may be NULL. */
GtkWidget *lk_review_window_new (GtkApplication *application, LkAccount *account, const LkSpec *spec, GSettings *settings);

/* A new window with all the work and the page of the old one, which goes: for another language. */
GtkWidget *lk_review_window_renew (LkReviewWindow *old);

/* Fills the sign-in page, with what was used last where nothing is given, and, when a password is given, signs in. NULL leaves a field empty. */
void lk_review_window_start (LkReviewWindow *self, const char *service, const char *user, const char *password);

G_END_DECLS
