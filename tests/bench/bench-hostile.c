/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/data.h"
#include "core/error.h"
#include "figures.h"
#include "fixture.h"
#include "make-picture.h"
#include "photo/decoder.h"

/* What one client notices while a thousand others hold their connections open and send next to nothing, how far a large body gets, and
 * how soon a picture that is a trap is refused. */

enum
{
  ADDRESSES = 4,                /* the attackers' 127.0.0.2 and so on: each may have so many connections only */
  DRIP_MS = 500,                /* each attacker sends a byte so often */
  PAUSE_US = 1000,
  TRAPS = 50,
};

typedef struct
{
  int attackers, requests;
  LkTestServer *server;
} Bench;

/* -- attackers -- */

typedef struct
{
  Bench *bench;
  const char *head;             /* what a connection starts with; after it come single bytes */
  int *fds;
  gint64 cut;                   /* connections that the service ended */
  gint stop;
  GThread *thread;
} Attack;

static int
attack_one (const Attack *attack, int number)
{
  struct sockaddr_in from = { .sin_family = AF_INET }, to = { .sin_family = AF_INET, .sin_port = htons (attack->bench->server->port) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  from.sin_addr.s_addr = htonl (INADDR_LOOPBACK + 1 + (guint32) (number % ADDRESSES));
  to.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (fd >= 0 && bind (fd, (struct sockaddr *) &from, sizeof from) == 0 && connect (fd, (struct sockaddr *) &to, sizeof to) == 0 &&
      send (fd, attack->head, strlen (attack->head), MSG_NOSIGNAL) > 0)
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

static void
drip (Attack *attack, int number)
{
  char byte = 'x', answer[512];
  int *fd = &attack->fds[number];
  gboolean over = *fd < 0 || send (*fd, &byte, 1, MSG_NOSIGNAL | MSG_DONTWAIT) != 1 ||
                  recv (*fd, answer, sizeof answer, MSG_DONTWAIT) == 0;

  if (!over)
    return;
  if (*fd >= 0)
    close (*fd);
  attack->cut++;
  *fd = attack_one (attack, number);
}

static gpointer
attack_main (gpointer data)
{
  Attack *attack = data;

  while (!g_atomic_int_get (&attack->stop))
    for (int i = 0; i < attack->bench->attackers && !g_atomic_int_get (&attack->stop); i++)
      {
        drip (attack, i);
        g_usleep (DRIP_MS * 1000UL / (gulong) attack->bench->attackers);
      }
  return NULL;
}

static void
attack_start (Attack *attack, Bench *bench, const char *head)
{
  *attack = (Attack) { .bench = bench, .head = head, .fds = g_new (int, bench->attackers) };
  for (int i = 0; i < bench->attackers; i++)
    attack->fds[i] = attack_one (attack, i);
  attack->thread = g_thread_new ("attack", attack_main, attack);
}

static void
attack_end (Attack *attack)
{
  g_atomic_int_set (&attack->stop, 1);
  g_thread_join (attack->thread);
  for (int i = 0; i < attack->bench->attackers; i++)
    if (attack->fds[i] >= 0)
      close (attack->fds[i]);
  g_free (attack->fds);
}

/* -- what others notice -- */

static int
memory_kib (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", (int) pid), *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (line = strstr (text, "VmRSS:")) == NULL)
    return 0;
  return atoi (line + strlen ("VmRSS:"));
}

static gboolean
measure_get (Bench *bench, LkFigures *figures, const char *series, gboolean keep, GError **error)
{
  g_autofree char *name = g_strdup_printf ("GET %s, %s", keep ? "kept" : "new", series);
  g_autoptr (LkTestClient) client = lk_test_client_new (bench->server->port);

  for (int i = 0; i < bench->requests; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (LkTestAnswer) answer = lk_test_call (client, "GET", "/v1/healthz", NULL, keep ? NULL : "Connection: close\r\n");

      if (answer->status != 200)
        {
          g_set_error (error, LK_ERROR, LK_ERROR_FAILED, "%s: status %d", name, answer->status);
          return FALSE;
        }
      lk_figures_add (figures, name, "ms", (double) (g_get_monotonic_time () - start) / 1000);
      g_usleep (PAUSE_US);
    }
  return TRUE;
}

static gboolean
measure_both (Bench *bench, LkFigures *figures, const char *series, GError **error)
{
  return measure_get (bench, figures, series, TRUE, error) && measure_get (bench, figures, series, FALSE, error);
}

static gboolean
measure_under (Bench *bench, LkFigures *figures, const char *series, const char *head, GError **error)
{
  int before = memory_kib (bench->server->pid);
  Attack attack;
  gboolean ok;

  attack_start (&attack, bench, head);
  g_usleep (G_USEC_PER_SEC);
  ok = measure_both (bench, figures, series, error);
  lk_figures_note (figures, series, "%d connections, %d ended by the service, memory grew by %.1f MiB", bench->attackers,
                   (int) attack.cut, (memory_kib (bench->server->pid) - before) / 1024.0);
  attack_end (&attack);
  return ok;
}

/* -- a large body -- */

static void
measure_large_body (Bench *bench, LkFigures *figures)
{
  static const char head[] = "POST /v1/student/photos HTTP/1.1\r\nHost: a\r\nContent-Length: 67108864\r\n\r\n";
  g_autofree char *block = g_malloc0 (65536);
  Attack one = { .bench = bench, .head = head };
  gint64 start = g_get_monotonic_time ();
  int before = memory_kib (bench->server->pid), fd = attack_one (&one, 0);
  gsize sent = 0;
  ssize_t n;

  while (sent < 67108864 && (n = send (fd, block, 65536, MSG_NOSIGNAL)) > 0)
    sent += (gsize) n;
  close (fd);
  lk_figures_note (figures, "body of 64 MiB", "cut off after %.1f MiB went into the sockets, %.1f ms, memory grew by %.1f MiB",
                   (double) sent / 1048576, (double) (g_get_monotonic_time () - start) / 1000,
                   (memory_kib (bench->server->pid) - before) / 1024.0);
}

/* -- traps -- */

static GBytes *
make_wide_png (void)
{
  g_autofree guint8 *row = g_malloc0 (3 * 20000);
  const PngOptions options = { .colour_type = 2, .bits = 8 };
  g_autoptr (GBytes) png = make_png (20000, 50, row, 0, &options);
  gsize size;
  guint8 *bytes = g_bytes_unref_to_data (g_steal_pointer (&png), &size);
  const guint32 side = g_htonl (50000);

  memcpy (bytes + 16, &side, sizeof side);
  memcpy (bytes + 20, &side, sizeof side);
  fix_png_sums (bytes, size);
  return g_bytes_new_take (bytes, size);
}

/* A progressive JPEG whose last scan comes ten thousand times. */
static GBytes *
make_endless_jpeg (void)
{
  g_autoptr (LkPixels) pixels = make_pixels (64, 64);
  const JpegOptions options = { .components = 1, .two_scans = TRUE };
  g_autoptr (GBytes) jpeg = make_jpeg (pixels, &options);
  gsize size, last = 0;
  const guint8 *bytes = g_bytes_get_data (jpeg, &size);
  GByteArray *all = g_byte_array_new ();

  for (gsize i = 0; i + 1 < size; i++)
    if (bytes[i] == 0xff && bytes[i + 1] == 0xda)
      last = i;
  g_byte_array_append (all, bytes, (guint) (size - 2));
  for (int i = 0; i < 10000; i++)
    g_byte_array_append (all, bytes + last, (guint) (size - 2 - last));
  g_byte_array_append (all, bytes + size - 2, 2);
  return g_byte_array_free_to_bytes (all);
}

static gboolean
measure_trap (LkDecoder *decoder, const LkSpec *spec, LkFigures *figures, const char *series, GBytes *file, GError **error)
{
  for (int i = 0; i < TRAPS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GError) refusal = NULL;
      g_autoptr (LkPixels) pixels = lk_decoder_decode_original (decoder, file, spec, NULL, &refusal);

      if (pixels != NULL)
        {
          g_set_error (error, LK_ERROR, LK_ERROR_FAILED, "%s was not refused", series);
          return FALSE;
        }
      lk_figures_add (figures, series, "ms", (double) (g_get_monotonic_time () - start) / 1000);
    }
  return TRUE;
}

static gboolean
measure_traps (LkFigures *figures, GError **error)
{
  g_autofree char *path = lk_data_find ("photo-spec.json", error);
  g_autoptr (LkSpec) spec = path != NULL ? lk_spec_load (path, error) : NULL;
  g_autoptr (LkDecoder) decoder = lk_decoder_new ();
  g_autoptr (GBytes) png = make_wide_png ();
  g_autoptr (GBytes) jpeg = make_endless_jpeg ();

  return spec != NULL && lk_decoder_start (decoder, spec, error) &&
         measure_trap (decoder, spec, figures, "PNG of 50,000 x 50,000 refused", png, error) &&
         measure_trap (decoder, spec, figures, "JPEG of 10,000 scans refused", jpeg, error);
}

static gboolean
run (LkFigures *figures, gpointer data, GError **error)
{
  Bench *bench = data;
  g_autoptr (LkTestCampus) campus = lk_test_campus_new (1);
  struct rlimit limit;
  gboolean ok;

  getrlimit (RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
  lk_test_campus_close (campus);
  bench->server = lk_test_server_start (campus->folder, NULL);
  ok = measure_both (bench, figures, "alone", error) &&
       measure_under (bench, figures, "half heads", "GET /v1/healthz HTTP/1.1\r\nHost: a\r\nX: ", error) &&
       measure_under (bench, figures, "slow bodies", "POST /v1/student/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: 8000000\r\n\r\n",
                      error) &&
       measure_both (bench, figures, "alone again", error);
  if (ok)
    measure_large_body (bench, figures);
  lk_test_server_free (bench->server);
  return ok && measure_traps (figures, error);
}

int
main (int argc, char **argv)
{
  Bench bench = { .attackers = 1000, .requests = 2000 };
  const GOptionEntry options[] = {
    { "attackers", 0, 0, G_OPTION_ARG_INT, &bench.attackers, "Connections that send next to nothing (1000)", "N" },
    { "requests", 0, 0, G_OPTION_ARG_INT, &bench.requests, "Requests measured in each phase (2000)", "N" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  return lk_bench_main (argc, argv, "hostile", "- how others fare while the service is attacked", options, run, &bench);
}
