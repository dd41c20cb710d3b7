/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/code-key.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

#include "core/error.h"
#include "core/json.h"

#define FOLDER "codes"
#define OPEN_SUFFIX ".open.json"
#define ISSUE_SUFFIX ".issue.json"

void
lk_code_key_free (LkCodeKey *self)
{
  sodium_memzero (self, sizeof *self);
  g_free (self);
}

static char *
to_hex (const guint8 *data, gsize n)
{
  char *hex = g_malloc (2 * n + 1);

  return sodium_bin2hex (hex, 2 * n + 1, data, n);
}

char *
lk_code_key_get_name (const LkCodeKey *self)
{
  return to_hex (self->id, sizeof self->id);
}

LkCodeKey *
lk_code_key_make (const LkCodeSuite *suite, GError **error)
{
  g_autoptr (LkCodeKey) self = g_new0 (LkCodeKey, 1);

  self->suite = suite;
  if (!lk_code_suite_make_pair (suite, self->public, self->private, error))
    return NULL;
  if (!lk_code_suite_make_id (suite, self->public, self->id))
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_FAILED, "a key cannot be hashed");
      return NULL;
    }
  randombytes_buf (self->secret, lk_code_suite_get_secret_size (suite));
  self->can_issue = TRUE;
  self->made_at = g_get_real_time ();
  return g_steal_pointer (&self);
}

/* -- files -- */

static void
add_bytes (cJSON *json, const char *name, const guint8 *data, gsize n)
{
  g_autofree char *text = g_malloc (sodium_base64_ENCODED_LEN (n, sodium_base64_VARIANT_URLSAFE_NO_PADDING));

  sodium_bin2base64 (text, sodium_base64_ENCODED_LEN (n, sodium_base64_VARIANT_URLSAFE_NO_PADDING), data, n,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  lk_json_add_string (json, name, text);
}

static cJSON *
make_json (const LkCodeKey *self)
{
  cJSON *json = cJSON_CreateObject ();
  const char letter[] = { lk_code_suite_get_letter (self->suite), '\0' };
  g_autofree char *name = lk_code_key_get_name (self);

  lk_json_add_string (json, "suite", letter);
  lk_json_add_string (json, "id", name);
  return json;
}

static gboolean
save (const cJSON *json, const char *folder, const char *name, const char *suffix, GError **error)
{
  g_autofree char *file = g_strconcat (name, suffix, NULL);
  g_autofree char *path = g_build_filename (folder, FOLDER, file, NULL);
  g_autofree char *text = lk_json_print (json);
  g_autoptr (GError) cause = NULL;

  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &cause))
    return TRUE;
  g_set_error_literal (error, LK_ERROR, g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? LK_ERROR_DISK_FULL : LK_ERROR_STORE,
                       cause->message);
  return FALSE;
}

gboolean
lk_code_key_save (const LkCodeKey *self, const char *folder, GError **error)
{
  g_autoptr (cJSON) open_json = make_json (self);
  g_autoptr (cJSON) issue_json = make_json (self);
  g_autofree char *name = lk_code_key_get_name (self);
  g_autofree char *keys = g_build_filename (folder, FOLDER, NULL);
  g_autofree char *made_at = lk_time_to_text (self->made_at);

  if (g_mkdir (keys, 0700) != 0 && errno != EEXIST)
    {
      g_set_error (error, LK_ERROR, errno == ENOSPC ? LK_ERROR_DISK_FULL : LK_ERROR_STORE, "%s: %s", keys, g_strerror (errno));
      return FALSE;
    }
  add_bytes (open_json, "secret", self->secret, lk_code_suite_get_secret_size (self->suite));
  add_bytes (open_json, "public", self->public, lk_code_suite_get_public_size (self->suite));
  add_bytes (issue_json, "private", self->private, sizeof self->private);
  lk_json_add_string (issue_json, "made_at", made_at);
  /* the private one first: a key that opens nothing yet harms nobody */
  return save (issue_json, folder, name, ISSUE_SUFFIX, error) && save (open_json, folder, name, OPEN_SUFFIX, error);
}

static gboolean
read_bytes (const cJSON *json, const char *name, guint8 *data, gsize n, GError **error)
{
  const char *text = lk_json_string (json, name);
  size_t n_read;

  if (text != NULL && sodium_base642bin (data, n, text, strlen (text), NULL, &n_read, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
      n_read == n)
    return TRUE;
  lk_json_blame (json, name);
  g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "\"%s\" must be %" G_GSIZE_FORMAT " bytes in base64url", name, n);
  return FALSE;
}

