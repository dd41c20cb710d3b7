/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/text.h"

#include <string.h>

#include "core/data.h"

/* The GNU .mo format: magic, revision, number of strings, places of the tables of sources and of translations; in each table an entry
 * is length and place; every string ends with a NUL. All in 32 bits of the machine that wrote it. */
enum { MAGIC = 0, N_STRINGS = 2, SOURCES = 3, TRANSLATIONS = 4 };  /* words of the head */

typedef struct
{
  const guint8 *data;
  gsize size;
  gboolean swapped;
} Catalogue;

/* A number of the file; 0 when it would lie outside. */
static guint32
read_number (const Catalogue *self, guint64 place)
{
  guint32 number;

  if (place + sizeof number > self->size)
    return 0;
  memcpy (&number, self->data + place, sizeof number);
  return self->swapped ? GUINT32_SWAP_LE_BE (number) : number;
}

/* The string of a table's entry, NULL when it lies outside or does not end. */
static const char *
read_string (const Catalogue *self, guint64 table, guint32 index)
{
  guint64 length = read_number (self, table + 8 * (guint64) index), place = read_number (self, table + 8 * (guint64) index + 4);

  if (place + length >= self->size || self->data[place + length] != '\0')
    return NULL;
  return (const char *) self->data + place;
}

GHashTable *
lk_text_read_catalogue (GBytes *bytes)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, NULL);
  Catalogue catalogue = { 0 };
  guint32 magic, n_strings;

  catalogue.data = g_bytes_get_data (bytes, &catalogue.size);
  magic = read_number (&catalogue, MAGIC);
  if (magic != 0x950412de && magic != 0xde120495)
    return table;
  catalogue.swapped = magic == 0xde120495;
  n_strings = read_number (&catalogue, 4 * N_STRINGS);
  if (n_strings > catalogue.size / 16)
    return table;
  for (guint32 i = 0; i < n_strings; i++)
    {
      const char *source = read_string (&catalogue, read_number (&catalogue, 4 * SOURCES), i);
      const char *translation = read_string (&catalogue, read_number (&catalogue, 4 * TRANSLATIONS), i);

      if (source != NULL && translation != NULL && *source != '\0' && *translation != '\0')
        g_hash_table_insert (table, (gpointer) source, (gpointer) translation);
    }
  return table;
}

const char *
lk_text_zh (const char *english)
{
  static GHashTable *texts;
  const char *found;

  if (g_once_init_enter (&texts))
    {
      g_autofree char *path = lk_locale_find_catalogue ("zh_CN");
      char *data = NULL;
      gsize size = 0;
      g_autoptr (GBytes) bytes = NULL;

      if (path != NULL)
        g_file_get_contents (path, &data, &size, NULL);
      /* the strings are those in it, for as long as the program runs */
      bytes = g_bytes_new_static (data, size);
      g_once_init_leave (&texts, lk_text_read_catalogue (bytes));
    }
  found = g_hash_table_lookup (texts, english);
  return found != NULL ? found : english;
}
