/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/http-body.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "core/error.h"

struct _LkHttpBody
{
  gsize limit, size;
  GString *text;                /* NULL for a file */
  LkBodyFile file;
  crypto_hash_sha256_state hash;
  int failure;                  /* errno of what the disk refused first, or 0 */
};

/* A file without a name; on file systems that know none, one whose name is taken away at once. */
static int
open_unnamed (const char *folder)
{
  g_autofree char *path = NULL;
  int fd = open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

  if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
    return fd;
  path = g_build_filename (folder, "upload.XXXXXX", NULL);
  fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    unlink (path);
  return fd;
}

LkHttpBody *
lk_http_body_new (const char *folder, gsize limit)
{
  LkHttpBody *self = g_new0 (LkHttpBody, 1);

  self->limit = limit;
  self->file.fd = -1;
  if (folder == NULL)
    {
      self->text = g_string_new (NULL);
      return self;
    }
  self->file.fd = open_unnamed (folder);
  if (self->file.fd < 0)
    self->failure = errno;
  crypto_hash_sha256_init (&self->hash);
  return self;
}

void
lk_http_body_free (LkHttpBody *self)
{
  if (self->text != NULL)
    {
      explicit_bzero (self->text->str, self->text->allocated_len);
      g_string_free (self->text, TRUE);
    }
  if (self->file.fd >= 0)
    close (self->file.fd);
  g_free (self);
}

static void
write_to_file (LkHttpBody *self, const char *bytes, gsize size)
{
  crypto_hash_sha256_update (&self->hash, (const guint8 *) bytes, size);
  while (size > 0 && self->failure == 0)
    {
      ssize_t n = write (self->file.fd, bytes, size);

      if (n >= 0)
        {
          bytes += n;
          size -= (gsize) n;
        }
      else if (errno != EINTR)
        self->failure = errno;
    }
}

gboolean
lk_http_body_append (LkHttpBody *self, const char *bytes, gsize size)
{
  if (size > self->limit - self->size)
    return FALSE;
  self->size += size;
  if (self->text != NULL)
    g_string_append_len (self->text, bytes, (gssize) size);
  else
    write_to_file (self, bytes, size);
  return TRUE;
}

gboolean
lk_http_body_finish (LkHttpBody *self, GError **error)
{
  guint8 hash[crypto_hash_sha256_BYTES];

  if (self->failure != 0)
    {
      g_set_error (error, LK_ERROR, self->failure == ENOSPC || self->failure == EDQUOT ? LK_ERROR_DISK_FULL : LK_ERROR_STORE,
                   "writing a request's body: %s", g_strerror (self->failure));
      return FALSE;
    }
  if (self->text != NULL)
    return TRUE;
  crypto_hash_sha256_final (&self->hash, hash);
  sodium_bin2hex (self->file.sha256, sizeof self->file.sha256, hash, sizeof hash);
  self->file.size = self->size;
  return TRUE;
}

const char *
lk_http_body_get_text (LkHttpBody *self, gsize *length)
{
  if (length != NULL)
    *length = self->text != NULL ? self->text->len : 0;
  return self->text != NULL ? self->text->str : "";
}

const LkBodyFile *
lk_http_body_get_file (LkHttpBody *self)
{
  return self->text == NULL ? &self->file : NULL;
}
