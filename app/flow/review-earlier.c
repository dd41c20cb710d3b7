/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "likeness-flow"

#include "flow/account-private.h"
#include "flow/review-private.h"

/* The files of the photos looked at: kept while their student is looked at, so that zooming does not fetch them again. */
typedef struct
{
  LkPhotoSource *source;
  GPtrArray *hashes;
} Holds;

static void
holds_free (gpointer data)
{
  Holds *holds = data;

  for (guint i = 0; i < holds->hashes->len; i++)
    lk_photo_source_release (holds->source, holds->hashes->pdata[i]);
  g_ptr_array_unref (holds->hashes);
  g_object_unref (holds->source);
  g_free (holds);
}

static void
hold (LkReview *self, GPtrArray *earlier)
{
  Holds *holds = g_new0 (Holds, 1);

  holds->source = g_object_ref (lk_review_get_source (self));
  holds->hashes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < earlier->len; i++)
    {
      const LkEarlier *entry = earlier->pdata[i];

      lk_photo_source_hold (holds->source, entry->photo->sha256);
      g_ptr_array_add (holds->hashes, g_strdup (entry->photo->sha256));
    }
  g_object_set_data_full (G_OBJECT (self), "likeness-earlier", holds, holds_free);
}

static void
on_earlier (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *earlier = lk_campus_client_earlier_finish (LK_CAMPUS_CLIENT (client), result, &error);

  if (earlier == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  hold (g_task_get_source_object (task), earlier);
  g_task_return_pointer (task, earlier, (GDestroyNotify) g_ptr_array_unref);
}

void
lk_review_earlier_async (LkReview *self, LkSubmission *submission, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  lk_campus_client_earlier_async (lk_account_get_client (lk_review_get_account (self)), lk_submission_get_id (submission),
                                  cancellable, on_earlier, task);
}

GPtrArray *
lk_review_earlier_finish (LkReview *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
