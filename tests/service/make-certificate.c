/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "make-certificate.h"

#include <arpa/inet.h>
#include <gnutls/abstract.h>
#include <gnutls/x509.h>
#include <string.h>
#include <time.h>

enum { VALID_SECONDS = 3600 };

static void
check (int code)
{
  if (code < 0)
    g_error ("certificate: %s", gnutls_strerror (code));
}

static gnutls_x509_privkey_t
make_key (void)
{
  gnutls_x509_privkey_t key;

  check (gnutls_x509_privkey_init (&key));
  check (gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0));
  return key;
}

static gnutls_x509_crt_t
start_certificate (gnutls_x509_privkey_t key, const char *common_name, guint8 serial)
{
  gnutls_x509_crt_t crt;
  time_t now = time (NULL);

  check (gnutls_x509_crt_init (&crt));
  check (gnutls_x509_crt_set_version (crt, 3));
  check (gnutls_x509_crt_set_serial (crt, &serial, 1));
  check (gnutls_x509_crt_set_dn_by_oid (crt, GNUTLS_OID_X520_COMMON_NAME, 0, common_name, (unsigned) strlen (common_name)));
  check (gnutls_x509_crt_set_activation_time (crt, now - 60));
  check (gnutls_x509_crt_set_expiration_time (crt, now + VALID_SECONDS));
  check (gnutls_x509_crt_set_key (crt, key));
  return crt;
}

static gnutls_x509_crt_t
make_authority (gnutls_x509_privkey_t key, const char *name)
{
  g_autofree char *common_name = g_strconcat (name, " authority", NULL);
  gnutls_x509_crt_t crt = start_certificate (key, common_name, 1);

  check (gnutls_x509_crt_set_basic_constraints (crt, 1, -1));
  check (gnutls_x509_crt_set_key_usage (crt, GNUTLS_KEY_KEY_CERT_SIGN));
  check (gnutls_x509_crt_sign2 (crt, crt, key, GNUTLS_DIG_SHA256, 0));
  return crt;
}

static void
write_file (const char *folder, const char *name, const char *ending, const gnutls_datum_t *pem)
{
  g_autofree char *file = g_strconcat (name, ending, NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);

  g_assert_true (g_file_set_contents (path, (const char *) pem->data, pem->size, NULL));
}

static void
write_certificate (const char *folder, const char *name, const char *ending, gnutls_x509_crt_t crt)
{
  gnutls_datum_t pem;

  check (gnutls_x509_crt_export2 (crt, GNUTLS_X509_FMT_PEM, &pem));
  write_file (folder, name, ending, &pem);
  gnutls_free (pem.data);
  gnutls_x509_crt_deinit (crt);
}

void
make_certificate (const char *folder, const char *name, guint8 serial)
{
  gnutls_x509_privkey_t authority_key = make_key (), key = make_key ();
  gnutls_x509_crt_t authority = make_authority (authority_key, name);
  gnutls_x509_crt_t crt = start_certificate (key, name, serial);
  struct in_addr loopback = { htonl (INADDR_LOOPBACK) };
  gnutls_datum_t pem;

  check (gnutls_x509_crt_set_subject_alt_name (crt, GNUTLS_SAN_IPADDRESS, &loopback, sizeof loopback, GNUTLS_FSAN_SET));
  check (gnutls_x509_crt_sign2 (crt, authority, authority_key, GNUTLS_DIG_SHA256, 0));
  check (gnutls_x509_privkey_export2 (key, GNUTLS_X509_FMT_PEM, &pem));
  write_file (folder, name, ".key", &pem);
  gnutls_free (pem.data);
  write_certificate (folder, name, ".pem", crt);
  write_certificate (folder, name, "-ca.pem", authority);
  gnutls_x509_privkey_deinit (key);
  gnutls_x509_privkey_deinit (authority_key);
}
