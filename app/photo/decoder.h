/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/decode.h"

G_BEGIN_DECLS

/**
 * LkDecoder:
 *
 * Decodes files from other people in helper processes (likeness-decoder) that can do nothing else: no files, no network,
 * little memory and time. What a file does to such a helper, be it a crash, an endless loop or worse, is one photo that
 * is refused; the next goes to a new helper. Used from any number of threads, each call in a helper of its own; helpers
 * are started when they are needed and kept.
 */
typedef struct _LkDecoder LkDecoder;

LkDecoder *lk_decoder_new  (void);
void       lk_decoder_free (LkDecoder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkDecoder, lk_decoder_free)

/* Starts a helper now, to learn early whether any can be: LK_ERROR_NO_DECODER. */
gboolean lk_decoder_start (LkDecoder *self, const LkSpec *spec, GError **error);

/**
 * lk_decoder_decode:
 * @min_width: as for lk_decode_at_least(); 0 for the whole size
 * @info: (out) (optional): filled also when only the pixels are bad
 *
 * The same pixels and errors as lk_decode() and lk_decode_at_least(). A file that the helper crashed or hung on is
 * LK_ERROR_PICTURE_CUT_OFF. LK_ERROR_NO_DECODER when no helper can be started: never decoded in this process instead.
 */
LkPixels *lk_decoder_decode (LkDecoder *self, GBytes *file, const LkSpec *spec, int min_width, int min_height,
                             LkFileInfo *info, GError **error);

/* The same for an uncropped original, which may be HEIC, as lk_decode_original(). */
LkPixels *lk_decoder_decode_original (LkDecoder *self, GBytes *file, const LkSpec *spec, LkFileInfo *info, GError **error);

/**
 * lk_decoder_read_code:
 * @milliseconds: of processor time; how long the reader may try one change of the picture after the other
 *
 * The text of the QR code in a JPEG, PNG or HEIC file: valid UTF-8, not empty; the longest when there are several. LK_ERROR_CODE_UNREADABLE
 * when there is none that can be read, or the file is damaged; otherwise the errors of lk_decoder_decode().
 */
char *lk_decoder_read_code (LkDecoder *self, GBytes *file, const LkSpec *spec, int milliseconds, GError **error);

/* Header only, as lk_decode_info(). */
gboolean lk_decoder_info (LkDecoder *self, GBytes *file, const LkSpec *spec, LkFileInfo *info, GError **error);

G_END_DECLS
