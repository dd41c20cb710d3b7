/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "likeness-flow"

#include "flow/photo-loader-private.h"

#include <math.h>

#include "core/error.h"
#include "flow/picture.h"

enum
{
  N_WORKERS = 2,
  PICTURE_BYTES = 128 * 1024 * 1024, /* the window of eight photos on a 4K screen */
  THUMBNAIL_HEIGHT = 256,            /* boxes up to this height wait behind the photos of the window */
  THUMBNAIL_BYTES = 4 * 1024 * 1024, /* who shows one keeps it; a queue of thousands does not fill the memory */
};

struct _LkPhotoLoader
{
  GObject parent_instance;

  LkPhotoSource *source;
  LkSpec *spec;          /* read by the workers */
  LkDecoder *decoder;    /* used by the workers */
  GThreadPool *workers;  /* of Job */
  GMainContext *context; /* the owner's */
  GHashTable *pictures;  /* key -> Kept */
  GHashTable *requests;  /* key -> Request */
  gsize n_bytes, n_thumbnail_bytes;
  guint64 clock;
};

G_DEFINE_FINAL_TYPE (LkPhotoLoader, lk_photo_loader, G_TYPE_OBJECT)

enum
{
  READY,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  char *hash;
  LkPictureSize size;
  LkPicture *picture;
  guint64 used;
} Kept;

/* A worker's task. Counted: the request has one reference, the pool or the main loop another. */
typedef struct
{
  GWeakRef loader; /* for the owner's thread only */
  GMainContext *context;
  GBytes *file;
  const LkSpec *spec;
  LkDecoder *decoder;
  LkPictureSize size;
  char *key;
  LkUrgency urgency; /* for the order in the pool; the owner's thread only */
  guint64 serial;
  int cancelled; /* atomic */
  LkPicture *picture;
  GError *error;
} Job;

typedef struct
{
  char *key, *hash;
  LkPictureSize size;
  LkUrgency urgency;
  Job *job; /* NULL while the file is not there */
} Request;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_free (kept->hash);
  lk_picture_unref (kept->picture);
  g_free (kept);
}

static void
job_clear (gpointer data)
{
  Job *job = data;

  g_weak_ref_clear (&job->loader);
  g_main_context_unref (job->context);
  g_bytes_unref (job->file);
  g_free (job->key);
  g_clear_pointer (&job->picture, lk_picture_unref);
  g_clear_error (&job->error);
}

static void
job_unref (gpointer job)
{
  g_atomic_rc_box_release_full (job, job_clear);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  if (request->job != NULL)
    {
      g_atomic_int_set (&request->job->cancelled, TRUE);
      job_unref (request->job);
    }
  g_free (request->key);
  g_free (request->hash);
  g_free (request);
}

static char *
make_key (const char *hash, const LkPictureSize *size)
{
  if (size->scale > 0)
    return g_strdup_printf ("%s@%.6f", hash, size->scale);
  return g_strdup_printf ("%s %dx%d", hash, size->box_width, size->box_height);
}

/* Pictures */

static gboolean
is_thumbnail (const LkPictureSize *size)
{
  return size->scale <= 0 && size->box_height <= THUMBNAIL_HEIGHT;
}

/* The sum that a picture of this size counts in. */
static gsize *
sum_for (LkPhotoLoader *self, const LkPictureSize *size)
{
  return is_thumbnail (size) ? &self->n_thumbnail_bytes : &self->n_bytes;
}

static void
forget_picture (LkPhotoLoader *self, const char *key)
{
  Kept *kept = g_hash_table_lookup (self->pictures, key);

  *sum_for (self, &kept->size) -= g_bytes_get_size (kept->picture->bgra);
  g_hash_table_remove (self->pictures, key);
}

