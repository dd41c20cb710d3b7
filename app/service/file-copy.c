/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/file-copy.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include "core/error.h"

enum { PIECE = 1 << 18 };

static gboolean
fail (GError **error, const char *path)
{
  int code = errno;
  LkError kind = code == ENOSPC || code == EDQUOT ? LK_ERROR_DISK_FULL : code == ENOENT ? LK_ERROR_NOT_FOUND : LK_ERROR_STORE;

  g_set_error (error, LK_ERROR, kind, "%s: %s", path, g_strerror (code));
  return FALSE;
}

gboolean
lk_file_write_all (int fd, const guint8 *bytes, gsize size)
{
  while (size > 0)
    {
      ssize_t n = write (fd, bytes, size);

      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        {
          bytes += n;
          size -= (gsize) n;
        }
    }
  return TRUE;
}

/* Reads all of one, writes it to the other unless that is -1. */
static gboolean
pass_on (int from, int to, char sha256[65], gint64 *size)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  guint8 hash[crypto_hash_sha256_BYTES];
  crypto_hash_sha256_state state;
  gint64 total = 0;
  ssize_t n;

  crypto_hash_sha256_init (&state);
  while ((n = read (from, piece, PIECE)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0 || (to >= 0 && !lk_file_write_all (to, piece, (gsize) n)))
        return FALSE;
      crypto_hash_sha256_update (&state, piece, (gsize) n);
      total += n;
    }
  crypto_hash_sha256_final (&state, hash);
  if (sha256 != NULL)
    sodium_bin2hex (sha256, 65, hash, sizeof hash);
  if (size != NULL)
    *size = total;
  return TRUE;
}

gboolean
lk_file_copy (const char *from, const char *to, char sha256[65], gint64 *size, GError **error)
{
  int source = open (from, O_RDONLY | O_CLOEXEC), target;
  gboolean ok;

  if (source < 0)
    return fail (error, from);
  target = open (to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  ok = target >= 0 && pass_on (source, target, sha256, size) && fsync (target) == 0;
  if (!ok)
    fail (error, to);
  close (source);
  if (target < 0)
    return FALSE;
  close (target);
  if (!ok)
    unlink (to);
  return ok;
}

gboolean
lk_file_digest (const char *path, char sha256[65], gint64 *size, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean ok;

  if (fd < 0)
    return fail (error, path);
  ok = pass_on (fd, -1, sha256, size) || fail (error, path);
  close (fd);
  return ok;
}

gboolean
lk_folder_sync (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    fail (error, path);
  if (fd >= 0)
    close (fd);
  return ok;
}

gboolean
lk_folder_make (const char *path, GError **error)
{
  return g_mkdir_with_parents (path, 0700) == 0 || fail (error, path);
}
