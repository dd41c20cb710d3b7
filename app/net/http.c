/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "likeness-net"

#include "net/http.h"

#include <curl/curl.h>
#include <string.h>

#include "core/error.h"
#include "net/service-url.h"

enum
{
  CONNECT_TIMEOUT_S = 5,
  MAX_ANSWER_BYTES = 32 * 1024 * 1024, /* no photo the service takes is this large; a runaway answer ends here */
  MAX_IDLE_HANDLES = 8,
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CURL, curl_easy_cleanup)
typedef struct curl_slist Headers;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Headers, curl_slist_free_all)

struct _LkHttp
{
  gatomicrefcount ref_count;
  char *base_url;
  char *ca_file;   /* the college's own, beside those of the system; NULL for none */
  gboolean loopback;
  GMutex mutex;
  GQueue idle; /* of CURL, each with its open connections; under mutex */
};

static char *
find_ca_file (void)
{
  const char *chosen = g_getenv ("LIKENESS_CA_FILE");
  g_autofree char *own = g_build_filename (g_get_user_config_dir (), "likeness", "ca.pem", NULL);

  if (chosen != NULL)
    return g_strdup (chosen);
  return g_file_test (own, G_FILE_TEST_EXISTS) ? g_steal_pointer (&own) : NULL;
}

LkHttp *
lk_http_new (const char *base_url)
{
  static gsize initialized = 0;
  LkHttp *self = g_new0 (LkHttp, 1);

  if (g_once_init_enter (&initialized))
    {
      curl_global_init (CURL_GLOBAL_DEFAULT);
      g_once_init_leave (&initialized, 1);
    }
  g_atomic_ref_count_init (&self->ref_count);
  self->base_url = g_strdup (base_url);
  self->ca_file = find_ca_file ();
  self->loopback = lk_service_url_is_loopback (base_url);
  g_mutex_init (&self->mutex);
  g_queue_init (&self->idle);
  return self;
}

LkHttp *
lk_http_ref (LkHttp *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
lk_http_unref (LkHttp *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_queue_clear_full (&self->idle, curl_easy_cleanup);
  g_mutex_clear (&self->mutex);
  g_free (self->base_url);
  g_free (self->ca_file);
  g_free (self);
}

void
lk_http_response_free (LkHttpResponse *self)
{
  g_bytes_unref (self->body);
  g_free (self->content_type);
  g_free (self);
}

static CURL *
take_handle (LkHttp *self)
{
  CURL *curl;

  g_mutex_lock (&self->mutex);
  curl = g_queue_pop_head (&self->idle);
  g_mutex_unlock (&self->mutex);
  if (curl == NULL)
    return curl_easy_init ();
  curl_easy_reset (curl); /* forgets options, keeps connections */
  return curl;
}

static void
give_back_handle (LkHttp *self, CURL *curl)
{
  g_mutex_lock (&self->mutex);
  if (self->idle.length < MAX_IDLE_HANDLES)
    g_queue_push_head (&self->idle, g_steal_pointer (&curl));
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&curl, curl_easy_cleanup);
}

static int
stop_if_cancelled (void *cancellable, curl_off_t dltotal, curl_off_t dlnow, curl_off_t ultotal, curl_off_t ulnow)
{
  return g_cancellable_is_cancelled (cancellable);
}

static size_t
collect (char *data, size_t size, size_t n, void *user_data)
{
  GByteArray *body = user_data;

  if (body->len + size * n > MAX_ANSWER_BYTES)
    return 0; /* curl ends the exchange with a write error */
  g_byte_array_append (body, (const guint8 *) data, (guint) (size * n));
  return size * n;
}

static Headers *
make_headers (const LkHttpRequest *request)
{
  Headers *headers = curl_slist_append (NULL, "Expect:");

  if (request->body != NULL)
    headers = curl_slist_append (headers, "Content-Type: application/json");
  if (request->key != NULL)
    {
      g_autofree char *line = g_strconcat ("Idempotency-Key: ", request->key, NULL);

      headers = curl_slist_append (headers, line);
    }
  if (request->token != NULL)
    {
      g_autofree char *line = g_strconcat ("Authorization: Bearer ", request->token, NULL);

      headers = curl_slist_append (headers, line);
    }
  return headers;
}

static void
set_request (LkHttp *self, CURL *curl, const LkHttpRequest *request, Headers *headers)
{
  g_autofree char *url = g_strconcat (self->base_url, request->path, NULL);

  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, self->loopback ? "http,https" : "https");
  if (self->loopback)
    curl_easy_setopt (curl, CURLOPT_PROXY, ""); /* loopback is never asked of a proxy */
  if (self->ca_file != NULL)
    curl_easy_setopt (curl, CURLOPT_CAINFO, self->ca_file); /* the system's folder of certificates counts as well */
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt (curl, CURLOPT_CUSTOMREQUEST, request->method);
  if (request->body != NULL)
    {
      curl_easy_setopt (curl, CURLOPT_POSTFIELDSIZE, (long) strlen (request->body));
      curl_easy_setopt (curl, CURLOPT_POSTFIELDS, request->body);
    }
  curl_easy_setopt (curl, CURLOPT_USERAGENT, "Likeness/" LK_VERSION);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, (long) request->timeout);
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, (long) CONNECT_TIMEOUT_S);
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_TCP_KEEPALIVE, 1L);
}

static void
set_callbacks (CURL *curl, GByteArray *body, GCancellable *cancellable)
{
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, collect);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, body);
  curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, stop_if_cancelled);
  curl_easy_setopt (curl, CURLOPT_XFERINFODATA, cancellable);
}

static gboolean
is_about_trust (CURLcode code)
{
  return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_ISSUER_ERROR || code == CURLE_SSL_INVALIDCERTSTATUS
         || code == CURLE_SSL_PINNEDPUBKEYNOTMATCH;
}

static LkHttpResponse *
make_response (CURL *curl, GByteArray *body)
{
  LkHttpResponse *response = g_new0 (LkHttpResponse, 1);
  const char *content_type = NULL;
  curl_off_t retry_after = 0;
  long status = 0;

  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo (curl, CURLINFO_CONTENT_TYPE, &content_type);
  curl_easy_getinfo (curl, CURLINFO_RETRY_AFTER, &retry_after);
  response->status = (guint) status;
  response->content_type = g_strdup (content_type != NULL ? content_type : "");
  response->retry_after = (guint) CLAMP (retry_after, 0, 3600);
  response->body = g_byte_array_free_to_bytes (g_byte_array_ref (body));
  return response;
}

LkHttpResponse *
lk_http_perform (LkHttp *self, const LkHttpRequest *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autoptr (Headers) headers = make_headers (request);
  g_autoptr (CURL) curl = take_handle (self);
  LkHttpResponse *response;
  CURLcode code;

  set_request (self, curl, request, headers);
  set_callbacks (curl, body, cancellable);
  code = curl_easy_perform (curl);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (code != CURLE_OK)
    {
      g_set_error (error, LK_ERROR, is_about_trust (code) ? LK_ERROR_UNTRUSTED : LK_ERROR_OFFLINE, "%s %s: %s",
                   request->method, request->path, curl_easy_strerror (code));
      return NULL;
    }
  response = make_response (curl, body);
  give_back_handle (self, g_steal_pointer (&curl));
  return response;
}
