/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <liboath/oath.h>
#include <string.h>

#include "campus.h"
#include "college.h"
#include "core/error.h"
#include "flow/account-private.h"
#include "flow/loopback.h"
#include "sample.h"
#include "wait.h"

/* The workstation's side of signing in: through the college in the browser, and with a second factor. */

#define SECRET "12345678901234567890"

typedef struct
{
  College *college;
  Campus *campus;
  char *dir, *url;
  LkAccount *account;
  GCancellable *cancellable;

  guint n_opened;
  gboolean stays_away; /* the browser shows the page and nobody does anything */
  gboolean is_lost;    /* somebody else's page calls at the port first */
} Fixture;

static void
set_up (Fixture *f, gconstpointer kind)
{
  const CampusOptions options = { .n_students = 1 };
  g_autofree char *url = NULL;
  g_autofree char *settings = NULL;

  f->college = college_new ();
  url = college_dup_url (f->college);
  settings = g_str_equal (kind, "cas")
               ? g_strdup_printf ("[college_sign_in]\nkind=cas\ncas_url=%s/cas\n", url)
               : g_strdup_printf ("[college_sign_in]\nkind=oidc\nissuer=%s\nclient_id=likeness\n", url);
  f->campus = campus_new (&options);
  campus_change (f->campus, "UPDATE staff SET outside = 't1001' WHERE user = 'lin'");
  campus_change (f->campus, "INSERT INTO staff_factor (staff, secret, last_step) SELECT id, CAST ('" SECRET
                            "' AS BLOB), 0 FROM staff WHERE user = 'wang'");
  if (!g_str_equal (kind, "none"))
    campus_write (f->campus, "likenessd.conf", settings);
  campus_start (f->campus);
  f->url = g_strdup_printf ("http://127.0.0.1:%u", campus_get_port (f->campus));
  f->dir = sample_dir ();
  f->account = lk_account_new (f->dir);
  f->cancellable = g_cancellable_new ();
}

static void
tear_down (Fixture *f, gconstpointer kind)
{
  wait_for_end_of (f->account);
  g_object_unref (f->cancellable);
  campus_free (f->campus);
  college_free (f->college);
  sample_dir_remove (f->dir);
  g_free (f->dir);
  g_free (f->url);
}

/* -- the browser -- */

static gpointer
browse_in_thread (gpointer data)
{
  g_autofree char *url = data;
  g_autofree char *back = college_browse (url);

  if (back != NULL)
    g_free (college_browse (back));
  return NULL;
}

/* A page that knows the port but not the state. */
static gpointer
get_lost_in_thread (gpointer data)
{
  g_autofree char *url = data;
  g_autofree char *back = college_browse (url);
  g_autofree char *wrong = g_strndup (back, strcspn (back, "?"));
  g_autofree char *lost = g_strconcat (wrong, "?state=guessed&code=stolen&ticket=stolen", NULL);

  g_free (college_browse (lost));
  g_free (college_browse (back));
  return NULL;
}

static void
open_browser (const char *url, gpointer user_data)
{
  Fixture *f = user_data;

  f->n_opened++;
  if (!f->stays_away)
    g_thread_unref (g_thread_new ("browser", f->is_lost ? get_lost_in_thread : browse_in_thread, g_strdup (url)));
}

static gboolean
sign_in (Fixture *f, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lk_account_college_sign_in_async (f->account, f->url, "<p>back", open_browser, f, f->cancellable, keep_result, &result);
  if (f->stays_away)
    {
      wait_until (f->n_opened == 1);
      wait_ms (200);
      g_assert_null (result);
      g_cancellable_cancel (f->cancellable);
    }
  wait_until (result != NULL);
  return lk_account_college_sign_in_finish (f->account, result, error);
}

