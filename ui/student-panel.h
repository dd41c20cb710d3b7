/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow/desk.h"
#include "ui/texture.h"

G_BEGIN_DECLS

/**
 * LkStudentPanel:
 *
 * One student of a class: photo, state, and what may be done: show the name for half a minute, ask for a correction.
 */
#define LK_TYPE_STUDENT_PANEL (lk_student_panel_get_type ())
G_DECLARE_FINAL_TYPE (LkStudentPanel, lk_student_panel, LK, STUDENT_PANEL, GtkWidget)

void lk_student_panel_set_desk    (LkStudentPanel *self, LkDesk *desk, LkTextures *textures);   /* NULL for none */
void lk_student_panel_set_student (LkStudentPanel *self, const LkStudentEntry *student);        /* borrowed; NULL for none */

G_END_DECLS
