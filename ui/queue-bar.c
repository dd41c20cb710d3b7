/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/queue-bar.h"

#include <glib/gi18n.h>

#include "ui/outcome-mark.h"
#include "ui/template.h"

struct _LkQueueBar
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkLabel *title;
  GtkPopover *popover;
  GtkWidget *queues;
  GtkToggleButton *second;
  GtkEditable *search;
  GtkDropDown *site, *class_name, *outcome, *reason, *age;
  GtkCheckButton *returned;
  GtkLabel *count;
  GtkWidget *all;

  LkSync *sync;
  LkReasonCatalogue *reasons;
  GCancellable *cancellable;    /* of the question how the queue is spread */
  GStrv sites, classes, codes;  /* what stands in the lists after "any" */
  gboolean filling;             /* what changes was not changed by a person */
};

G_DEFINE_FINAL_TYPE (LkQueueBar, lk_queue_bar, GTK_TYPE_WIDGET)

static const LkOutcome outcomes[] = { LK_OUTCOME_FAIL, LK_OUTCOME_WARN, LK_OUTCOME_NOT_RUN, LK_OUTCOME_PASS };

/* -- what is chosen -- */

static char *
chosen_text (GtkDropDown *list,
             GStrv        texts)
{
  guint selected = gtk_drop_down_get_selected (list);

  if (texts == NULL || selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return NULL;
  return g_strdup (texts[selected - 1]);
}

static LkQueueFilter *
chosen_filter (LkQueueBar *self)
{
  LkQueueFilter *filter = lk_queue_filter_new ();
  guint outcome = gtk_drop_down_get_selected (self->outcome);
  g_autofree char *number = g_strstrip (g_strdup (gtk_editable_get_text (self->search)));

  filter->second = gtk_toggle_button_get_active (self->second);
  filter->site = chosen_text (self->site, self->sites);
  filter->class_name = chosen_text (self->class_name, self->classes);
  filter->reason = chosen_text (self->reason, self->codes);
  if (outcome > 0 && outcome <= G_N_ELEMENTS (outcomes))
    filter->outcome = (int) outcomes[outcome - 1];
  filter->age = (LkQueueAge) MIN (gtk_drop_down_get_selected (self->age), LK_QUEUE_AGE_NEW);
  filter->returned_before = gtk_check_button_get_active (self->returned);
  if (g_utf8_strlen (number, -1) >= LK_QUEUE_SEARCH_MIN)
    filter->student_no = g_steal_pointer (&number);
  return filter;
}

static void
show_title (LkQueueBar *self)
{
  const LkQueueFilter *filter = lk_sync_get_filter (self->sync);
  gboolean narrows = lk_queue_filter_narrows (filter);
  const char *text;

  if (narrows)
    /* Translators: button above the small photos: only a part of the queue is shown */
    text = _("Part");
  else
    /* Translators: the same button: all of the second review, or of the first */
    text = filter->second ? _("Second") : C_("queue", "All");
  gtk_label_set_text (self->title, text);
  if (narrows || filter->second)
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "accent");
}

static gboolean
is_reached (LkQueueBar *self)
{
  LkSyncState state = lk_sync_get_state (self->sync);

  return state == LK_SYNC_SYNCED || state == LK_SYNC_SENDING;
}

static void
show_count (LkQueueBar *self)
{
  int pending = lk_sync_get_pending (self->sync);
  guint here = 0, n = g_list_model_get_n_items (lk_sync_get_queue (self->sync));
  g_autofree char *text = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LkSubmission) submission = g_list_model_get_item (lk_sync_get_queue (self->sync), i);
      here += lk_submission_get_decision (submission) == NULL;
    }
  if (!is_reached (self))
    text = g_strdup (_("The campus service cannot be reached; a part of the queue can be chosen when it answers."));
  else if (pending < 0)
    text = g_strdup (_("Looking…"));
  else if (pending + here == 0)
    text = g_strdup (_("No waiting photo fits."));
  else
    text = g_strdup_printf (ngettext ("%d waiting photo fits.", "%d waiting photos fit.", pending + (int) here), pending + (int) here);
  gtk_label_set_text (self->count, text);
  gtk_widget_set_sensitive (self->all, lk_queue_filter_narrows (lk_sync_get_filter (self->sync)));
}