/* What the button for it says; NULL where there is none. */
static char *
find_title (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *address = NULL;
  char *title = NULL;

  lk_account_find_service_async (f->account, f->url, NULL, keep_result, &result);
  wait_until (result != NULL);
  address = lk_account_find_service_finish (f->account, result, &title, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (address, ==, f->url);
  return title;
}

static void
test_good (Fixture *f, gconstpointer kind)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *title = find_title (f);

  g_assert_cmpstr (title, ==, "统一身份认证登录");
  g_assert_true (sign_in (f, &error));
  g_assert_no_error (error);
  g_assert_true (lk_account_get_signed_in (f->account));
  g_assert_cmpstr (lk_account_get_user (f->account), ==, "lin");
  g_assert_true (lk_campus_client_has_token (lk_account_get_client (f->account)));
  g_assert_nonnull (lk_account_get_keep (f->account));
  g_assert_cmpuint (f->n_opened, ==, 1);
}

static void
test_lost (Fixture *f, gconstpointer kind)
{
  f->is_lost = TRUE;
  test_good (f, kind);
}

static void
test_cancelled (Fixture *f, gconstpointer kind)
{
  g_autoptr (GError) error = NULL;

  f->stays_away = TRUE;
  g_assert_false (sign_in (f, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (lk_account_get_signed_in (f->account));
}

static void
assert_fails (Fixture *f, LkError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (sign_in (f, &error));
  g_assert_error (error, LK_ERROR, (int) code);
  g_assert_false (lk_account_get_signed_in (f->account));
}

static void
test_fails (Fixture *f, gconstpointer kind)
{
  college_set_fault (f->college, COLLEGE_AWAY);
  assert_fails (f, LK_ERROR_COLLEGE_AWAY);
  g_assert_cmpuint (f->n_opened, ==, 0);
  college_set_fault (f->college, COLLEGE_HONEST);
  college_set_person (f->college, "t2002", "20230002");
  assert_fails (f, LK_ERROR_NO_ACCOUNT);
  college_set_fault (f->college, COLLEGE_DENIES);
  assert_fails (f, LK_ERROR_COLLEGE_REFUSED);
  college_set_fault (f->college, COLLEGE_HONEST);
  f->n_opened = 0;
  test_cancelled (f, kind);
}

/* Nobody comes: the port closes by itself. */
static void
test_timeout (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkLoopback) loopback = lk_loopback_new ("", &error);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_no_error (error);
  lk_loopback_wait_async (loopback, "s", 1, NULL, keep_result, &result);
  wait_until (result != NULL);
  g_assert_null (lk_loopback_wait_finish (loopback, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

/* -- the second factor -- */

static int
sign_in_with (Fixture *f, const char *code)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lk_account_set_code (f->account, code);
  lk_account_sign_in_async (f->account, f->url, "wang", CAMPUS_PASSWORD, NULL, keep_result, &result);
  wait_until (result != NULL);
  return lk_account_sign_in_finish (f->account, result, &error) ? -1 : error->code;
}

static void
test_second_factor (Fixture *f, gconstpointer kind)
{
  char code[7];

  g_assert_null (find_title (f));
  assert_fails (f, LK_ERROR_NOT_FOUND); /* no sign-in through the college here */
  g_assert_cmpuint (f->n_opened, ==, 0);
  oath_totp_generate (SECRET, strlen (SECRET), (time_t) (g_get_real_time () / G_USEC_PER_SEC), 30, 0, 6, code);
  g_assert_cmpint (sign_in_with (f, NULL), ==, LK_ERROR_FACTOR_NEEDED);
  g_assert_cmpint (sign_in_with (f, "12345"), ==, LK_ERROR_WRONG_FACTOR);
  g_assert_cmpint (sign_in_with (f, code), ==, -1);
  g_assert_true (lk_account_get_signed_in (f->account));
  /* the code proves nothing again, and is not sent again by itself */
  g_assert_cmpint (sign_in_with (f, code), ==, LK_ERROR_WRONG_FACTOR);
  g_assert_cmpint (sign_in_with (f, NULL), ==, LK_ERROR_FACTOR_NEEDED);
}

#define ADD(path, kind, func) g_test_add ("/flow/college/" path, Fixture, kind, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("cas", "cas", test_lost);
  ADD ("oidc", "oidc", test_good);
  ADD ("fails", "oidc", test_fails);
  ADD ("second-factor", "none", test_second_factor);
  g_test_add_func ("/flow/college/timeout", test_timeout);
  return g_test_run ();
}
