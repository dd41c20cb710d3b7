/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/search-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/error.h"

/* -- the key -- */

static gboolean
locked (GError **error, const char *why)
{
  g_set_error (error, LK_ERROR, LK_ERROR_LOCKED, "search.key: %s", why);
  return FALSE;
}

/* Whole and durable before anything is encrypted with it; a key that another process made meanwhile counts. */
static gboolean
make_key (const char *path, guint8 key[crypto_secretbox_KEYBYTES], GError **error)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean ok;

  if (fd < 0)
    return locked (error, g_strerror (errno));
  crypto_secretbox_keygen (key);
  ok = write (fd, key, crypto_secretbox_KEYBYTES) == crypto_secretbox_KEYBYTES && fsync (fd) == 0;
  if (close (fd) == 0 && ok)
    return TRUE;
  unlink (path);
  return locked (error, "cannot be written");
}

/* may_make: there is nothing yet that was encrypted with another one. */
static gboolean
load_key (LkService *service, gboolean may_make, guint8 key[crypto_secretbox_KEYBYTES], GError **error)
{
  g_autofree char *path = g_build_filename (service->folder, "search.key", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) failure = NULL;
  gsize size;

  if (!g_file_get_contents (path, &bytes, &size, &failure))
    {
      if (may_make && g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return make_key (path, key, error);
      return locked (error, failure->message);
    }
  if (size != crypto_secretbox_KEYBYTES)
    return locked (error, "it is no key");
  memcpy (key, bytes, crypto_secretbox_KEYBYTES);
  sodium_memzero (bytes, size);
  return TRUE;
}

/* -- sealing -- */

GBytes *
lk_search_seal (LkSearch *self, const LkTrace *trace)
{
  g_autoptr (GBytes) plain = trace != NULL ? lk_trace_to_bytes (trace) : NULL;
  gsize size, sealed_size;
  const guint8 *data;
  guint8 *sealed;

  if (plain == NULL)
    return NULL;
  data = g_bytes_get_data (plain, &size);
  sealed_size = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + size;
  sealed = g_malloc (sealed_size);
  randombytes_buf (sealed, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy (sealed + crypto_secretbox_NONCEBYTES, data, size, sealed, self->key);
  return g_bytes_new_take (sealed, sealed_size);
}

/* NULL when the key does not fit. */
static GBytes *
unseal (const guint8 *key, GBytes *sealed)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (sealed, &size);
  g_autofree guint8 *plain = NULL;

  if (size < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES)
    return NULL;
  plain = g_malloc (size);
  if (crypto_secretbox_open_easy (plain, data + crypto_secretbox_NONCEBYTES, size - crypto_secretbox_NONCEBYTES, data, key) != 0)
    return NULL;
  size -= crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  return g_bytes_new_take (g_steal_pointer (&plain), size);
}

LkTrace *
lk_search_unseal (LkSearch *self, GBytes *sealed)
{
  g_autoptr (GBytes) plain = sealed != NULL ? unseal (self->key, sealed) : NULL;

  return plain != NULL ? lk_trace_from_bytes (plain) : NULL;
}

/* -- reading what is there -- */

static gboolean
has_trace (gint64 submission, gint64 student, GBytes *sealed, gpointer data, GError **error)
{
  GBytes **newest = data;

  *newest = g_bytes_ref (sealed);
  return TRUE;
}

/* The key, after it has opened the newest trace. */
static gboolean
open_key (LkService *service, guint8 key[crypto_secretbox_KEYBYTES], GError **error)
{
  g_autoptr (GBytes) newest = NULL;
  g_autoptr (GBytes) plain = NULL;

  if (!service->db->ops->traces (service->db, LK_TRACES_NEWEST, has_trace, &newest, error) || !load_key (service, newest == NULL, key, error))
    return FALSE;
  if (newest == NULL)
    return TRUE;
  plain = unseal (key, newest);
  return plain != NULL || locked (error, "it is the key of another campus");
}

gboolean
lk_search_check_key (LkService *service, GError **error)
{
  guint8 key[crypto_secretbox_KEYBYTES];
  gboolean ok = open_key (service, key, error);

  sodium_memzero (key, sizeof key);
  return ok;
}

static gboolean
load_trace (gint64 submission, gint64 student, GBytes *sealed, gpointer data, GError **error)
{
  LkSearch *self = data;
  g_autoptr (GBytes) plain = unseal (self->key, sealed);
  g_autoptr (LkTrace) trace = plain != NULL ? lk_trace_from_bytes (plain) : NULL;

  if (plain == NULL)
    return locked (error, "it does not open all that is stored");
  if (trace != NULL && !g_hash_table_remove (self->own, &submission))
    lk_face_index_add (self->index, submission, student, trace);
  self->last = submission;
  return TRUE;
}

gboolean
lk_search_follow (LkSearch *self, GError **error)
{
  LkCampusDb *db = self->service->db;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return db->ops->traces (db, self->last, load_trace, self, error);
}

LkSearch *
lk_search_new (LkService *service, const LkSpec *spec, LkChecker *checker, GError **error)
{
  LkEngine *engine = lk_checker_get_engine (checker);
  g_autoptr (LkSearch) self = g_new0 (LkSearch, 1);

  self->service = service;
  self->spec = spec;
  self->checker = checker;
  self->index = lk_face_index_new (engine != NULL ? lk_trace_models (engine) : 0);
  g_mutex_init (&self->mutex);
  self->own = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  if (!open_key (service, self->key, error) || !lk_search_follow (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
lk_search_free (LkSearch *self)
{
  sodium_memzero (self->key, sizeof self->key);
  g_clear_pointer (&self->index, lk_face_index_free);
  g_clear_pointer (&self->own, g_hash_table_unref);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

guint
lk_search_get_size (LkSearch *self)
{
  return lk_face_index_get_size (self->index);
}

void
lk_search_add (LkSearch *self, gint64 submission, gint64 student, const LkTrace *trace)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (trace == NULL || submission <= self->last)        /* somebody who looked meanwhile has read it */
    return;
  g_hash_table_add (self->own, g_memdup2 (&submission, sizeof submission));
  if (!lk_face_index_add (self->index, submission, student, trace))
    g_warning ("the index of faces is full");
}
