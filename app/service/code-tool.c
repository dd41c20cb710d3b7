/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/code-tool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/error.h"
#include "core/json.h"
#include "service/code-day.h"
#include "service/code-payload.h"
#include "service/no-network.h"

enum
{
  ANSWER_MAX = 64 * 1024,
  TEXT_MAX_BYTES = 128,         /* of a name, a number or an id in the answer */
  YEAR_MIN = 2000, YEAR_MAX = 2255,
};

struct _LkCodeTool
{
  char **argv;
  gboolean has_network;
  int time_limit_ms;
};

/* One run. */
typedef struct
{
  GPid pid;
  int output;
  gint64 end;                   /* monotonic time, us */
} Run;

LkCodeTool *
lk_code_tool_new (LkSettings *settings, int time_limit_ms)
{
  const char *program = lk_settings_text (settings, "codes", "tool");
  const char *const *arguments = lk_settings_list (settings, "codes", "tool_arguments");
  g_autoptr (GStrvBuilder) argv = NULL;
  LkCodeTool *self;

  if (program == NULL)
    return NULL;
  argv = g_strv_builder_new ();
  g_strv_builder_add (argv, program);
  g_strv_builder_addv (argv, (const char **) arguments);
  self = g_new (LkCodeTool, 1);
  *self = (LkCodeTool) {
    .argv = g_strv_builder_end (argv),
    .has_network = lk_settings_switch (settings, "codes", "tool_network"),
    .time_limit_ms = time_limit_ms,
  };
  return self;
}

void
lk_code_tool_free (LkCodeTool *self)
{
  g_strfreev (self->argv);
  g_free (self);
}

static void
set_fault (GError **error, const char *what)
{
  g_set_error (error, LK_ERROR, LK_ERROR_CODE_TOOL, "the tool for collection codes: %s", what);
}

/* -- running it -- */

/* Between fork() and exec(). */
static void
prepare_child (gpointer no_network)
{
  const struct rlimit no_core = { 0, 0 };

  setsid ();                    /* what it starts ends with it */
  setrlimit (RLIMIT_CORE, &no_core);
  if (no_network != NULL && !lk_no_network_apply (no_network))
    _exit (127);
}

/* A file in memory as standard input: the program may read it or not, nobody waits for the other. */
static int
make_input (const char *text)
{
  int fd = memfd_create ("code", MFD_CLOEXEC);
  gssize length = (gssize) strlen (text);

  if (fd >= 0 && (write (fd, text, length) != length || lseek (fd, 0, SEEK_SET) != 0))
    {
      close (fd);
      fd = -1;
    }
  return fd;
}

static gboolean
start (LkCodeTool *self, const char *text, Run *run, GError **error)
{
  const char *environment[] = { "PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8", NULL };
  g_autoptr (LkNoNetwork) no_network = NULL;
  g_autoptr (GError) cause = NULL;
  gboolean ok;
  int input;

  if (!self->has_network && (no_network = lk_no_network_new (&cause)) == NULL)
    {
      set_fault (error, cause->message);
      return FALSE;
    }
  input = make_input (text);
  ok = input >= 0 && g_spawn_async_with_pipes_and_fds ("/", (const char *const *) self->argv, environment,
                                                       G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, prepare_child, no_network,
                                                       input, -1, -1, NULL, NULL, 0, &run->pid, NULL, &run->output, NULL, &cause);
  if (input >= 0)
    close (input);
  run->end = g_get_monotonic_time () + self->time_limit_ms * G_GINT64_CONSTANT (1000);
  if (!ok)
    set_fault (error, cause != NULL ? cause->message : g_strerror (errno));
  return ok;
}

/* Waits for some of the answer; FALSE when the time is over. */
static gboolean
wait_for_output (const Run *run)
{
  int ready;

  do
    {
      struct pollfd waited = { .fd = run->output, .events = POLLIN };
      gint64 left = run->end - g_get_monotonic_time ();

      ready = poll (&waited, 1, (int) MAX (0, (left + 999) / 1000));
    }
  while (ready < 0 && errno == EINTR);
  return ready > 0;
}

