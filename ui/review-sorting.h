/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/decision-bar.h"
#include "ui/queue-bar.h"

G_BEGIN_DECLS

/* What the review page does with the queue beside deciding: search, part of the queue, putting a photo off, being unsure. */

/* What of the page the actions work on; each may be NULL but bar and decisions. */
typedef struct
{
  LkQueueBar *bar;
  LkDecisionBar *decisions;
  LkSync *sync;
  LkSubmission *current;
} LkSortingPlace;

typedef void (*LkSortingGet) (GtkWidget *page, LkSortingPlace *place);

void lk_review_sorting_install (GtkWidgetClass *widget_class, LkSortingGet get);

/* can_decide: there is a photo that is not decided and no reasons are being chosen. */
void lk_review_sorting_set_enabled (GtkWidget *page, gboolean has_sync, gboolean can_decide, gboolean choosing);

G_END_DECLS
