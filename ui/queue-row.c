/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/queue-row.h"

#include <glib/gi18n.h>

#include "ui/after-paint.h"
#include "ui/outcome-mark.h"
#include "ui/queue-state.h"
#include "ui/thumbnail.h"
#include "ui/verdict-text.h"

struct _LkQueueRow
{
  GtkWidget parent_instance;

  LkSubmission *submission;
  gulong decision_id;
  LkThumbnail *thumbnail;
  GtkInscription *name;
  LkQueueState *state;
};

G_DEFINE_FINAL_TYPE (LkQueueRow, lk_queue_row, GTK_TYPE_WIDGET)

static guint
count_worst (LkSubmission *submission)
{
  GPtrArray *checks = lk_submission_get_checks (submission);
  LkOutcome worst = lk_submission_get_worst (submission);
  guint n = 0;

  for (guint i = 0; i < checks->len; i++)
    n += lk_check_counts (checks->pdata[i]) && lk_check_get_outcome (checks->pdata[i]) == worst;
  return n;
}

static void
show_state (LkQueueRow *self)
{
  LkDecision *decision = lk_submission_get_decision (self->submission);
  LkOutcome worst = lk_submission_get_worst (self->submission);
  gboolean decided = decision != NULL;
  g_autofree char *state = NULL;
  g_autofree char *label = NULL;

  if (decided)
    state = g_strdup (lk_verdict_get_short (lk_decision_get_verdict (decision)));
  else if (worst == LK_OUTCOME_PASS)
    state = g_strdup (lk_outcome_get_title (worst));
  else
    state = g_strdup_printf (_("%s %u"), lk_outcome_get_title (worst), count_worst (self->submission));

  lk_queue_state_show (self->state, worst, !decided, state);
  if (decided)
    gtk_widget_add_css_class (GTK_WIDGET (self), "decided");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "decided");

  label = g_strdup_printf ("%s: %s", lk_submission_get_name (self->submission), state);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  /* the item of the list around it is what has the focus, and has no name of its own before GTK 4.12 */
  if (gtk_widget_get_parent (GTK_WIDGET (self)) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (self))),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
show_state_now (GtkWidget *widget)
{
  if (LK_QUEUE_ROW (widget)->submission != NULL)
    show_state (LK_QUEUE_ROW (widget));
}

/* The next photo comes first. */
static void
on_decision_changed (LkQueueRow *self)
{
  lk_after_paint (GTK_WIDGET (self), show_state_now);
}

void
lk_queue_row_set_submission (LkQueueRow   *self,
                             LkTextures   *textures,
                             LkSubmission *submission)
{
  g_autofree char *label = NULL;

  g_return_if_fail (LK_IS_QUEUE_ROW (self));

  if (self->submission != NULL)
    g_clear_signal_handler (&self->decision_id, self->submission);
  g_set_object (&self->submission, submission);
  if (submission == NULL)
    {
      lk_thumbnail_set_photo (self->thumbnail, textures, NULL, "");
      return;
    }

  self->decision_id = g_signal_connect_swapped (submission, "notify::decision", G_CALLBACK (on_decision_changed), self);
  label = g_strdup_printf (_("Photo of %s"), lk_submission_get_name (submission));
  lk_thumbnail_set_photo (self->thumbnail, textures, lk_submission_get_photo (submission), label);
  gtk_inscription_set_text (self->name, lk_submission_get_name (submission));
  show_state (self);
}

LkSubmission *
lk_queue_row_get_submission (LkQueueRow *self)
{
  g_return_val_if_fail (LK_IS_QUEUE_ROW (self), NULL);

  return self->submission;
}

static void
lk_queue_row_dispose (GObject *object)
{
  LkQueueRow *self = LK_QUEUE_ROW (object);
  GtkWidget *child;

  if (self->submission != NULL)
    g_clear_signal_handler (&self->decision_id, self->submission);
  g_clear_object (&self->submission);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (lk_queue_row_parent_class)->dispose (object);
}

static void
lk_queue_row_class_init (LkQueueRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_queue_row_dispose;

  g_type_ensure (LK_TYPE_QUEUE_STATE);
  g_type_ensure (LK_TYPE_THUMBNAIL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/queue-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LkQueueRow, thumbnail);
  gtk_widget_class_bind_template_child (widget_class, LkQueueRow, name);
  gtk_widget_class_bind_template_child (widget_class, LkQueueRow, state);
}

static void
lk_queue_row_init (LkQueueRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lk_queue_row_new (void)
{
  return g_object_new (LK_TYPE_QUEUE_ROW, NULL);
}
