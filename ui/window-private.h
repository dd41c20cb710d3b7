/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow/review.h"
#include "ui/agreement-page.h"
#include "ui/conflicts-page.h"
#include "ui/desk-views.h"
#include "ui/figures-button.h"
#include "ui/first-page.h"
#include "ui/notices.h"
#include "ui/passphrase-page.h"
#include "ui/review-page.h"
#include "ui/sheet-page.h"
#include "ui/sign-in-page.h"
#include "ui/sync-button.h"
#include "ui/today-page.h"
#include "ui/window.h"

G_BEGIN_DECLS

/* What window.c and window-pages.c share. */

struct _LkReviewWindow
{
  AdwApplicationWindow parent_instance;

  AdwWindowTitle *title;
  GtkStack *pages;
  LkSignInPage *sign_in_page;
  LkFirstPage *first_page;
  LkPassphrasePage *passphrase_page;
  LkReviewPage *review_page;
  LkConflictsPage *conflicts_page;
  LkTodayPage *today_page;
  LkAgreementPage *agreement_page;
  LkSheetPage *sheet_page;
  LkClassPage *class_page;
  LkTicketPage *ticket_page;
  LkViewSwitch *view_switch;
  LkFiguresButton *figures_button;
  AdwToastOverlay *toasts;
  LkSyncButton *sync_button;
  GtkButton *conflicts_button;

  LkAccount *account;
  LkReview *review;
  LkTextures *textures;
  LkNotices *notices;
  LkDeskViews *desk_views;
  char *user;                   /* whose work is open; NULL: nobody's */
  const LkSpec *spec;           /* until a review brings the college's own; borrowed */
  GSettings *settings;          /* or NULL */
  GtkWindow *preferences;       /* once they were opened; kept when they are closed */
  GtkWindow *help;              /* weak; while it is open */
  gboolean opening;             /* the work is being opened */
  gboolean by_itself;           /* nobody typed the password, so nobody is asked for a passphrase to choose */
};

/* The actions that open a page or a window, and their keys. */
void lk_review_window_install_pages (GtkWidgetClass *widget_class);

/* The pages beside the photos: only while the photos are worked on. */
void lk_review_window_set_pages_enabled (LkReviewWindow *self, gboolean enabled);

G_END_DECLS
