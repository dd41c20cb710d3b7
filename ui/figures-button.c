/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/figures-button.h"

#include <glib/gi18n.h>

#include "ui/steady-text.h"
#include "ui/template.h"

struct _LkFiguresButton
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkInscription *title;
  GtkPopover *popover;
  GtkLabel *figures;

  LkReview *review;
  guint later_id;
};

G_DEFINE_FINAL_TYPE (LkFiguresButton, lk_figures_button, GTK_TYPE_WIDGET)

static void
append_line (GString    *text,
             const char *line)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
}

static char *
agreement_text (const LkAgreementFigure *agreement)
{
  if (agreement == NULL)
    return g_strdup (_("Agreement with second looks: not known without the campus service."));
  if (agreement->pairs == 0)
    return g_strdup (_("Agreement with second looks: none so far."));
  return g_strdup_printf (ngettext ("Agreement with second looks: %d of %d photo.", "Agreement with second looks: %d of %d photos.",
                                    agreement->pairs),
                          agreement->equal, agreement->pairs);
}

char *
lk_figures_text (const LkOwnFigures      *figures,
                 const LkAgreementFigure *agreement)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *today = g_strdup_printf (ngettext ("%u photo decided today", "%u photos decided today", figures->n_today),
                                            figures->n_today);
  g_autofree char *median = g_strdup_printf (_("%.1f s a photo, the middle value"), figures->median_ms / 1000.0);
  /* Translators: share of the time in which there was no photo to look at; %% is a percent sign */
  g_autofree char *waiting = g_strdup_printf (_("%.0f %% of the time waiting for photos"), 100 * figures->waiting);
  g_autofree char *agreed = agreement_text (agreement);

  append_line (text, today);
  append_line (text, median);
  append_line (text, waiting);
  append_line (text, agreed);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show (LkFiguresButton         *self,
      const LkAgreementFigure *agreement)
{
  LkOwnFigures figures;
  g_autofree char *text = NULL;

  lk_review_get_figures (self->review, &figures);
  text = lk_figures_text (&figures, agreement);
  gtk_label_set_text (self->figures, text);
}

static void
on_agreement (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (LkFiguresButton) self = user_data;
  g_autoptr (LkAgreementFigure) agreement = NULL;

  if (self->review == NULL)
    return;
  agreement = lk_review_own_agreement_finish (self->review, result, NULL);
  show (self, agreement);
}

static void
on_opened (LkFiguresButton *self)
{
  if (self->review == NULL || !gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    return;
  show (self, NULL);
  lk_review_own_agreement_async (self->review, NULL, on_agreement, g_object_ref (self));
}

static void
show_title (LkFiguresButton *self)
{
  g_autofree char *text = NULL;

  /* Translators: button in the header: so many photos were decided today: "Today 57" */
  text = g_strdup_printf (_("Today %u"), lk_review_get_n_today (self->review));
  lk_steady_text_show (self->title, text, FALSE);
}

static gboolean
show_title_now (gpointer user_data)
{
  LkFiguresButton *self = user_data;

  self->later_id = 0;
  show_title (self);
  return G_SOURCE_REMOVE;
}

/* The decision that is counted also shows the next photo, which is painted first. */
static void
show_title_later (LkFiguresButton *self)
{
  if (self->later_id == 0)
    self->later_id = g_idle_add (show_title_now, self);
}

void
lk_figures_button_set_review (LkFiguresButton *self,
                              LkReview        *review)
{
  g_return_if_fail (LK_IS_FIGURES_BUTTON (self));

  if (self->review != NULL)
    g_signal_handlers_disconnect_by_data (self->review, self);
  g_clear_handle_id (&self->later_id, g_source_remove);
  g_set_object (&self->review, review);
  gtk_widget_set_visible (GTK_WIDGET (self), review != NULL);
  if (review == NULL)
    return;
  g_signal_connect_swapped (review, "decided", G_CALLBACK (show_title_later), self);
  g_signal_connect_swapped (review, "undone", G_CALLBACK (show_title_later), self);
  show_title (self);
}

static void
lk_figures_button_dispose (GObject *object)
{
  LkFiguresButton *self = LK_FIGURES_BUTTON (object);

  if (self->review != NULL)
    g_signal_handlers_disconnect_by_data (self->review, self);
  g_clear_handle_id (&self->later_id, g_source_remove);
  g_clear_object (&self->review);
  lk_template_dispose (GTK_WIDGET (self), LK_TYPE_FIGURES_BUTTON);

  G_OBJECT_CLASS (lk_figures_button_parent_class)->dispose (object);
}

static void
lk_figures_button_class_init (LkFiguresButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_figures_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/figures-button.ui");
  gtk_widget_class_bind_template_child (widget_class, LkFiguresButton, button);
  gtk_widget_class_bind_template_child (widget_class, LkFiguresButton, title);
  gtk_widget_class_bind_template_child (widget_class, LkFiguresButton, popover);
  gtk_widget_class_bind_template_child (widget_class, LkFiguresButton, figures);
  gtk_widget_class_bind_template_callback (widget_class, on_opened);
}

static void
lk_figures_button_init (LkFiguresButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
