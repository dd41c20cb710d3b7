/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/conflicts-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/accessible-name.h"
#include "ui/error-text.h"
#include "ui/template.h"
#include "ui/time-text.h"
#include "ui/verdict-text.h"

struct _LkConflictsPage
{
  LkSidePage parent_instance;

  GtkListBox *list;
  GtkWidget *back;

  LkSync *sync;
};

G_DEFINE_FINAL_TYPE (LkConflictsPage, lk_conflicts_page, LK_TYPE_SIDE_PAGE)

char *
lk_conflict_text (LkConflict *conflict)
{
  const char *verdict = lk_verdict_get_button (lk_conflict_get_verdict (conflict));
  const char *winner = lk_conflict_get_winner (conflict);
  const char *cause = lk_error_text (lk_conflict_get_code (conflict));

  if (lk_conflict_get_is_undo (conflict))
    /* Translators: first %s is a verdict, "Approve"; second a whole sentence that says why */
    return g_strdup_printf (_("Your decision “%s” could not be taken back: %s"), verdict, cause);
  if (winner != NULL)
    /* Translators: verdict, masked name of the other reviewer, then a whole sentence that says why */
    return g_strdup_printf (_("Your decision “%s” was not taken; %s was first. %s"), verdict, winner, cause);
  /* Translators: verdict, then a whole sentence that says why */
  return g_strdup_printf (_("Your decision “%s” was not taken: %s"), verdict, cause);
}

static void
on_dismiss_clicked (GtkButton       *button,
                    LkConflictsPage *self)
{
  LkConflict *conflict = g_object_get_data (G_OBJECT (button), "conflict");

  lk_sync_dismiss_conflict (self->sync, conflict);
}

static GtkWidget *
make_dismiss_button (LkConflictsPage *self,
                     LkConflict      *conflict)
{
  GtkWidget *button = gtk_button_new_with_label (_("Understood"));
  /* Translators: what a screen reader says for the button "Understood"; %s is a masked name */
  g_autofree char *label = g_strdup_printf (_("Understood: %s"), lk_conflict_get_name (conflict));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  lk_accessible_name_set (button, label);
  g_object_set_data_full (G_OBJECT (button), "conflict", g_object_ref (conflict), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_dismiss_clicked), self, 0);
  return button;
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  LkConflict *conflict = item;
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *clock = lk_time_text_clock (lk_conflict_get_at (conflict));
  g_autofree char *title = g_strdup_printf ("%s · %s · %s", lk_conflict_get_name (conflict),
                                            lk_conflict_get_student_no (conflict), clock);
  g_autofree char *sentence = lk_conflict_text (conflict);

  g_object_set (row, "use-markup", FALSE, "title", title, "subtitle", sentence, "subtitle-lines", 0, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_dismiss_button (user_data, conflict));
  return row;
}

void
lk_conflicts_page_set_sync (LkConflictsPage *self,
                            LkSync          *sync)
{
  g_return_if_fail (LK_IS_CONFLICTS_PAGE (self));

  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_set_object (&self->sync, sync);
  if (sync != NULL)
    gtk_list_box_bind_model (self->list, lk_sync_get_conflicts (sync), make_row, self, NULL);
}

static gboolean
lk_conflicts_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (LK_CONFLICTS_PAGE (widget)->back);
}

static void
lk_conflicts_page_dispose (GObject *object)
{
  LkConflictsPage *self = LK_CONFLICTS_PAGE (object);

  if (self->list != NULL)
    lk_conflicts_page_set_sync (self, NULL);
  lk_template_dispose (GTK_WIDGET (self), LK_TYPE_CONFLICTS_PAGE);

  G_OBJECT_CLASS (lk_conflicts_page_parent_class)->dispose (object);
}

static void
lk_conflicts_page_class_init (LkConflictsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_conflicts_page_dispose;
  widget_class->grab_focus = lk_conflicts_page_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/conflicts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LkConflictsPage, list);
  gtk_widget_class_bind_template_child (widget_class, LkConflictsPage, back);
}

static void
lk_conflicts_page_init (LkConflictsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
