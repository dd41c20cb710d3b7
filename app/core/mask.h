/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Masks of rules.md section 9, by Unicode character; the mask is as long as what it hides. NULL gives "". Newly allocated. */
char *lk_mask_name       (const char *name);
char *lk_mask_document   (const char *number);
char *lk_mask_phone      (const char *phone);
char *lk_mask_student_no (const char *student_no);   /* first 4 and last 2 kept: 2021****07 */

/* Whether a masked text can stand for a full one: as many Unicode characters, and each is the same or hidden. Spaces around it, marks
 * written apart from their letter, the kind of dot in a name and a small x in a number make no difference. FALSE for an empty one. */
gboolean lk_mask_fits (const char *masked, const char *full);

G_END_DECLS
