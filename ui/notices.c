/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/notices.h"

#include <glib/gi18n.h>

struct _LkNotices
{
  GObject parent_instance;

  GtkWindow *window;            /* borrowed */
  LkReview *review;             /* borrowed */
  GSettings *settings;
  guint n_conflicts, n_overdue; /* told already */
};

G_DEFINE_FINAL_TYPE (LkNotices, lk_notices, G_TYPE_OBJECT)

static gboolean
is_wanted (LkNotices  *self,
           const char *key)
{
  return self->settings != NULL && g_settings_get_boolean (self->settings, key) && !gtk_window_is_active (self->window);
}

static void
tell (LkNotices  *self,
      const char *id,
      const char *title,
      const char *body)
{
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_notification_set_default_action (notification, "app.show");
  g_application_send_notification (G_APPLICATION (gtk_window_get_application (self->window)), id, notification);
}

static void
on_conflicts (LkNotices *self)
{
  guint n = g_list_model_get_n_items (lk_sync_get_conflicts (lk_review_get_sync (self->review)));

  if (n > self->n_conflicts && is_wanted (self, "notify-conflicts"))
    {
      g_autofree char *body = g_strdup_printf (ngettext ("%u decision was not taken by the campus service.",
                                                         "%u decisions were not taken by the campus service.", n), n);

      tell (self, "conflicts", _("Please look at your decisions"), body);
    }
  self->n_conflicts = n;
}

guint
lk_notices_count_overdue (GListModel *queue,
                          gint64      now)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr (LkSubmission) submission = g_list_model_get_item (queue, i);

      n += lk_submission_get_decision (submission) == NULL && lk_submission_get_due_at (submission) < now ? 1 : 0;
    }
  return n;
}

static void
on_queue (LkNotices *self)
{
  guint n = lk_notices_count_overdue (G_LIST_MODEL (lk_review_get_queue (self->review)), g_get_real_time ());

  if (n > self->n_overdue && is_wanted (self, "notify-overdue"))
    {
      g_autofree char *body = g_strdup_printf (ngettext ("%u photo in your queue waits longer than it should.",
                                                         "%u photos in your queue wait longer than they should.", n), n);

      tell (self, "overdue", _("Photos are overdue"), body);
    }
  self->n_overdue = n;
}

static void
lk_notices_finalize (GObject *object)
{
  g_clear_object (&LK_NOTICES (object)->settings);

  G_OBJECT_CLASS (lk_notices_parent_class)->finalize (object);
}

static void
lk_notices_class_init (LkNoticesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lk_notices_finalize;
}

static void
lk_notices_init (LkNotices *self)
{
}

LkNotices *
lk_notices_new (GtkWindow *window,
                LkReview  *review,
                GSettings *settings)
{
  LkNotices *self = g_object_new (LK_TYPE_NOTICES, NULL);
  LkSync *sync = lk_review_get_sync (review);

  self->window = window;
  self->review = review;
  g_set_object (&self->settings, settings);
  self->n_conflicts = g_list_model_get_n_items (lk_sync_get_conflicts (sync));
  g_signal_connect_object (lk_sync_get_conflicts (sync), "items-changed", G_CALLBACK (on_conflicts), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sync, "notify::pending", G_CALLBACK (on_queue), self, G_CONNECT_SWAPPED);
  return self;
}
