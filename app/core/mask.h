/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Masks of rules.md section 9, by Unicode character; the mask is as long as what it hides. NULL gives "". Newly allocated. */
char *lk_mask_name       (const char *name);
char *lk_mask_document   (const char *number);
char *lk_mask_phone      (const char *phone);
char *lk_mask_student_no (const char *student_no);   /* first 4 and last 2 kept: 2021****07 */

G_END_DECLS
