/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/campus-answer.h"

#include <math.h>

#include "core/error.h"
#include "core/wire.h"

static gpointer
malformed (const char *what, GError **error)
{
  g_set_error (error, LK_ERROR, LK_ERROR_OFFLINE, "%s is missing or malformed in the answer", what);
  return NULL;
}

LkCampusMeta *
lk_campus_meta_from_json (const cJSON *json, GError **error)
{
  const cJSON *lease = lk_json_object (json, "lease");
  int max = (int) lk_json_int (lease, "max", 0);
  int seconds = (int) lk_json_int (lease, "seconds", 0);
  LkCampusMeta *self;

  if (max < 1 || seconds < 1)
    return malformed ("the lease limit", error);
  self = g_new0 (LkCampusMeta, 1);
  self->version = g_strdup (lk_json_string (json, "version"));
  self->college = g_strdup (lk_json_string (json, "college_sign_in"));
  self->lease_max = max;
  self->lease_seconds = seconds;
  self->undo_seconds = (int) lk_json_int (json, "undo_seconds", 0);
  return self;
}

void
lk_campus_meta_free (LkCampusMeta *self)
{
  g_free (self->version);
  g_free (self->college);
  g_free (self);
}

LkCampusSession *
lk_campus_session_from_json (const cJSON *json, GError **error)
{
  const cJSON *account = lk_json_object (json, "account");
  const char *token = lk_json_string (json, "token");
  const char *id = lk_json_string (account, "id");
  LkCampusSession *self;

  if (token == NULL || id == NULL)
    return malformed ("the session's token or account", error);
  self = g_new0 (LkCampusSession, 1);
  self->token = g_strdup (token);
  self->expires_in = (int) lk_json_int (json, "expires_in", 0);
  self->account = g_strdup (id);
  self->user = g_strdup (lk_json_string (account, "user"));
  self->name = g_strdup (lk_json_string (account, "name"));
  self->role = g_strdup (lk_json_string (account, "role"));
  return self;
}

void
lk_campus_session_free (LkCampusSession *self)
{
  g_free (self->token);
  g_free (self->account);
  g_free (self->user);
  g_free (self->name);
  g_free (self->role);
  g_free (self);
}

LkCampusCollege *
lk_campus_college_from_json (const cJSON *json, GError **error)
{
  const char *id = lk_json_string (json, "id");
  const char *url = lk_json_string (json, "url");
  const char *state = lk_json_string (json, "state");
  LkCampusCollege *self;

  if (id == NULL || url == NULL || state == NULL)
    return malformed ("the sign-in through the college", error);
  self = g_new0 (LkCampusCollege, 1);
  self->id = g_strdup (id);
  self->url = g_strdup (url);
  self->state = g_strdup (state);
  self->expires_in = (int) lk_json_int (json, "expires_in", 0);
  return self;
}

void
lk_campus_college_free (LkCampusCollege *self)
{
  g_free (self->id);
  g_free (self->url);
  g_free (self->state);
  g_free (self);
}

LkCampusLease *
lk_campus_lease_from_json (const cJSON *json, GError **error)
{
  const cJSON *submission = lk_json_object (json, "submission");
  const char *id = lk_json_string (json, "id");
  g_autoptr (LkCampusLease) self = NULL;

  if (id == NULL)
    return malformed ("a lease's id", error);
  self = g_new0 (LkCampusLease, 1);
  self->id = g_strdup (id);
  self->expires_in = (int) lk_json_int (json, "expires_in", 0);
  if (submission != NULL)
    {
      self->submission = lk_submission_from_json (submission, NULL);
      if (self->submission == NULL)
        return malformed ("a leased submission", error);
      lk_submission_set_lease (self->submission, id);
    }
  return g_steal_pointer (&self);
}

void
lk_campus_lease_free (LkCampusLease *self)
{
  g_free (self->id);
  g_clear_object (&self->submission);
  g_free (self);
}

