/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/infer.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/error.h"

/* The runtime's public C interface is one table of functions that only ever grows at its end. The entries used
 * here are declared by their place in it, so that building needs no header of the runtime and any release from
 * API_VERSION on can be loaded. Everything it hands out is opaque. */
typedef struct OrtStatus OrtStatus;
typedef struct OrtEnv OrtEnv;
typedef struct OrtSession OrtSession;
typedef struct OrtOptions OrtOptions;
typedef struct OrtValue OrtValue;
typedef struct OrtMemory OrtMemory;
typedef struct OrtShape OrtShape;

enum
{
  API_VERSION = 8,
  LEVEL_FATAL = 4,
  OPTIMIZE_ALL = 99,
  ELEMENT_FLOAT = 1,
  ALLOCATOR_DEVICE = 0,
  MEMORY_DEFAULT = 0,
};

typedef struct
{
  const char *(*get_error_message) (const OrtStatus *status);
  OrtStatus *(*create_env) (int level, const char *log_id, OrtEnv **env);
  OrtStatus *(*create_session) (const OrtEnv *env, const char *path, const OrtOptions *options, OrtSession **session);
  OrtStatus *(*run) (OrtSession *session, const void *run_options,
                     const char *const *input_names, const OrtValue *const *inputs, size_t n_inputs,
                     const char *const *output_names, size_t n_outputs, OrtValue **outputs);
  OrtStatus *(*create_options) (OrtOptions **options);
  OrtStatus *(*disable_memory_arena) (OrtOptions *options);
  OrtStatus *(*set_optimization_level) (OrtOptions *options, int level);
  OrtStatus *(*set_intra_op_threads) (OrtOptions *options, int n_threads);
  OrtStatus *(*set_inter_op_threads) (OrtOptions *options, int n_threads);
  OrtStatus *(*create_tensor) (const OrtMemory *memory, void *data, size_t n_bytes,
                               const int64_t *shape, size_t n_dimensions, int element, OrtValue **value);
  OrtStatus *(*get_data) (OrtValue *value, void **data);
  OrtStatus *(*get_count) (const OrtShape *shape, size_t *count);
  OrtStatus *(*get_shape) (const OrtValue *value, OrtShape **shape);
  OrtStatus *(*create_memory) (int allocator, int memory_type, OrtMemory **memory);
  void (*release_env) (OrtEnv *env);
  void (*release_status) (OrtStatus *status);
  void (*release_memory) (OrtMemory *memory);
  void (*release_session) (OrtSession *session);
  void (*release_value) (OrtValue *value);
  void (*release_shape) (OrtShape *shape);
  void (*release_options) (OrtOptions *options);
  OrtStatus *(*add_config) (OrtOptions *options, const char *key, const char *value);
} OrtCalls;

static const struct
{
  gsize offset;
  guint place;
} call_places[] = {
  { G_STRUCT_OFFSET (OrtCalls, get_error_message), 2 },
  { G_STRUCT_OFFSET (OrtCalls, create_env), 3 },
  { G_STRUCT_OFFSET (OrtCalls, create_session), 7 },
  { G_STRUCT_OFFSET (OrtCalls, run), 9 },
  { G_STRUCT_OFFSET (OrtCalls, create_options), 10 },
  { G_STRUCT_OFFSET (OrtCalls, disable_memory_arena), 19 },
  { G_STRUCT_OFFSET (OrtCalls, set_optimization_level), 23 },
  { G_STRUCT_OFFSET (OrtCalls, set_intra_op_threads), 24 },
  { G_STRUCT_OFFSET (OrtCalls, set_inter_op_threads), 25 },
  { G_STRUCT_OFFSET (OrtCalls, create_tensor), 49 },
  { G_STRUCT_OFFSET (OrtCalls, get_data), 51 },
  { G_STRUCT_OFFSET (OrtCalls, get_count), 64 },
  { G_STRUCT_OFFSET (OrtCalls, get_shape), 65 },
  { G_STRUCT_OFFSET (OrtCalls, create_memory), 69 },
  { G_STRUCT_OFFSET (OrtCalls, release_env), 92 },
  { G_STRUCT_OFFSET (OrtCalls, release_status), 93 },
  { G_STRUCT_OFFSET (OrtCalls, release_memory), 94 },
  { G_STRUCT_OFFSET (OrtCalls, release_session), 95 },
  { G_STRUCT_OFFSET (OrtCalls, release_value), 96 },
  { G_STRUCT_OFFSET (OrtCalls, release_shape), 99 },
  { G_STRUCT_OFFSET (OrtCalls, release_options), 100 },
  { G_STRUCT_OFFSET (OrtCalls, add_config), 130 },
};

