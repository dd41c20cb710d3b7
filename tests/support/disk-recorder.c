/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preloaded into a program: writes down everything it does to the files of one folder, in the order in which it happens, so that
 * power-cut.c can say what is on the disk when the power goes at any moment.
 *   LIKENESS_RECORD_FOLDER  the folder, as the program names it
 *   LIKENESS_RECORD_LOG     where to write it down
 *   LIKENESS_RECORD_NORMAL  set: SQLite is told synchronous=NORMAL after FULL, so that a test can see loss */
#undef _FILE_OFFSET_BITS        /* else "open" is another name of open64, and both are wanted here */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include "disk-record.h"

enum { MAX_FDS = 4096, MAX_FILES = 65536, MAX_PATH = 1024 };

/* What a descriptor is: 0 nothing of ours, above a file, DIRECTORY. */
enum { DIRECTORY = -1 };

static struct
{
  int id;
  char path[MAX_PATH];          /* of a directory */
} fds[MAX_FDS];

static struct
{
  dev_t device;
  ino_t inode;
} files[MAX_FILES];             /* a file's number is its place here, from 1 */

static int n_files, log_fd = -1;
static const char *folder;
static size_t folder_length;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *
find (void **real, const char *name)
{
  if (*real == NULL)
    *real = dlsym (RTLD_NEXT, name);
  return *real;
}

/* The function of the C library or of SQLite in whose place ours stands. */
#define FIND(name) ((__typeof__ (real_##name)) find ((void **) &real_##name, #name))

struct sqlite3;
typedef int (*RowFunc) (void *, int, char **, char **);

static int (*real_open) (const char *, int, ...);
static int (*real_open64) (const char *, int, ...);
static int (*real_close) (int);
static ssize_t (*real_write) (int, const void *, size_t);
static ssize_t (*real_pwrite64) (int, const void *, size_t, off_t);
static int (*real_ftruncate64) (int, off_t);
static int (*real_fsync) (int);
static int (*real_fdatasync) (int);
static int (*real_rename) (const char *, const char *);
static int (*real_linkat) (int, const char *, int, const char *, int);
static int (*real_unlink) (const char *);
static int (*real_mkdir) (const char *, mode_t);
static int (*real_sqlite3_exec) (struct sqlite3 *, const char *, RowFunc, void *, char **);

/* -- the log -- */

static void
put (const void *bytes, size_t size)
{

  if (size > 0 && FIND (write) (log_fd, bytes, size) != (ssize_t) size)
    abort ();
}

static void
put_record (char op, int id, uint64_t offset, const void *bytes, size_t size)
{
  LkDiskRecord record = { op, (uint32_t) id, offset, (uint32_t) size };

  put (&record, sizeof record);
  put (bytes, size);
}

static void
put_path (char op, int id, const char *path)
{
  put_record (op, id, 0, path + folder_length, strlen (path + folder_length));
}

__attribute__ ((constructor)) static void
start (void)
{
  const char *log = getenv ("LIKENESS_RECORD_LOG");

  folder = getenv ("LIKENESS_RECORD_FOLDER");
  if (folder == NULL || log == NULL)
    return;
  folder_length = strlen (folder);
  log_fd = FIND (open) (log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  unsetenv ("LD_PRELOAD");      /* not for the programs it starts */
}

static int
is_ours (const char *path)
{
  const char *end = path + strlen (path);

  return log_fd >= 0 && strncmp (path, folder, folder_length) == 0 && (path[folder_length] == '/' || path[folder_length] == '\0') &&
         !(end - path > 4 && strcmp (end - 4, "-shm") == 0);   /* shared memory: made anew after a cut */
}

/* -- opening -- */

static int
number_of (int fd, int is_new)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    return 0;
  for (int i = n_files; !is_new && i > 0; i--)
    if (files[i].device == info.st_dev && files[i].inode == info.st_ino)
      return i;
  if (n_files + 1 == MAX_FILES)
    abort ();
  n_files++;
  files[n_files].device = info.st_dev;
  files[n_files].inode = info.st_ino;
  return -n_files;              /* not known before */
}

