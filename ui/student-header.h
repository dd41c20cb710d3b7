/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/submission.h"

G_BEGIN_DECLS

/**
 * LkStudentHeader:
 *
 * Whose photo it is, masked, and how the review time stands. Its size does not depend on its words.
 */
#define LK_TYPE_STUDENT_HEADER (lk_student_header_get_type ())
G_DECLARE_FINAL_TYPE (LkStudentHeader, lk_student_header, LK, STUDENT_HEADER, GtkWidget)

/* now: µs UTC, against which times are told. */
void lk_student_header_set_submission (LkStudentHeader *self, LkSubmission *submission, gint64 now);

G_END_DECLS