LkCampusLeases *
lk_campus_leases_from_json (const cJSON *json, GError **error)
{
  const cJSON *array = lk_json_array (json, "leases");
  g_autoptr (LkCampusLeases) self = NULL;
  const cJSON *item;

  if (array == NULL)
    return malformed ("the list of leases", error);
  self = g_new0 (LkCampusLeases, 1);
  self->leases = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_campus_lease_free);
  self->pending = (int) lk_json_int (json, "pending", 0);
  cJSON_ArrayForEach (item, array)
    {
      g_autoptr (LkCampusLease) lease = lk_campus_lease_from_json (item, error);

      if (lease == NULL)
        return NULL;
      if (lease->submission == NULL)
        return malformed ("a leased submission", error);
      g_ptr_array_add (self->leases, g_steal_pointer (&lease));
    }
  return g_steal_pointer (&self);
}

void
lk_campus_leases_free (LkCampusLeases *self)
{
  g_ptr_array_unref (self->leases);
  g_free (self);
}

static gboolean
status_from_word (const char *word, LkAnswerStatus *status)
{
  if (g_strcmp0 (word, "accepted") == 0 || g_strcmp0 (word, "repeated") == 0)
    *status = LK_ANSWER_ACCEPTED;
  else if (g_strcmp0 (word, "conflict") == 0)
    *status = LK_ANSWER_CONFLICT;
  else if (g_strcmp0 (word, "refused") == 0)
    *status = LK_ANSWER_REFUSED;
  else
    return FALSE;
  return TRUE;
}

static LkCampusAnswer *
answer_from_json (const cJSON *json, GError **error)
{
  const char *key = lk_json_string (json, "key");
  LkAnswerStatus status;
  LkCampusAnswer *self;

  if (key == NULL || !status_from_word (lk_json_string (json, "status"), &status))
    return malformed ("a decision's key or status", error);
  self = g_new0 (LkCampusAnswer, 1);
  self->key = g_strdup (key);
  self->status = status;
  if (status != LK_ANSWER_ACCEPTED)
    self->code = lk_error_from_word (lk_json_string (json, "code"));
  self->by = g_strdup (lk_json_string (json, "by"));
  return self;
}

void
lk_campus_answer_free (LkCampusAnswer *self)
{
  g_free (self->key);
  g_free (self->by);
  g_free (self);
}

GPtrArray *
lk_campus_answers_from_json (const cJSON *json, GError **error)
{
  const cJSON *array = lk_json_array (json, "results");
  g_autoptr (GPtrArray) answers = NULL;
  const cJSON *item;

  if (array == NULL)
    return malformed ("the list of results", error);
  answers = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_campus_answer_free);
  cJSON_ArrayForEach (item, array)
    {
      LkCampusAnswer *answer = answer_from_json (item, error);

      if (answer == NULL)
        return NULL;
      g_ptr_array_add (answers, answer);
    }
  return g_steal_pointer (&answers);
}

GPtrArray *
lk_campus_earlier_from_json (const cJSON *json, GError **error)
{
  GPtrArray *earlier = lk_earlier_list_from_json (json, NULL);

  return earlier != NULL ? earlier : malformed ("the list of earlier photos", error);
}

LkCampusStats *
lk_campus_stats_from_json (const cJSON *json, GError **error)
{
  LkCampusStats *self;

  if (isnan (lk_json_number (json, "pending", NAN)))
    return malformed ("the number of pending submissions", error);
  self = g_new0 (LkCampusStats, 1);
  self->pending = (int) lk_json_int (json, "pending", 0);
  self->in_review = (int) lk_json_int (json, "in_review", 0);
  self->decided_today = (int) lk_json_int (json, "decided_today", 0);
  self->mine_today = (int) lk_json_int (json, "mine_today", 0);
  self->oldest_seconds = (int) lk_json_int (json, "oldest_seconds", 0);
  self->held = (int) lk_json_int (json, "held", 0);
  self->second_review = (int) lk_json_int (json, "second_review", 0);
  lk_time_from_text (lk_json_string (json, "next_due"), &self->next_due);
  lk_time_from_text (lk_json_string (lk_json_object (json, "window"), "closes_at"), &self->closes_at);
  lk_time_from_text (lk_json_string (lk_json_object (json, "window"), "opens_at"), &self->opens_at);
  return self;
}

