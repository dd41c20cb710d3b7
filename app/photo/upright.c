/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/decode-private.h"

#include <libexif/exif-data.h>
#include <string.h>

int
lk_exif_orientation (const guint8 *data,
                     gsize         size)
{
  static const char prefix[6] = "Exif\0";
  g_autofree guint8 *block = NULL;
  ExifData *exif;
  ExifEntry *entry;
  int orientation = 1;

  if (size > 0xffff)            /* more than a JPEG can hold; libexif takes no larger ones */
    return 1;
  if (size < sizeof prefix || memcmp (data, prefix, sizeof prefix) != 0)
    {
      /* PNG leaves the prefix out, libexif wants it */
      block = g_malloc (size + sizeof prefix);
      memcpy (block, prefix, sizeof prefix);
      if (size > 0)
        memcpy (block + sizeof prefix, data, size);
      data = block;
      size += sizeof prefix;
    }
  exif = exif_data_new ();
  exif_data_unset_option (exif, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
  exif_data_load_data (exif, data, size);
  entry = exif_content_get_entry (exif->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  if (entry != NULL && entry->format == EXIF_FORMAT_SHORT && entry->size >= 2)
    orientation = exif_get_short (entry->data, exif_data_get_byte_order (exif));
  exif_data_unref (exif);
  return orientation >= 1 && orientation <= 8 ? orientation : 1;
}

/* How to walk through the stored pixels to meet the upright ones row by row: the place of the upright top left pixel and the
 * steps for one to the right and one down. All in pixels of the stored data. */
typedef struct
{
  gssize start, right, down;
} Walk;

static Walk
walk_for (const LkPixels *stored,
          int             orientation)
{
  gssize w = stored->width, h = stored->height;
  gssize end_of_row = w - 1, last_row = (h - 1) * w;

  switch (orientation)
    {
    case 2: return (Walk) { end_of_row, -1, w };
    case 3: return (Walk) { last_row + end_of_row, -1, -w };
    case 4: return (Walk) { last_row, 1, -w };
    case 5: return (Walk) { 0, w, 1 };
    case 6: return (Walk) { last_row, -w, 1 };
    case 7: return (Walk) { last_row + end_of_row, -w, -1 };
    case 8: return (Walk) { end_of_row, w, -1 };
    default: return (Walk) { 0, 1, w };
    }
}

LkPixels *
lk_pixels_turn_upright (LkPixels *self,
                        int       orientation)
{
  g_autoptr (LkPixels) stored = self;
  LkPixels *upright;
  guint8 *out;
  Walk walk;

  if (orientation <= 1 || orientation > 8)
    return g_steal_pointer (&stored);

  upright = orientation >= 5 ? lk_pixels_new (stored->height, stored->width)
                             : lk_pixels_new (stored->width, stored->height);
  walk = walk_for (stored, orientation);
  out = upright->data;
  for (int y = 0; y < upright->height; y++)
    for (int x = 0; x < upright->width; x++, out += 3)
      memcpy (out, stored->data + 3 * (walk.start + x * walk.right + y * walk.down), 3);
  return upright;
}
