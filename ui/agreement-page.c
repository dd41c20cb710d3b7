/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/agreement-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "ui/error-text.h"
#include "ui/template.h"

struct _LkAgreementPage
{
  LkSidePage parent_instance;

  GtkLabel *lead;
  GtkListBox *reviewers, *reasons;
  GtkWidget *back;

  LkReview *review;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (LkAgreementPage, lk_agreement_page, LK_TYPE_SIDE_PAGE)

/* The bands of Landis and Koch (1977). */
const char *
lk_kappa_text (double kappa)
{
  if (isnan (kappa))
    return _("too little to say");
  if (kappa > 0.8)
    return _("almost perfect");
  if (kappa > 0.6)
    return _("substantial");
  if (kappa > 0.4)
    return _("moderate");
  if (kappa > 0.2)
    return _("fair");
  return _("slight");
}

static char *
kappa_text (double kappa)
{
  /* Translators: Cohen's kappa and what it means in a word: "κ 0.84, almost perfect" */
  return isnan (kappa) ? g_strdup (lk_kappa_text (kappa)) : g_strdup_printf (_("κ %.2f, %s"), kappa, lk_kappa_text (kappa));
}

static char *
pairs_text (const LkAgreementFigure *figure)
{
  g_autoptr (GString) text = g_string_new (NULL);

  /* Translators: so many photos were decided by two people, so many of them alike */
  g_string_append_printf (text, ngettext ("%d looked at twice, %d alike", "%d looked at twice, %d alike", figure->pairs), figure->pairs,
                          figure->equal);
  if (figure->known > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%d known answer, %d right", "%d known answers, %d right", figure->known), figure->known,
                              figure->known_right);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_row (GtkListBox              *list,
            const char              *title,
            const LkAgreementFigure *figure)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle = pairs_text (figure);
  g_autofree char *kappa = kappa_text (figure->kappa);
  GtkWidget *label = gtk_label_new (kappa);

  gtk_widget_add_css_class (label, "numeric");
  if (!isnan (figure->kappa) && figure->kappa <= 0.6)
    gtk_widget_add_css_class (label, "warn");
  g_object_set (row, "use-markup", FALSE, "title", title, "subtitle", subtitle, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_append (list, row);
}

static void
clear_rows (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static void
show_figures (LkAgreementPage          *self,
              const LkAgreementFigures *figures)
{
  clear_rows (self->reviewers);
  clear_rows (self->reasons);
  for (guint i = 0; i < figures->reviewers->len; i++)
    {
      const LkAgreementFigure *figure = figures->reviewers->pdata[i];
      g_autofree char *title = g_strdup_printf ("%s (%s)", figure->name != NULL ? figure->name : "", figure->id);

      append_row (self->reviewers, title, figure);
    }
  for (guint i = 0; i < figures->reasons->len; i++)
    {
      const LkAgreementFigure *figure = figures->reasons->pdata[i];
      const LkReason *reason = lk_reason_catalogue_find (lk_review_get_reasons (self->review), figure->id);
      g_autofree char *title = g_strdup_printf ("%s %s", figure->id, reason != NULL ? lk_reason_text (reason) : "");

      append_row (self->reasons, title, figure);
    }
}

static void
say_usual (LkAgreementPage *self)
{
  gtk_label_set_text (self->lead, _("Cohen’s kappa of first and second decisions on photos drawn by lot: 1 is always alike, 0 no more "
                                    "than by chance. Photos looked at twice for a cause do not count."));
}

static void
on_figures (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (LkAgreementPage) self = user_data;
  g_autoptr (LkAgreementFigures) figures = NULL;
  g_autoptr (GError) error = NULL;

  if (self->review == NULL)
    return;
  figures = lk_review_agreement_finish (self->review, result, &error);
  if (figures != NULL)
    {
      say_usual (self);
      show_figures (self, figures);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_label_set_text (self->lead, lk_error_text_for (error));
}

void
lk_agreement_page_refresh (LkAgreementPage *self)
{
  g_return_if_fail (LK_IS_AGREEMENT_PAGE (self));

  if (self->review != NULL)
    lk_review_agreement_async (self->review, self->cancellable, on_figures, g_object_ref (self));
}

void
lk_agreement_page_set_review (LkAgreementPage *self,
                              LkReview        *review)
{
  g_return_if_fail (LK_IS_AGREEMENT_PAGE (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_set_object (&self->review, review);
  clear_rows (self->reviewers);
  clear_rows (self->reasons);
  say_usual (self);
}

static gboolean
lk_agreement_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (LK_AGREEMENT_PAGE (widget)->back);
}

static void
lk_agreement_page_dispose (GObject *object)
{
  LkAgreementPage *self = LK_AGREEMENT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->review);
  lk_template_dispose (GTK_WIDGET (self), LK_TYPE_AGREEMENT_PAGE);

  G_OBJECT_CLASS (lk_agreement_page_parent_class)->dispose (object);
}

static void
lk_agreement_page_class_init (LkAgreementPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_agreement_page_dispose;
  widget_class->grab_focus = lk_agreement_page_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/agreement-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LkAgreementPage, lead);
  gtk_widget_class_bind_template_child (widget_class, LkAgreementPage, reviewers);
  gtk_widget_class_bind_template_child (widget_class, LkAgreementPage, reasons);
  gtk_widget_class_bind_template_child (widget_class, LkAgreementPage, back);
}

static void
lk_agreement_page_init (LkAgreementPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  say_usual (self);
}
