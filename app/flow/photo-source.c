/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "likeness-flow"

#include "flow/photo-source.h"

#include "core/error.h"
#include "flow/photo-cache.h"

enum
{
  CACHE_BYTES = 48 * 1024 * 1024, /* a lease of 20 with comparison photos is some 10 MB */
};

/* Up to which number of running fetches another one starts: what somebody waits for does not wait behind what is for later, and what is
 * for later leaves him the most of a slow line. */
static const guint max_running[LK_N_URGENCIES] = {
  [LK_URGENCY_NOW] = 6,
  [LK_URGENCY_SOON] = 6,
  [LK_URGENCY_LATER] = 3,
};

struct _LkPhotoSource
{
  GObject parent_instance;

  LkCampusClient *client;
  LkPhotoCache *cache;
  LkCache *disk;                  /* or NULL */
  GHashTable *kept;               /* hash -> how many want it on the disk */
  GHashTable *fetches;            /* hash -> Fetch, waiting and running */
  GQueue waiting[LK_N_URGENCIES]; /* of borrowed Fetch, the next at the head */
  guint n_running;
  gboolean stopped;
};

G_DEFINE_FINAL_TYPE (LkPhotoSource, lk_photo_source, G_TYPE_OBJECT)

enum
{
  ARRIVED,
  FAILED,
  DROPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Counted: the table has one reference, a running call another, and the call may outlive the source. */
typedef struct
{
  GWeakRef source;
  char *hash;
  LkUrgency urgency;
  GCancellable *cancellable;
  gboolean running;
} Fetch;

static void
fetch_clear (gpointer data)
{
  Fetch *fetch = data;

  g_weak_ref_clear (&fetch->source);
  g_free (fetch->hash);
  g_object_unref (fetch->cancellable);
}

static void
fetch_unref (gpointer fetch)
{
  g_rc_box_release_full (fetch, fetch_clear);
}

static void start_waiting (LkPhotoSource *self);

static void
forget_fetch (LkPhotoSource *self, Fetch *fetch)
{
  if (!fetch->running)
    g_queue_remove (&self->waiting[fetch->urgency], fetch);
  g_cancellable_cancel (fetch->cancellable);
  if (g_hash_table_lookup (self->fetches, fetch->hash) == fetch)
    g_hash_table_remove (self->fetches, fetch->hash);
}

/* One failure to reach the service is everybody's: nobody waits through a time-out each. */
static void
fail_waiting (LkPhotoSource *self, int code)
{
  for (guint urgency = 0; urgency < LK_N_URGENCIES; urgency++)
    while (self->waiting[urgency].length > 0)
      {
        Fetch *fetch = g_queue_peek_head (&self->waiting[urgency]);
        g_autofree char *hash = g_strdup (fetch->hash);

        forget_fetch (self, fetch);
        g_signal_emit (self, signals[FAILED], 0, hash, code);
      }
}

static void
put_on_disk (LkPhotoSource *self, const char *hash, GBytes *file)
{
  if (self->disk != NULL && g_hash_table_contains (self->kept, hash))
    lk_cache_put_photo (self->disk, hash, file);
}

/* Takes the running call's reference of the fetch. */
static void
finish_fetch (Fetch *fetch, GBytes *file, const GError *error)
{
  g_autoptr (LkPhotoSource) self = g_weak_ref_get (&fetch->source);
  gboolean cancelled = g_cancellable_is_cancelled (fetch->cancellable);

  if (self != NULL)
    {
      self->n_running--;
      if (!cancelled)
        g_hash_table_remove (self->fetches, fetch->hash);
      if (file != NULL)
        {
          lk_photo_cache_put (self->cache, fetch->hash, file);
          put_on_disk (self, fetch->hash, file);
        }
      if (file != NULL && !cancelled)
        g_signal_emit (self, signals[ARRIVED], 0, fetch->hash, file);
      else if (file == NULL && !cancelled)
        g_signal_emit (self, signals[FAILED], 0, fetch->hash,
                       error->domain == LK_ERROR ? error->code : LK_ERROR_FAILED);
      if (g_error_matches (error, LK_ERROR, LK_ERROR_OFFLINE) || g_error_matches (error, LK_ERROR, LK_ERROR_SIGNED_OUT))
        fail_waiting (self, error->code);
      start_waiting (self);
    }
  fetch_unref (fetch);
}

static void
on_image (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = lk_campus_client_image_finish (LK_CAMPUS_CLIENT (client), result, &error);

  finish_fetch (user_data, file, error);
}

/* A file of the disk that does not open is fetched like any other. */
static void
on_kept (GObject *disk, GAsyncResult *result, gpointer user_data)
{
  Fetch *fetch = user_data;
  g_autoptr (LkPhotoSource) self = g_weak_ref_get (&fetch->source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = lk_cache_get_photo_finish (LK_CACHE (disk), result, &error);

  if (file == NULL && self != NULL && !self->stopped)
    {
      lk_cache_drop_photo (LK_CACHE (disk), fetch->hash);
      lk_campus_client_image_async (self->client, fetch->hash, fetch->cancellable, on_image, fetch);
      return;
    }
  finish_fetch (fetch, file, error);
}

static Fetch *
take_next (LkPhotoSource *self)
{
  for (guint urgency = 0; urgency < LK_N_URGENCIES && self->n_running < max_running[urgency]; urgency++)
    if (self->waiting[urgency].length > 0)
      return g_queue_pop_head (&self->waiting[urgency]);
  return NULL;
}

static void
start_waiting (LkPhotoSource *self)
{
  Fetch *fetch;

  while ((fetch = take_next (self)) != NULL)
    {
      fetch->running = TRUE;
      self->n_running++;
      if (self->disk != NULL && lk_cache_has_photo (self->disk, fetch->hash))
        lk_cache_get_photo_async (self->disk, fetch->hash, on_kept, g_rc_box_acquire (fetch));
      else
        lk_campus_client_image_async (self->client, fetch->hash, fetch->cancellable, on_image,
                                      g_rc_box_acquire (fetch));
    }
}

static void
lk_photo_source_dispose (GObject *object)
{
  lk_photo_source_stop (LK_PHOTO_SOURCE (object));

  G_OBJECT_CLASS (lk_photo_source_parent_class)->dispose (object);
}

static void
lk_photo_source_finalize (GObject *object)
{
  LkPhotoSource *self = LK_PHOTO_SOURCE (object);

  g_clear_object (&self->client);
  g_clear_object (&self->disk);
  g_hash_table_unref (self->kept);
  g_hash_table_unref (self->fetches);
  lk_photo_cache_free (self->cache);

  G_OBJECT_CLASS (lk_photo_source_parent_class)->finalize (object);
}

static void
lk_photo_source_class_init (LkPhotoSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lk_photo_source_dispose;
  object_class->finalize = lk_photo_source_finalize;

  signals[ARRIVED] = g_signal_new ("arrived", LK_TYPE_PHOTO_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   2, G_TYPE_STRING, G_TYPE_BYTES);
  signals[FAILED] = g_signal_new ("failed", LK_TYPE_PHOTO_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  2, G_TYPE_STRING, G_TYPE_INT);
  signals[DROPPED] = g_signal_new ("dropped", LK_TYPE_PHOTO_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   1, G_TYPE_STRING);
}

static void
lk_photo_source_init (LkPhotoSource *self)
{
  self->cache = lk_photo_cache_new (CACHE_BYTES);
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->fetches = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, fetch_unref);
}

LkPhotoSource *
lk_photo_source_new (LkCampusClient *client, LkCache *disk)
{
  LkPhotoSource *self = g_object_new (LK_TYPE_PHOTO_SOURCE, NULL);

  self->client = g_object_ref (client);
  g_set_object (&self->disk, disk);
  return self;
}

GBytes *
lk_photo_source_peek (LkPhotoSource *self, const char *hash)
{
  return lk_photo_cache_get (self->cache, hash);
}

static void
queue_fetch (LkPhotoSource *self, Fetch *fetch, LkUrgency urgency)
{
  fetch->urgency = urgency;
  if (urgency == LK_URGENCY_NOW)
    g_queue_push_head (&self->waiting[urgency], fetch);
  else
    g_queue_push_tail (&self->waiting[urgency], fetch);
}

void
lk_photo_source_want (LkPhotoSource *self, const char *hash, LkUrgency urgency)
{
  Fetch *fetch = g_hash_table_lookup (self->fetches, hash);

  if (self->stopped || lk_photo_cache_has (self->cache, hash) || (fetch != NULL && fetch->running))
    return;
  if (fetch == NULL)
    {
      fetch = g_rc_box_new0 (Fetch);
      g_weak_ref_init (&fetch->source, self);
      fetch->hash = g_strdup (hash);
      fetch->cancellable = g_cancellable_new ();
      g_hash_table_insert (self->fetches, fetch->hash, fetch);
      queue_fetch (self, fetch, urgency);
    }
  else if (urgency < fetch->urgency)
    {
      g_queue_remove (&self->waiting[fetch->urgency], fetch);
      queue_fetch (self, fetch, urgency);
    }
  start_waiting (self);
}

void
lk_photo_source_unwant (LkPhotoSource *self, const char *hash)
{
  Fetch *fetch = g_hash_table_lookup (self->fetches, hash);

  if (fetch == NULL)
    return;
  if (!lk_photo_cache_is_held (self->cache, hash))
    {
      forget_fetch (self, fetch);
    }
  else if (!fetch->running)
    {
      g_queue_remove (&self->waiting[fetch->urgency], fetch);
      queue_fetch (self, fetch, LK_URGENCY_LATER);
    }
}

void
lk_photo_source_hold (LkPhotoSource *self, const char *hash)
{
  lk_photo_cache_hold (self->cache, hash);
}

void
lk_photo_source_release (LkPhotoSource *self, const char *hash)
{
  Fetch *fetch = g_hash_table_lookup (self->fetches, hash);

  if (!lk_photo_cache_release (self->cache, hash))
    return;
  if (fetch != NULL)
    forget_fetch (self, fetch);
  g_signal_emit (self, signals[DROPPED], 0, hash);
}

void
lk_photo_source_keep (LkPhotoSource *self, const char *hash)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->kept, hash));
  GBytes *file = lk_photo_cache_get (self->cache, hash);

  g_hash_table_insert (self->kept, g_strdup (hash), GUINT_TO_POINTER (n + 1));
  if (n == 0 && file != NULL)
    put_on_disk (self, hash, file);
}

void
lk_photo_source_unkeep (LkPhotoSource *self, const char *hash)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->kept, hash));

  if (n > 1)
    {
      g_hash_table_insert (self->kept, g_strdup (hash), GUINT_TO_POINTER (n - 1));
      return;
    }
  g_hash_table_remove (self->kept, hash);
  if (self->disk != NULL)
    lk_cache_drop_photo (self->disk, hash);
}

guint
lk_photo_source_get_n_wanted (LkPhotoSource *self)
{
  return g_hash_table_size (self->fetches);
}

void
lk_photo_source_stop (LkPhotoSource *self)
{
  GHashTableIter iter;
  gpointer fetch;

  self->stopped = TRUE;
  g_hash_table_iter_init (&iter, self->fetches);
  while (g_hash_table_iter_next (&iter, NULL, &fetch))
    g_cancellable_cancel (((Fetch *) fetch)->cancellable);
  for (guint urgency = 0; urgency < LK_N_URGENCIES; urgency++)
    g_queue_clear (&self->waiting[urgency]);
  g_hash_table_remove_all (self->fetches);
}