static void
read_facets (GPtrArray *facets, const cJSON *array)
{
  const cJSON *item;

  cJSON_ArrayForEach (item, array)
    if (lk_json_string (item, "name") != NULL)
      lk_queue_facets_add (facets, lk_json_string (item, "name"), (int) lk_json_int (item, "pending", 0));
}

LkQueueFacets *
lk_campus_facets_from_json (const cJSON *json, GError **error)
{
  LkQueueFacets *self;

  if (lk_json_array (json, "sites") == NULL)
    return malformed ("the list of sites", error);
  self = lk_queue_facets_new ();
  read_facets (self->sites, lk_json_array (json, "sites"));
  read_facets (self->classes, lk_json_array (json, "classes"));
  read_facets (self->outcomes, lk_json_array (json, "outcomes"));
  read_facets (self->reasons, lk_json_array (json, "reasons"));
  return self;
}

LkAgreementFigure *
lk_campus_agreement_from_json (const cJSON *json, GError **error)
{
  const char *user = lk_json_string (json, "user");
  LkAgreementFigure *self;

  if (lk_json_int (json, "pairs", -1) < 0)
    return malformed ("how much was looked at twice", error);
  self = g_new0 (LkAgreementFigure, 1);
  self->id = g_strdup (user != NULL ? user : lk_json_string (json, "code"));
  self->name = g_strdup (lk_json_string (json, "name"));
  self->pairs = (int) lk_json_int (json, "pairs", 0);
  self->equal = (int) lk_json_int (json, "equal", 0);
  self->kappa = lk_json_number (json, "kappa", NAN);
  self->known = (int) lk_json_int (json, "known", 0);
  self->known_right = (int) lk_json_int (json, "known_right", 0);
  return self;
}

static GPtrArray *
read_agreements (const cJSON *array, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_agreement_figure_free);
  const cJSON *item;

  cJSON_ArrayForEach (item, array)
    {
      LkAgreementFigure *figure = lk_campus_agreement_from_json (item, error);

      if (figure == NULL)
        return NULL;
      g_ptr_array_add (list, figure);
    }
  return g_steal_pointer (&list);
}

LkAgreementFigures *
lk_campus_agreements_from_json (const cJSON *json, GError **error)
{
  g_autoptr (GPtrArray) reviewers = read_agreements (lk_json_array (json, "reviewers"), error);
  g_autoptr (GPtrArray) reasons = reviewers != NULL ? read_agreements (lk_json_array (json, "reasons"), error) : NULL;
  LkAgreementFigures *self;

  if (reasons == NULL)
    return NULL;
  self = g_new0 (LkAgreementFigures, 1);
  self->reviewers = g_steal_pointer (&reviewers);
  self->reasons = g_steal_pointer (&reasons);
  return self;
}

static void
change_free (gpointer data)
{
  g_free (((LkCampusChange *) data)->submission);
  g_free (data);
}

LkCampusChanges *
lk_campus_changes_from_json (const cJSON *json, GError **error)
{
  const cJSON *array = lk_json_array (json, "changes");
  const char *cursor = lk_json_string (json, "cursor");
  g_autoptr (LkCampusChanges) self = NULL;
  const cJSON *item;

  if (array == NULL || cursor == NULL)
    return malformed ("the changes' cursor or list", error);
  self = g_new0 (LkCampusChanges, 1);
  self->cursor = g_strdup (cursor);
  self->more = lk_json_boolean (json, "more", FALSE);
  self->changes = g_ptr_array_new_with_free_func (change_free);
  cJSON_ArrayForEach (item, array)
    {
      const char *submission = lk_json_string (item, "submission");
      LkCampusChange *change;
      LkState state;

      if (submission == NULL || !lk_state_from_word (lk_json_string (item, "state"), &state))
        return malformed ("a change's submission or state", error);
      change = g_new0 (LkCampusChange, 1);
      change->submission = g_strdup (submission);
      change->state = state;
      g_ptr_array_add (self->changes, change);
    }
  return g_steal_pointer (&self);
}

void
lk_campus_changes_free (LkCampusChanges *self)
{
  g_free (self->cursor);
  g_ptr_array_unref (self->changes);
  g_free (self);
}