/* All it says, until it says no more. */
static char *
read_answer (const Run *run, GError **error)
{
  g_autoptr (GString) answer = g_string_new (NULL);
  char part[4096];
  gssize n = 1;

  while (n > 0 && answer->len <= ANSWER_MAX)
    {
      if (!wait_for_output (run))
        {
          set_fault (error, "it took too long");
          return NULL;
        }
      n = read (run->output, part, sizeof part);
      if (n > 0)
        g_string_append_len (answer, part, n);
    }
  if (answer->len <= ANSWER_MAX)
    return g_strdup (answer->str);
  set_fault (error, "it says too much");
  return NULL;
}

static void
finish (Run *run)
{
  close (run->output);
  kill (-run->pid, SIGKILL);
  kill (run->pid, SIGKILL);     /* should it not have come as far as to its own group */
  while (waitpid (run->pid, NULL, 0) < 0 && errno == EINTR)
    continue;
  g_spawn_close_pid (run->pid);
}

/* -- its answer -- */

static char *
take_text (const cJSON *json, const char *name)
{
  const char *text = lk_json_string (json, name);

  return text != NULL && strlen (text) <= TEXT_MAX_BYTES && g_utf8_validate (text, -1, NULL) ? g_strdup (text) : NULL;
}

/* The code has no id of its own: its text is always the same. */
static char *
make_id (const char *text)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strndup (hash, 2 * LK_CODE_ID_SIZE);
}

/* The end of the last day; for ever when the answer says none. 0 when it is no day. */
static gint64
take_expiry (const cJSON *json)
{
  const char *text = lk_json_string (json, "expires");
  int day = text != NULL ? lk_code_day_from_text (text) : -1;

  if (!cJSON_HasObjectItem (json, "expires"))
    return G_MAXINT64;
  return day >= 0 ? lk_code_day_end (day) : 0;
}

static LkCollectionCode *
take_code (const cJSON *json, const char *text, GError **error)
{
  g_autoptr (LkCollectionCode) code = g_new0 (LkCollectionCode, 1);
  gint64 year = lk_json_int (json, "graduation_year", 0);

  code->unique_no = take_text (json, "unique_no");
  code->name = take_text (json, "name");
  code->document_no = take_text (json, "document_no");
  code->code_id = cJSON_HasObjectItem (json, "code_id") ? take_text (json, "code_id") : make_id (text);
  code->expires_us = take_expiry (json);
  code->graduation_year = (int) year;
  if (code->unique_no != NULL && lk_code_is_unique_no (code->unique_no) && code->name != NULL && code->document_no != NULL &&
      code->code_id != NULL && *code->code_id != '\0' && code->expires_us > 0 && (year == 0 || (year >= YEAR_MIN && year <= YEAR_MAX)))
    return g_steal_pointer (&code);
  set_fault (error, "a member of its answer is missing or of another kind");
  return NULL;
}

static void
take_refusal (const cJSON *json, GError **error)
{
  static const struct
  {
    const char *word;
    LkError code;
  } reasons[] = {
    { "text", LK_ERROR_CODE_TEXT },
    { "key", LK_ERROR_CODE_KEY },
    { "signature", LK_ERROR_CODE_SIGNATURE },
    { "expired", LK_ERROR_CODE_EXPIRED },
  };
  const char *word = lk_json_string (json, "reason");

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (word, reasons[i].word) == 0)
      {
        g_set_error (error, LK_ERROR, reasons[i].code, "the tool for collection codes refuses it: %s", word);
        return;
      }
  set_fault (error, "it gives no reason that is known");
}

LkCollectionCode *
lk_code_tool_open (LkCodeTool *self, const char *text, GError **error)
{
  g_autofree char *answer = NULL;
  g_autoptr (cJSON) json = NULL;
  Run run = { .output = -1 };

  if (!start (self, text, &run, error))
    return NULL;
  answer = read_answer (&run, error);
  finish (&run);
  if (answer == NULL)
    return NULL;
  json = lk_json_parse (answer, -1, LK_ERROR_CODE_TOOL, NULL);
  if (json == NULL || !cJSON_IsObject (json) || !cJSON_HasObjectItem (json, "ok"))
    set_fault (error, "its answer is not the JSON it should be");
  else if (lk_json_boolean (json, "ok", FALSE))
    return take_code (json, text, error);
  else
    take_refusal (json, error);
  return NULL;
}
