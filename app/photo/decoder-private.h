/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/types.h>

#include "photo/decoder.h"

G_BEGIN_DECLS

/* Between a program and its likeness-decoder processes: both come from one build, so plain structures travel. */

/* What the helper is started with. */
enum
{
  LK_DECODER_SOCKET_FD = 3,     /* SOCK_SEQPACKET: a packet is one structure */
  LK_DECODER_ROOM_FD = 4,       /* memory of both: the file at the front, the pixels behind it */
};

/* A helper is replaced after this many photos: whatever one of them did to it ends there. */
enum { LK_DECODER_PHOTOS = 200 };

/* No QR code holds a longer text, bytes. */
enum { LK_DECODER_TEXT_MAX = 8192 };

typedef struct
{
  guint64 file_size;            /* bytes at the front of the room */
  guint64 pixels_at;            /* where in the room the pixels go */
  guint64 max_bytes, max_pixels;
  gint32 min_width, min_height; /* as for lk_decode_at_least(); 0: the whole size */
  gboolean only_info;
  gboolean is_original;         /* as for lk_decode_original() */
  gint32 code_ms;               /* above 0: not the pixels are wanted but the text of the QR code in them, after this much processor time at most */
} LkDecoderRequest;

/* The first one, before any request, says whether the helper is locked down. The receiver believes nothing in it. */
typedef struct
{
  gboolean ok;
  gboolean has_info;
  LkFileInfo info;
  gint32 width, height;         /* of the pixels in the room */
  gint32 text_size;             /* bytes of a text that is there instead */
  gint32 code;                  /* LkError, when not ok */
  char message[192];
} LkDecoderAnswer;

/* One running helper; used by one thread at a time. */
typedef struct _LkDecoderProcess LkDecoderProcess;

/* Starts a program and waits until it is locked down. The room is for files of max_bytes and pictures of max_pixels.
 * LK_ERROR_NO_DECODER. */
LkDecoderProcess *lk_decoder_process_new  (const char *program, gsize max_bytes, guint64 max_pixels, GError **error);
void              lk_decoder_process_free (LkDecoderProcess *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkDecoderProcess, lk_decoder_process_free)

/* Whether it waits for a file of this size, has room for such a picture and has not decoded enough. */
gboolean lk_decoder_process_can_take (LkDecoderProcess *self, gsize max_bytes, guint64 max_pixels);

/* Has a file decoded. The request's members about the room are filled in here. FALSE when the helper crashed or took
 * longer than time_limit_ms: then it has to be freed. LK_ERROR_PICTURE_CUT_OFF. */
gboolean lk_decoder_process_run (LkDecoderProcess *self, GBytes *file, LkDecoderRequest *request, int time_limit_ms,
                                 LkDecoderAnswer *answer, GError **error);

/* The pixels of the last answer: n bytes; NULL when the room is smaller. */
const guint8 *lk_decoder_process_get_pixels (LkDecoderProcess *self, guint64 n);

/* Gives back the memory a large picture took, and counts. */
void lk_decoder_process_tidy (LkDecoderProcess *self);

GPid lk_decoder_process_get_pid (LkDecoderProcess *self);

/* For tests: another program, a shorter limit, the helper that will get the next photo (0: none waits). */
LkDecoder *lk_decoder_new_for_program (const char *program);
void       lk_decoder_set_time_limit  (LkDecoder *self, int milliseconds);
GPid       lk_decoder_get_next_pid    (LkDecoder *self);

G_END_DECLS
