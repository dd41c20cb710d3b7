/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What somebody can work on in the window. */
typedef enum
{
  LK_VIEW_REVIEW,
  LK_VIEW_CLASSES,
  LK_VIEW_TICKETS,
} LkView;
#define LK_N_VIEWS (LK_VIEW_TICKETS + 1)

/* The name of its page in the window. */
const char *lk_view_name (LkView view);

/**
 * LkViewSwitch:
 *
 * The views a person has, beside each other in the header, each with how much waits there. Hidden for whoever has but one.
 *
 * Signal "chosen" (int LkView): by its button.
 */
#define LK_TYPE_VIEW_SWITCH (lk_view_switch_get_type ())
G_DECLARE_FINAL_TYPE (LkViewSwitch, lk_view_switch, LK, VIEW_SWITCH, GtkWidget)

/* views: bits 1 << LkView. */
void     lk_view_switch_set_views (LkViewSwitch *self, guint views);
gboolean lk_view_switch_has       (LkViewSwitch *self, LkView view);
LkView   lk_view_switch_get_first (LkViewSwitch *self);          /* of those there are */
void     lk_view_switch_show      (LkViewSwitch *self, LkView view);     /* its button is the pressed one; no signal */
void     lk_view_switch_set_count (LkViewSwitch *self, LkView view, int count);  /* 0 or less: none is told */

G_END_DECLS
