/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/fetch.h"

#include <curl/curl.h>
#include <gio/gio.h>
#include <string.h>

#include "core/error.h"

enum { SECONDS = 10, CONNECT_SECONDS = 5, BYTES_MAX = 1024 * 1024 };

typedef struct curl_slist Headers;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Headers, curl_slist_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CURL, curl_easy_cleanup)

static gboolean
is_this_machine (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL ? g_inet_address_get_is_loopback (address) : strcmp (host, "localhost") == 0;
}

gboolean
lk_fetch_may_ask (const char *url)
{
  g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || *host == '\0' || g_uri_get_userinfo (uri) != NULL)
    return FALSE;
  return strcmp (g_uri_get_scheme (uri), "https") == 0 || (strcmp (g_uri_get_scheme (uri), "http") == 0 && is_this_machine (host));
}

char *
lk_fetch_form (const char *name, ...)
{
  g_autoptr (GString) form = g_string_new (NULL);
  va_list rest;

  va_start (rest, name);
  for (; name != NULL; name = va_arg (rest, const char *))
    {
      const char *value = va_arg (rest, const char *);

      if (value == NULL)
        continue;
      g_string_append_printf (form, "%s%s=", form->len > 0 ? "&" : "", name);
      g_string_append_uri_escaped (form, value, NULL, FALSE);
    }
  va_end (rest);
  return g_string_free (g_steal_pointer (&form), FALSE);
}

char *
lk_fetch_with_query (const char *url, char *form)
{
  char *whole = g_strconcat (url, strchr (url, '?') != NULL ? "&" : "?", form, NULL);

  g_free (form);
  return whole;
}

static size_t
take_bytes (char *data, size_t size, size_t n, void *body)
{
  GString *text = body;

  if (text->len + size * n > BYTES_MAX)
    return 0;
  g_string_append_len (text, data, (gssize) (size * n));
  return size * n;
}

static void
set_options (CURL *curl, const LkFetch *fetch, Headers *headers, GString *body)
{
  curl_easy_setopt (curl, CURLOPT_URL, fetch->url);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, (long) SECONDS);
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, (long) CONNECT_SECONDS);
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, take_bytes);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, body);
  if (fetch->form != NULL)
    curl_easy_setopt (curl, CURLOPT_POSTFIELDS, fetch->form);
  if (fetch->user != NULL)
    {
      curl_easy_setopt (curl, CURLOPT_HTTPAUTH, (long) CURLAUTH_BASIC);
      curl_easy_setopt (curl, CURLOPT_USERNAME, fetch->user);
      curl_easy_setopt (curl, CURLOPT_PASSWORD, fetch->password);
    }
}

char *
lk_fetch (const LkFetch *fetch, GError **error)
{
  g_autoptr (CURL) curl = curl_easy_init ();
  g_autoptr (Headers) headers = curl_slist_append (NULL, "Accept: application/json, application/xml;q=0.9, */*;q=0.1");
  g_autoptr (GString) body = g_string_new (NULL);
  CURLcode code;
  long status = 0;

  if (!lk_fetch_may_ask (fetch->url))
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_COLLEGE_AWAY, "an address that is not https");
      return NULL;
    }
  set_options (curl, fetch, headers, body);
  code = curl_easy_perform (curl);
  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &status);
  if (code == CURLE_OK && status == 200 && memchr (body->str, '\0', body->len) == NULL)
    return g_string_free (g_steal_pointer (&body), FALSE);
  g_set_error (error, LK_ERROR, LK_ERROR_COLLEGE_AWAY, "the college's sign-in: status %ld, %s", status, curl_easy_strerror (code));
  return NULL;
}
