/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/seal.h"

#include <sodium.h>
#include <string.h>

#include "core/error.h"

enum
{
  NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
  TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
  NAME_BYTES = 16,
};

G_STATIC_ASSERT ((int) LK_SEAL_KEY_BYTES == (int) crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

static const char text_prefix[] = "sealed:";
static const char names_context[] = "lknames_"; /* of the key that names are made with; values have the key itself */

struct _LkSeal
{
  gatomicrefcount ref_count;
  guint8 *key; /* sodium_malloc() */
  guint8 *name_key;
};

static void
start_sodium (void)
{
  if (sodium_init () < 0)
    g_error ("libsodium cannot be used on this machine");
}

LkSeal *
lk_seal_new (const guint8 *key)
{
  LkSeal *self = g_new0 (LkSeal, 1);

  start_sodium ();
  g_atomic_ref_count_init (&self->ref_count);
  self->key = sodium_malloc (LK_SEAL_KEY_BYTES);
  self->name_key = sodium_malloc (LK_SEAL_KEY_BYTES);
  if (self->key == NULL || self->name_key == NULL)
    g_error ("no locked memory for a key");
  memcpy (self->key, key, LK_SEAL_KEY_BYTES);
  crypto_kdf_derive_from_key (self->name_key, LK_SEAL_KEY_BYTES, 1, names_context, self->key);
  return self;
}

LkSeal *
lk_seal_new_from_text (const char *text)
{
  guint8 key[LK_SEAL_KEY_BYTES];
  gsize size = 0;
  LkSeal *self = NULL;

  start_sodium ();
  if (text != NULL && sodium_hex2bin (key, sizeof key, text, strlen (text), NULL, &size, NULL) == 0
      && size == sizeof key && strlen (text) == 2 * sizeof key)
    self = lk_seal_new (key);
  sodium_memzero (key, sizeof key);
  return self;
}

char *
lk_seal_make_text (void)
{
  guint8 key[LK_SEAL_KEY_BYTES];
  char *text = g_malloc (2 * sizeof key + 1);

  start_sodium ();
  randombytes_buf (key, sizeof key);
  sodium_bin2hex (text, 2 * sizeof key + 1, key, sizeof key);
  sodium_memzero (key, sizeof key);
  return text;
}

void
lk_seal_free_text (char *text)
{
  if (text != NULL)
    sodium_memzero (text, strlen (text));
  g_free (text);
}

LkSeal *
lk_seal_ref (LkSeal *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
lk_seal_unref (LkSeal *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  sodium_free (self->key); /* wipes it */
  sodium_free (self->name_key);
  g_free (self);
}

GBytes *
lk_seal_bytes (LkSeal *self, const char *place, gconstpointer data, gsize size)
{
  guint8 *sealed = g_malloc (NONCE + size + TAG);

  randombytes_buf (sealed, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + NONCE, NULL, data, size, (const guint8 *) place, strlen (place),
                                              NULL, sealed, self->key);
  return g_bytes_new_take (sealed, NONCE + size + TAG);
}

GBytes *
lk_seal_open (LkSeal *self, const char *place, gconstpointer data, gsize size, GError **error)
{
  const guint8 *sealed = data;
  g_autofree guint8 *plain = size >= NONCE + TAG ? g_malloc (size - NONCE - TAG + 1) : NULL;

  if (plain == NULL
      || crypto_aead_xchacha20poly1305_ietf_decrypt (plain, NULL, NULL, sealed + NONCE, size - NONCE,
                                                     (const guint8 *) place, strlen (place), sealed, self->key)
           != 0)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_CORRUPT, "a sealed value does not open with this key");
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&plain), size - NONCE - TAG);
}

char *
lk_seal_text (LkSeal *self, const char *place, const char *text)
{
  g_autoptr (GBytes) sealed = lk_seal_bytes (self, place, text, strlen (text));
  g_autofree char *base64 = g_base64_encode (g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));

  return g_strconcat (text_prefix, base64, NULL);
}

gboolean
lk_seal_is_sealed (const char *text)
{
  return g_str_has_prefix (text, text_prefix);
}

char *
lk_seal_open_text (LkSeal *self, const char *place, const char *sealed, GError **error)
{
  g_autofree guchar *data = NULL;
  g_autoptr (GBytes) plain = NULL;
  gsize size = 0;

  if (g_str_has_prefix (sealed, text_prefix))
    data = g_base64_decode (sealed + strlen (text_prefix), &size);
  plain = lk_seal_open (self, place, data, size, error);
  return plain != NULL ? g_strndup (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain)) : NULL;
}

char *
lk_seal_name (LkSeal *self, const char *name)
{
  guint8 hash[NAME_BYTES];
  char *text = g_malloc (2 * sizeof hash + 1);

  crypto_generichash (hash, sizeof hash, (const guint8 *) name, strlen (name), self->name_key, LK_SEAL_KEY_BYTES);
  return sodium_bin2hex (text, 2 * sizeof hash + 1, hash, sizeof hash);
}
