/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/serve.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/data.h"
#include "core/error.h"
#include "service/campus-db-desk.h"
#include "service/change-feed.h"
#include "service/clock.h"
#include "service/http.h"
#include "service/http-tls.h"
#include "service/log.h"
#include "service/routes.h"
#include "service/search.h"
#include "service/student-service.h"

enum { EXPIRE_SECONDS = 1, EXPIRE_KEYS_SECONDS = 60, SPARE_FILES = 256, LOCK_WAIT_MS = 1000, LOCK_STEP_MS = 20 };

/* A service that was killed while it started a helper leaves a child which holds the lock for the moment until it is another program. */
static gboolean
lock_soon (int fd)
{
  for (int i = 0; i < LOCK_WAIT_MS / LOCK_STEP_MS; i++)
    {
      if (flock (fd, LOCK_EX | LOCK_NB) == 0)
        return TRUE;
      if (errno != EWOULDBLOCK)
        return FALSE;
      g_usleep (LOCK_STEP_MS * 1000);
    }
  errno = EWOULDBLOCK;
  return FALSE;
}

/* One serving process a campus: sessions are kept in its memory. The lock goes with the process, however it ends. */
static int
lock_campus (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "serve.lock", NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0 && lock_soon (fd))
    return fd;
  if (fd >= 0 && errno == EWOULDBLOCK)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_STATE, "this campus is served already");
  else
    g_set_error (error, LK_ERROR, LK_ERROR_STORE, "serve.lock: %s", g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

/* Each connection is a descriptor; the usual soft limit of 1024 is less than the connections taken. */
static void
raise_file_limit (const LkServiceConfig *config)
{
  struct rlimit limit;
  rlim_t wanted = (rlim_t) (config->connections + config->workers + SPARE_FILES);

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
    return;
  limit.rlim_cur = MIN (wanted, limit.rlim_max);
  setrlimit (RLIMIT_NOFILE, &limit);
}

static gboolean
on_expire (gpointer data)
{
  LkService *service = data;
  g_autoptr (GError) error = NULL;

  if (!service->db->ops->expire (service->db, &error))
    lk_log_error ("failure", "what=expire message=\"%s\"", error->message);
  g_clear_error (&error);
  if (!lk_auth_follow (service->auth, &error))
    lk_log_error ("failure", "what=accounts message=\"%s\"", error->message);
  g_clear_error (&error);
  if (!service->db->desk->close_tickets (service->db, &error))
    lk_log_error ("failure", "what=tickets message=\"%s\"", error->message);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_expire_keys (gpointer data)
{
  LkService *service = data;
  gint64 before = lk_clock_now () - service->config.keys_seconds * G_TIME_SPAN_SECOND;
  g_autoptr (GError) error = NULL;

  if (!service->db->keys->expire (service->db, before, &error))
    lk_log_error ("failure", "what=expire-keys message=\"%s\"", error->message);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_hangup (gpointer data)
{
  LkService *service = data;

  lk_rules_reload (service->rules);
  return G_SOURCE_CONTINUE;
}

/* One that cannot be used leaves the old one in place. */
static gboolean
on_hangup_certificate (gpointer data)
{
  const LkServeOptions *options = data;
  g_autoptr (GError) error = NULL;

  if (options->certificate != NULL && !lk_http_tls_load (options->certificate, options->key, &error))
    lk_log ("failure", "what=certificate message=\"%s\"", error->message);
  return G_SOURCE_CONTINUE;
}

/* Whoever waits for the file finds it whole: it appears under its name in one step. */
static gboolean
write_port (const char *path, guint16 port, GError **error)
{
  char text[8];

  g_snprintf (text, sizeof text, "%u", port);
  return path == NULL || g_file_set_contents (path, text, -1, error);
}

/* Tells systemd, when it started the service (Type=notify): a word to a socket whose name it gave. */
static void
tell_manager (const char *state)
{
  const char *name = g_getenv ("NOTIFY_SOCKET");
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  gsize length = name != NULL ? strlen (name) : 0;
  int fd;

  if (length < 2 || length >= sizeof address.sun_path || (fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) < 0)
    return;
  memcpy (address.sun_path, name, length);
  if (*name == '@')
    address.sun_path[0] = '\0';         /* of no file system */
  if (sendto (fd, state, strlen (state), MSG_NOSIGNAL, (struct sockaddr *) &address,
              (socklen_t) (G_STRUCT_OFFSET (struct sockaddr_un, sun_path) + length)) < 0)
    lk_log_warning ("notify", "message=\"%s\"", g_strerror (errno));
  close (fd);
}

/* Says that it is ready, and works until the loop is ended. */
static gboolean
run_until_signal (LkHttpServer *server, GMainLoop *loop, const LkServeOptions *options, GError **error)
{
  guint16 port = lk_http_server_get_port (server);

  if (!write_port (options->port_file, port, error))
    return FALSE;
  lk_log ("ready", "address=%s port=%u version=%s", options->address, port, LK_VERSION);
  tell_manager ("READY=1");
  g_main_loop_run (loop);
  tell_manager ("STOPPING=1");
  lk_log ("stopping", "port=%u", port);
  return TRUE;
}

static gboolean
run_server (LkService *service, LkRouter *router, const LkServeOptions *options, GError **error)
{
  const LkHttpOptions http = {
    .address = options->address,
    .port = options->port,
    .upload_folder = service->folder,
    .tls = options->certificate != NULL,
    .proxies = lk_settings_is_set (service->settings, "server", "trusted_proxies")
                 ? lk_settings_list (service->settings, "server", "trusted_proxies") : NULL,
    .admit = lk_router_admit,
    .handle = lk_router_handle,
    .data = router,
  };
  g_autoptr (LkHttpServer) server = lk_http_server_new (&service->config, &http, error);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  gboolean ok;
  /* before anybody is told that it is ready: who starts a service may end it at once */
  guint sources[] = {
    g_unix_signal_add (SIGTERM, on_signal, loop),
    g_unix_signal_add (SIGINT, on_signal, loop),
    g_unix_signal_add (SIGHUP, on_hangup, service),
    g_unix_signal_add (SIGHUP, on_hangup_certificate, (gpointer) options),
    g_timeout_add_seconds (EXPIRE_SECONDS, on_expire, service),
    g_timeout_add_seconds (EXPIRE_KEYS_SECONDS, on_expire_keys, service),
  };

  ok = server != NULL && run_until_signal (server, loop, options, error);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);
  if (ok)
    {
      lk_http_server_quiesce (server);
      lk_change_feed_stop (service->feed);
      lk_student_service_stop (service->student);
    }
  return ok;
}

static gboolean
load_certificate (const LkServeOptions *options, GError **error)
{
  return options->certificate == NULL || lk_http_tls_load (options->certificate, options->key, error);
}

static gboolean
load_pages (LkService *service, GError **error)
{
  g_autofree char *folder = lk_data_find ("web", NULL);

  service->web = lk_web_files_new (folder != NULL ? folder : "", error);
  return service->web != NULL;
}

gboolean
lk_serve (LkService *service, const LkServeOptions *options, GError **error)
{
  g_autoptr (LkRouter) router = NULL;
  gboolean ok;
  int lock = lock_campus (service->folder, error);

  if (lock < 0)
    return FALSE;
  signal (SIGPIPE, SIG_IGN);
  raise_file_limit (&service->config);
  service->college = lk_college_new (service->settings);
  service->auth = lk_search_check_key (service, error) ? lk_auth_new (service->db, &service->config, error) : NULL;
  ok = service->auth != NULL && load_pages (service, error) && load_certificate (options, error);
  if (ok)
    service->student = lk_student_service_new (service, error);
  ok = service->student != NULL;
  if (ok)
    {
      service->feed = lk_change_feed_new (service);
      service->db->changed_data = service->feed;
      service->db->changed = lk_change_feed_notify;
      service->keys = lk_key_ring_new (service->db);
      router = lk_router_new (service);
      ok = run_server (service, router, options, error);
      g_clear_pointer (&router, lk_router_free);
      service->db->changed = NULL;
      g_clear_pointer (&service->feed, lk_change_feed_free);
    }
  g_clear_pointer (&service->student, lk_student_service_free);
  lk_http_tls_clear ();
  close (lock);
  return ok;
}
