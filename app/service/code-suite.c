/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/code-suite.h"

#include <gcrypt.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <string.h>

#include "core/error.h"

/* The standard's own default identity of a signer (GB/T 35276). */
#define SM2_ID "1234567812345678"

enum { SM2_NUMBER_SIZE = 32, DER_MAX = 80 };

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY_CTX, EVP_PKEY_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MD_CTX, EVP_MD_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_CIPHER_CTX, EVP_CIPHER_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ECDSA_SIG, ECDSA_SIG_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OSSL_PARAM_BLD, OSSL_PARAM_BLD_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OSSL_PARAM, OSSL_PARAM_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIGNUM, BN_clear_free)

/* plain and sealed bytes of one call */
typedef struct
{
  const guint8 *secret, *nonce;
  const guint8 *head;
  gsize n_head;
  const guint8 *in;
  gsize n;                      /* without the tag */
  guint8 *out;
  guint8 *tag;                  /* sealing writes it, opening compares */
} Sealing;

struct _LkCodeSuite
{
  char letter;
  gsize secret_size, public_size;
  const EVP_MD *(*hash) (void);
  gboolean (*seal) (const Sealing *sealing);
  gboolean (*open) (const Sealing *sealing);
  EVP_PKEY *(*make_key) (void);
  gboolean (*export) (EVP_PKEY *key, guint8 *public, guint8 *private);
  EVP_PKEY *(*import) (const guint8 *public, const guint8 *private);    /* private: may be NULL */
  gboolean (*sign) (EVP_PKEY *key, const guint8 *data, gsize n, guint8 *signature);
  gboolean (*verify) (EVP_PKEY *key, const guint8 *data, gsize n, const guint8 *signature);
};

/* -- A: AES-256-GCM, Ed25519 -- */

static gboolean
aes_seal (const Sealing *s)
{
  g_autoptr (EVP_CIPHER_CTX) context = EVP_CIPHER_CTX_new ();
  int n, rest;

  return context != NULL && EVP_EncryptInit_ex (context, EVP_aes_256_gcm (), NULL, s->secret, s->nonce) == 1 &&
         EVP_EncryptUpdate (context, NULL, &n, s->head, (int) s->n_head) == 1 &&
         EVP_EncryptUpdate (context, s->out, &n, s->in, (int) s->n) == 1 && EVP_EncryptFinal_ex (context, s->out + n, &rest) == 1 &&
         EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_GCM_GET_TAG, LK_CODE_TAG_SIZE, s->tag) == 1;
}

static gboolean
aes_open (const Sealing *s)
{
  g_autoptr (EVP_CIPHER_CTX) context = EVP_CIPHER_CTX_new ();
  int n, rest;

  return context != NULL && EVP_DecryptInit_ex (context, EVP_aes_256_gcm (), NULL, s->secret, s->nonce) == 1 &&
         EVP_DecryptUpdate (context, NULL, &n, s->head, (int) s->n_head) == 1 &&
         EVP_DecryptUpdate (context, s->out, &n, s->in, (int) s->n) == 1 &&
         EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_GCM_SET_TAG, LK_CODE_TAG_SIZE, s->tag) == 1 &&
         EVP_DecryptFinal_ex (context, s->out + n, &rest) == 1;
}

static EVP_PKEY *
ed25519_make_key (void)
{
  return EVP_PKEY_Q_keygen (NULL, NULL, "ED25519");
}

static gboolean
ed25519_export (EVP_PKEY *key, guint8 *public, guint8 *private)
{
  gsize n_public = 32, n_private = LK_CODE_PRIVATE_SIZE;

  return EVP_PKEY_get_raw_public_key (key, public, &n_public) == 1 && EVP_PKEY_get_raw_private_key (key, private, &n_private) == 1;
}

static EVP_PKEY *
ed25519_import (const guint8 *public, const guint8 *private)
{
  return private != NULL ? EVP_PKEY_new_raw_private_key (EVP_PKEY_ED25519, NULL, private, LK_CODE_PRIVATE_SIZE)
                         : EVP_PKEY_new_raw_public_key (EVP_PKEY_ED25519, NULL, public, 32);
}

