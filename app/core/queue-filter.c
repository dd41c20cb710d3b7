/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/queue-filter.h"

#include "core/error.h"

static const char *const age_words[] = {
  [LK_QUEUE_AGE_ANY] = "any",
  [LK_QUEUE_AGE_OVERDUE] = "overdue",
  [LK_QUEUE_AGE_DUE_TODAY] = "due-today",
  [LK_QUEUE_AGE_NEW] = "new",
};

LkQueueFilter *
lk_queue_filter_new (void)
{
  LkQueueFilter *self = g_new0 (LkQueueFilter, 1);

  self->outcome = LK_QUEUE_ANY_OUTCOME;
  return self;
}

LkQueueFilter *
lk_queue_filter_copy (const LkQueueFilter *self)
{
  LkQueueFilter *copy = g_new (LkQueueFilter, 1);

  *copy = *self;
  copy->site = g_strdup (self->site);
  copy->class_name = g_strdup (self->class_name);
  copy->reason = g_strdup (self->reason);
  copy->student_no = g_strdup (self->student_no);
  return copy;
}

void
lk_queue_filter_free (LkQueueFilter *self)
{
  g_free (self->site);
  g_free (self->class_name);
  g_free (self->reason);
  g_free (self->student_no);
  g_free (self);
}

gboolean
lk_queue_filter_equal (const LkQueueFilter *a, const LkQueueFilter *b)
{
  return a->second == b->second && a->outcome == b->outcome && a->age == b->age && a->returned_before == b->returned_before &&
         g_strcmp0 (a->site, b->site) == 0 && g_strcmp0 (a->class_name, b->class_name) == 0 &&
         g_strcmp0 (a->reason, b->reason) == 0 && g_strcmp0 (a->student_no, b->student_no) == 0;
}

gboolean
lk_queue_filter_narrows (const LkQueueFilter *self)
{
  return self->outcome != LK_QUEUE_ANY_OUTCOME || self->age != LK_QUEUE_AGE_ANY || self->returned_before || self->site != NULL ||
         self->class_name != NULL || self->reason != NULL || self->student_no != NULL;
}

cJSON *
lk_queue_filter_to_json (const LkQueueFilter *self)
{
  cJSON *json = cJSON_CreateObject ();

  if (self->second)
    lk_json_add_string (json, "queue", "second");
  lk_json_add_string (json, "site", self->site);
  lk_json_add_string (json, "class", self->class_name);
  if (self->outcome != LK_QUEUE_ANY_OUTCOME)
    lk_json_add_string (json, "outcome", lk_outcome_to_word ((LkOutcome) self->outcome));
  if (self->age != LK_QUEUE_AGE_ANY)
    lk_json_add_string (json, "age", age_words[self->age]);
  if (self->returned_before)
    cJSON_AddTrueToObject (json, "returned_before");
  lk_json_add_string (json, "reason", self->reason);
  lk_json_add_string (json, "student", self->student_no);
  return json;
}

static gboolean
read_age (const char *word, LkQueueAge *age)
{
  for (gsize i = 0; word != NULL && i < G_N_ELEMENTS (age_words); i++)
    if (g_str_equal (word, age_words[i]))
      {
        *age = (LkQueueAge) i;
        return TRUE;
      }
  return word == NULL;
}

static gboolean
read_queue (const char *word, gboolean *second)
{
  *second = g_strcmp0 (word, "second") == 0;
  return word == NULL || *second || g_str_equal (word, "first");
}

static gboolean
read_outcome (const char *word, int *outcome)
{
  LkOutcome found = LK_OUTCOME_PASS;

  if (word == NULL)
    return TRUE;
  if (!lk_outcome_from_word (word, &found))
    return FALSE;
  *outcome = (int) found;
  return TRUE;
}

LkQueueFilter *
lk_queue_filter_from_json (const cJSON *json, GError **error)
{
  g_autoptr (LkQueueFilter) self = lk_queue_filter_new ();

  self->site = g_strdup (lk_json_string (json, "site"));
  self->class_name = g_strdup (lk_json_string (json, "class"));
  self->reason = g_strdup (lk_json_string (json, "reason"));
  self->student_no = g_strdup (lk_json_string (json, "student"));
  self->returned_before = lk_json_boolean (json, "returned_before", FALSE);
  if (read_queue (lk_json_string (json, "queue"), &self->second) && read_age (lk_json_string (json, "age"), &self->age) &&
      read_outcome (lk_json_string (json, "outcome"), &self->outcome) &&
      (self->student_no == NULL || g_utf8_strlen (self->student_no, -1) >= LK_QUEUE_SEARCH_MIN))
    return g_steal_pointer (&self);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_REQUEST, "the filter's queue, age, outcome or student cannot be read");
  return NULL;
}

static void
facet_free (gpointer data)
{
  g_free (((LkQueueFacet *) data)->name);
  g_free (data);
}

LkQueueFacets *
lk_queue_facets_new (void)
{
  LkQueueFacets *self = g_new (LkQueueFacets, 1);

  self->sites = g_ptr_array_new_with_free_func (facet_free);
  self->classes = g_ptr_array_new_with_free_func (facet_free);
  self->outcomes = g_ptr_array_new_with_free_func (facet_free);
  self->reasons = g_ptr_array_new_with_free_func (facet_free);
  return self;
}

void
lk_queue_facets_free (LkQueueFacets *self)
{
  g_ptr_array_unref (self->sites);
  g_ptr_array_unref (self->classes);
  g_ptr_array_unref (self->outcomes);
  g_ptr_array_unref (self->reasons);
  g_free (self);
}

void
lk_queue_facets_add (GPtrArray *facets, const char *name, int pending)
{
  LkQueueFacet *facet = g_new (LkQueueFacet, 1);

  facet->name = g_strdup (name);
  facet->pending = pending;
  g_ptr_array_add (facets, facet);
}
