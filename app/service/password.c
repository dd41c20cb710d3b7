/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/password.h"

#include <sodium.h>
#include <string.h>

#include "core/error.h"

char *
lk_password_hash (const LkServiceConfig *config, const char *password, GError **error)
{
  char hash[crypto_pwhash_STRBYTES];

  if (crypto_pwhash_str (hash, password, strlen (password), (unsigned long long) config->password_passes, config->password_memory) == 0)
    return g_strdup (hash);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_STORE, "no memory for a password hash");
  return NULL;
}

gboolean
lk_password_verify (const LkServiceConfig *config, const char *hash, const char *password)
{
  guint8 key[32], salt[crypto_pwhash_SALTBYTES] = { 0 };

  if (hash != NULL)
    return crypto_pwhash_str_verify (hash, password, strlen (password)) == 0;
  if (crypto_pwhash (key, sizeof key, password, strlen (password), salt, (unsigned long long) config->password_passes,
                     config->password_memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
    return FALSE;
  sodium_memzero (key, sizeof key);
  return FALSE;
}

gboolean
lk_user_name_is_valid (const char *user)
{
  gsize length = user != NULL ? strspn (user, "abcdefghijklmnopqrstuvwxyz0123456789._-") : 0;

  return length >= 1 && length <= 32 && user[length] == '\0';
}
