/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "flow/photo-cache.h"

static GBytes *
file_of (gsize size)
{
  return g_bytes_new_take (g_malloc0 (size), size);
}

static void
put (LkPhotoCache *cache, const char *hash, gsize size)
{
  g_autoptr (GBytes) file = file_of (size);

  lk_photo_cache_put (cache, hash, file);
}

static void
test_only_what_is_held (void)
{
  g_autoptr (LkPhotoCache) cache = lk_photo_cache_new (1000);

  put (cache, "a", 10);
  g_assert_null (lk_photo_cache_get (cache, "a"));
  lk_photo_cache_hold (cache, "a");
  g_assert_false (lk_photo_cache_has (cache, "a"));
  put (cache, "a", 10);
  g_assert_true (lk_photo_cache_has (cache, "a"));
  g_assert_cmpuint (g_bytes_get_size (lk_photo_cache_get (cache, "a")), ==, 10);
}

/* Two students with the same photo: it stays until the second lease is over. */
static void
test_holds_are_counted (void)
{
  g_autoptr (LkPhotoCache) cache = lk_photo_cache_new (1000);

  lk_photo_cache_hold (cache, "a");
  lk_photo_cache_hold (cache, "a");
  put (cache, "a", 10);
  g_assert_false (lk_photo_cache_release (cache, "a"));
  g_assert_true (lk_photo_cache_has (cache, "a"));
  g_assert_true (lk_photo_cache_release (cache, "a"));
  g_assert_false (lk_photo_cache_has (cache, "a"));
  g_assert_false (lk_photo_cache_is_held (cache, "a"));
  g_assert_false (lk_photo_cache_release (cache, "a"));
}

static void
test_least_recently_used_goes (void)
{
  g_autoptr (LkPhotoCache) cache = lk_photo_cache_new (100);

  for (const char *hash = "abcd"; *hash != '\0'; hash++)
    {
      char name[] = { *hash, '\0' };

      lk_photo_cache_hold (cache, name);
    }
  put (cache, "a", 40);
  put (cache, "b", 40);
  g_assert_nonnull (lk_photo_cache_get (cache, "a"));
  put (cache, "c", 40);
  g_assert_true (lk_photo_cache_has (cache, "a"));
  g_assert_false (lk_photo_cache_has (cache, "b"));
  g_assert_true (lk_photo_cache_has (cache, "c"));
  put (cache, "d", 101); /* larger than all of it */
  g_assert_false (lk_photo_cache_has (cache, "d"));
  g_assert_true (lk_photo_cache_has (cache, "a"));
  put (cache, "b", 100);
  g_assert_true (lk_photo_cache_has (cache, "b"));
  g_assert_false (lk_photo_cache_has (cache, "a"));
  g_assert_false (lk_photo_cache_has (cache, "c"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/photo-cache/only-what-is-held", test_only_what_is_held);
  g_test_add_func ("/flow/photo-cache/holds-are-counted", test_holds_are_counted);
  g_test_add_func ("/flow/photo-cache/least-recently-used-goes", test_least_recently_used_goes);
  return g_test_run ();
}