static gboolean
ed25519_sign (EVP_PKEY *key, const guint8 *data, gsize n, guint8 *signature)
{
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();
  gsize n_signature = LK_CODE_SIGNATURE_SIZE;

  return context != NULL && EVP_DigestSignInit (context, NULL, NULL, NULL, key) == 1 &&
         EVP_DigestSign (context, signature, &n_signature, data, n) == 1;
}

static gboolean
ed25519_verify (EVP_PKEY *key, const guint8 *data, gsize n, const guint8 *signature)
{
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();

  return context != NULL && EVP_DigestVerifyInit (context, NULL, NULL, NULL, key) == 1 &&
         EVP_DigestVerify (context, signature, LK_CODE_SIGNATURE_SIZE, data, n) == 1;
}

/* -- G: SM4-GCM, which OpenSSL does not have before 3.1, and SM2 over SM3 -- */

static gboolean
sm4_start (gcry_cipher_hd_t *cipher, const Sealing *s)
{
  return gcry_cipher_open (cipher, GCRY_CIPHER_SM4, GCRY_CIPHER_MODE_GCM, 0) == 0 && gcry_cipher_setkey (*cipher, s->secret, 16) == 0 &&
         gcry_cipher_setiv (*cipher, s->nonce, LK_CODE_NONCE_SIZE) == 0 && gcry_cipher_authenticate (*cipher, s->head, s->n_head) == 0;
}

static gboolean
sm4_seal (const Sealing *s)
{
  gcry_cipher_hd_t cipher = NULL;
  gboolean ok = sm4_start (&cipher, s) && gcry_cipher_encrypt (cipher, s->out, s->n, s->in, s->n) == 0 &&
                gcry_cipher_gettag (cipher, s->tag, LK_CODE_TAG_SIZE) == 0;

  gcry_cipher_close (cipher);
  return ok;
}

static gboolean
sm4_open (const Sealing *s)
{
  gcry_cipher_hd_t cipher = NULL;
  gboolean ok = sm4_start (&cipher, s) && gcry_cipher_decrypt (cipher, s->out, s->n, s->in, s->n) == 0 &&
                gcry_cipher_checktag (cipher, s->tag, LK_CODE_TAG_SIZE) == 0;

  gcry_cipher_close (cipher);
  return ok;
}

static EVP_PKEY *
sm2_make_key (void)
{
  return EVP_PKEY_Q_keygen (NULL, NULL, "SM2");
}

static gboolean
sm2_export (EVP_PKEY *key, guint8 *public, guint8 *private)
{
  g_autoptr (BIGNUM) x = NULL;
  g_autoptr (BIGNUM) y = NULL;
  g_autoptr (BIGNUM) number = NULL;

  public[0] = 4;                /* both coordinates follow */
  return EVP_PKEY_get_bn_param (key, OSSL_PKEY_PARAM_EC_PUB_X, &x) == 1 && EVP_PKEY_get_bn_param (key, OSSL_PKEY_PARAM_EC_PUB_Y, &y) == 1 &&
         EVP_PKEY_get_bn_param (key, OSSL_PKEY_PARAM_PRIV_KEY, &number) == 1 &&
         BN_bn2binpad (x, public + 1, SM2_NUMBER_SIZE) > 0 && BN_bn2binpad (y, public + 1 + SM2_NUMBER_SIZE, SM2_NUMBER_SIZE) > 0 &&
         BN_bn2binpad (number, private, LK_CODE_PRIVATE_SIZE) > 0;
}

static OSSL_PARAM *
sm2_parameters (const guint8 *public, const BIGNUM *number)
{
  g_autoptr (OSSL_PARAM_BLD) builder = OSSL_PARAM_BLD_new ();

  if (builder == NULL || !OSSL_PARAM_BLD_push_utf8_string (builder, OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0) ||
      !OSSL_PARAM_BLD_push_octet_string (builder, OSSL_PKEY_PARAM_PUB_KEY, public, 1 + 2 * SM2_NUMBER_SIZE) ||
      (number != NULL && !OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_PRIV_KEY, number)))
    return NULL;
  return OSSL_PARAM_BLD_to_param (builder);
}

