/* SPDX-License-Identifier: GPL-3.0-or-later */
/* likeness-decoder: decodes picture files and reads the QR codes in them for the program that started it, and can do nothing else (decoder.h). */
#include <errno.h>
#include <malloc.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/error.h"
#include "photo/decode-private.h"
#include "photo/decoder-private.h"
#include "photo/lockdown.h"
#include "photo/qr-ladder.h"
#include "photo/qr-readers.h"

G_STATIC_ASSERT ((int) LK_DECODER_TEXT_MAX == (int) LK_QR_TEXT_MAX);

/* Beside the room: the libraries and their tables. A decoder has at most five pictures of the room's size at a time:
 * coefficients of a progressive JPEG count as two, then the pixels and their upright copy. */
enum { BASE_MEMORY = 256 << 20, ROOMS = 6 };

/* Memory that is given back costs page faults at the next photo; up to this much is kept. */
enum { KEEP_BYTES = 32 << 20 };

typedef struct
{
  guint8 *data;
  gsize size;
} Room;

static gboolean
open_room (Room *room)
{
  struct stat info;

  if (fstat (LK_DECODER_ROOM_FD, &info) != 0 || info.st_size <= 0)
    return FALSE;
  room->size = info.st_size;
  room->data = mmap (NULL, room->size, PROT_READ | PROT_WRITE, MAP_SHARED, LK_DECODER_ROOM_FD, 0);
  close (LK_DECODER_ROOM_FD);
  return room->data != MAP_FAILED;
}

static LkPixels *
decode (GBytes *file, const LkDecoderRequest *request, LkFileInfo *info, GError **error)
{
  LkSpec spec = { .max_bytes = request->max_bytes, .max_pixels = request->max_pixels };

  if (request->is_original)
    return lk_decode_original (file, &spec, info, error);
  if (request->min_width == 0 && request->min_height == 0)
    return lk_decode (file, &spec, info, error);
  if (!lk_decode_info (file, &spec, info, error))
    return NULL;
  return lk_decode_at_least (file, &spec, request->min_width, request->min_height, error);
}

static gboolean
put_in_room (const Room *room, const LkDecoderRequest *request, gconstpointer data, gsize n, GError **error)
{
  if (request->pixels_at > room->size || n > room->size - request->pixels_at)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_PICTURE_PIXELS, "no room for the pixels");
      return FALSE;
    }
  memcpy (room->data + request->pixels_at, data, n);
  return TRUE;
}

static void
give_pixels (const Room *room, const LkDecoderRequest *request, const LkPixels *pixels, LkDecoderAnswer *answer, GError **error)
{
  answer->width = pixels->width;
  answer->height = pixels->height;
  answer->ok = put_in_room (room, request, pixels->data, (gsize) pixels->width * pixels->height * 3, error);
}

/* Takes the pixels: memory is short for a large picture. */
static void
give_text (const Room *room, const LkDecoderRequest *request, LkPixels *pixels, LkDecoderAnswer *answer, GError **error)
{
  g_autoptr (LkGrey) grey = lk_grey_from_pixels (pixels);
  g_autofree char *text = NULL;

  lk_pixels_unref (pixels);
  text = lk_qr_ladder_read (grey, request->code_ms, NULL);
  if (text == NULL)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_CODE_UNREADABLE, "there is no QR code in the picture that can be read");
      return;
    }
  answer->text_size = (gint32) strlen (text);
  answer->ok = put_in_room (room, request, text, answer->text_size, error);
}

static void
fill_room (const Room *room, const LkDecoderRequest *request, GBytes *file, LkDecoderAnswer *answer, GError **error)
{
  g_autoptr (LkPixels) pixels = decode (file, request, &answer->info, error);

  answer->has_info = answer->info.width > 0;
  if (pixels != NULL && request->code_ms > 0)
    give_text (room, request, g_steal_pointer (&pixels), answer, error);
  else if (pixels != NULL)
    give_pixels (room, request, pixels, answer, error);
}

static void
set_error (LkDecoderAnswer *answer, const GError *error)
{
  answer->code = error->code;
  g_strlcpy (answer->message, error->message, sizeof answer->message);
}

static void
serve (const Room *room, const LkDecoderRequest *request, LkDecoderAnswer *answer)
{
  LkSpec spec = { .max_bytes = request->max_bytes, .max_pixels = request->max_pixels };
  g_autoptr (GBytes) file = g_bytes_new_static (room->data, MIN (request->file_size, room->size));
  g_autoptr (GError) error = NULL;

  if (!request->only_info)
    fill_room (room, request, file, answer, &error);
  else
    answer->ok = answer->has_info = lk_decode_info (file, &spec, &answer->info, &error);
  if (error != NULL)
    set_error (answer, error);
}

static gboolean
send_answer (const LkDecoderAnswer *answer)
{
  return send (LK_DECODER_SOCKET_FD, answer, sizeof *answer, MSG_NOSIGNAL) == sizeof *answer;
}

/* Saying something may need a call that is not allowed any more. */
static GLogWriterOutput
say_nothing (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  return G_LOG_WRITER_HANDLED;
}

int
main (void)
{
  Room room = { 0 };
  LkDecoderAnswer hello = { 0 };
  LkDecoderRequest request;
  g_autoptr (GError) error = NULL;

  if (!open_room (&room))
    return 1;                   /* started by a person */
  g_log_set_writer_func (say_nothing, NULL, NULL);
  lk_heic_prepare ();
  lk_qr_prepare ();
  tzset ();                     /* reads a file; else the first colour profile would, whose library looks at the clock */
  mallopt (M_ARENA_MAX, 1);     /* one for each thread would reserve 64 MB of address space each */
  mallopt (M_MMAP_THRESHOLD, KEEP_BYTES);
  mallopt (M_TRIM_THRESHOLD, KEEP_BYTES);
  hello.ok = lk_lockdown (BASE_MEMORY + ROOMS * room.size, &error);
  if (!hello.ok)
    set_error (&hello, error);
  if (!send_answer (&hello) || !hello.ok)
    return 1;
  while (recv (LK_DECODER_SOCKET_FD, &request, sizeof request, 0) == sizeof request)
    {
      LkDecoderAnswer answer = { 0 };

      serve (&room, &request, &answer);
      if (!send_answer (&answer))
        break;
    }
  _exit (0);                    /* what runs at a normal exit may want more than is left */
}
