/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/grey.h"

G_BEGIN_DECLS

/* Pictures of QR codes after what screens, messengers and cameras do to them: drawn, so that the truth is known. */

/* base64url letters, always the same for a seed. */
char *bad_code_text (guint length, guint32 seed);

guint       bad_code_n_changes   (void);
const char *bad_code_change_name (guint change);

/* The code of a text on a telephone's screen, changed. A picture that has gone through JPEG is what came out of it. */
LkGrey *bad_code_draw (const char *text, guint change, guint32 seed);

/* The code alone, 6 px a module. */
LkGrey *bad_code_draw_plain (const char *text);

/* As a file. */
GBytes *bad_code_to_png (const LkGrey *grey);

G_END_DECLS
