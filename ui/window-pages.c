/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window-private.h"

#include "ui/help-window.h"
#include "ui/preferences.h"
#include "ui/shortcuts.h"

void
lk_review_window_set_pages_enabled (LkReviewWindow *self,
                                    gboolean        enabled)
{
  gboolean is_lead = self->review != NULL && lk_sync_may_look_second (lk_review_get_sync (self->review));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.conflicts", enabled);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.today", enabled);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sheet", enabled);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.agreement", enabled && is_lead);
}

/* A page beside the photos; Escape goes back. */
static void
open_page (GtkWidget  *widget,
           const char *name)
{
  LkReviewWindow *self = LK_REVIEW_WINDOW (widget);

  gtk_stack_set_visible_child_name (self->pages, name);
  gtk_widget_grab_focus (gtk_stack_get_visible_child (self->pages));
}

static void
show_conflicts (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  open_page (widget, "conflicts");
}

static void
show_today (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  open_page (widget, "today");
}

static void
show_agreement (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  lk_agreement_page_refresh (LK_REVIEW_WINDOW (widget)->agreement_page);
  open_page (widget, "agreement");
}

static void
show_sheet (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  lk_sheet_page_refresh (LK_REVIEW_WINDOW (widget)->sheet_page);
  open_page (widget, "sheet");
}

static void
show_shortcuts (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  gtk_window_present (lk_shortcuts_window_new (GTK_WINDOW (widget)));
}

static void
show_help (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  LkReviewWindow *self = LK_REVIEW_WINDOW (widget);

  if (self->help == NULL)
    g_set_weak_pointer (&self->help, lk_help_window_new (GTK_WINDOW (self)));
  gtk_window_present (self->help);
}

static void
show_preferences (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  LkReviewWindow *self = LK_REVIEW_WINDOW (widget);

  if (self->settings == NULL)
    return;
  if (self->preferences == NULL)
    self->preferences = lk_preferences_new (GTK_WINDOW (self), self->settings);
  gtk_window_present (self->preferences);
}

void
lk_review_window_install_pages (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.conflicts", NULL, show_conflicts);
  gtk_widget_class_install_action (widget_class, "win.today", NULL, show_today);
  gtk_widget_class_install_action (widget_class, "win.agreement", NULL, show_agreement);
  gtk_widget_class_install_action (widget_class, "win.sheet", NULL, show_sheet);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, show_shortcuts);
  gtk_widget_class_install_action (widget_class, "win.help", NULL, show_help);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, show_preferences);
  /* no letters among these, so they take nothing out of what somebody types */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F1, 0, "win.help", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_comma, GDK_CONTROL_MASK, "win.preferences", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_question, GDK_CONTROL_MASK, "win.shortcuts", NULL);
}
