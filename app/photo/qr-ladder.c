/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/qr-ladder.h"

#include <string.h>
#include <time.h>

#include "photo/qr-readers.h"

/* A code in a larger picture fills more pixels than the readers need: it is looked at smaller first, whole last. */
enum { PIXELS_AT_ONCE = 3000000 };

/* Doubling needs no more than this: what is larger has pixels enough. */
enum { PIXELS_TO_DOUBLE = 1500000 };

static LkGrey *
copy (const LkGrey *grey)
{
  LkGrey *out = lk_grey_new (grey->width, grey->height);

  memcpy (out->data, grey->data, (gsize) grey->width * grey->height);
  return out;
}

static LkGrey *
halve (const LkGrey *grey)
{
  return lk_grey_shrink (grey, 2);
}

static LkGrey *
third (const LkGrey *grey)
{
  return lk_grey_shrink (grey, 3);
}

static LkGrey *
enlarge (const LkGrey *grey)
{
  return (gint64) grey->width * grey->height <= PIXELS_TO_DOUBLE ? lk_grey_double (grey) : NULL;
}

static LkGrey *
box (const LkGrey *grey)
{
  return lk_grey_box (grey, 2);
}

static LkGrey *
sharpen (const LkGrey *grey)
{
  return lk_grey_sharpen (grey, 6, 2.0f);
}

static LkGrey *
sharpen_half (const LkGrey *grey)
{
  g_autoptr (LkGrey) half = lk_grey_shrink (grey, 2);
  g_autoptr (LkGrey) sharp = half != NULL ? lk_grey_sharpen (half, 4, 3.0f) : NULL;

  return sharp != NULL ? lk_grey_stretch (sharp) : NULL;
}

static LkGrey *
sharpen_much (const LkGrey *grey)
{
  g_autoptr (LkGrey) sharp = lk_grey_sharpen (grey, 8, 3.0f);

  return lk_grey_stretch (sharp);
}

static LkGrey *
deblur_half (const LkGrey *grey)
{
  g_autoptr (LkGrey) half = lk_grey_shrink (grey, 2);
  g_autoptr (LkGrey) sharp = half != NULL ? lk_grey_deblur (half, 3, 20) : NULL;

  return sharp != NULL ? lk_grey_stretch (sharp) : NULL;
}

/* Cheap and likely first. Which change mends what was measured on drawn codes: tests/bench/bench-codes. */
static const struct
{
  const char *name;
  LkGrey *(*change) (const LkGrey *grey);
  size_t (*read) (const unsigned char *grey, int width, int height, char *text, size_t max);
} steps[] = {
  { "plain", copy, lk_qr_read_zxing },
  { "stretch", lk_grey_stretch, lk_qr_read_zxing },
  { "invert", lk_grey_invert, lk_qr_read_zxing },
  { "half", halve, lk_qr_read_zxing },
  { "third", third, lk_qr_read_zxing },
  { "double", enlarge, lk_qr_read_zxing },
  { "box", box, lk_qr_read_zxing },
  { "sharpen", sharpen, lk_qr_read_zxing },
  { "sharpen half", sharpen_half, lk_qr_read_zxing },
  { "deblur half", deblur_half, lk_qr_read_zxing },
  { "ZBar", copy, lk_qr_read_zbar },
  { "ZBar, sharpen", sharpen_much, lk_qr_read_zbar },
};

const char *
lk_qr_ladder_get_step (guint step)
{
  return step < G_N_ELEMENTS (steps) ? steps[step].name : NULL;
}

static char *
take_step (guint step, const LkGrey *grey, char *buffer)
{
  g_autoptr (LkGrey) changed = steps[step].change (grey);
  gsize n = changed != NULL ? steps[step].read (changed->data, changed->width, changed->height, buffer, LK_QR_TEXT_MAX) : 0;

  /* no text has a zero in it */
  return n > 0 && memchr (buffer, '\0', n) == NULL && g_utf8_validate (buffer, n, NULL) ? g_strndup (buffer, n) : NULL;
}

/* Of this thread alone: on a busy machine a picture is not less readable. Microseconds. */
static gint64
get_processor_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static char *
climb (const LkGrey *grey, gint64 end, guint *step)
{
  g_autofree char *buffer = g_malloc (LK_QR_TEXT_MAX);
  char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (steps) && text == NULL && get_processor_time () < end; i++)
    {
      text = take_step (i, grey, buffer);
      if (text != NULL && step != NULL)
        *step = i;
    }
  return text;
}

char *
lk_qr_ladder_read (const LkGrey *grey, int milliseconds, guint *step)
{
  gint64 end = get_processor_time () + (gint64) milliseconds * 1000;
  g_autoptr (LkGrey) smaller = NULL;
  int times = 1;
  char *text;

  while ((gint64) grey->width * grey->height / (times * times) > PIXELS_AT_ONCE)
    times++;
  if (times == 1)
    return climb (grey, end, step);
  smaller = lk_grey_shrink (grey, times);
  text = smaller != NULL ? climb (smaller, end, step) : NULL;
  return text != NULL ? text : climb (grey, end, step);
}
