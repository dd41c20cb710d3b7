/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <poll.h>
#include <sodium.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "fixture.h"
#include "service/http-guard.h"
#include "service/http-range.h"
#include "service/import-files.h"
#include "service/password.h"
#include "service/sign-in-limit.h"

static void
test_sign_in_limit (void)
{
  g_autoptr (LkSignInLimit) limit = lk_sign_in_limit_new (3, 60);
  gint64 now = 1000 * G_TIME_SPAN_SECOND;

  for (int i = 0; i < 3; i++)
    {
      g_assert_cmpint (lk_sign_in_limit_wait (limit, "lin", now), ==, 0);
      lk_sign_in_limit_failed (limit, "lin", now);
    }
  g_assert_cmpint (lk_sign_in_limit_wait (limit, "lin", now), ==, 60);
  g_assert_cmpint (lk_sign_in_limit_wait (limit, "wang", now), ==, 0);
  g_assert_cmpint (lk_sign_in_limit_wait (limit, "lin", now + 59 * G_TIME_SPAN_SECOND), ==, 1);
  g_assert_cmpint (lk_sign_in_limit_wait (limit, "lin", now + 60 * G_TIME_SPAN_SECOND), ==, 0);
  /* a new window counts from the start */
  lk_sign_in_limit_failed (limit, "lin", now + 61 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (lk_sign_in_limit_wait (limit, "lin", now + 61 * G_TIME_SPAN_SECOND), ==, 0);
  for (int i = 0; i < 2; i++)
    lk_sign_in_limit_failed (limit, "lin", now + 61 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (lk_sign_in_limit_wait (limit, "lin", now + 61 * G_TIME_SPAN_SECOND), >, 0);
  lk_sign_in_limit_succeeded (limit, "lin");
  g_assert_cmpint (lk_sign_in_limit_wait (limit, "lin", now + 61 * G_TIME_SPAN_SECOND), ==, 0);
}

static void
test_password (void)
{
  const LkServiceConfig cheap = { .password_passes = 1, .password_memory = 8192 };
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = lk_password_hash (&cheap, "正确的密码", &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (hash, "$argon2id$"));
  g_assert_true (lk_password_verify (&cheap, hash, "正确的密码"));
  g_assert_false (lk_password_verify (&cheap, hash, "正确的密"));
  g_assert_false (lk_password_verify (&cheap, NULL, "正确的密码"));
}

static void
test_shipped_password_cost (void)
{
  LkServiceConfig config;
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = NULL;

  lk_service_config_load (&config, &error);
  g_assert_no_error (error);
  hash = lk_password_hash (&config, "secret", &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (hash, "m=65536,t=2,"));
}

static void
test_user_names (void)
{
  static const char *const good[] = { "lin", "a", "zhang.wei-2_b", "12345678901234567890123456789012" };
  static const char *const bad[] = { "", "Lin", "林", "a b", "123456789012345678901234567890123", "a/b", "a\n", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (lk_user_name_is_valid (good[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (lk_user_name_is_valid (bad[i]));
}

static void
test_config (void)
{
  LkServiceConfig config;
  g_autoptr (GError) error = NULL;

  g_assert_true (lk_service_config_load (&config, &error));
  g_assert_no_error (error);
  g_assert_cmpint (config.lease_seconds, ==, 600);
  g_assert_cmpint (config.body_bytes, ==, 65536);
  g_assert_false (lk_service_config_parse (&config, "{\"lease\":{\"max\":20,\"seconds\":0}}", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_BAD_SPEC);
  g_assert_nonnull (strstr (error->message, "lease.seconds"));
}

static void
test_blobs (void)
{
  g_autofree char *folder = lk_test_temporary_folder ();
  g_autoptr (LkBlobs) blobs = lk_blobs_new (folder);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  g_autoptr (GBytes) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  char sha256[65];
  guint64 size = 0;
  struct stat info;
  int fd;

  for (int i = 0; i < 2; i++)
    {
      g_assert_true (lk_blobs_put (blobs, bytes, sha256, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpstr (sha256, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  path = g_build_filename (folder, "ba", "78", sha256, NULL);
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  read = lk_blobs_read (blobs, sha256, &error);
  g_assert_true (g_bytes_equal (read, bytes));
  fd = lk_blobs_open (blobs, sha256, &size, &error);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (size, ==, 3);
  close (fd);

  sha256[0] = 'c';
  g_assert_cmpint (lk_blobs_open (blobs, sha256, &size, &error), <, 0);
  g_assert_error (error, LK_ERROR, LK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpint (lk_blobs_open (blobs, "../../../../etc/passwd", &size, &error), <, 0);
  g_assert_error (error, LK_ERROR, LK_ERROR_NOT_FOUND);
  lk_test_remove_folder (folder);
}

static void
test_file_names (void)
{
  static const struct { const char *name, *number; LkImportKind kind; } cases[] = {
    { "2021210007.jpg", "2021210007", LK_IMPORT_PHOTO },
    { "2021210007.JPEG", "2021210007", LK_IMPORT_PHOTO },
    { "2021210007", "2021210007", LK_IMPORT_PHOTO },
    { "2021210007.id.jpg", "2021210007", LK_IMPORT_ID_CARD },
    { "2021210007.ID.png", "2021210007", LK_IMPORT_ID_CARD },
    { "2021210007.diploma.jpg", "2021210007", LK_IMPORT_DIPLOMA },
    { ".id.jpg", ".id", LK_IMPORT_PHOTO },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LkImportKind kind;
      g_autofree char *number = lk_import_parse_name (cases[i].name, &kind);

      g_assert_cmpstr (number, ==, cases[i].number);
      g_assert_cmpint (kind, ==, cases[i].kind);
    }
}

/* A peer that goes on sending a byte now and then is cut off all the same; one within its time is not. */
static void
test_guard (void)
{
  LkHttpGuard *guard = lk_http_guard_new ();
  LkHttpWatch *late, *patient;
  int a[2], b[2];
  char byte;
  struct pollfd wait;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, a), ==, 0);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, b), ==, 0);
  late = lk_http_guard_watch (guard, a[0], 1);
  patient = lk_http_guard_watch (guard, b[0], 1);
  lk_http_watch_set (patient, 0);
  wait = (struct pollfd) { a[1], POLLIN, 0 };
  g_assert_cmpint (poll (&wait, 1, 60000), ==, 1);
  g_assert_cmpint (read (a[1], &byte, 1), ==, 0);
  wait = (struct pollfd) { b[1], POLLIN, 0 };
  g_assert_cmpint (poll (&wait, 1, 0), ==, 0);
  lk_http_watch_end (late);
  lk_http_watch_end (patient);
  lk_http_guard_free (guard);
  for (int i = 0; i < 2; i++)
    {
      close (a[i]);
      close (b[i]);
    }
}

static void
test_ranges (void)
{
  static const struct
  {
    const char *header;
    guint64 size;
    LkRange range;
    guint64 first, length;
  } cases[] = {
    { NULL, 10, LK_RANGE_WHOLE, 0, 0 },
    { "", 10, LK_RANGE_WHOLE, 0, 0 },
    { "bytes=", 10, LK_RANGE_WHOLE, 0, 0 },
    { "bytes=-", 10, LK_RANGE_WHOLE, 0, 0 },
    { "bytes=0-0", 10, LK_RANGE_PART, 0, 1 },
    { "bytes=0-", 10, LK_RANGE_PART, 0, 10 },
    { "bytes=9-99", 10, LK_RANGE_PART, 9, 1 },
    { "bytes=-3", 10, LK_RANGE_PART, 7, 3 },
    { "bytes=-99", 10, LK_RANGE_PART, 0, 10 },
    { "bytes=-0", 10, LK_RANGE_OUTSIDE, 0, 0 },
    { "bytes=10-", 10, LK_RANGE_OUTSIDE, 0, 0 },
    { "bytes=0-", 0, LK_RANGE_OUTSIDE, 0, 0 },
    { "bytes=5-4", 10, LK_RANGE_WHOLE, 0, 0 },
    { "bytes=1-2,4-5", 10, LK_RANGE_WHOLE, 0, 0 },
    { "bytes=1-2x", 10, LK_RANGE_WHOLE, 0, 0 },
    { "bytes=0x1-2", 10, LK_RANGE_WHOLE, 0, 0 },
    { "bytes=99999999999999999999-", 10, LK_RANGE_WHOLE, 0, 0 },
    { "bytes=-99999999999999999999", 10, LK_RANGE_WHOLE, 0, 0 },
    { "lines=1-2", 10, LK_RANGE_WHOLE, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint64 first = 0, length = 0;

      g_assert_cmpint (lk_http_range_parse (cases[i].header, cases[i].size, &first, &length), ==, cases[i].range);
      if (cases[i].range == LK_RANGE_PART)
        {
          g_assert_cmpuint (first, ==, cases[i].first);
          g_assert_cmpuint (length, ==, cases[i].length);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/parts/ranges", test_ranges);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add_func ("/service/sign-in-limit", test_sign_in_limit);
  g_test_add_func ("/service/password", test_password);
  g_test_add_func ("/service/password/shipped-cost", test_shipped_password_cost);
  g_test_add_func ("/service/user-names", test_user_names);
  g_test_add_func ("/service/config", test_config);
  g_test_add_func ("/service/blobs", test_blobs);
  g_test_add_func ("/service/import/file-names", test_file_names);
  g_test_add_func ("/service/http-guard", test_guard);
  return g_test_run ();
}