static void
note_open (int fd, const char *path, int flags, int was_there)
{
  int is_unnamed = (flags & O_TMPFILE) == O_TMPFILE, number;
  struct stat info;

  fds[fd].id = 0;
  if (!is_unnamed && fstat (fd, &info) == 0 && S_ISDIR (info.st_mode))
    {
      fds[fd].id = DIRECTORY;
      strncpy (fds[fd].path, path, MAX_PATH - 1);
      return;
    }
  number = number_of (fd, is_unnamed || !was_there);
  fds[fd].id = abs (number);
  if (is_unnamed)
    put_record (LK_DISK_UNNAMED, fds[fd].id, 0, NULL, 0);
  else if (number < 0)
    put_path (was_there ? LK_DISK_FOUND : LK_DISK_CREATE, fds[fd].id, path);
  if (!is_unnamed && was_there && (flags & O_TRUNC) != 0)
    put_record (LK_DISK_TRUNCATE, fds[fd].id, 0, NULL, 0);
}

static int
open_ours (int (*real) (const char *, int, ...), const char *path, int flags, mode_t mode)
{
  int fd, was_there;

  if (!is_ours (path))
    return real (path, flags, mode);
  pthread_mutex_lock (&mutex);
  was_there = access (path, F_OK) == 0;
  fd = real (path, flags, mode);
  if (fd >= MAX_FDS)
    abort ();
  if (fd >= 0)
    note_open (fd, path, flags, was_there);
  pthread_mutex_unlock (&mutex);
  return fd;
}

#define DEFINE_OPEN(name)                                                                                                          \
  int name (const char *path, int flags, ...)                                                                                      \
  {                                                                                                                                \
    va_list rest;                                                                                                                  \
    mode_t mode;                                                                                                                   \
                                                                                                                                   \
    va_start (rest, flags);                                                                                                        \
    mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg (rest, mode_t) : 0;                                                       \
    va_end (rest);                                                                                                                 \
    return open_ours (FIND (name), path, flags, mode);                                                                             \
  }

DEFINE_OPEN (open)
DEFINE_OPEN (open64)

int
close (int fd)
{

  if (fd >= 0 && fd < MAX_FDS)
    fds[fd].id = 0;
  return FIND (close) (fd);
}

static int
id_of (int fd)
{
  return fd >= 0 && fd < MAX_FDS ? fds[fd].id : 0;
}

/* -- content -- */

static ssize_t
write_at (int fd, const void *bytes, size_t size, off_t offset)
{
  ssize_t n;

  pthread_mutex_lock (&mutex);
  n = FIND (pwrite64) (fd, bytes, size, offset);
  if (n > 0)
    put_record (LK_DISK_WRITE, id_of (fd), (uint64_t) offset, bytes, (size_t) n);
  pthread_mutex_unlock (&mutex);
  return n;
}

ssize_t
pwrite64 (int fd, const void *bytes, size_t size, off_t offset)
{

  return id_of (fd) > 0 ? write_at (fd, bytes, size, offset) : FIND (pwrite64) (fd, bytes, size, offset);
}

ssize_t
pwrite (int fd, const void *bytes, size_t size, off_t offset)
{
  return pwrite64 (fd, bytes, size, offset);
}

ssize_t
write (int fd, const void *bytes, size_t size)
{
  ssize_t n;
  off_t offset;

  if (id_of (fd) <= 0)
    return FIND (write) (fd, bytes, size);
  pthread_mutex_lock (&mutex);
  offset = lseek (fd, 0, (fcntl (fd, F_GETFL) & O_APPEND) != 0 ? SEEK_END : SEEK_CUR);
  n = FIND (write) (fd, bytes, size);
  if (n > 0)
    put_record (LK_DISK_WRITE, id_of (fd), (uint64_t) offset, bytes, (size_t) n);
  pthread_mutex_unlock (&mutex);
  return n;
}

