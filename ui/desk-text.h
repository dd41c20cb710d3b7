/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "core/desk.h"

G_BEGIN_DECLS

/* Words for students and tickets, translated; those of rules.md sections 7.1 and 7.3. */

/* "No photo yet", "Waiting for review", "Approved"; css gets a style class for it ("pass", "warn", "fail", "quiet"); may be NULL. */
const char *lk_student_state_text (const LkStudentEntry *student, const char **css);

/* Whether the collection is still to be done: only an approved photo is one (rules.md section 7.2). */
gboolean lk_student_is_missing (const LkStudentEntry *student);

const char *lk_ticket_type_text  (LkTicketType type);
const char *lk_ticket_state_text (LkTicketState state, const char **css);
const char *lk_ticket_kind_text  (const char *kind);     /* of an attachment */

/* What was done, for the history: "asked the student". */
const char *lk_ticket_step_text (const char *step);

/* Who did it: the name, or "Student", "System". */
const char *lk_ticket_by_text (const LkTicketNote *note);

/* What an adviser sends to the class: everybody whose photo is missing, masked, with what is missing. NULL when nobody's is. Newly
 * allocated. */
char *lk_class_reminder_text (const char *class_name, GPtrArray *students);

G_END_DECLS
