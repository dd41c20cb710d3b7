/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/check.h"
#include "core/data.h"
#include "core/text.h"

/* A catalogue with two strings, in the order of this machine or the other one. */
static GBytes *
make_catalogue (gboolean swapped)
{
  guint32 words[] = { 0x950412de, 0, 2, 28, 44, 0, 0, 5, 60, 4, 66, 6, 71, 3, 78 };
  GByteArray *bytes = g_byte_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      guint32 word = swapped ? GUINT32_SWAP_LE_BE (words[i]) : words[i];
      g_byte_array_append (bytes, (guint8 *) &word, sizeof word);
    }
  g_byte_array_append (bytes, (const guint8 *) "apple\0pear\0\xe8\x8b\xb9\xe6\x9e\x9c\0\xe6\xa2\xa8\0", 22);
  return g_byte_array_free_to_bytes (bytes);
}

static void
test_catalogue (void)
{
  for (int swapped = 0; swapped < 2; swapped++)
    {
      g_autoptr (GBytes) bytes = make_catalogue (swapped);
      g_autoptr (GHashTable) table = lk_text_read_catalogue (bytes);

      g_assert_cmpuint (g_hash_table_size (table), ==, 2);
      g_assert_cmpstr (g_hash_table_lookup (table, "apple"), ==, "苹果");
      g_assert_cmpstr (g_hash_table_lookup (table, "pear"), ==, "梨");
    }
}

/* Whatever is cut off or changed, nothing outside the file is read. */
static void
test_damaged (void)
{
  g_autoptr (GBytes) whole = make_catalogue (FALSE);
  gsize size = g_bytes_get_size (whole);

  for (gsize length = 0; length < size; length++)
    {
      g_autoptr (GBytes) cut = g_bytes_new (g_bytes_get_data (whole, NULL), length);
      g_autoptr (GHashTable) table = lk_text_read_catalogue (cut);

      g_assert_cmpuint (g_hash_table_size (table), <=, 1);
    }
  for (gsize place = 0; place < size; place++)
    {
      guint8 *copy = g_memdup2 (g_bytes_get_data (whole, NULL), size);
      g_autoptr (GBytes) changed = g_bytes_new_take (copy, size);
      g_autoptr (GHashTable) table = NULL;

      copy[place] ^= 0xff;
      table = lk_text_read_catalogue (changed);
      g_assert_cmpuint (g_hash_table_size (table), <=, 2);
    }
}

/* Every check has a Chinese name in the catalogue of the build. */
static void
test_checks (void)
{
  gsize n;
  const LkCheckInfo *infos = lk_check_info_list (&n);

  for (gsize i = 0; i < n; i++)
    g_assert_cmpstr (lk_text_zh (infos[i].title), !=, infos[i].title);
  g_assert_cmpstr (lk_text_zh ("Eye line"), ==, "眼睛位置");
  g_assert_cmpstr (lk_text_zh ("nobody says that"), ==, "nobody says that");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/catalogue", test_catalogue);
  g_test_add_func ("/text/damaged", test_damaged);
  g_test_add_func ("/text/checks", test_checks);
  return g_test_run ();
}
