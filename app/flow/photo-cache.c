/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "flow/photo-cache.h"

struct _LkPhotoCache
{
  gsize max_bytes, n_bytes;
  guint64 clock;
  GHashTable *slots; /* hash -> Slot */
};

typedef struct
{
  guint n_holds;
  GBytes *file; /* NULL until it came, or when it had to make room */
  guint64 used;
} Slot;

static void
slot_free (gpointer data)
{
  Slot *slot = data;

  g_clear_pointer (&slot->file, g_bytes_unref);
  g_free (slot);
}

LkPhotoCache *
lk_photo_cache_new (gsize max_bytes)
{
  LkPhotoCache *self = g_new0 (LkPhotoCache, 1);

  self->max_bytes = max_bytes;
  self->slots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, slot_free);
  return self;
}

void
lk_photo_cache_free (LkPhotoCache *self)
{
  g_hash_table_unref (self->slots);
  g_free (self);
}

void
lk_photo_cache_hold (LkPhotoCache *self, const char *hash)
{
  Slot *slot = g_hash_table_lookup (self->slots, hash);

  if (slot == NULL)
    {
      slot = g_new0 (Slot, 1);
      g_hash_table_insert (self->slots, g_strdup (hash), slot);
    }
  slot->n_holds++;
}

static void
forget_file (LkPhotoCache *self, Slot *slot)
{
  if (slot->file != NULL)
    self->n_bytes -= g_bytes_get_size (slot->file);
  g_clear_pointer (&slot->file, g_bytes_unref);
}

gboolean
lk_photo_cache_release (LkPhotoCache *self, const char *hash)
{
  Slot *slot = g_hash_table_lookup (self->slots, hash);

  if (slot == NULL || --slot->n_holds > 0)
    return FALSE;
  forget_file (self, slot);
  g_hash_table_remove (self->slots, hash);
  return TRUE;
}

gboolean
lk_photo_cache_is_held (LkPhotoCache *self, const char *hash)
{
  return g_hash_table_contains (self->slots, hash);
}

static Slot *
least_recently_used (LkPhotoCache *self)
{
  GHashTableIter iter;
  gpointer value;
  Slot *oldest = NULL;

  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Slot *slot = value;

      if (slot->file != NULL && (oldest == NULL || slot->used < oldest->used))
        oldest = slot;
    }
  return oldest;
}

void
lk_photo_cache_put (LkPhotoCache *self, const char *hash, GBytes *file)
{
  Slot *slot = g_hash_table_lookup (self->slots, hash);

  if (slot == NULL || slot->file != NULL || g_bytes_get_size (file) > self->max_bytes)
    return;
  while (self->n_bytes + g_bytes_get_size (file) > self->max_bytes)
    forget_file (self, least_recently_used (self));
  slot->file = g_bytes_ref (file);
  slot->used = ++self->clock;
  self->n_bytes += g_bytes_get_size (file);
}

GBytes *
lk_photo_cache_get (LkPhotoCache *self, const char *hash)
{
  Slot *slot = g_hash_table_lookup (self->slots, hash);

  if (slot == NULL)
    return NULL;
  slot->used = ++self->clock;
  return slot->file;
}

gboolean
lk_photo_cache_has (LkPhotoCache *self, const char *hash)
{
  Slot *slot = g_hash_table_lookup (self->slots, hash);

  return slot != NULL && slot->file != NULL;
}
