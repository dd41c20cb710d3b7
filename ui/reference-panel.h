/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "flow/review-queue.h"
#include "ui/texture.h"

G_BEGIN_DECLS

/**
 * LkReferencePanel:
 *
 * The comparison photos of a submission, ID card and diploma, and what the measured likeness says. A missing photo is shown as missing;
 * the likeness is advice (rules.md section 2.5).
 */
#define LK_TYPE_REFERENCE_PANEL (lk_reference_panel_get_type ())
G_DECLARE_FINAL_TYPE (LkReferencePanel, lk_reference_panel, LK, REFERENCE_PANEL, GtkWidget)

void       lk_reference_panel_set_submission (LkReferencePanel *self, LkTextures *textures, LkSubmission *submission);

/* Asks for the comparison photos of the next submissions from this position on, so that they are there with their photo. */
void       lk_reference_panel_prefetch (LkReferencePanel *self, LkTextures *textures, LkReviewQueue *queue, guint position);

G_END_DECLS
