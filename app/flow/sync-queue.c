/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "likeness-flow"

#include "flow/sync-private.h"

#include "core/error.h"

/* Which part of the campus queue is worked on here, and what goes back to it undecided. */

void
lk_return_free (gpointer data)
{
  g_free (((LkReturn *) data)->lease);
  g_free (data);
}

void
lk_sync_return (LkSync *self, const char *lease, gboolean skip)
{
  LkReturn *item = g_new (LkReturn, 1);

  *item = (LkReturn) { g_strdup (lease), skip };
  g_ptr_array_add (self->returns, item);
}

static void
on_given_back (GObject *client, GAsyncResult *result, gpointer user_data)
{
  LkSync *self = user_data;
  g_autoptr (GError) error = NULL;

  /* gone already is as good */
  if (lk_campus_client_give_back_finish (LK_CAMPUS_CLIENT (client), result, &error)
      || g_error_matches (error, LK_ERROR, LK_ERROR_LEASE_LOST) || g_error_matches (error, LK_ERROR, LK_ERROR_NOT_FOUND))
    {
      g_clear_error (&error);
      g_ptr_array_remove_index (self->returns, 0);
    }
  lk_sync_done (self, error);
}

gboolean
lk_sync_give_back (LkSync *self)
{
  const LkReturn *first = self->returns->len > 0 ? self->returns->pdata[0] : NULL;

  if (first == NULL)
    return FALSE;
  lk_campus_client_give_back_async (self->client, first->lease, first->skip, self->cancellable, on_given_back,
                                    g_object_ref (self));
  return TRUE;
}

static void
put_back (LkSync *self, LkSubmission *submission, gboolean skip)
{
  g_autofree char *id = g_strdup (lk_submission_get_id (submission));

  lk_sync_return (self, lk_submission_get_lease (submission), skip);
  lk_sync_let_go (self, id);
}

/* What is decided stays, for looking back and for undo. */
static void
put_back_undecided (LkSync *self)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->queue)); i > 0; i--)
    {
      g_autoptr (LkSubmission) submission = g_list_model_get_item (G_LIST_MODEL (self->queue), i - 1);

      if (lk_submission_get_decision (submission) == NULL
          && lk_outbox_find_waiting (self->outbox, lk_submission_get_id (submission)) == NULL)
        put_back (self, submission, FALSE);
    }
}

void
lk_sync_set_filter (LkSync *self, const LkQueueFilter *filter)
{
  if (lk_queue_filter_equal (self->filter, filter))
    return;
  lk_queue_filter_free (self->filter);
  self->filter = lk_queue_filter_copy (filter);
  self->filter_serial++;
  self->next_refill = 0;
  self->next_count = 0;
  self->pending = -1;
  put_back_undecided (self);
  lk_review_queue_set_position (self->queue, g_list_model_get_n_items (G_LIST_MODEL (self->queue)));
  g_signal_emit_by_name (self, "filter-changed");
  g_object_notify (G_OBJECT (self), "pending");
  lk_sync_step (self);
}

const LkQueueFilter *
lk_sync_get_filter (LkSync *self)
{
  return self->filter;
}

const LkQueueFigures *
lk_sync_get_figures (LkSync *self)
{
  return &self->figures;
}

void
lk_sync_skip (LkSync *self, LkSubmission *submission)
{
  put_back (self, submission, TRUE);
  if (lk_review_queue_get_current (self->queue) != NULL
      && lk_submission_get_decision (lk_review_queue_get_current (self->queue)) != NULL)
    lk_review_queue_advance (self->queue);
  self->next_refill = 0;
  lk_sync_step (self);
}

void
lk_sync_facets_async (LkSync *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  lk_campus_client_facets_async (self->client, self->filter->second, cancellable, callback, user_data);
}

LkQueueFacets *
lk_sync_facets_finish (LkSync *self, GAsyncResult *result, GError **error)
{
  return lk_campus_client_facets_finish (self->client, result, error);
}

GListModel *
lk_sync_get_queue (LkSync *self)
{
  return G_LIST_MODEL (self->queue);
}

gboolean
lk_sync_may_look_second (LkSync *self)
{
  g_autofree char *role = NULL;

  g_object_get (self->account, "role", &role, NULL);
  return g_strcmp0 (role, lk_role_to_word (LK_ROLE_LEAD)) == 0;
}
