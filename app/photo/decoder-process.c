/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/error.h"
#include "photo/decoder-private.h"

enum
{
  START_LIMIT_MS = 30000,       /* a busy machine, a slow disk */
  KEEP_BYTES = 8 << 20,         /* of a file and of its pixels between two photos: fresh memory costs time */
};

struct _LkDecoderProcess
{
  GPid pid;                     /* 0 when it does not run */
  int socket, room_fd;          /* -1 when not open */
  guint8 *room;                 /* NULL when not mapped */
  gsize room_size, pixels_at;
  guint64 max_bytes, max_pixels;
  guint n_photos;
};

static gboolean
make_room (LkDecoderProcess *self, GError **error)
{
  gsize page = sysconf (_SC_PAGESIZE);

  /* three bytes a pixel, and some more for rounding; a size beyond this is no picture's */
  if (self->max_bytes < G_MAXINT32 && self->max_pixels < G_MAXINT32)
    {
      self->pixels_at = (self->max_bytes + page) / page * page;
      self->room_size = self->pixels_at + self->max_pixels * 3 + page;
      self->room_fd = memfd_create ("likeness-photo", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    }
  /* sealed against shrinking: no helper can take memory away that is being read */
  if (self->room_fd >= 0 && ftruncate (self->room_fd, self->room_size) == 0 &&
      fcntl (self->room_fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0)
    {
      void *room = mmap (NULL, self->room_size, PROT_READ | PROT_WRITE, MAP_SHARED, self->room_fd, 0);

      self->room = room != MAP_FAILED ? room : NULL;
    }
  if (self->room == NULL)
    g_set_error (error, LK_ERROR, LK_ERROR_NO_DECODER, "no memory to share with the decoder: %s", g_strerror (errno));
  return self->room != NULL;
}

/* Nothing of ours but what finds libraries and what sanitizers want to know. */
static char **
make_environment (void)
{
  static const char *const kept[] = { "LD_LIBRARY_PATH", "LD_PRELOAD", "ASAN_OPTIONS", "UBSAN_OPTIONS" };
  char **env = g_new0 (char *, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    if (g_getenv (kept[i]) != NULL)
      env = g_environ_setenv (env, kept[i], g_getenv (kept[i]), TRUE);
  return env;
}

static gboolean
spawn (LkDecoderProcess *self, const char *program, GError **error)
{
  const char *argv[] = { program, NULL };
  const int target_fds[] = { LK_DECODER_SOCKET_FD, LK_DECODER_ROOM_FD };
  g_auto (GStrv) env = make_environment ();
  g_autoptr (GError) cause = NULL;
  int ends[2], source_fds[2];
  gboolean started;

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    {
      g_set_error (error, LK_ERROR, LK_ERROR_NO_DECODER, "no socket to the decoder: %s", g_strerror (errno));
      return FALSE;
    }
  self->socket = ends[0];
  source_fds[0] = ends[1];
  source_fds[1] = self->room_fd;
  started = g_spawn_async_with_pipes_and_fds (NULL, argv, (const char *const *) env,
                                              G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, -1,
                                              -1, -1, source_fds, target_fds, G_N_ELEMENTS (target_fds), &self->pid,
                                              NULL, NULL, NULL, &cause);
  close (ends[1]);
  if (!started)
    g_set_error (error, LK_ERROR, LK_ERROR_NO_DECODER, "%s", cause->message);
  return started;
}

/* TRUE when something can be read, FALSE when the time is over. */
static gboolean
wait_for_packet (LkDecoderProcess *self, int time_limit_ms)
{
  gint64 end = g_get_monotonic_time () + time_limit_ms * G_GINT64_CONSTANT (1000);
  int ready;

  do
    {
      struct pollfd waited = { .fd = self->socket, .events = POLLIN };
      gint64 left = end - g_get_monotonic_time ();

      ready = poll (&waited, 1, MAX (0, (left + 999) / 1000));
    }
  while (ready < 0 && errno == EINTR);
  return ready > 0;
}

/* NULL when an answer has come, else what happened. */
static const char *
receive (LkDecoderProcess *self, int time_limit_ms, LkDecoderAnswer *answer)
{
  if (!wait_for_packet (self, time_limit_ms))
    return "the decoder took too long";
  if (recv (self->socket, answer, sizeof *answer, 0) != sizeof *answer)
    return "the decoder crashed";
  answer->message[sizeof answer->message - 1] = '\0';
  return NULL;
}

LkDecoderProcess *
lk_decoder_process_new (const char *program, gsize max_bytes, guint64 max_pixels, GError **error)
{
  g_autoptr (LkDecoderProcess) self = g_new0 (LkDecoderProcess, 1);
  LkDecoderAnswer hello;
  const char *problem;

  self->socket = self->room_fd = -1;
  self->max_bytes = max_bytes;
  self->max_pixels = max_pixels;
  if (!make_room (self, error) || !spawn (self, program, error))
    return NULL;
  problem = receive (self, START_LIMIT_MS, &hello);
  if (problem == NULL && !hello.ok)
    problem = hello.message;
  if (problem == NULL)
    return g_steal_pointer (&self);
  g_set_error (error, LK_ERROR, LK_ERROR_NO_DECODER, "%s: %s", program, problem);
  return NULL;
}

void
lk_decoder_process_free (LkDecoderProcess *self)
{
  if (self->pid > 0)
    {
      kill (self->pid, SIGKILL);
      while (waitpid (self->pid, NULL, 0) < 0 && errno == EINTR)
        continue;
      g_spawn_close_pid (self->pid);
    }
  if (self->room != NULL)
    munmap (self->room, self->room_size);
  if (self->room_fd >= 0)
    close (self->room_fd);
  if (self->socket >= 0)
    close (self->socket);
  g_free (self);
}

gboolean
lk_decoder_process_can_take (LkDecoderProcess *self, gsize max_bytes, guint64 max_pixels)
{
  struct pollfd waited = { .fd = self->socket, .events = POLLIN };

  /* one that waits has nothing to say: not even that it has ended */
  return max_bytes <= self->max_bytes && max_pixels <= self->max_pixels && self->n_photos < LK_DECODER_PHOTOS &&
         poll (&waited, 1, 0) == 0;
}

gboolean
lk_decoder_process_run (LkDecoderProcess *self, GBytes *file, LkDecoderRequest *request, int time_limit_ms,
                        LkDecoderAnswer *answer, GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (file, &size);
  const char *problem;

  g_return_val_if_fail (size <= self->max_bytes, FALSE);

  if (size > 0)
    memcpy (self->room, data, size);
  request->file_size = size;
  request->pixels_at = self->pixels_at;
  if (send (self->socket, request, sizeof *request, MSG_NOSIGNAL) == sizeof *request)
    problem = receive (self, time_limit_ms, answer);
  else
    problem = "the decoder crashed";
  if (problem == NULL)
    return TRUE;
  g_set_error_literal (error, LK_ERROR, LK_ERROR_PICTURE_CUT_OFF, problem);
  return FALSE;
}

const guint8 *
lk_decoder_process_get_pixels (LkDecoderProcess *self, guint64 n)
{
  return n <= self->room_size - self->pixels_at ? self->room + self->pixels_at : NULL;
}

static void
give_back_memory (LkDecoderProcess *self, gsize from, gsize to)
{
  if (from < to)
    fallocate (self->room_fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, from, to - from);
}

void
lk_decoder_process_tidy (LkDecoderProcess *self)
{
  /* whatever the sizes were: the helper may have written anywhere */
  give_back_memory (self, KEEP_BYTES, self->pixels_at);
  give_back_memory (self, self->pixels_at + KEEP_BYTES, self->room_size);
  self->n_photos++;
}

GPid
lk_decoder_process_get_pid (LkDecoderProcess *self)
{
  return self->pid;
}
