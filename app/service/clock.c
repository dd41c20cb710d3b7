/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/clock.h"

#include <errno.h>
#include <sys/stat.h>

#include "core/error.h"
#include "core/json.h"

static gint is_set;             /* atomic: whether anything below counts */
static GMutex mutex;
static gint64 stopped_at;
static char *followed;
static struct stat written;     /* the file as it was read */
static gint64 offset;           /* of the file's time from the computer's, µs */

static gboolean
read_file (const char *path, const struct stat *info, GError **error)
{
  g_autofree char *text = NULL;
  gint64 time;

  if (!g_file_get_contents (path, &text, NULL, NULL) || !lk_time_from_text (g_strstrip (text), &time))
    {
      g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "%s holds no time like 2025-06-16T01:10:00Z", path);
      return FALSE;
    }
  written = *info;
  offset = time - ((gint64) info->st_mtim.tv_sec * G_USEC_PER_SEC + info->st_mtim.tv_nsec / 1000);
  return TRUE;
}

/* A file that is being written at this moment is read the next time. */
static void
look_again (void)
{
  struct stat info;

  if (stat (followed, &info) == 0 && (info.st_ino != written.st_ino || info.st_mtim.tv_sec != written.st_mtim.tv_sec ||
                                      info.st_mtim.tv_nsec != written.st_mtim.tv_nsec))
    read_file (followed, &info, NULL);
}

gint64
lk_clock_apply (gint64 computer)
{
  g_autoptr (GMutexLocker) locker = NULL;

  if (!g_atomic_int_get (&is_set))
    return computer;
  locker = g_mutex_locker_new (&mutex);
  if (stopped_at != 0)
    return stopped_at;
  if (followed == NULL)
    return computer;
  look_again ();
  return computer + offset;
}

gint64
lk_clock_now (void)
{
  return lk_clock_apply (g_get_real_time ());
}

void
lk_clock_set (gint64 now)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  stopped_at = now;
  g_atomic_int_set (&is_set, stopped_at != 0 || followed != NULL);
}

gboolean
lk_clock_follow (const char *path, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  struct stat info;

  if (path != NULL && stat (path, &info) != 0)
    {
      g_set_error (error, LK_ERROR, LK_ERROR_NOT_FOUND, "%s: %s", path, g_strerror (errno));
      return FALSE;
    }
  if (path != NULL && !read_file (path, &info, error))
    return FALSE;
  g_free (followed);
  followed = g_strdup (path);
  g_atomic_int_set (&is_set, stopped_at != 0 || followed != NULL);
  return TRUE;
}
