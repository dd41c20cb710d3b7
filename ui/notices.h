/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "flow/review.h"

G_BEGIN_DECLS

/**
 * LkNotices:
 *
 * Desktop notifications while the reviewer looks at another window: a decision was not taken, a photo waits longer than
 * it should. Each can be switched off in the settings; no name and no number is in them.
 */
#define LK_TYPE_NOTICES (lk_notices_get_type ())
G_DECLARE_FINAL_TYPE (LkNotices, lk_notices, LK, NOTICES, GObject)

/* Follows a review for a window; all borrowed, the review and the window outlive it. settings may be NULL. */
LkNotices *lk_notices_new (GtkWindow *window, LkReview *review, GSettings *settings);

/* How many submissions of a queue are undecided and past their time. */
guint lk_notices_count_overdue (GListModel *queue, gint64 now);

G_END_DECLS
