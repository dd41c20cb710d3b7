/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/collection-code.h"
#include "service/settings.h"

G_BEGIN_DECLS

/**
 * LkCodes:
 *
 * Reads collection codes: the QR code in a picture, in a locked-down helper process, and what its text says, by the college's keys
 * (docs/collection-code.md) or by the official tool a college has set up. Limits are in
 * data/service.json, the tool is named in likenessd.conf. Any thread; a call takes up to seconds for a bad picture.
 */
typedef struct _LkCodes LkCodes;

/* folder: of the campus; its keys are read again when they change. settings: may be NULL. LK_ERROR_BAD_SPEC for a key file that cannot be
 * used. */
LkCodes *lk_codes_new  (const char *folder, const LkServiceConfig *config, LkSettings *settings, GError **error);
void     lk_codes_free (LkCodes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkCodes, lk_codes_free)

/**
 * lk_code_read_image:
 * @image: a whole JPEG, PNG or HEIC file
 *
 * The text of the QR code in a picture: UTF-8, not empty, believed in nothing yet.
 *
 * Errors: LK_ERROR_CODE_UNREADABLE when no QR code can be read in it; those of lk_decode() when it is no picture, too large or damaged;
 * LK_ERROR_QUEUE_FULL when too many pictures wait to be read, and LK_ERROR_NO_DECODER, are not the student's fault.
 */
char *lk_code_read_image (LkCodes *self, GBytes *image, GError **error);

/**
 * lk_code_open:
 * @text: as read from the picture, or typed
 * @now: us UTC
 * @round_year: the graduation year the round is held for; 0 when it takes every year
 *
 * What a code says, when it is genuine and counts now in this round. Never anything of an unsigned or wrongly signed one.
 *
 * Errors: LK_ERROR_CODE_TEXT (not a collection code at all), _CODE_KEY (of an issuer unknown here), _CODE_SIGNATURE (not genuine),
 * _CODE_EXPIRED, _CODE_ROUND; LK_ERROR_CODE_TOOL when the official tool did not work, which is the system's fault.
 */
LkCollectionCode *lk_code_open (LkCodes *self, const char *text, gint64 now, int round_year, GError **error);

G_END_DECLS