typedef struct
{
  const void *const *(*get_api) (uint32_t version);
  const char *(*get_version) (void);
} OrtBase;

struct _LkRuntime
{
  OrtCalls calls;
  OrtEnv *env;
  OrtMemory *memory;
};

struct _LkModel
{
  LkRuntime *runtime;
  const LkModelEntry *entry;
  OrtSession *session;
};

/* Turns a status of the runtime into a GError and frees it; TRUE when there was nothing wrong. */
static gboolean
succeeded (const OrtCalls *calls, OrtStatus *status, const char *what, GError **error)
{
  if (status == NULL)
    return TRUE;
  g_set_error (error, LK_ERROR, LK_ERROR_NO_ENGINE, "%s: %s", what, calls->get_error_message (status));
  calls->release_status (status);
  return FALSE;
}

/* stderr and the environment belong to the whole process: one thread at a time loads. */
static GMutex loading;

/* stderr goes nowhere until unmute(): Debian 13's build of the runtime writes a thousand lines when its first model loads.
 * Returns the saved descriptor, or -1 when it could not be muted. */
static int
mute_stderr (void)
{
  int saved = fcntl (STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  int nowhere = open ("/dev/null", O_WRONLY | O_CLOEXEC);

  fflush (stderr);
  if (saved >= 0 && nowhere >= 0)
    dup2 (nowhere, STDERR_FILENO);
  if (nowhere >= 0)
    close (nowhere);
  return saved;
}

static void
unmute_stderr (int saved)
{
  if (saved < 0)
    return;
  fflush (stderr);
  dup2 (saved, STDERR_FILENO);
  close (saved);
}

static gboolean
open_library (LkRuntime *self, const char *name, GError **error)
{
  /* it keeps threads and static data of its own: it is never unloaded again */
  void *library = dlopen (name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  const OrtBase *(*get_base) (void) = NULL;
  const void *const *api;

  if (library == NULL)
    {
      g_set_error (error, LK_ERROR, LK_ERROR_NO_ENGINE, "%s", dlerror ());
      return FALSE;
    }
  *(void **) &get_base = dlsym (library, "OrtGetApiBase");
  api = get_base != NULL ? get_base ()->get_api (API_VERSION) : NULL;
  if (api == NULL)
    {
      g_set_error (error, LK_ERROR, LK_ERROR_NO_ENGINE, "%s does not offer version %d of the interface", name,
                   API_VERSION);
      dlclose (library);
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (call_places); i++)
    memcpy ((char *) &self->calls + call_places[i].offset, &api[call_places[i].place], sizeof (void *));
  return TRUE;
}

static gboolean
open_first (LkRuntime *self, GError **error)
{
  const char *chosen = g_getenv ("LIKENESS_RUNTIME");
  g_autofree char *cached =
    g_build_filename (g_get_user_cache_dir (), "likeness", "runtime", "libonnxruntime.so.1", NULL);
  const char *names[] = { cached, "libonnxruntime.so.1", "libonnxruntime.so.1.21", "libonnxruntime.so" };

  if (chosen != NULL && *chosen != '\0')
    return open_library (self, chosen, error);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (open_library (self, names[i], NULL))
      return TRUE;
  g_set_error (error, LK_ERROR, LK_ERROR_NO_ENGINE, "no ONNX Runtime at %s and none in the system", cached);
  return FALSE;
}

LkRuntime *
lk_runtime_new (GError **error)
{
  g_autoptr (LkRuntime) self = g_new0 (LkRuntime, 1);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&loading);
  int saved;
  gboolean ready;

  /* newer releases report their use to their maker unless told not to; a photo engine talks to nobody */
  g_setenv ("ORT_DISABLE_TELEMETRY", "1", TRUE);
  saved = mute_stderr ();
  ready = open_first (self, error)
          && succeeded (&self->calls, self->calls.create_env (LEVEL_FATAL, "likeness", &self->env),
                        "starting the runtime", error)
          && succeeded (&self->calls, self->calls.create_memory (ALLOCATOR_DEVICE, MEMORY_DEFAULT, &self->memory),
                        "starting the runtime", error);
  unmute_stderr (saved);
  return ready ? g_steal_pointer (&self) : NULL;
}

void
lk_runtime_free (LkRuntime *self)
{
  if (self->memory != NULL)
    self->calls.release_memory (self->memory);
  if (self->env != NULL)
    self->calls.release_env (self->env);
  g_free (self);
}

static gboolean
set_options (const OrtCalls *calls, OrtOptions *options, GError **error)
{
  /* one thread a session: photos run beside each other, and spinning pools made a photo slower.
   * Without flushing denormals one embedding takes eight times as long. */
  return succeeded (calls, calls->set_intra_op_threads (options, 1), "options", error)
         && succeeded (calls, calls->set_inter_op_threads (options, 1), "options", error)
         && succeeded (calls, calls->set_optimization_level (options, OPTIMIZE_ALL), "options", error)
         && succeeded (calls, calls->disable_memory_arena (options), "options", error)
         && succeeded (calls, calls->add_config (options, "session.set_denormal_as_zero", "1"), "options", error);
}

LkModel *
lk_model_new (LkRuntime *runtime, const LkModelEntry *entry, const char *folder, GError **error)
{
  const OrtCalls *calls = &runtime->calls;
  g_autofree char *path = g_build_filename (folder, entry->file, NULL);
  g_autoptr (LkModel) self = g_new0 (LkModel, 1);
  OrtOptions *options = NULL;
  gboolean ready;
  int saved;

  self->runtime = runtime;
  self->entry = entry;
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, LK_ERROR, LK_ERROR_NO_ENGINE, "model file %s is missing", path);
      return NULL;
    }
  g_mutex_lock (&loading);
  saved = mute_stderr ();
  ready = succeeded (calls, calls->create_options (&options), "options", error)
          && set_options (calls, options, error)
          && succeeded (calls, calls->create_session (runtime->env, path, options, &self->session), path, error);
  unmute_stderr (saved);
  g_mutex_unlock (&loading);
  if (options != NULL)
    calls->release_options (options);
  return ready ? g_steal_pointer (&self) : NULL;
}