static const char *
least_recently_used (LkPhotoLoader *self, gboolean thumbnail)
{
  GHashTableIter iter;
  gpointer key, value;
  const char *oldest = NULL;
  guint64 used = G_MAXUINT64;

  g_hash_table_iter_init (&iter, self->pictures);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (is_thumbnail (&((Kept *) value)->size) == thumbnail && ((Kept *) value)->used < used)
      {
        used = ((Kept *) value)->used;
        oldest = key;
      }
  return oldest;
}

static void
keep_picture (LkPhotoLoader *self, const Request *request, LkPicture *picture)
{
  gboolean thumbnail = is_thumbnail (&request->size);
  gsize *sum = sum_for (self, &request->size);
  gsize most = thumbnail ? THUMBNAIL_BYTES : PICTURE_BYTES;
  gsize size = g_bytes_get_size (picture->bgra);
  Kept *kept = g_new0 (Kept, 1);

  kept->hash = g_strdup (request->hash);
  kept->size = request->size;
  kept->picture = lk_picture_ref (picture);
  kept->used = ++self->clock;
  g_hash_table_insert (self->pictures, g_strdup (request->key), kept);
  *sum += size;
  while (*sum > most && *sum > size)
    forget_picture (self, least_recently_used (self, thumbnail));
}

/* Workers */

static gboolean
finish_in_owner (gpointer data)
{
  Job *job = data;
  g_autoptr (LkPhotoLoader) self = g_weak_ref_get (&job->loader);
  Request *request;
  g_autofree char *hash = NULL;

  if (self == NULL || g_atomic_int_get (&job->cancelled))
    return G_SOURCE_REMOVE;
  request = g_hash_table_lookup (self->requests, job->key);
  hash = g_strdup (request->hash);
  if (job->picture != NULL)
    keep_picture (self, request, job->picture);
  g_hash_table_remove (self->requests, job->key);
  if (job->picture == NULL)
    g_signal_emit (self, signals[FAILED], 0, hash, job->error->code);
  else if (job->size.scale > 0)
    g_signal_emit (self, signals[READY], 0, hash, job->picture->width, job->picture->height);
  else
    g_signal_emit (self, signals[READY], 0, hash, job->size.box_width, job->size.box_height);
  return G_SOURCE_REMOVE;
}

static void
worker_main (gpointer item, gpointer user_data)
{
  Job *job = item;
  g_autoptr (GSource) source = g_idle_source_new ();

  if (!g_atomic_int_get (&job->cancelled))
    job->picture = lk_picture_make (job->decoder, job->file, job->spec, &job->size, &job->error);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, finish_in_owner, job, job_unref);
  g_source_attach (source, job->context);
}

/* The newest "now" first, of the others the oldest. */
static int
compare_jobs (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Job *left = a;
  const Job *right = b;

  if (left->urgency != right->urgency)
    return left->urgency < right->urgency ? -1 : 1;
  if (left->serial == right->serial)
    return 0;
  return (left->serial < right->serial) == (left->urgency != LK_URGENCY_NOW) ? -1 : 1;
}

static void
start_job (LkPhotoLoader *self, Request *request, GBytes *file)
{
  Job *job = g_atomic_rc_box_new0 (Job);

  g_weak_ref_init (&job->loader, self);
  job->context = g_main_context_ref (self->context);
  job->file = g_bytes_ref (file);
  job->spec = self->spec;
  job->decoder = self->decoder;
  job->size = request->size;
  job->key = g_strdup (request->key);
  job->urgency = request->urgency;
  job->serial = ++self->clock;
  request->job = g_atomic_rc_box_acquire (job);
  g_thread_pool_push (self->workers, job, NULL);
}

/* Requests */

static void
on_arrived (LkPhotoSource *source, const char *hash, GBytes *file, LkPhotoLoader *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->requests);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Request *request = value;

      if (request->job == NULL && g_str_equal (request->hash, hash))
        start_job (self, request, file);
    }
}

