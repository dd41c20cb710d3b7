/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/passphrase.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "core/error.h"
#include "core/json.h"

/* What the proof in the file says once it is open. */
static const char proof[] = "likeness";

/* The costs of libsodium for a person who waits; those a file names are kept within these, so that a changed file can
 * take neither all memory nor an hour. */
enum
{
  PASSES = crypto_pwhash_OPSLIMIT_INTERACTIVE,
  MEMORY = crypto_pwhash_MEMLIMIT_INTERACTIVE,
  MOST_PASSES = 8,
  MOST_MEMORY = 256 * 1024 * 1024,
};

typedef struct
{
  guint8 salt[crypto_pwhash_SALTBYTES];
  int passes, memory;
  char *proof;
} Lock;

static char *
lock_path (const char *dir)
{
  return g_build_filename (dir, "lock.json", NULL);
}

gboolean
lk_passphrase_is_set (const char *dir)
{
  g_autofree char *path = lock_path (dir);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static LkSeal *
derive (const Lock *lock, const char *passphrase, GError **error)
{
  guint8 key[LK_SEAL_KEY_BYTES];
  LkSeal *seal;

  if (crypto_pwhash (key, sizeof key, passphrase, strlen (passphrase), lock->salt, (unsigned long long) lock->passes,
                     (gsize) lock->memory, crypto_pwhash_ALG_ARGON2ID13)
      != 0)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_STORE, "no memory to make a key of a passphrase");
      return NULL;
    }
  seal = lk_seal_new (key);
  sodium_memzero (key, sizeof key);
  return seal;
}

static gboolean
write_lock (const char *dir, const Lock *lock, GError **error)
{
  g_autofree char *path = lock_path (dir);
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  g_autofree char *text = NULL;
  char salt[2 * crypto_pwhash_SALTBYTES + 1];
  g_autoptr (GError) cause = NULL;

  sodium_bin2hex (salt, sizeof salt, lock->salt, sizeof lock->salt);
  lk_json_add_string (json, "salt", salt);
  lk_json_add_int (json, "passes", lock->passes);
  lk_json_add_int (json, "memory", lock->memory);
  lk_json_add_string (json, "proof", lock->proof);
  text = lk_json_print (json);
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &cause))
    return TRUE;
  g_set_error_literal (error, LK_ERROR,
                       g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? LK_ERROR_DISK_FULL : LK_ERROR_STORE,
                       cause->message);
  return FALSE;
}

LkSeal *
lk_passphrase_set (const char *dir, const char *passphrase, GError **error)
{
  Lock lock = { .passes = PASSES, .memory = MEMORY };
  g_autofree char *sealed = NULL;
  g_autoptr (LkSeal) seal = NULL;

  if (sodium_init () < 0)
    g_error ("libsodium cannot be used on this machine");
  randombytes_buf (lock.salt, sizeof lock.salt);
  seal = derive (&lock, passphrase, error);
  if (seal == NULL)
    return NULL;
  lock.proof = sealed = lk_seal_text (seal, "proof", proof);
  return write_lock (dir, &lock, error) ? g_steal_pointer (&seal) : NULL;
}

static gboolean
read_lock (const char *dir, Lock *lock, GError **error)
{
  g_autofree char *path = lock_path (dir);
  g_autoptr (cJSON) json = lk_json_load (path, LK_ERROR_CORRUPT, error);
  const char *salt = lk_json_string (json, "salt");
  gsize size = 0;

  if (json == NULL)
    return FALSE;
  lock->passes = (int) lk_json_int (json, "passes", 0);
  lock->memory = (int) lk_json_int (json, "memory", 0);
  lock->proof = g_strdup (lk_json_string (json, "proof"));
  if (salt != NULL && lock->proof != NULL
      && sodium_hex2bin (lock->salt, sizeof lock->salt, salt, strlen (salt), NULL, &size, NULL) == 0
      && size == sizeof lock->salt && lock->passes >= 1 && lock->passes <= MOST_PASSES
      && lock->memory >= (int) crypto_pwhash_MEMLIMIT_MIN && lock->memory <= MOST_MEMORY)
    return TRUE;
  g_free (lock->proof);
  g_set_error (error, LK_ERROR, LK_ERROR_CORRUPT, "%s is no lock", path);
  return FALSE;
}

LkSeal *
lk_passphrase_unlock (const char *dir, const char *passphrase, GError **error)
{
  Lock lock = { .passes = 0 };
  g_autofree char *found = NULL;
  g_autofree char *sealed = NULL;
  g_autoptr (LkSeal) seal = NULL;

  if (sodium_init () < 0)
    g_error ("libsodium cannot be used on this machine");
  if (!read_lock (dir, &lock, error))
    return NULL;
  sealed = lock.proof;
  seal = derive (&lock, passphrase, error);
  if (seal == NULL)
    return NULL;
  found = lk_seal_open_text (seal, "proof", sealed, NULL);
  if (g_strcmp0 (found, proof) == 0)
    return g_steal_pointer (&seal);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_WRONG_PASSPHRASE, "the passphrase does not open the lock");
  return NULL;
}

void
lk_passphrase_forget (const char *dir)
{
  g_autofree char *path = lock_path (dir);

  g_unlink (path);
}

char *
lk_password_print (const char *password, GError **error)
{
  char print[crypto_pwhash_STRBYTES];

  if (sodium_init () < 0)
    g_error ("libsodium cannot be used on this machine");
  if (crypto_pwhash_str (print, password, strlen (password), PASSES, MEMORY) == 0)
    return g_strdup (print);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_STORE, "no memory to keep a password's print");
  return NULL;
}

gboolean
lk_password_fits (const char *print, const char *password)
{
  if (sodium_init () < 0)
    g_error ("libsodium cannot be used on this machine");
  return crypto_pwhash_str_verify (print, password, strlen (password)) == 0;
}
