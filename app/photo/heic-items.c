/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/heic-items.h"

#include <string.h>

#include "core/error.h"

/* A phone's picture is a grid of about fifty tiles, two levels deep. */
enum { MOST_REFERENCES = 1024, MOST_STEPS = 4096, DEEPEST = 8 };

/* A part of the file that has not been read yet. */
typedef struct
{
  const guint8 *data;
  gsize left;
} Bytes;

/* Decoding the one item decodes the other. */
typedef struct
{
  guint32 from, to;
} Reference;

static guint64
take_number (Bytes *bytes, gsize size)
{
  guint64 number = 0;

  if (bytes->left < size)
    {
      bytes->left = 0;
      return 0;
    }
  for (gsize i = 0; i < size; i++)
    number = number << 8 | bytes->data[i];
  bytes->data += size;
  bytes->left -= size;
  return number;
}

/* The next box and its four-letter type; FALSE at the end, or when its size makes no sense. */
static gboolean
take_box (Bytes *bytes, char type[5], Bytes *body)
{
  const guint8 *start = bytes->data;
  gsize left = bytes->left;
  guint64 size = take_number (bytes, 4);
  gsize header;

  if (bytes->left < 4)
    return FALSE;
  memcpy (type, bytes->data, 4);
  type[4] = '\0';
  take_number (bytes, 4);
  if (size == 1)
    size = take_number (bytes, 8);
  else if (size == 0)
    size = left;                /* to the end of what it lies in */
  header = (gsize) (bytes->data - start);
  if (size < header || size > left)
    return FALSE;
  *body = (Bytes) { start + header, (gsize) size - header };
  *bytes = (Bytes) { start + size, left - (gsize) size };
  return TRUE;
}

static gboolean
find_box (Bytes bytes, const char *wanted, Bytes *body)
{
  char type[5];

  while (take_box (&bytes, type, body))
    if (strcmp (type, wanted) == 0)
      return TRUE;
  return FALSE;
}

/* The references of one box of "iref": an item, and those it names. An alpha plane names the picture it belongs to. */
static void
add_references (GArray *references, const char *type, Bytes body, gsize id_size)
{
  guint32 item = (guint32) take_number (&body, id_size);
  guint64 n = take_number (&body, 2);
  gboolean backwards = strcmp (type, "auxl") == 0;

  if (!backwards && strcmp (type, "dimg") != 0)
    return;
  for (; n > 0 && body.left >= id_size && references->len <= MOST_REFERENCES; n--)
    {
      guint32 other = (guint32) take_number (&body, id_size);
      Reference reference = backwards ? (Reference) { other, item } : (Reference) { item, other };

      g_array_append_val (references, reference);
    }
}

static GArray *
read_references (GBytes *file)
{
  GArray *references = g_array_new (FALSE, FALSE, sizeof (Reference));
  Bytes meta, box, bytes;
  char type[5];
  guint64 version;

  bytes.data = g_bytes_get_data (file, &bytes.left);
  if (!find_box (bytes, "meta", &meta))
    return references;
  take_number (&meta, 4);       /* version and flags */
  if (!find_box (meta, "iref", &bytes))
    return references;
  version = take_number (&bytes, 4) >> 24;
  while (references->len <= MOST_REFERENCES && take_box (&bytes, type, &box))
    add_references (references, type, box, version == 0 ? 2 : 4);
  return references;
}

/* Follows the references as a decoder would; FALSE when it goes too deep or has taken too many steps. */
static gboolean
follow (GArray *references, guint32 item, int depth, guint *steps)
{
  if (depth > DEEPEST || ++*steps > MOST_STEPS)
    return FALSE;
  for (guint i = 0; i < references->len; i++)
    {
      Reference *reference = &g_array_index (references, Reference, i);

      if (reference->from == item && !follow (references, reference->to, depth + 1, steps))
        return FALSE;
    }
  return TRUE;
}

gboolean
lk_heic_items_check (GBytes *file, GError **error)
{
  g_autoptr (GArray) references = read_references (file);
  gboolean ends = references->len <= MOST_REFERENCES;
  guint steps = 0;

  for (guint i = 0; ends && i < references->len; i++)
    {
      guint32 item = g_array_index (references, Reference, i).from;

      if (i == 0 || item != g_array_index (references, Reference, i - 1).from)
        ends = follow (references, item, 0, &steps);
    }
  if (!ends)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_PICTURE_CUT_OFF, "HEIC: its items are made of each other");
  return ends;
}
