/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <zbar.h>

#include "photo/qr-readers.h"

static zbar_image_scanner_t *
make_scanner (void)
{
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();

  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);     /* no guessing of character sets */
  return scanner;
}

static size_t
copy_longest (zbar_image_t *image, char *text, size_t max)
{
  const zbar_symbol_t *longest = NULL;
  size_t n;

  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL; symbol = zbar_symbol_next (symbol))
    if (longest == NULL || zbar_symbol_get_data_length (symbol) > zbar_symbol_get_data_length (longest))
      longest = symbol;
  if (longest == NULL)
    return 0;
  n = zbar_symbol_get_data_length (longest);
  n = n < max ? n : max;
  memcpy (text, zbar_symbol_get_data (longest), n);
  return n;
}

size_t
lk_qr_read_zbar (const unsigned char *grey, int width, int height, char *text, size_t max)
{
  zbar_image_scanner_t *scanner = make_scanner ();
  zbar_image_t *image = zbar_image_create ();
  size_t n = 0;

  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, width, height);
  zbar_image_set_data (image, grey, (unsigned long) width * height, NULL);
  if (zbar_scan_image (scanner, image) > 0)
    n = copy_longest (image, text, max);
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
  return n;
}

static int
compare (const void *a, const void *b)
{
  return *(const int *) a - *(const int *) b;
}

void
lk_qr_prepare (void)
{
  int numbers[1024] = { 0 };

  /* ZBar opens these for every code, whether it needs them or not; kept open, so that their tables stay */
  static const char *const sets[] = { "ISO8859-1", "SJIS", "UTF-8", "BIG-5" };

  for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++)
    (void) iconv_open ("UTF-8", sets[i]);
  /* the first long array makes qsort() ask the system for its memory */
  qsort (numbers, sizeof numbers / sizeof numbers[0], sizeof numbers[0], compare);
}
