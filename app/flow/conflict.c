/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "flow/sync-private.h"

struct _LkConflict
{
  GObject parent_instance;

  char *key, *name, *student_no, *winner;
  gboolean is_undo;
  int code;
  LkVerdict verdict;
  gint64 at;
};

G_DEFINE_FINAL_TYPE (LkConflict, lk_conflict, G_TYPE_OBJECT)

static void
lk_conflict_finalize (GObject *object)
{
  LkConflict *self = LK_CONFLICT (object);

  g_free (self->key);
  g_free (self->name);
  g_free (self->student_no);
  g_free (self->winner);

  G_OBJECT_CLASS (lk_conflict_parent_class)->finalize (object);
}

static void
lk_conflict_class_init (LkConflictClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lk_conflict_finalize;
}

static void
lk_conflict_init (LkConflict *self)
{
}

LkConflict *
lk_conflict_new (const LkEntry *entry)
{
  LkConflict *self = g_object_new (LK_TYPE_CONFLICT, NULL);

  self->key = g_strdup (entry->key);
  self->name = g_strdup (entry->name);
  self->student_no = g_strdup (entry->student_no);
  self->winner = g_strdup (entry->winner);
  self->is_undo = entry->kind == LK_ENTRY_REVERT;
  self->code = entry->code;
  self->verdict = entry->verdict;
  self->at = entry->made_at;
  return self;
}

const char *
lk_conflict_get_key (LkConflict *self)
{
  return self->key;
}

gboolean
lk_conflict_get_is_undo (LkConflict *self)
{
  return self->is_undo;
}

int
lk_conflict_get_code (LkConflict *self)
{
  return self->code;
}

LkVerdict
lk_conflict_get_verdict (LkConflict *self)
{
  return self->verdict;
}

const char *
lk_conflict_get_name (LkConflict *self)
{
  return self->name;
}

const char *
lk_conflict_get_student_no (LkConflict *self)
{
  return self->student_no;
}

const char *
lk_conflict_get_winner (LkConflict *self)
{
  return self->winner;
}

gint64
lk_conflict_get_at (LkConflict *self)
{
  return self->at;
}
