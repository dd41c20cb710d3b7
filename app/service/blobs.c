/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/blobs.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "service/file-copy.h"

struct _LkBlobs
{
  char *folder;
  int counter;                  /* for names of temporary files */
  GMutex mutex;
  GHashTable *durable;          /* "abcd": its folder is there for certain, even after a power cut */
};

LkBlobs *
lk_blobs_new (const char *folder)
{
  LkBlobs *self = g_new0 (LkBlobs, 1);

  self->folder = g_strdup (folder);
  self->durable = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_mutex_init (&self->mutex);
  return self;
}

void
lk_blobs_free (LkBlobs *self)
{
  g_hash_table_unref (self->durable);
  g_mutex_clear (&self->mutex);
  g_free (self->folder);
  g_free (self);
}

gboolean
lk_sha256_is_valid (const char *text)
{
  return text != NULL && strspn (text, "0123456789abcdef") == 64 && text[64] == '\0';
}

static void
fail (GError **error, const char *what)
{
  int code = errno;

  g_set_error (error, LK_ERROR, code == ENOSPC || code == EDQUOT ? LK_ERROR_DISK_FULL : LK_ERROR_STORE, "%s a photo file: %s", what,
               g_strerror (code));
}

static gboolean
sync_folder (const char *path)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
make_durable (LkBlobs *self, const char *outer, const char *folder)
{
  g_autofree char *above = g_path_get_dirname (self->folder);

  return g_mkdir_with_parents (folder, 0700) == 0 && sync_folder (outer) && sync_folder (self->folder) && sync_folder (above);
}

/* All levels, each durable in the one above. That a folder is there does not mean it: another thread may have made it just now, or
 * somebody before the last power cut. So each is made certain once. */
static gboolean
make_folders (LkBlobs *self, const char *sha256, char **folder, GError **error)
{
  g_autofree char *outer = g_strdup_printf ("%s/%.2s", self->folder, sha256), *name = g_strndup (sha256, 4);
  gboolean ok;

  *folder = g_strdup_printf ("%s/%.2s", outer, sha256 + 2);
  g_mutex_lock (&self->mutex);
  ok = g_hash_table_contains (self->durable, name) || make_durable (self, outer, *folder);
  if (ok)
    g_hash_table_add (self->durable, g_steal_pointer (&name));
  g_mutex_unlock (&self->mutex);
  if (!ok)
    fail (error, "making the folder of");
  return ok;
}

/* Whether the file is there already, which its name may not be for certain. */
static gboolean
is_there (const char *path, const char *folder)
{
  return g_file_test (path, G_FILE_TEST_EXISTS) && sync_folder (folder);
}

static gboolean
write_temporary (const char *path, GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean ok = fd >= 0 && lk_file_write_all (fd, data, size) && fsync (fd) == 0;

  if (fd >= 0 && close (fd) != 0)
    ok = FALSE;
  return ok;
}

static void
hash_bytes (GBytes *bytes, char sha256[65])
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint8 hash[crypto_hash_sha256_BYTES];

  crypto_hash_sha256 (hash, data, size);
  sodium_bin2hex (sha256, 65, hash, sizeof hash);
}

gboolean
lk_blobs_put (LkBlobs *self, GBytes *bytes, char sha256[65], GError **error)
{
  g_autofree char *folder = NULL, *path = NULL, *temporary = NULL;

  hash_bytes (bytes, sha256);
  if (!make_folders (self, sha256, &folder, error))
    return FALSE;
  path = g_build_filename (folder, sha256, NULL);
  if (is_there (path, folder))
    return TRUE;                /* its bytes were durable before it had this name */
  temporary = g_strdup_printf ("%s.%d.%d", path, (int) getpid (), g_atomic_int_add (&self->counter, 1));
  if (write_temporary (temporary, bytes) && g_rename (temporary, path) == 0 && sync_folder (folder))
    return TRUE;
  fail (error, "writing");
  g_unlink (temporary);
  return FALSE;
}

/* A name for a file that has none: the same bytes, not a copy. FALSE where the file system cannot. */
static gboolean
give_name (int fd, const char *path)
{
  char name[32];

  g_snprintf (name, sizeof name, "/proc/self/fd/%d", fd);
  return linkat (AT_FDCWD, name, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 || errno == EEXIST;
}

static GBytes *
read_all (int fd)
{
  struct stat info;
  g_autoptr (GMappedFile) map = fstat (fd, &info) == 0 && info.st_size > 0 ? g_mapped_file_new_from_fd (fd, FALSE, NULL) : NULL;

  return map != NULL ? g_mapped_file_get_bytes (map) : g_bytes_new (NULL, 0);
}

gboolean
lk_blobs_put_file (LkBlobs *self, int fd, const char *sha256, GError **error)
{
  g_autofree char *folder = NULL, *path = NULL;

  if (!make_folders (self, sha256, &folder, error))
    return FALSE;
  path = g_build_filename (folder, sha256, NULL);
  if (is_there (path, folder))
    return TRUE;
  if (fsync (fd) != 0)
    {
      fail (error, "writing");
      return FALSE;
    }
  if (!give_name (fd, path))
    {
      char copied[65];
      g_autoptr (GBytes) bytes = read_all (fd);

      return lk_blobs_put (self, bytes, copied, error);
    }
  if (sync_folder (folder))
    return TRUE;
  fail (error, "writing");
  return FALSE;
}

static char *
path_of (LkBlobs *self, const char *sha256)
{
  return g_strdup_printf ("%s/%.2s/%.2s/%s", self->folder, sha256, sha256 + 2, sha256);
}

int
lk_blobs_open (LkBlobs *self, const char *sha256, guint64 *size, GError **error)
{
  g_autofree char *path = lk_sha256_is_valid (sha256) ? path_of (self, sha256) : NULL;
  int fd = path != NULL ? open (path, O_RDONLY | O_CLOEXEC) : -1;
  struct stat info;

  if (fd >= 0 && fstat (fd, &info) == 0)
    {
      *size = (guint64) info.st_size;
      return fd;
    }
  if (fd >= 0)
    close (fd);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no photo file of this name");
  return -1;
}

GBytes *
lk_blobs_read (LkBlobs *self, const char *sha256, GError **error)
{
  g_autofree char *path = lk_sha256_is_valid (sha256) ? path_of (self, sha256) : NULL;
  char *data;
  gsize size;

  if (path != NULL && g_file_get_contents (path, &data, &size, NULL))
    return g_bytes_new_take (data, size);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no photo file of this name");
  return NULL;
}