void
lk_model_free (LkModel *self)
{
  if (self->session != NULL)
    self->runtime->calls.release_session (self->session);
  g_free (self);
}

const LkModelEntry *
lk_model_get_entry (const LkModel *self)
{
  return self->entry;
}

/* Copies one output out of the runtime, after seeing that it has the length its reader expects. */
static gboolean
take_output (const LkModel *self, OrtValue *value, LkTensor *output, GError **error)
{
  const OrtCalls *calls = &self->runtime->calls;
  OrtShape *shape = NULL;
  size_t count = 0;
  void *data = NULL;
  gboolean ready;

  ready = succeeded (calls, calls->get_shape (value, &shape), self->entry->id, error)
          && succeeded (calls, calls->get_count (shape, &count), self->entry->id, error)
          && succeeded (calls, calls->get_data (value, &data), self->entry->id, error);
  if (shape != NULL)
    calls->release_shape (shape);
  if (!ready)
    return FALSE;
  if (output->data == NULL && count > 0)
    {
      output->data = g_new (float, count);
      output->length = count;
    }
  if (count != output->length)
    {
      g_set_error (error, LK_ERROR, LK_ERROR_NO_ENGINE,
                   "model %s gives %" G_GSIZE_FORMAT " values where %" G_GSIZE_FORMAT " are expected", self->entry->id,
                   (gsize) count, output->length);
      return FALSE;
    }
  memcpy (output->data, data, count * sizeof (float));
  for (size_t i = 0; i < count; i++)
    if (!isfinite (output->data[i]))
      {
        g_set_error (error, LK_ERROR, LK_ERROR_NO_ENGINE, "model %s gives values that are no numbers", self->entry->id);
        return FALSE;
      }
  return TRUE;
}

gboolean
lk_model_run (LkModel *self, const float *input, LkTensor *outputs, GError **error)
{
  const OrtCalls *calls = &self->runtime->calls;
  const LkModelEntry *entry = self->entry;
  const int64_t interleaved[] = { 1, entry->size, entry->size, 3 };
  const int64_t planar[] = { 1, 3, entry->size, entry->size };
  const char *const input_names[] = { entry->input_name };
  OrtValue *in = NULL;
  OrtValue *out[LK_MODEL_MAX_OUTPUTS] = { NULL };
  gboolean ready;

  ready = succeeded (calls,
                     calls->create_tensor (self->runtime->memory, (void *) input,
                                           (size_t) entry->size * entry->size * 3 * sizeof (float),
                                           entry->planar ? planar : interleaved, 4, ELEMENT_FLOAT, &in),
                     entry->id, error)
          && succeeded (calls,
                        calls->run (self->session, NULL, input_names, (const OrtValue *const *) &in, 1,
                                    (const char *const *) entry->output_names, entry->n_outputs, out),
                        entry->id, error);
  for (guint i = 0; ready && i < entry->n_outputs; i++)
    ready = take_output (self, out[i], &outputs[i], error);
  for (guint i = 0; i < entry->n_outputs; i++)
    if (out[i] != NULL)
      calls->release_value (out[i]);
  if (in != NULL)
    calls->release_value (in);
  return ready;
}
