/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/key-ring.h"

#include <string.h>

struct _LkKeyRing
{
  LkCampusDb *db;
  GMutex mutex;
  GHashTable *in_work;          /* name_of() -> LkKeyScope, not owned */
};

LkKeyRing *
lk_key_ring_new (LkCampusDb *db)
{
  LkKeyRing *self = g_new0 (LkKeyRing, 1);

  self->db = db;
  g_mutex_init (&self->mutex);
  self->in_work = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
lk_key_ring_free (LkKeyRing *self)
{
  g_hash_table_unref (self->in_work);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static char *
name_of (const LkKeyScope *scope)
{
  return g_strconcat (scope->key, " ", scope->owner, NULL);
}

static gboolean
is_same (const guint8 *a, const guint8 *b, GError **error)
{
  if (memcmp (a, b, sizeof ((LkKeyScope *) NULL)->request) == 0)
    return TRUE;
  g_set_error_literal (error, LK_ERROR, LK_ERROR_KEY_REUSED, "another request has this key");
  return FALSE;
}

static gboolean
enter (LkKeyRing *self, LkKeyScope *scope, GError **error)
{
  g_autofree char *name = name_of (scope);
  const LkKeyScope *other;

  g_mutex_lock (&self->mutex);
  other = g_hash_table_lookup (self->in_work, name);
  if (other == NULL)
    g_hash_table_insert (self->in_work, g_steal_pointer (&name), scope);
  else if (is_same (other->request, scope->request, error))
    g_set_error_literal (error, LK_ERROR, LK_ERROR_KEY_IN_WORK, "the same request is being worked on");
  g_mutex_unlock (&self->mutex);
  return other == NULL;
}

static void
leave (LkKeyRing *self, const LkKeyScope *scope)
{
  g_autofree char *name = name_of (scope);

  g_mutex_lock (&self->mutex);
  g_hash_table_remove (self->in_work, name);
  g_mutex_unlock (&self->mutex);
}

/* TRUE with *kept NULL when nothing is known of the key. */
static gboolean
look_up (LkKeyRing *self, const LkKeyScope *scope, LkKeptAnswer **kept, GError **error)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (LkKeptAnswer) answer = self->db->keys->find (self->db, scope->owner, scope->key, &missing);

  if (g_error_matches (missing, LK_ERROR, LK_ERROR_NOT_FOUND))
    return TRUE;
  if (answer == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  if (!is_same (answer->request, scope->request, error))
    return FALSE;
  if (answer->status == 0)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_KEY_DONE, "the same request was done before the service ended");
      return FALSE;
    }
  *kept = g_steal_pointer (&answer);
  return TRUE;
}

gboolean
lk_key_ring_begin (LkKeyRing *self, LkKeyScope *scope, LkKeptAnswer **kept, GError **error)
{
  gboolean ok;

  *kept = NULL;
  if (!enter (self, scope, error))
    return FALSE;
  ok = look_up (self, scope, kept, error);
  if (!ok || *kept != NULL)
    leave (self, scope);
  return ok;
}

gboolean
lk_key_ring_end (LkKeyRing *self, LkKeyScope *scope, guint status, const char *body, GError **error)
{
  gboolean ok = TRUE;

  if (status >= 200 && status < 300)
    ok = self->db->keys->keep (self->db, scope, (int) status, body, error);
  else if (scope->marked)
    ok = self->db->keys->forget (self->db, scope, error);
  leave (self, scope);
  return ok;
}
