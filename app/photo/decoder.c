/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/decoder.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "photo/decode-private.h"
#include "photo/decoder-private.h"

/* Enough for the largest photo on a slow and busy machine. */
enum { TIME_LIMIT_MS = 10000 };

struct _LkDecoder
{
  char *program;
  int time_limit_ms;
  GMutex mutex;
  GPtrArray *waiting;           /* of LkDecoderProcess, the last one goes first; under the mutex */
};

/* A program of the build tree takes the helper built with it, an installed one the installed one. */
static char *
find_program (void)
{
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  char *build = realpath (LK_BUILD_DIR, NULL);
  g_autofree char *prefix = build != NULL ? g_strconcat (build, "/", NULL) : NULL;
  gboolean is_built = own != NULL && prefix != NULL && g_str_has_prefix (own, prefix);

  free (build);
  return is_built ? g_build_filename (prefix, LK_DECODER_IN_BUILD, NULL) : g_strdup (LK_DECODER_INSTALLED);
}

static void
process_free (gpointer process)
{
  lk_decoder_process_free (process);
}

LkDecoder *
lk_decoder_new_for_program (const char *program)
{
  LkDecoder *self = g_new0 (LkDecoder, 1);

  self->program = g_strdup (program);
  self->time_limit_ms = TIME_LIMIT_MS;
  self->waiting = g_ptr_array_new_with_free_func (process_free);
  g_mutex_init (&self->mutex);
  return self;
}

LkDecoder *
lk_decoder_new (void)
{
  g_autofree char *program = find_program ();

  return lk_decoder_new_for_program (program);
}

void
lk_decoder_free (LkDecoder *self)
{
  g_ptr_array_unref (self->waiting);
  g_mutex_clear (&self->mutex);
  g_free (self->program);
  g_free (self);
}

void
lk_decoder_set_time_limit (LkDecoder *self, int milliseconds)
{
  self->time_limit_ms = milliseconds;
}

GPid
lk_decoder_get_next_pid (LkDecoder *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  guint n = self->waiting->len;

  return n > 0 ? lk_decoder_process_get_pid (self->waiting->pdata[n - 1]) : 0;
}

static LkDecoderProcess *
take_waiting (LkDecoder *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  guint n = self->waiting->len;

  return n > 0 ? g_ptr_array_steal_index (self->waiting, n - 1) : NULL;
}

/* A helper for one photo: one that waits, else a new one. */
static LkDecoderProcess *
take_process (LkDecoder *self, const LkSpec *spec, GError **error)
{
  LkDecoderProcess *process;

  while ((process = take_waiting (self)) != NULL)
    {
      if (lk_decoder_process_can_take (process, spec->max_bytes, spec->max_pixels))
        return process;
      lk_decoder_process_free (process);
    }
  return lk_decoder_process_new (self->program, spec->max_bytes, spec->max_pixels, error);
}

static void
give_back (LkDecoder *self, LkDecoderProcess *process)
{
  lk_decoder_process_tidy (process);
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->waiting, process);
  g_mutex_unlock (&self->mutex);
}

/* -- what came back: the helper may have been taken over by the file it read, so nothing is believed -- */

static gboolean
is_info_sensible (const LkFileInfo *info, const LkSpec *spec)
{
  return (int) info->kind >= 0 && info->kind < LK_N_FILE_KINDS && info->width > 0 && info->height > 0 &&
         (guint64) info->width * info->height <= spec->max_pixels && info->orientation >= 1 && info->orientation <= 8 &&
         (info->components == 1 || info->components == 3) && info->quality >= 0 && info->quality <= 100;
}

static gboolean
take_info (const LkDecoderAnswer *answer, GBytes *file, const LkSpec *spec, LkFileInfo *info)
{
  if (!is_info_sensible (&answer->info, spec))
    return FALSE;
  *info = answer->info;
  info->bytes = g_bytes_get_size (file);
  return TRUE;
}

static LkPixels *
take_pixels (LkDecoderProcess *process, const LkDecoderAnswer *answer, const LkSpec *spec)
{
  gint64 w = answer->width, h = answer->height;
  const guint8 *data;
  LkPixels *pixels;

  if (w <= 0 || h <= 0 || (guint64) (w * h) > spec->max_pixels)
    return NULL;
  data = lk_decoder_process_get_pixels (process, w * h * 3);
  if (data == NULL)
    return NULL;
  pixels = lk_pixels_new (w, h);
  memcpy (pixels->data, data, w * h * 3);
  return pixels;
}

static char *
take_text (LkDecoderProcess *process, const LkDecoderAnswer *answer)
{
  gint64 n = answer->text_size;
  const guint8 *data = n > 0 && n <= LK_DECODER_TEXT_MAX ? lk_decoder_process_get_pixels (process, n) : NULL;
  g_autofree char *text = data != NULL ? g_strndup ((const char *) data, n) : NULL;

  /* the copy is what is looked at: the helper could still change the room */
  return text != NULL && *text != '\0' && g_utf8_validate (text, -1, NULL) ? g_steal_pointer (&text) : NULL;
}

