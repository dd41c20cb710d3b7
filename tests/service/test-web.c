/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/text.h"
#include "fixture.h"
#include "service/language.h"
#include "service/web-files.h"

/* The students' pages as a browser gets them, and the headers of every answer. */

static LkTestCampus *campus;
static LkTestServer *server;

static LkTestAnswer *
get (const char *path, const char *extra)
{
  g_autoptr (LkTestClient) client = lk_test_client_new (server->port);

  return lk_test_call (client, "GET", path, NULL, extra);
}

/* The value of a header that occurs once; NULL for none. */
static char *
header (const LkTestAnswer *answer, const char *name)
{
  g_autofree char *start = g_strconcat ("\r\n", name, ": ", NULL);
  const char *at = strcasestr (answer->head, start);

  if (at == NULL)
    return NULL;
  g_assert_null (strcasestr (at + 1, start));
  at += strlen (start);
  return g_strndup (at, strcspn (at, "\r"));
}

static void
assert_header (const LkTestAnswer *answer, const char *name, const char *expected)
{
  g_autofree char *value = header (answer, name);

  g_assert_cmpstr (value, ==, expected);
}

static void
test_pages (void)
{
  static const struct
  {
    const char *path, *type, *text;
  } pages[] = {
    { "/", "text/html; charset=utf-8", "first page" },
    { "/?from=portal", "text/html; charset=utf-8", "first page" },
    { "/web/index.html", "text/html; charset=utf-8", "first page" },
    { "/web/app.js", "text/javascript; charset=utf-8", "a script" },
    { "/web/words/zh.json", "application/json", "{}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (LkTestAnswer) answer = get (pages[i].path, NULL);

      g_assert_cmpint (answer->status, ==, 200);
      g_assert_cmpstr (answer->body, ==, pages[i].text);
      assert_header (answer, "Content-Type", pages[i].type);
      assert_header (answer, "Cache-Control", "no-cache");
      assert_header (answer, "X-Content-Type-Options", "nosniff");
      assert_header (answer, "Referrer-Policy", "no-referrer");
      assert_header (answer, "Content-Security-Policy",
                     "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
                     "frame-ancestors 'none'");
    }
}

static void
test_not_modified (void)
{
  g_autoptr (LkTestAnswer) first = get ("/web/app.js", NULL);
  g_autofree char *etag = header (first, "ETag");
  g_autofree char *extra = g_strdup_printf ("If-None-Match: %s\r\n", etag);
  g_autoptr (LkTestAnswer) second = get ("/web/app.js", extra);
  g_autoptr (LkTestAnswer) other = get ("/", extra);

  g_assert_cmpint (second->status, ==, 304);
  assert_header (second, "ETag", etag);
  g_assert_cmpint (other->status, ==, 200);
}

static void
test_not_there (void)
{
  static const char *const paths[] = {
    "/web/", "/web", "/web/none.js", "/web/words", "/web/words/", "/web/secret.sh", "/web/link.js", "/web/.hidden.js", "/web/%61pp.js",
    "/web/./app.js", "/web//app.js", "/web/words/../app.js", "/web/app.js/", "/web/../campus.db", "/web/app.js%00", "//", "/index.html",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (LkTestAnswer) answer = get (paths[i], NULL);

      g_test_message ("%s", paths[i]);
      g_assert_cmpint (answer->status, ==, 404);
    }
}

/* A page that changes on disk does not change what is served: files are read at the start alone. */
static void
test_read_once (void)
{
  g_autofree char *path = g_build_filename (campus->folder, "web", "app.js", NULL);
  g_autoptr (LkTestAnswer) answer = NULL;

  g_file_set_contents (path, "another", -1, NULL);
  answer = get ("/web/app.js", NULL);
  g_assert_cmpstr (answer->body, ==, "a script");
}

static void
test_answers_of_the_interface (void)
{
  g_autoptr (LkTestAnswer) meta = get ("/v1/meta", NULL);
  g_autoptr (LkTestAnswer) escaped = get ("/v1/%6deta", NULL);
  const LkTestAnswer *answers[] = { meta, escaped };

  g_assert_cmpint (meta->status, ==, 200);
  g_assert_cmpint (escaped->status, ==, 404);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      assert_header (answers[i], "Cache-Control", "no-store");
      assert_header (answers[i], "X-Content-Type-Options", "nosniff");
      assert_header (answers[i], "Referrer-Policy", "no-referrer");
      assert_header (answers[i], "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }
}

static void
test_title_in_the_language (void)
{
  g_autoptr (LkTestAnswer) zh = get ("/v1/queue/stats", NULL);
  g_autoptr (LkTestAnswer) en = get ("/v1/queue/stats", "Accept-Language: en-GB, zh;q=0.5\r\n");

  g_assert_cmpstr (lk_json_string (en->json, "title"), ==, "Sign in first.");
  g_assert_cmpstr (lk_json_string (zh->json, "title"), ==, lk_text_zh ("Sign in first."));
  g_assert_cmpstr (lk_test_answer_code (zh), ==, lk_test_answer_code (en));
  assert_header (en, "Content-Language", "en");
  assert_header (zh, "Content-Language", "zh-CN");
}

static void
test_language (void)
{
  static const struct
  {
    const char *header;
    LkLanguage language;
  } cases[] = {
    { NULL, LK_LANGUAGE_ZH },
    { "", LK_LANGUAGE_ZH },
    { "*", LK_LANGUAGE_ZH },
    { "fr, de", LK_LANGUAGE_ZH },
    { "en", LK_LANGUAGE_EN },
    { "EN-us", LK_LANGUAGE_EN },
    { "english", LK_LANGUAGE_ZH },
    { "zh-CN,zh;q=0.9,en;q=0.8", LK_LANGUAGE_ZH },
    { "en;q=0.8,zh-CN", LK_LANGUAGE_ZH },
    { "fr, en ; q=0.7, zh;q=0.3", LK_LANGUAGE_EN },
    { "en;q=0", LK_LANGUAGE_ZH },
    { "en;q=nan, zh;q=1e9", LK_LANGUAGE_ZH },
    { ",,;;q=,en", LK_LANGUAGE_EN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (lk_language_from_header (cases[i].header), ==, cases[i].language);
}

static void
test_no_folder (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkWebFiles) files = lk_web_files_new ("", &error);

  g_assert_no_error (error);
  g_assert_null (lk_web_files_find (files, "index.html"));
}

static void
write_page (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (campus->folder, "web", name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* The server looks for data beside the campus first. */
static void
write_pages (void)
{
  g_autofree char *link = g_build_filename (campus->folder, "web", "link.js", NULL);

  write_page ("index.html", "first page");
  write_page ("app.js", "a script");
  write_page ("words/zh.json", "{}");
  write_page ("secret.sh", "no page");
  write_page (".hidden.js", "no page");
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  campus = lk_test_campus_new (1);
  lk_test_campus_close (campus);
  write_pages ();
  server = lk_test_server_start (campus->folder, NULL);
  g_test_add_func ("/service/web/pages", test_pages);
  g_test_add_func ("/service/web/not-modified", test_not_modified);
  g_test_add_func ("/service/web/not-there", test_not_there);
  g_test_add_func ("/service/web/read-once", test_read_once);
  g_test_add_func ("/service/web/answers-of-the-interface", test_answers_of_the_interface);
  g_test_add_func ("/service/web/title-in-the-language", test_title_in_the_language);
  g_test_add_func ("/service/web/language", test_language);
  g_test_add_func ("/service/web/no-folder", test_no_folder);
  result = g_test_run ();
  lk_test_server_free (server);
  lk_test_campus_free (campus);
  return result;
}