static void
on_sync_changed (LkQueueBar *self)
{
  show_title (self);
  if (gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    show_count (self);
}

static void
apply (LkQueueBar *self)
{
  g_autoptr (LkQueueFilter) filter = NULL;

  if (self->filling || self->sync == NULL || !is_reached (self))
    return;
  filter = chosen_filter (self);
  lk_sync_set_filter (self->sync, filter);
  show_title (self);
  show_count (self);
}

static void
on_changed (LkQueueBar *self)
{
  apply (self);
}

static void
close_popover (LkQueueBar *self)
{
  gtk_popover_popdown (self->popover);
}

static void
on_search (LkQueueBar *self)
{
  apply (self);
  gtk_popover_popdown (self->popover);
}

/* -- what can be chosen -- */

static void
fill_list (GtkDropDown       *list,
           GPtrArray         *labels,
           GStrv              values,
           const char        *chosen)
{
  g_autoptr (GtkStringList) model = NULL;
  guint selected = 0;

  g_ptr_array_add (labels, NULL);
  model = gtk_string_list_new ((const char *const *) labels->pdata);
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    if (g_strcmp0 (values[i], chosen) == 0)
      selected = i + 1;
  gtk_drop_down_set_model (list, G_LIST_MODEL (model));
  gtk_drop_down_set_selected (list, selected);
}

static GPtrArray *
labels_new (void)
{
  GPtrArray *labels = g_ptr_array_new_with_free_func (g_free);

  /* Translators: first line of a list of sites, classes...: no matter which */
  g_ptr_array_add (labels, g_strdup (_("Any")));
  return labels;
}

/* The values of facets, with a label for each. What is chosen stays in the list although nothing of it waits any more. */
static GStrv
fill_from_facets (LkQueueBar *self,
                  GtkDropDown *list,
                  GPtrArray   *facets,
                  const char  *chosen)
{
  g_autoptr (GPtrArray) labels = labels_new ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean has_chosen = chosen == NULL;
  GStrv values;

  for (guint i = 0; facets != NULL && i < facets->len; i++)
    {
      const LkQueueFacet *facet = facets->pdata[i];
      const LkReason *reason = list == self->reason ? lk_reason_catalogue_find (self->reasons, facet->name) : NULL;

      g_strv_builder_add (builder, facet->name);
      g_ptr_array_add (labels, reason != NULL ? g_strdup_printf ("%s %s (%d)", facet->name, lk_reason_text (reason), facet->pending)
                                              : g_strdup_printf ("%s (%d)", facet->name, facet->pending));
      has_chosen |= g_strcmp0 (facet->name, chosen) == 0;
    }
  if (!has_chosen)
    {
      g_strv_builder_add (builder, chosen);
      g_ptr_array_add (labels, g_strdup_printf ("%s (0)", chosen));
    }
  values = g_strv_builder_end (builder);
  fill_list (list, labels, values, chosen);
  return values;
}

static void
fill_outcomes (LkQueueBar *self,
               int         chosen)
{
  g_autoptr (GPtrArray) labels = labels_new ();
  guint selected = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      g_ptr_array_add (labels, g_strdup (lk_outcome_get_title (outcomes[i])));
      if (chosen == (int) outcomes[i])
        selected = (guint) i + 1;
    }
  fill_list (self->outcome, labels, NULL, NULL);
  gtk_drop_down_set_selected (self->outcome, selected);
}

static void
fill_ages (LkQueueBar *self,
           LkQueueAge  chosen)
{
  g_autoptr (GPtrArray) labels = labels_new ();

  g_ptr_array_add (labels, g_strdup (_("Overdue")));
  g_ptr_array_add (labels, g_strdup (_("Due today")));
  g_ptr_array_add (labels, g_strdup (_("Sent in within a day")));
  fill_list (self->age, labels, NULL, NULL);
  gtk_drop_down_set_selected (self->age, (guint) chosen);
}

static void
fill (LkQueueBar          *self,
      const LkQueueFacets *facets)
{
  const LkQueueFilter *filter = lk_sync_get_filter (self->sync);

  self->filling = TRUE;
  g_strfreev (self->sites);
  g_strfreev (self->classes);
  g_strfreev (self->codes);
  self->sites = fill_from_facets (self, self->site, facets != NULL ? facets->sites : NULL, filter->site);
  self->classes = fill_from_facets (self, self->class_name, facets != NULL ? facets->classes : NULL, filter->class_name);
  self->codes = fill_from_facets (self, self->reason, facets != NULL ? facets->reasons : NULL, filter->reason);
  fill_outcomes (self, filter->outcome);
  fill_ages (self, filter->age);
  gtk_check_button_set_active (self->returned, filter->returned_before);
  gtk_editable_set_text (self->search, filter->student_no != NULL ? filter->student_no : "");
  gtk_toggle_button_set_active (self->second, filter->second);
  self->filling = FALSE;
}