static void
take_error (const LkDecoderAnswer *answer, GError **error)
{
  g_autofree char *message = g_utf8_make_valid (answer->message, -1);
  int code = answer->code;

  if (code != LK_ERROR_NOT_PICTURE && code != LK_ERROR_PICTURE_KIND && code != LK_ERROR_PICTURE_PIXELS &&
      code != LK_ERROR_CODE_UNREADABLE)
    code = LK_ERROR_PICTURE_CUT_OFF;
  g_set_error_literal (error, LK_ERROR, code, message);
}

/* -- one photo -- */

static void
set_nonsense (GError **error)
{
  g_set_error_literal (error, LK_ERROR, LK_ERROR_PICTURE_CUT_OFF, "the decoder answered nonsense");
}

/* What came, whichever was asked for. */
typedef struct
{
  LkFileInfo info;
  LkPixels *pixels;
  char *text;
} Wanted;

/* FALSE when the answer makes no sense, and the helper is not to be used again. */
static gboolean
read_answer (LkDecoderProcess *process, const LkDecoderRequest *request, const LkDecoderAnswer *answer, GBytes *file,
             const LkSpec *spec, Wanted *wanted, GError **error)
{
  gboolean is_sensible = answer->has_info || !answer->ok;

  if (answer->has_info)
    is_sensible = take_info (answer, file, spec, &wanted->info);
  if (is_sensible && answer->ok && request->code_ms > 0)
    is_sensible = (wanted->text = take_text (process, answer)) != NULL;
  else if (is_sensible && answer->ok && !request->only_info)
    is_sensible = (wanted->pixels = take_pixels (process, answer, spec)) != NULL;
  if (!is_sensible)
    set_nonsense (error);
  else if (!answer->ok)
    take_error (answer, error);
  return is_sensible;
}

/* TRUE when it went well; then what was asked for is there. The info is filled also when only the pixels are bad. */
static gboolean
run (LkDecoder *self, GBytes *file, const LkSpec *spec, LkDecoderRequest *request, Wanted *wanted, GError **error)
{
  LkDecoderProcess *process;
  LkDecoderAnswer answer;

  if (!lk_decode_check_bytes (file, spec, error) || (process = take_process (self, spec, error)) == NULL)
    return FALSE;
  request->max_bytes = spec->max_bytes;
  request->max_pixels = spec->max_pixels;
  if (!lk_decoder_process_run (process, file, request, self->time_limit_ms, &answer, error))
    {
      lk_decoder_process_free (process);
      return FALSE;
    }
  if (read_answer (process, request, &answer, file, spec, wanted, error))
    give_back (self, process);
  else
    {
      lk_decoder_process_free (process);
      return FALSE;
    }
  return answer.ok;
}

gboolean
lk_decoder_start (LkDecoder *self, const LkSpec *spec, GError **error)
{
  LkDecoderProcess *process = take_process (self, spec, error);

  if (process == NULL)
    return FALSE;
  give_back (self, process);
  return TRUE;
}

static LkPixels *
run_for_pixels (LkDecoder *self, GBytes *file, const LkSpec *spec, LkDecoderRequest *request, LkFileInfo *info, GError **error)
{
  Wanted wanted = { 0 };
  gboolean ok = run (self, file, spec, request, &wanted, error);

  if (info != NULL && wanted.info.width > 0)
    *info = wanted.info;
  return ok ? wanted.pixels : NULL;
}

LkPixels *
lk_decoder_decode (LkDecoder *self, GBytes *file, const LkSpec *spec, int min_width, int min_height, LkFileInfo *info,
                   GError **error)
{
  LkDecoderRequest request = { .min_width = min_width, .min_height = min_height };

  g_return_val_if_fail (min_width >= 0 && min_height >= 0, NULL);

  return run_for_pixels (self, file, spec, &request, info, error);
}

LkPixels *
lk_decoder_decode_original (LkDecoder *self, GBytes *file, const LkSpec *spec, LkFileInfo *info, GError **error)
{
  LkDecoderRequest request = { .is_original = TRUE };

  return run_for_pixels (self, file, spec, &request, info, error);
}

char *
lk_decoder_read_code (LkDecoder *self, GBytes *file, const LkSpec *spec, int milliseconds, GError **error)
{
  LkDecoderRequest request = { .is_original = TRUE, .code_ms = milliseconds };
  g_autoptr (GError) cause = NULL;
  Wanted wanted = { 0 };

  g_return_val_if_fail (milliseconds > 0, NULL);

  if (run (self, file, spec, &request, &wanted, &cause))
    return wanted.text;
  /* a damaged picture, or one the reader crashed on, is as unreadable as a blurred one */
  if (cause->code == LK_ERROR_PICTURE_CUT_OFF)
    cause->code = LK_ERROR_CODE_UNREADABLE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

gboolean
lk_decoder_info (LkDecoder *self, GBytes *file, const LkSpec *spec, LkFileInfo *info, GError **error)
{
  LkDecoderRequest request = { .only_info = TRUE };
  Wanted wanted = { 0 };

  if (!run (self, file, spec, &request, &wanted, error))
    return FALSE;
  *info = wanted.info;
  return TRUE;
}