/* The requests stay, so that the picture is made as soon as somebody else brings the file. */
static void
on_failed (LkPhotoSource *source, const char *hash, int code, LkPhotoLoader *self)
{
  GHashTableIter iter;
  gpointer value;
  gboolean is_asked = FALSE;

  g_hash_table_iter_init (&iter, self->requests);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    is_asked |= g_str_equal (((Request *) value)->hash, hash);
  if (is_asked)
    g_signal_emit (self, signals[FAILED], 0, hash, code);
}

static void
on_dropped (LkPhotoSource *source, const char *hash, LkPhotoLoader *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->requests);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (g_str_equal (((Request *) value)->hash, hash))
      g_hash_table_iter_remove (&iter);
  g_hash_table_iter_init (&iter, self->pictures);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (g_str_equal (((Kept *) value)->hash, hash))
      {
        *sum_for (self, &((Kept *) value)->size) -= g_bytes_get_size (((Kept *) value)->picture->bgra);
        g_hash_table_iter_remove (&iter);
      }
}

static void
make_urgent (LkPhotoLoader *self, Request *request, LkUrgency urgency)
{
  request->urgency = MIN (request->urgency, urgency);
  if (request->job == NULL)
    {
      lk_photo_source_want (self->source, request->hash, urgency);
      return;
    }
  if (urgency >= request->job->urgency)
    return;
  request->job->urgency = urgency;
  g_thread_pool_move_to_front (self->workers, request->job);
}

static void
ask (LkPhotoLoader *self, const char *hash, const LkPictureSize *size, LkUrgency urgency)
{
  g_autofree char *key = make_key (hash, size);
  Request *request = g_hash_table_lookup (self->requests, key);
  GBytes *file;

  if (request != NULL)
    {
      make_urgent (self, request, urgency);
      return;
    }
  request = g_new0 (Request, 1);
  request->key = g_steal_pointer (&key);
  request->hash = g_strdup (hash);
  request->size = *size;
  request->urgency = urgency;
  g_hash_table_insert (self->requests, request->key, request);
  file = lk_photo_source_peek (self->source, hash);
  if (file != NULL)
    start_job (self, request, file);
  else
    lk_photo_source_want (self->source, hash, urgency);
}

static LkPicture *
get_or_ask (LkPhotoLoader *self, const char *hash, const LkPictureSize *size, LkUrgency urgency)
{
  g_autofree char *key = make_key (hash, size);
  Kept *kept = g_hash_table_lookup (self->pictures, key);

  if (kept == NULL)
    {
      ask (self, hash, size, urgency);
      return NULL;
    }
  kept->used = ++self->clock;
  return lk_picture_ref (kept->picture);
}

/* Object */

static void
lk_photo_loader_dispose (GObject *object)
{
  LkPhotoLoader *self = LK_PHOTO_LOADER (object);

  if (self->source != NULL)
    g_signal_handlers_disconnect_by_data (self->source, self);
  g_clear_object (&self->source);
  g_hash_table_remove_all (self->requests); /* cancels the jobs: the pool runs through at once */
  if (self->workers != NULL)
    g_thread_pool_free (g_steal_pointer (&self->workers), FALSE, TRUE);

  G_OBJECT_CLASS (lk_photo_loader_parent_class)->dispose (object);
}

static void
lk_photo_loader_finalize (GObject *object)
{
  LkPhotoLoader *self = LK_PHOTO_LOADER (object);

  g_clear_pointer (&self->spec, lk_spec_free);
  lk_decoder_free (self->decoder);
  g_main_context_unref (self->context);
  g_hash_table_unref (self->requests);
  g_hash_table_unref (self->pictures);

  G_OBJECT_CLASS (lk_photo_loader_parent_class)->finalize (object);
}

static void
lk_photo_loader_class_init (LkPhotoLoaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lk_photo_loader_dispose;
  object_class->finalize = lk_photo_loader_finalize;

  signals[READY] = g_signal_new ("ready", LK_TYPE_PHOTO_LOADER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                 G_TYPE_STRING, G_TYPE_INT, G_TYPE_INT);
  signals[FAILED] = g_signal_new ("failed", LK_TYPE_PHOTO_LOADER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  2, G_TYPE_STRING, G_TYPE_INT);
}