static gpointer
read_open_key (const cJSON *json, GError **error)
{
  g_autoptr (LkCodeKey) self = g_new0 (LkCodeKey, 1);
  const char *suite = lk_json_string (json, "suite");
  const char *id = lk_json_string (json, "id");
  g_autofree char *name = NULL;

  self->suite = suite != NULL && strlen (suite) == 1 ? lk_code_suite_find (suite[0]) : NULL;
  if (self->suite == NULL)
    {
      lk_json_blame (json, "suite");
      g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_SPEC, "\"suite\" must be \"A\" or \"G\"");
      return NULL;
    }
  if (!read_bytes (json, "secret", self->secret, lk_code_suite_get_secret_size (self->suite), error) ||
      !read_bytes (json, "public", self->public, lk_code_suite_get_public_size (self->suite), error))
    return NULL;
  if (lk_code_suite_make_id (self->suite, self->public, self->id))
    name = lk_code_key_get_name (self);
  if (g_strcmp0 (id, name) == 0)
    return g_steal_pointer (&self);
  lk_json_blame (json, "id");
  g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_SPEC, "\"id\" is not that of the public key");
  return NULL;
}

static gpointer
read_issue_key (const cJSON *json, GError **error)
{
  g_autoptr (LkCodeKey) self = g_new0 (LkCodeKey, 1);
  const char *made_at = lk_json_string (json, "made_at");

  if (!read_bytes (json, "private", self->private, sizeof self->private, error))
    return NULL;
  if (made_at != NULL && lk_time_from_text (made_at, &self->made_at))
    return g_steal_pointer (&self);
  lk_json_blame (json, "made_at");
  g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_SPEC, "\"made_at\" must be a time");
  return NULL;
}

/* The private half of a key, when it is there. */
static gboolean
load_issue_key (LkCodeKey *self, const char *keys, GError **error)
{
  g_autofree char *name = lk_code_key_get_name (self);
  g_autofree char *file = g_strconcat (name, ISSUE_SUFFIX, NULL);
  g_autofree char *path = g_build_filename (keys, file, NULL);
  g_autoptr (LkCodeKey) half = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  half = lk_json_read_file (path, read_issue_key, LK_ERROR_BAD_SPEC, error);
  if (half == NULL)
    return FALSE;
  memcpy (self->private, half->private, sizeof self->private);
  self->made_at = half->made_at;
  self->can_issue = TRUE;
  return TRUE;
}

GPtrArray *
lk_code_keys_load (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_code_key_free);
  g_autofree char *path = g_build_filename (folder, FOLDER, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, OPEN_SUFFIX) && name[0] != '.')
      {
        g_autofree char *file = g_build_filename (path, name, NULL);
        LkCodeKey *key = lk_json_read_file (file, read_open_key, LK_ERROR_BAD_SPEC, error);

        if (key == NULL)
          return NULL;
        g_ptr_array_add (keys, key);
        if (!load_issue_key (key, path, error))
          return NULL;
      }
  return g_steal_pointer (&keys);
}

gint64
lk_code_keys_get_stamp (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, FOLDER, NULL);
  struct stat info;

  return stat (path, &info) == 0 ? info.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + info.st_mtim.tv_nsec : 0;
}

const LkCodeKey *
lk_code_keys_find (GPtrArray *keys, const LkCodeSuite *suite, const guint8 id[LK_CODE_KEY_ID_SIZE])
{
  for (guint i = 0; i < keys->len; i++)
    {
      const LkCodeKey *key = keys->pdata[i];

      if (key->suite == suite && memcmp (key->id, id, LK_CODE_KEY_ID_SIZE) == 0)
        return key;
    }
  return NULL;
}

const LkCodeKey *
lk_code_keys_find_issuer (GPtrArray *keys, const LkCodeSuite *suite)
{
  const LkCodeKey *newest = NULL;

  for (guint i = 0; i < keys->len; i++)
    {
      const LkCodeKey *key = keys->pdata[i];

      if (key->can_issue && (suite == NULL || key->suite == suite) && (newest == NULL || key->made_at > newest->made_at))
        newest = key;
    }
  return newest;
}
