/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/byte-cache.h"

#include <string.h>

typedef struct
{
  char *name;
  GBytes *bytes;
} Entry;

struct _LkByteCache
{
  GMutex mutex;
  GQueue entries;               /* of Entry, the latest asked for first; some hundreds at most */
  gsize size, most;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_bytes_unref (entry->bytes);
  g_free (entry->name);
  g_free (entry);
}

LkByteCache *
lk_byte_cache_new (gsize most)
{
  LkByteCache *self = g_new0 (LkByteCache, 1);

  g_mutex_init (&self->mutex);
  g_queue_init (&self->entries);
  self->most = most;
  return self;
}

void
lk_byte_cache_free (LkByteCache *self)
{
  g_queue_clear_full (&self->entries, entry_free);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static GList *
find (LkByteCache *self, const char *name)
{
  for (GList *link = self->entries.head; link != NULL; link = link->next)
    if (strcmp (((Entry *) link->data)->name, name) == 0)
      return link;
  return NULL;
}

static void
drop (LkByteCache *self, GList *link)
{
  self->size -= g_bytes_get_size (((Entry *) link->data)->bytes);
  entry_free (link->data);
  g_queue_delete_link (&self->entries, link);
}

void
lk_byte_cache_put (LkByteCache *self, const char *name, GBytes *bytes)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GList *old = find (self, name);
  Entry *entry = g_new0 (Entry, 1);

  if (old != NULL)
    drop (self, old);
  *entry = (Entry) { g_strdup (name), g_bytes_ref (bytes) };
  g_queue_push_head (&self->entries, entry);
  self->size += g_bytes_get_size (bytes);
  while (self->size > self->most)
    drop (self, self->entries.tail);
}

GBytes *
lk_byte_cache_get (LkByteCache *self, const char *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GList *link = find (self, name);

  if (link == NULL)
    return NULL;
  g_queue_unlink (&self->entries, link);
  g_queue_push_head_link (&self->entries, link);
  return g_bytes_ref (((Entry *) link->data)->bytes);
}
