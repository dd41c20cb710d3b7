/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/other.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "core/wire.h"

static const char *const kind_words[] = {
  [LK_OTHER_ID_CARD] = "id_card",
  [LK_OTHER_DIPLOMA] = "diploma",
  [LK_OTHER_SUBMISSION] = "submission",
  [LK_OTHER_CODE] = "code",
};

static const char *const likeness_words[] = {
  [LK_LIKENESS_NOT_COMPARED] = "not-compared",
  [LK_LIKENESS_DIFFERENT] = "different",
  [LK_LIKENESS_UNSURE] = "unsure",
  [LK_LIKENESS_SAME_FACE] = "same-face",
  [LK_LIKENESS_NEAR_COPY] = "near-copy",
  [LK_LIKENESS_SAME_FILE] = "same-file",
};

LkOther *
lk_other_new (LkOtherKind kind, LkLikeness likeness, double score)
{
  LkOther *self = g_new0 (LkOther, 1);

  self->kind = kind;
  self->likeness = likeness;
  self->score = score;
  return self;
}

LkOther *
lk_other_copy (const LkOther *self)
{
  LkOther *copy = lk_other_new (self->kind, self->likeness, self->score);

  copy->why = g_strdup (self->why);
  copy->submission = g_strdup (self->submission);
  copy->photo = g_strdup (self->photo);
  copy->picture = self->picture != NULL ? lk_photo_info_copy (self->picture) : NULL;
  copy->name = g_strdup (self->name);
  copy->student_no = g_strdup (self->student_no);
  return copy;
}

void
lk_other_free (LkOther *self)
{
  g_free (self->why);
  g_free (self->submission);
  g_free (self->photo);
  g_clear_pointer (&self->picture, lk_photo_info_free);
  g_free (self->name);
  g_free (self->student_no);
  g_free (self);
}

GPtrArray *
lk_others_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) lk_other_free);
}

const LkOther *
lk_others_find (GPtrArray *others, LkOtherKind kind)
{
  for (guint i = 0; others != NULL && i < others->len; i++)
    if (((const LkOther *) others->pdata[i])->kind == kind)
      return others->pdata[i];
  return NULL;
}

const LkPhotoInfo *
lk_others_find_picture (GPtrArray *others)
{
  for (guint i = 0; others != NULL && i < others->len; i++)
    if (((const LkOther *) others->pdata[i])->picture != NULL)
      return ((const LkOther *) others->pdata[i])->picture;
  return NULL;
}

/* As much of it as is known. */
char *
lk_other_dup_student (const LkOther *self)
{
  if (self->student_no == NULL)
    return g_strdup (_("another student"));
  if (self->name == NULL || self->name[0] == '\0')
    return g_strdup (self->student_no);
  /* Translators: masked student number, then masked name */
  return g_strdup_printf (_("%s (%s)"), self->student_no, self->name);
}

char *
lk_other_dup_text (const LkOther *self)
{
  g_autofree char *student = lk_other_dup_student (self);

  if (self->kind == LK_OTHER_CODE)
    /* Translators: short, in one row: the collection code belongs to that student; masked number and name */
    return g_strdup_printf (_("Code of %s"), student);
  switch (self->likeness)
    {
    case LK_LIKENESS_SAME_FILE:
      /* Translators: short, in one row: masked number and name of another student, or of the same one */
      return g_strdup_printf (_("Same file as %s"), student);
    case LK_LIKENESS_NEAR_COPY:
      /* Translators: one photo in two files, perhaps scaled or cropped differently */
      return g_strdup_printf (_("Same picture as %s"), student);
    case LK_LIKENESS_SAME_FACE:
      return g_strdup_printf (_("Face like that of %s"), student);
    case LK_LIKENESS_NOT_COMPARED:
    case LK_LIKENESS_DIFFERENT:
    case LK_LIKENESS_UNSURE:
    default:
      return g_strdup ("");
    }
}

cJSON *
lk_others_to_json (GPtrArray *others)
{
  cJSON *array = cJSON_CreateArray ();

  for (guint i = 0; i < others->len; i++)
    {
      const LkOther *other = others->pdata[i];
      cJSON *json = cJSON_CreateObject ();

      lk_json_add_string (json, "kind", kind_words[other->kind]);
      lk_json_add_string (json, "likeness", likeness_words[other->likeness]);
      lk_json_add_number (json, "score", round (other->score * 1e5) / 1e5);
      lk_json_add_string (json, "why", other->why);
      lk_json_add_string (json, "submission", other->submission);
      lk_json_add_string (json, "photo", other->photo);
      if (other->picture != NULL)
        cJSON_AddItemToObject (json, "picture", lk_photo_info_to_json (other->picture));
      lk_json_add_string (json, "name", other->name);
      lk_json_add_string (json, "number", other->student_no);
      cJSON_AddItemToArray (array, json);
    }
  return array;
}

static int
find_word (const char *const *words, gsize n_words, const char *word)
{
  for (gsize i = 0; i < n_words; i++)
    if (g_strcmp0 (words[i], word) == 0)
      return (int) i;
  return -1;
}

GPtrArray *
lk_others_from_json (const cJSON *json)
{
  GPtrArray *others;
  const cJSON *item;

  if (json == NULL)
    return NULL;
  others = lk_others_new ();
  cJSON_ArrayForEach (item, json)
    {
      int kind = find_word (kind_words, G_N_ELEMENTS (kind_words), lk_json_string (item, "kind"));
      int likeness = find_word (likeness_words, G_N_ELEMENTS (likeness_words), lk_json_string (item, "likeness"));
      LkOther *other;

      if (kind < 0 || likeness < 0)
        continue;
      other = lk_other_new ((LkOtherKind) kind, (LkLikeness) likeness, lk_json_number (item, "score", NAN));
      other->why = g_strdup (lk_json_string (item, "why"));
      other->submission = g_strdup (lk_json_string (item, "submission"));
      other->photo = g_strdup (lk_json_string (item, "photo"));
      other->picture = lk_photo_info_from_json (lk_json_object (item, "picture"));
      other->name = g_strdup (lk_json_string (item, "name"));
      other->student_no = g_strdup (lk_json_string (item, "number"));
      g_ptr_array_add (others, other);
    }
  return others;
}
