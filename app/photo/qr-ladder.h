/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/grey.h"

G_BEGIN_DECLS

/* No QR code holds a longer text, bytes. */
enum { LK_QR_TEXT_MAX = 8192 };

/**
 * lk_qr_ladder_read:
 * @milliseconds: of processor time; no further step is begun after this long
 * @step: (out) (optional): which step read it, from 0
 *
 * The text of the QR code in a picture: as it is first, then with one change after the other that mends what screens, messengers and
 * cameras do to codes. The longest text where one step reads several codes. Newly allocated UTF-8 text; NULL when no step reads any.
 */
char *lk_qr_ladder_read (const LkGrey *grey, int milliseconds, guint *step);

/* The steps, for tables of which did how much; NULL after the last. */
const char *lk_qr_ladder_get_step (guint step);

G_END_DECLS