static void
lk_photo_loader_init (LkPhotoLoader *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->decoder = lk_decoder_new ();
  self->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, kept_free);
  self->requests = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, request_free);
}

LkPhotoLoader *
lk_photo_loader_new (LkPhotoSource *source, LkSpec *spec, GError **error)
{
  g_autoptr (LkPhotoLoader) self = g_object_new (LK_TYPE_PHOTO_LOADER, NULL);

  self->spec = spec;
  self->workers = g_thread_pool_new (worker_main, NULL, N_WORKERS, TRUE, error);
  if (self->workers == NULL)
    return NULL;
  g_thread_pool_set_sort_function (self->workers, compare_jobs, NULL);
  self->source = g_object_ref (source);
  g_signal_connect (source, "arrived", G_CALLBACK (on_arrived), self);
  g_signal_connect (source, "failed", G_CALLBACK (on_failed), self);
  g_signal_connect (source, "dropped", G_CALLBACK (on_dropped), self);
  return g_steal_pointer (&self);
}

const LkSpec *
lk_photo_loader_get_spec (LkPhotoLoader *self)
{
  return self->spec;
}

LkPicture *
lk_photo_loader_get (LkPhotoLoader *self, const char *hash, int box_width, int box_height)
{
  LkPictureSize size = { box_width, box_height, 0 };

  g_return_val_if_fail (hash != NULL && box_width > 0 && box_height > 0, NULL);

  return get_or_ask (self, hash, &size, is_thumbnail (&size) ? LK_URGENCY_LATER : LK_URGENCY_NOW);
}

LkPicture *
lk_photo_loader_get_scaled (LkPhotoLoader *self, const char *hash, double scale)
{
  LkPictureSize size = { 0, 0, scale };

  g_return_val_if_fail (hash != NULL && scale > 0, NULL);

  return get_or_ask (self, hash, &size, LK_URGENCY_NOW);
}

static gboolean
same_box (const LkPictureSize *a, const LkPictureSize *b)
{
  return a->scale <= 0 && b->scale <= 0 && a->box_width == b->box_width && a->box_height == b->box_height;
}

/* What was wanted in this size and is not any more: nobody else asks for this size. */
static void
forget_others (LkPhotoLoader *self, const char *const *hashes, const LkPictureSize *size)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->requests);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Request *request = value;

      if (!same_box (&request->size, size) || g_strv_contains (hashes, request->hash))
        continue;
      if (request->job == NULL)
        lk_photo_source_unwant (self->source, request->hash);
      g_hash_table_iter_remove (&iter);
    }
  g_hash_table_iter_init (&iter, self->pictures);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Kept *kept = value;

      if (!same_box (&kept->size, size) || g_strv_contains (hashes, kept->hash))
        continue;
      *sum_for (self, &kept->size) -= g_bytes_get_size (kept->picture->bgra);
      g_hash_table_iter_remove (&iter);
    }
}

void
lk_photo_loader_prefetch (LkPhotoLoader *self, const char *const *hashes, int box_width, int box_height)
{
  LkPictureSize size = { box_width, box_height, 0 };

  g_return_if_fail (hashes != NULL && box_width > 0 && box_height > 0);

  forget_others (self, hashes, &size);
  for (gsize i = 0; hashes[i] != NULL; i++)
    {
      g_autofree char *key = make_key (hashes[i], &size);

      if (!g_hash_table_contains (self->pictures, key))
        ask (self, hashes[i], &size, LK_URGENCY_SOON);
    }
}

guint
lk_photo_loader_get_n_pictures (LkPhotoLoader *self)
{
  return g_hash_table_size (self->pictures);
}

guint
lk_photo_loader_get_n_requests (LkPhotoLoader *self)
{
  return g_hash_table_size (self->requests);
}