int
ftruncate64 (int fd, off_t length)
{
  int result;

  if (id_of (fd) <= 0)
    return FIND (ftruncate64) (fd, length);
  pthread_mutex_lock (&mutex);
  result = FIND (ftruncate64) (fd, length);
  if (result == 0)
    put_record (LK_DISK_TRUNCATE, id_of (fd), (uint64_t) length, NULL, 0);
  pthread_mutex_unlock (&mutex);
  return result;
}

int
ftruncate (int fd, off_t length)
{
  return ftruncate64 (fd, length);
}

static int
sync_ours (int (*real) (int), int fd)
{
  int id = id_of (fd), result;

  if (id == 0)
    return real (fd);
  pthread_mutex_lock (&mutex);
  result = real (fd);
  if (result == 0 && id == DIRECTORY)
    put_path (LK_DISK_SYNC_FOLDER, 0, fds[fd].path);
  else if (result == 0)
    put_record (LK_DISK_SYNC, id, 0, NULL, 0);
  pthread_mutex_unlock (&mutex);
  return result;
}

int
fsync (int fd)
{

  return sync_ours (FIND (fsync), fd);
}

int
fdatasync (int fd)
{

  return sync_ours (FIND (fdatasync), fd);
}

/* -- names -- */

int
rename (const char *from, const char *to)
{
  int result;

  if (!is_ours (from) || !is_ours (to))
    return FIND (rename) (from, to);
  pthread_mutex_lock (&mutex);
  result = FIND (rename) (from, to);
  if (result == 0)
    {
      char both[2 * MAX_PATH];
      size_t first = strlen (from + folder_length) + 1, second = strlen (to + folder_length);

      if (first + second > sizeof both)
        abort ();
      memcpy (both, from + folder_length, first);
      memcpy (both + first, to + folder_length, second);
      put_record (LK_DISK_RENAME, 0, 0, both, first + second);
    }
  pthread_mutex_unlock (&mutex);
  return result;
}

/* Only of what a descriptor is open for: "/proc/self/fd/7". */
int
linkat (int from_fd, const char *from, int to_fd, const char *to, int flags)
{
  static const char start_of_fd[] = "/proc/self/fd/";
  int result;

  if (!is_ours (to))
    return FIND (linkat) (from_fd, from, to_fd, to, flags);
  pthread_mutex_lock (&mutex);
  result = FIND (linkat) (from_fd, from, to_fd, to, flags);
  if (result == 0 && strncmp (from, start_of_fd, strlen (start_of_fd)) == 0)
    put_path (LK_DISK_LINK, id_of (atoi (from + strlen (start_of_fd))), to);
  pthread_mutex_unlock (&mutex);
  return result;
}

int
unlink (const char *path)
{
  int result;

  if (!is_ours (path))
    return FIND (unlink) (path);
  pthread_mutex_lock (&mutex);
  result = FIND (unlink) (path);
  if (result == 0)
    put_path (LK_DISK_UNLINK, 0, path);
  pthread_mutex_unlock (&mutex);
  return result;
}

int
mkdir (const char *path, mode_t mode)
{
  int result, code;

  if (!is_ours (path))
    return FIND (mkdir) (path, mode);
  pthread_mutex_lock (&mutex);
  result = FIND (mkdir) (path, mode);
  code = errno;
  if (result == 0)
    put_path (LK_DISK_FOLDER, 0, path);
  pthread_mutex_unlock (&mutex);
  errno = code;
  return result;
}

/* -- less than it should -- */

int sqlite3_exec (struct sqlite3 *db, const char *sql, RowFunc callback, void *data, char **message);

int
sqlite3_exec (struct sqlite3 *db, const char *sql, RowFunc callback, void *data, char **message)
{
  int result = FIND (sqlite3_exec) (db, sql, callback, data, message);

  if (result == 0 && getenv ("LIKENESS_RECORD_NORMAL") != NULL && strstr (sql, "synchronous = FULL") != NULL)
    return FIND (sqlite3_exec) (db, "PRAGMA synchronous = NORMAL", NULL, NULL, NULL);
  return result;
}
