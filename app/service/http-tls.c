/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/http-tls.h"

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <microhttpd.h>
#include <string.h>

#include "core/error.h"
#include "core/json.h"
#include "service/log.h"

/* SECURE256 would refuse the usual P-256 certificates. */
#define PRIORITIES "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE"

typedef struct
{
  gnutls_x509_crt_t *chain;     /* the server's own first */
  unsigned n_chain;
  gnutls_x509_privkey_t key;
} Identity;

static GMutex mutex;
static Identity *current;

static void
identity_free (Identity *self)
{
  for (unsigned i = 0; i < self->n_chain; i++)
    gnutls_x509_crt_deinit (self->chain[i]);
  gnutls_free (self->chain);
  if (self->key != NULL)
    gnutls_x509_privkey_deinit (self->key);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Identity, identity_free)

static gboolean
fail (const char *path, const char *reason, GError **error)
{
  g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "%s: %s", path, reason);
  return FALSE;
}

static gboolean
read_datum (const char *path, gnutls_datum_t *datum, GError **error)
{
  g_autoptr (GError) failure = NULL;
  char *text;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, &failure))
    return fail (path, failure->message, error);
  datum->data = (unsigned char *) text;
  datum->size = (unsigned) size;
  return TRUE;
}

static gboolean
read_chain (Identity *self, const char *path, GError **error)
{
  gnutls_datum_t pem = { NULL, 0 };
  int code;

  if (!read_datum (path, &pem, error))
    return FALSE;
  code = gnutls_x509_crt_list_import2 (&self->chain, &self->n_chain, &pem, GNUTLS_X509_FMT_PEM, 0);
  g_free (pem.data);
  return code >= 0 || fail (path, gnutls_strerror (code), error);
}

static gboolean
read_key (Identity *self, const char *path, GError **error)
{
  gnutls_datum_t pem = { NULL, 0 };
  int code = gnutls_x509_privkey_init (&self->key);

  if (code < 0)
    return fail (path, gnutls_strerror (code), error);
  if (!read_datum (path, &pem, error))
    return FALSE;
  code = gnutls_x509_privkey_import2 (self->key, &pem, GNUTLS_X509_FMT_PEM, NULL, 0);
  explicit_bzero (pem.data, pem.size);
  g_free (pem.data);
  return code >= 0 || fail (path, gnutls_strerror (code), error);
}

static gboolean
belong_together (Identity *self)
{
  unsigned char of_certificate[64], of_key[64];
  size_t n_certificate = sizeof of_certificate, n_key = sizeof of_key;

  return gnutls_x509_crt_get_key_id (self->chain[0], 0, of_certificate, &n_certificate) == 0 &&
         gnutls_x509_privkey_get_key_id (self->key, 0, of_key, &n_key) == 0 && n_certificate == n_key &&
         memcmp (of_certificate, of_key, n_key) == 0;
}

static void
log_identity (Identity *self)
{
  g_autofree char *expires = lk_time_to_text ((gint64) gnutls_x509_crt_get_expiration_time (self->chain[0]) * G_TIME_SPAN_SECOND);

  lk_log ("certificate", "expires=%s chain=%u", expires, self->n_chain);
}

static void
exchange (Identity *next)
{
  Identity *previous;

  g_mutex_lock (&mutex);
  previous = current;
  current = next;
  g_mutex_unlock (&mutex);
  g_clear_pointer (&previous, identity_free);
}

gboolean
lk_http_tls_load (const char *certificate, const char *key, GError **error)
{
  g_autoptr (Identity) next = g_new0 (Identity, 1);

  if (!read_chain (next, certificate, error) || !read_key (next, key, error))
    return FALSE;
  if (!belong_together (next))
    return fail (key, "not the key of the certificate", error);
  log_identity (next);
  exchange (g_steal_pointer (&next));
  return TRUE;
}

void
lk_http_tls_clear (void)
{
  exchange (NULL);
}

/* Copies, which the library frees: the identity may be exchanged while the handshake goes on. */
static int
copy_identity (gnutls_pcert_st **chain, unsigned *n_chain, gnutls_privkey_t *key)
{
  int code = gnutls_privkey_init (key);

  if (code < 0)
    return code;
  code = gnutls_privkey_import_x509 (*key, current->key, GNUTLS_PRIVKEY_IMPORT_COPY);
  *chain = code < 0 ? NULL : gnutls_calloc (current->n_chain, sizeof **chain);
  if (*chain != NULL)
    {
      *n_chain = current->n_chain;
      code = gnutls_pcert_import_x509_list (*chain, current->chain, n_chain, 0);
    }
  if (*chain != NULL && code >= 0)
    return 0;
  gnutls_free (*chain);
  gnutls_privkey_deinit (*key);
  return -1;
}

static int
give_identity (gnutls_session_t session, const struct gnutls_cert_retr_st *info, gnutls_pcert_st **chain, unsigned *n_chain,
               gnutls_ocsp_data_st **ocsp, unsigned *n_ocsp, gnutls_privkey_t *key, unsigned *flags)
{
  int code = -1;

  g_mutex_lock (&mutex);
  if (current != NULL)
    code = copy_identity (chain, n_chain, key);
  g_mutex_unlock (&mutex);
  *ocsp = NULL;
  *n_ocsp = 0;
  *flags = GNUTLS_CERT_RETR_DEINIT_ALL;
  return code;
}

void
lk_http_tls_options (struct MHD_OptionItem *options)
{
  options[0] = (struct MHD_OptionItem) { MHD_OPTION_HTTPS_CERT_CALLBACK2, 0, (void *) give_identity };
  options[1] = (struct MHD_OptionItem) { MHD_OPTION_HTTPS_PRIORITIES, 0, (void *) PRIORITIES };
  options[2] = (struct MHD_OptionItem) { MHD_OPTION_END, 0, NULL };
}
