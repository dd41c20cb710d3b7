/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LkDecisionBar:
 *
 * The four verdicts as large buttons with their keys, and one line that says what was decided last or what went wrong.
 */
#define LK_TYPE_DECISION_BAR (lk_decision_bar_get_type ())
G_DECLARE_FINAL_TYPE (LkDecisionBar, lk_decision_bar, LK, DECISION_BAR, GtkWidget)

/* A quiet word, also for a screen reader: "Approved 张*. Ctrl+Z takes it back." NULL for the usual hint. */
void lk_decision_bar_say (LkDecisionBar *self, const char *text);

/* Something a person must know before going on: stays until the next word. */
void lk_decision_bar_warn (LkDecisionBar *self, const char *text);

/* Whether the next decision on this photo is a tentative one. */
void lk_decision_bar_set_unsure (LkDecisionBar *self, gboolean unsure);

const char *lk_decision_bar_get_text (LkDecisionBar *self);

G_END_DECLS
