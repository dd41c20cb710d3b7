/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/review-sorting.h"

#include <glib/gi18n.h>

static LkSortingGet get_place;

static void
on_search (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  LkSortingPlace place;

  get_place (widget, &place);
  lk_queue_bar_open (place.bar, g_str_equal (name, "review.search"));
}

static void
on_show_all (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LkSortingPlace place;

  get_place (widget, &place);
  lk_queue_bar_show_all (place.bar);
}

static void
on_second (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  LkSortingPlace place;

  get_place (widget, &place);
  lk_queue_bar_toggle_second (place.bar);
}

static void
on_skip (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  LkSortingPlace place;
  g_autofree char *text = NULL;

  get_place (widget, &place);
  /* Translators: %s is a masked name */
  text = g_strdup_printf (_("%s was put off and comes again at the end of your queue."), lk_submission_get_name (place.current));
  lk_sync_skip (place.sync, place.current);
  lk_decision_bar_say (place.decisions, text);
}

static void
on_unsure (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  LkSortingPlace place;
  gboolean unsure;

  get_place (widget, &place);
  unsure = !lk_submission_get_unsure (place.current);
  lk_submission_set_unsure (place.current, unsure);
  lk_decision_bar_set_unsure (place.decisions, unsure);
  lk_decision_bar_say (place.decisions, unsure ? _("Unsure: decide as you think best; a second person decides too.") : NULL);
}

void
lk_review_sorting_install (GtkWidgetClass *widget_class,
                           LkSortingGet    get)
{
  get_place = get;
  gtk_widget_class_install_action (widget_class, "review.search", NULL, on_search);
  gtk_widget_class_install_action (widget_class, "review.filter", NULL, on_search);
  gtk_widget_class_install_action (widget_class, "review.second", NULL, on_second);
  gtk_widget_class_install_action (widget_class, "review.show-all", NULL, on_show_all);
  gtk_widget_class_install_action (widget_class, "review.skip", NULL, on_skip);
  gtk_widget_class_install_action (widget_class, "review.unsure", NULL, on_unsure);
}

void
lk_review_sorting_set_enabled (GtkWidget *page,
                               gboolean   has_sync,
                               gboolean   can_decide,
                               gboolean   choosing)
{
  gtk_widget_action_set_enabled (page, "review.search", has_sync && !choosing);
  gtk_widget_action_set_enabled (page, "review.filter", has_sync && !choosing);
  gtk_widget_action_set_enabled (page, "review.second", has_sync && !choosing);
  gtk_widget_action_set_enabled (page, "review.show-all", has_sync);
  gtk_widget_action_set_enabled (page, "review.skip", has_sync && can_decide);
  gtk_widget_action_set_enabled (page, "review.unsure", can_decide);
}
