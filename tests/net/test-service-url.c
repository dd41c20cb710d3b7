/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/error.h"
#include "net/service-url.h"

static void
test_taken (void)
{
  static const struct
  {
    const char *typed, *address;
  } cases[] = {
    { "https://photo.college.edu.cn", "https://photo.college.edu.cn" },
    { " Photo.College.edu.cn/ ", "https://photo.college.edu.cn" },
    { "photo.college.edu.cn:8443", "https://photo.college.edu.cn:8443" },
    { "HTTPS://photo.college.edu.cn/likeness//", "https://photo.college.edu.cn/likeness" },
    { "http://127.0.0.1:8080", "http://127.0.0.1:8080" },
    { "http://localhost:8080/", "http://localhost:8080" },
    { "http://[::1]:8080", "http://[::1]:8080" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *address = lk_service_url_parse (cases[i].typed, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (address, ==, cases[i].address);
    }
}

/* Passwords and faces never go over plain http to another machine. */
static void
test_refused (void)
{
  static const char *const cases[] = {
    "",
    "   ",
    "http://photo.college.edu.cn",
    "http://10.0.0.1",
    "http://127.0.0.1.college.edu.cn",
    "http://localhost.college.edu.cn",
    "ftp://photo.college.edu.cn",
    "file:///etc/passwd",
    "https://",
    "https://lin:secret@photo.college.edu.cn",
    "https://photo.college.edu.cn/?a=b",
    "https://photo.college.edu.cn/#top",
    "two words",
    NULL,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lk_service_url_parse (cases[i], &error));
      g_assert_error (error, LK_ERROR, LK_ERROR_BAD_REQUEST);
    }
}

static void
test_loopback (void)
{
  g_assert_true (lk_service_url_is_loopback ("http://127.0.0.1:8080"));
  g_assert_true (lk_service_url_is_loopback ("https://localhost"));
  g_assert_true (lk_service_url_is_loopback ("http://[::1]:1"));
  g_assert_false (lk_service_url_is_loopback ("https://photo.college.edu.cn"));
  g_assert_false (lk_service_url_is_loopback ("https://127.0.0.1.nip.io"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/service-url/taken", test_taken);
  g_test_add_func ("/net/service-url/refused", test_refused);
  g_test_add_func ("/net/service-url/loopback", test_loopback);
  return g_test_run ();
}
