/* SPDX-License-Identifier: GPL-3.0-or-later */
/* QR codes. The first byte says how an input is looked at: as a picture of grey pixels of some width, or as the segments of a code (every
 * mode, character set and sequence), which is then drawn with some of its modules turned. */
#include <qrencode.h>
#include <string.h>

#include "fuzz.h"
#include "photo/qr-ladder.h"
#include "photo/qr-readers.h"

/* Small, so that a run takes milliseconds: what is looked for are crashes in the readers, not in what makes pictures larger. */
enum { MODULE = 2, QUIET = 4, PIXELS_MAX = 20000, SEGMENTS_MAX = 400, LIMIT_MS = 100 };

static void
read_picture (const LkGrey *grey)
{
  g_autofree char *text = lk_qr_ladder_read (grey, LIMIT_MS, NULL);
  g_autofree char *raw = g_malloc (LK_QR_TEXT_MAX);

  if (text != NULL && (*text == '\0' || strlen (text) > LK_QR_TEXT_MAX || !g_utf8_validate (text, -1, NULL)))
    g_error ("a text that is none");
  /* the ladder ends at the first that reads something */
  if (lk_qr_read_zbar (grey->data, grey->width, grey->height, raw, LK_QR_TEXT_MAX) > LK_QR_TEXT_MAX)
    g_error ("more than there is room for");
}

static void
read_pixels (const guint8 *data, gsize size)
{
  int width, height;
  g_autoptr (LkGrey) grey = NULL;

  if (size < 2 || size > PIXELS_MAX)
    return;
  width = MIN (data[0] + 1, (int) size - 1);
  height = (int) (size - 1) / width;
  grey = lk_grey_new (width, height);
  memcpy (grey->data, data + 1, (gsize) width * height);
  read_picture (grey);
}

/* One segment: what it is, how long it is, its bytes. Returns the bytes used, 0 when no more fit. */
static gsize
add_segment (QRinput *input, const guint8 *data, gsize size)
{
  static const QRencodeMode modes[] = { QR_MODE_NUM, QR_MODE_AN, QR_MODE_8, QR_MODE_KANJI, QR_MODE_FNC1FIRST };
  gsize n;

  if (size < 3)
    return 0;
  n = MIN (data[1], size - 2);
  if (data[0] % 8 == 7)
    {
      QRinput_appendECIheader (input, (unsigned int) (data[1] << 8 | data[2]));
      return 3;
    }
  if (data[0] % 8 < G_N_ELEMENTS (modes))
    QRinput_append (input, modes[data[0] % 8], (int) n, data + 2);
  return n + 2;
}

static LkGrey *
draw (const QRcode *code, const guint8 *turned, gsize n_turned)
{
  int size = (code->width + 2 * QUIET) * MODULE;
  LkGrey *grey = lk_grey_new (size, size);

  memset (grey->data, 255, (gsize) size * size);
  for (gsize i = 0; i + 1 < n_turned; i += 2)
    code->data[turned[i] % code->width * code->width + turned[i + 1] % code->width] ^= 1;
  for (int y = 0; y < code->width * MODULE; y++)
    for (int x = 0; x < code->width * MODULE; x++)
      if ((code->data[y / MODULE * code->width + x / MODULE] & 1) != 0)
        grey->data[(gsize) (y + QUIET * MODULE) * size + x + QUIET * MODULE] = 0;
  return grey;
}

static void
read_segments (const guint8 *data, gsize size)
{
  QRinput *input;
  QRcode *code;
  gsize n_turned, used;

  if (size < 4 || size > SEGMENTS_MAX)
    return;
  input = QRinput_new2 (0, (QRecLevel) (data[0] % 4));
  n_turned = MIN (data[1] % 16, size - 2);
  for (gsize at = 2 + n_turned; at < size && (used = add_segment (input, data + at, size - at)) > 0;)
    at += used;
  code = QRcode_encodeInput (input);
  if (code != NULL)
    {
      g_autoptr (LkGrey) grey = draw (code, data + 2, n_turned);

      read_picture (grey);
      QRcode_free (code);
    }
  QRinput_free (input);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (size == 0)
    return 0;
  if (data[0] % 4 == 0)
    read_pixels (data + 1, size - 1);
  else
    read_segments (data + 1, size - 1);
  return 0;
}