static EVP_PKEY *
sm2_import (const guint8 *public, const guint8 *private)
{
  g_autoptr (BIGNUM) number = private != NULL ? BN_bin2bn (private, LK_CODE_PRIVATE_SIZE, NULL) : NULL;
  g_autoptr (OSSL_PARAM) parameters = sm2_parameters (public, number);
  g_autoptr (EVP_PKEY_CTX) context = EVP_PKEY_CTX_new_from_name (NULL, "SM2", NULL);
  EVP_PKEY *key = NULL;

  if (parameters == NULL || context == NULL || EVP_PKEY_fromdata_init (context) != 1 ||
      EVP_PKEY_fromdata (context, &key, private != NULL ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, parameters) != 1)
    return NULL;
  return key;
}

/* A signature is two numbers; OpenSSL wraps them in DER. */
static gboolean
sm2_unwrap (const guint8 *der, gsize n, guint8 *signature)
{
  g_autoptr (ECDSA_SIG) numbers = d2i_ECDSA_SIG (NULL, &der, (long) n);

  return numbers != NULL && BN_bn2binpad (ECDSA_SIG_get0_r (numbers), signature, SM2_NUMBER_SIZE) > 0 &&
         BN_bn2binpad (ECDSA_SIG_get0_s (numbers), signature + SM2_NUMBER_SIZE, SM2_NUMBER_SIZE) > 0;
}

/* Returns the number of bytes, 0 when it did not work. */
static gsize
sm2_wrap (const guint8 *signature, guint8 der[DER_MAX])
{
  g_autoptr (ECDSA_SIG) numbers = ECDSA_SIG_new ();
  BIGNUM *r = BN_bin2bn (signature, SM2_NUMBER_SIZE, NULL);
  BIGNUM *s = BN_bin2bn (signature + SM2_NUMBER_SIZE, SM2_NUMBER_SIZE, NULL);
  int n;

  if (numbers == NULL || ECDSA_SIG_set0 (numbers, r, s) != 1)
    {
      BN_free (r);
      BN_free (s);
      return 0;
    }
  n = i2d_ECDSA_SIG (numbers, NULL);
  return n > 0 && n <= DER_MAX && i2d_ECDSA_SIG (numbers, &der) == n ? (gsize) n : 0;
}

/* A context that hashes the signer's identity first. The identity belongs to it and must be freed with it. */
static EVP_MD_CTX *
sm2_context (EVP_PKEY *key, EVP_PKEY_CTX **identity)
{
  EVP_MD_CTX *context = EVP_MD_CTX_new ();

  *identity = EVP_PKEY_CTX_new_from_pkey (NULL, key, NULL);
  if (context != NULL && *identity != NULL && EVP_PKEY_CTX_set1_id (*identity, SM2_ID, strlen (SM2_ID)) > 0)
    EVP_MD_CTX_set_pkey_ctx (context, *identity);
  return context;
}

static gboolean
sm2_sign (EVP_PKEY *key, const guint8 *data, gsize n, guint8 *signature)
{
  g_autoptr (EVP_PKEY_CTX) identity = NULL;
  g_autoptr (EVP_MD_CTX) context = sm2_context (key, &identity);
  guint8 der[DER_MAX];
  gsize n_der = sizeof der;

  return context != NULL && EVP_DigestSignInit (context, NULL, EVP_sm3 (), NULL, key) == 1 &&
         EVP_DigestSign (context, der, &n_der, data, n) == 1 && sm2_unwrap (der, n_der, signature);
}

static gboolean
sm2_verify (EVP_PKEY *key, const guint8 *data, gsize n, const guint8 *signature)
{
  g_autoptr (EVP_PKEY_CTX) identity = NULL;
  g_autoptr (EVP_MD_CTX) context = sm2_context (key, &identity);
  guint8 der[DER_MAX];
  gsize n_der = sm2_wrap (signature, der);

  return n_der > 0 && context != NULL && EVP_DigestVerifyInit (context, NULL, EVP_sm3 (), NULL, key) == 1 &&
         EVP_DigestVerify (context, der, n_der, data, n) == 1;
}