static void
on_facets (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (LkQueueBar) self = user_data;
  g_autoptr (LkQueueFacets) facets = NULL;

  if (self->sync == NULL)
    return;
  facets = lk_sync_facets_finish (self->sync, result, NULL);
  if (facets != NULL)
    fill (self, facets);
}

static void
on_opened (LkQueueBar *self)
{
  if (self->sync == NULL || !gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    return;
  gtk_widget_set_visible (self->queues, lk_sync_may_look_second (self->sync));
  show_count (self);
  lk_sync_facets_async (self->sync, self->cancellable, on_facets, g_object_ref (self));
}

void
lk_queue_bar_open (LkQueueBar *self,
                   gboolean    search)
{
  g_return_if_fail (LK_IS_QUEUE_BAR (self));

  if (self->sync == NULL)
    return;
  gtk_menu_button_popup (self->button);
  gtk_widget_grab_focus (search ? GTK_WIDGET (self->search) : GTK_WIDGET (self->site));
}

void
lk_queue_bar_show_all (LkQueueBar *self)
{
  g_autoptr (LkQueueFilter) all = NULL;

  g_return_if_fail (LK_IS_QUEUE_BAR (self));

  if (self->sync == NULL)
    return;
  all = lk_queue_filter_new ();
  all->second = lk_sync_get_filter (self->sync)->second;
  lk_sync_set_filter (self->sync, all);
  fill (self, NULL);
  gtk_popover_popdown (self->popover);
}

void
lk_queue_bar_toggle_second (LkQueueBar *self)
{
  g_autoptr (LkQueueFilter) other = NULL;

  g_return_if_fail (LK_IS_QUEUE_BAR (self));

  if (self->sync == NULL || !lk_sync_may_look_second (self->sync) || !is_reached (self))
    return;
  other = lk_queue_filter_new ();
  other->second = !lk_sync_get_filter (self->sync)->second;
  lk_sync_set_filter (self->sync, other);
  fill (self, NULL);
  show_title (self);
}

void
lk_queue_bar_set_sync (LkQueueBar        *self,
                       LkSync            *sync,
                       LkReasonCatalogue *reasons)
{
  g_return_if_fail (LK_IS_QUEUE_BAR (self));

  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  g_set_object (&self->sync, sync);
  g_clear_pointer (&self->reasons, lk_reason_catalogue_unref);
  gtk_widget_set_sensitive (GTK_WIDGET (self), sync != NULL);
  if (sync == NULL)
    return;
  self->reasons = lk_reason_catalogue_ref (reasons);
  g_signal_connect_swapped (sync, "notify", G_CALLBACK (on_sync_changed), self);
  fill (self, NULL);
  show_title (self);
}

static void
lk_queue_bar_dispose (GObject *object)
{
  LkQueueBar *self = LK_QUEUE_BAR (object);

  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->sync);
  g_clear_pointer (&self->reasons, lk_reason_catalogue_unref);
  g_clear_pointer (&self->sites, g_strfreev);
  g_clear_pointer (&self->classes, g_strfreev);
  g_clear_pointer (&self->codes, g_strfreev);
  lk_template_dispose (GTK_WIDGET (self), LK_TYPE_QUEUE_BAR);

  G_OBJECT_CLASS (lk_queue_bar_parent_class)->dispose (object);
}

static void
lk_queue_bar_class_init (LkQueueBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_queue_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/queue-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LkQueueBar, button);
  gtk_widget_class_bind_template_child (widget_class, LkQueueBar, title);
  gtk_widget_class_bind_template_child (widget_class, LkQueueBar, popover);
  gtk_widget_class_bind_template_child (widget_class, LkQueueBar, queues);
  gtk_widget_class_bind_template_child (widget_class, LkQueueBar, second);
  gtk_widget_class_bind_template_child (widget_class, LkQueueBar, search);
  gtk_widget_class_bind_template_child (widget_class, LkQueueBar, site);
  gtk_widget_class_bind_template_child (widget_class, LkQueueBar, class_name);
  gtk_widget_class_bind_template_child (widget_class, LkQueueBar, outcome);
  gtk_widget_class_bind_template_child (widget_class, LkQueueBar, reason);
  gtk_widget_class_bind_template_child (widget_class, LkQueueBar, age);
  gtk_widget_class_bind_template_child (widget_class, LkQueueBar, returned);
  gtk_widget_class_bind_template_child (widget_class, LkQueueBar, count);
  gtk_widget_class_bind_template_child (widget_class, LkQueueBar, all);
  gtk_widget_class_bind_template_callback (widget_class, on_opened);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, close_popover);
  gtk_widget_class_bind_template_callback (widget_class, lk_queue_bar_show_all);
}

static void
lk_queue_bar_init (LkQueueBar *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
}
