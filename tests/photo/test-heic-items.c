/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/error.h"
#include "photo/decode.h"
#include "photo/heic-items.h"

/* HEIF files that hold nothing but references between items. */

typedef struct
{
  const char *type;
  guint from, to[2];            /* to[1] 0: only one */
} Reference;

static void
add_number (GByteArray *bytes, guint64 number, guint size)
{
  for (guint i = size; i-- > 0;)
    {
      guint8 byte = (guint8) (number >> (8 * i));

      g_byte_array_append (bytes, &byte, 1);
    }
}

static void
add_box (GByteArray *bytes, const char *type, GByteArray *body)
{
  add_number (bytes, 8 + body->len, 4);
  g_byte_array_append (bytes, (const guint8 *) type, 4);
  g_byte_array_append (bytes, body->data, body->len);
  g_byte_array_unref (body);
}

/* version 0 writes 16-bit item ids, version 1 32-bit ones */
static GBytes *
make_file (const Reference *references, gsize n, guint version)
{
  GByteArray *file = g_byte_array_new ();
  GByteArray *brand = g_byte_array_new ();
  GByteArray *meta = g_byte_array_new ();
  GByteArray *list = g_byte_array_new ();
  guint id_size = version == 0 ? 2 : 4;

  add_number (list, (guint64) version << 24, 4);
  for (gsize i = 0; i < n; i++)
    {
      GByteArray *one = g_byte_array_new ();
      guint n_to = references[i].to[1] != 0 ? 2 : 1;

      add_number (one, references[i].from, id_size);
      add_number (one, n_to, 2);
      for (guint k = 0; k < n_to; k++)
        add_number (one, references[i].to[k], id_size);
      add_box (list, references[i].type, one);
    }
  g_byte_array_append (brand, (const guint8 *) "heic\0\0\0\0mif1heic", 16);
  add_box (file, "ftyp", brand);
  add_number (meta, 0, 4);
  add_box (meta, "iref", list);
  add_box (file, "meta", meta);
  return g_byte_array_free_to_bytes (file);
}

static void
assert_refused (const Reference *references, gsize n)
{
  for (guint version = 0; version < 2; version++)
    {
      g_autoptr (GBytes) file = make_file (references, n, version);
      g_autoptr (GError) error = NULL;

      g_assert_false (lk_heic_items_check (file, &error));
      g_assert_error (error, LK_ERROR, LK_ERROR_PICTURE_CUT_OFF);
    }
}

/* A grid of two tiles with an alpha plane that is a grid itself, and a thumbnail. */
static void
test_ordinary (void)
{
  const Reference references[] = {
    { "dimg", 1, { 2, 3 } }, { "auxl", 4, { 1 } }, { "dimg", 4, { 5, 6 } }, { "thmb", 7, { 1 } }, { "cdsc", 8, { 1 } }
  };

  for (guint version = 0; version < 2; version++)
    {
      g_autoptr (GBytes) file = make_file (references, G_N_ELEMENTS (references), version);
      g_autoptr (GError) error = NULL;

      g_assert_true (lk_heic_items_check (file, &error));
      g_assert_no_error (error);
    }
}

static void
test_made_of_itself (void)
{
  assert_refused ((Reference[]) { { "dimg", 2, { 2 } } }, 1);
  assert_refused ((Reference[]) { { "dimg", 1, { 2 } }, { "dimg", 2, { 3 } }, { "dimg", 3, { 1 } } }, 3);
  assert_refused ((Reference[]) { { "auxl", 4, { 1 } }, { "dimg", 4, { 1 } } }, 2);
}

/* Each item is made of the next one, twice: 2^20 pictures in twenty references. */
static void
test_doubling (void)
{
  Reference references[20];

  for (guint i = 0; i < G_N_ELEMENTS (references); i++)
    references[i] = (Reference) { "dimg", i + 1, { i + 2, i + 2 } };
  assert_refused (references, G_N_ELEMENTS (references));
}

static void
test_too_many (void)
{
  g_autofree Reference *references = g_new (Reference, 5000);

  for (guint i = 0; i < 5000; i++)
    references[i] = (Reference) { "dimg", 1, { i + 2 } };
  assert_refused (references, 5000);
}

/* The decoder asks before it gives the file to libheif, which would not come back. */
static void
test_decoding (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkSpec) spec = lk_spec_load_default (&error);
  g_autoptr (GBytes) file = make_file ((Reference[]) { { "dimg", 2, { 2 } } }, 1, 0);

  g_assert_no_error (error);
  g_assert_null (lk_decode_original (file, spec, NULL, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_PICTURE_CUT_OFF);
  g_assert_nonnull (strstr (error->message, "made of each other"));
}

/* Whatever the sizes say, nothing outside the file is read; what is no list of references is left to libheif. */
static void
test_changed_bytes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GBytes) file = make_file ((Reference[]) { { "dimg", 1, { 2, 3 } }, { "auxl", 4, { 1 } } }, 2, 1);
  gsize size = g_bytes_get_size (file);

  for (int i = 0; i < 20000; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (file, NULL), size);
      g_autoptr (GBytes) changed = NULL;
      g_autoptr (GError) error = NULL;

      copy[g_rand_int_range (rand, 0, (gint32) size)] = (guint8) g_rand_int_range (rand, 0, 256);
      changed = g_bytes_new (copy, (gsize) g_rand_int_range (rand, 1, (gint32) size + 1));
      g_assert_true (lk_heic_items_check (changed, &error) == (error == NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heic-items/ordinary", test_ordinary);
  g_test_add_func ("/heic-items/made-of-itself", test_made_of_itself);
  g_test_add_func ("/heic-items/doubling", test_doubling);
  g_test_add_func ("/heic-items/too-many", test_too_many);
  g_test_add_func ("/heic-items/decoding", test_decoding);
  g_test_add_func ("/heic-items/changed-bytes", test_changed_bytes);
  return g_test_run ();
}