/* -- both -- */

static const LkCodeSuite suites[] = {
  { 'A', 32, 32, EVP_sha256, aes_seal, aes_open, ed25519_make_key, ed25519_export, ed25519_import, ed25519_sign, ed25519_verify },
  { 'G', 16, 65, EVP_sm3, sm4_seal, sm4_open, sm2_make_key, sm2_export, sm2_import, sm2_sign, sm2_verify },
};

static gpointer
start_gcrypt (gpointer unused)
{
  gcry_check_version (NULL);
  gcry_control (GCRYCTL_DISABLE_SECMEM, 0);
  gcry_control (GCRYCTL_INITIALIZATION_FINISHED, 0);
  return NULL;
}

const LkCodeSuite *
lk_code_suite_find (char letter)
{
  static GOnce once = G_ONCE_INIT;

  g_once (&once, start_gcrypt, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (suites); i++)
    if (suites[i].letter == letter)
      return &suites[i];
  return NULL;
}

char
lk_code_suite_get_letter (const LkCodeSuite *self)
{
  return self->letter;
}

gsize
lk_code_suite_get_secret_size (const LkCodeSuite *self)
{
  return self->secret_size;
}

gsize
lk_code_suite_get_public_size (const LkCodeSuite *self)
{
  return self->public_size;
}

gboolean
lk_code_suite_make_pair (const LkCodeSuite *self, guint8 *public, guint8 *private, GError **error)
{
  g_autoptr (EVP_PKEY) key = self->make_key ();

  if (key != NULL && self->export (key, public, private))
    return TRUE;
  g_set_error (error, LK_ERROR, LK_ERROR_FAILED, "no key for suite %c can be made", self->letter);
  return FALSE;
}

gboolean
lk_code_suite_make_id (const LkCodeSuite *self, const guint8 *public, guint8 id[LK_CODE_KEY_ID_SIZE])
{
  guint8 hash[EVP_MAX_MD_SIZE];
  gboolean ok = EVP_Digest (public, self->public_size, hash, NULL, self->hash (), NULL) == 1;

  if (ok)
    memcpy (id, hash, LK_CODE_KEY_ID_SIZE);
  return ok;
}

gboolean
lk_code_suite_seal (const LkCodeSuite *self, const guint8 *secret, const guint8 *nonce, GBytes *head, GBytes *plain, guint8 *sealed)
{
  Sealing s = { .secret = secret, .nonce = nonce, .out = sealed };

  s.head = g_bytes_get_data (head, &s.n_head);
  s.in = g_bytes_get_data (plain, &s.n);
  s.tag = sealed + s.n;
  return self->seal (&s);
}

gboolean
lk_code_suite_open (const LkCodeSuite *self, const guint8 *secret, const guint8 *nonce, GBytes *head, const guint8 *sealed, gsize n,
                    guint8 *plain)
{
  Sealing s = { .secret = secret, .nonce = nonce, .in = sealed, .out = plain };
  guint8 tag[LK_CODE_TAG_SIZE];

  if (n < LK_CODE_TAG_SIZE)
    return FALSE;
  s.n = n - LK_CODE_TAG_SIZE;
  memcpy (tag, sealed + s.n, sizeof tag);
  s.tag = tag;
  s.head = g_bytes_get_data (head, &s.n_head);
  if (self->open (&s))
    return TRUE;
  memset (plain, 0, s.n);       /* it was decrypted before the tag was compared */
  return FALSE;
}

gboolean
lk_code_suite_sign (const LkCodeSuite *self, const guint8 *public, const guint8 *private, const guint8 *data, gsize n,
                    guint8 signature[LK_CODE_SIGNATURE_SIZE])
{
  g_autoptr (EVP_PKEY) key = self->import (public, private);

  return key != NULL && self->sign (key, data, n, signature);
}

gboolean
lk_code_suite_verify (const LkCodeSuite *self, const guint8 *public, const guint8 *data, gsize n,
                      const guint8 signature[LK_CODE_SIGNATURE_SIZE])
{
  g_autoptr (EVP_PKEY) key = self->import (public, NULL);

  return key != NULL && self->verify (key, data, n, signature);
}
