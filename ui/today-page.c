/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/today-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "flow/past-decision.h"
#include "ui/accessible-name.h"
#include "ui/template.h"
#include "ui/time-text.h"
#include "ui/verdict-text.h"

/* More than MOST_ROWS are not listed: the last ones are what somebody looks for. Three hundred rows take a second to make: what the
 * window shows is there at once, the others come a few at a time. */
enum { MOST_ROWS = 300, ROWS_AT_ONCE = 16, ROWS_A_TIME = 4 };

struct _LkTodayPage
{
  LkSidePage parent_instance;

  GtkListBox *list;
  GtkWidget *back;

  LkReview *review;
  GPtrArray *today;             /* of LkPastDecision, the newest first; or NULL */
  guint n_rows;                 /* of them, those that have a row */
  guint filler;                 /* gives the others theirs */
  guint timer;                  /* buttons go when their time is over */
};

G_DEFINE_FINAL_TYPE (LkTodayPage, lk_today_page, LK_TYPE_SIDE_PAGE)

static const char *
state_text (LkPastState state)
{
  switch (state)
    {
    case LK_PAST_WAITING:
      return _("waits to be sent");
    case LK_PAST_UNDONE:
      return _("taken back");
    case LK_PAST_NOT_TAKEN:
      return _("not taken");
    case LK_PAST_STANDS:
    default:
      return _("sent");
    }
}

/* "Returned · R203 Eye line out of range · sent" */
static char *
subtitle_text (LkTodayPage    *self,
               LkPastDecision *past)
{
  LkDecision *decision = lk_past_decision_get_decision (past);
  const char *const *codes = lk_decision_get_reasons (decision);
  g_autoptr (GString) text = g_string_new (lk_verdict_get_short (lk_decision_get_verdict (decision)));

  if (lk_decision_get_unsure (decision))
    g_string_append_printf (text, " · %s", _("unsure"));
  for (gsize i = 0; codes[i] != NULL; i++)
    {
      const LkReason *reason = lk_reason_catalogue_find (lk_review_get_reasons (self->review), codes[i]);

      g_string_append_printf (text, " · %s %s", codes[i], reason != NULL ? lk_reason_text (reason) : "");
    }
  g_string_append_printf (text, " · %s", state_text (lk_past_decision_get_state (past)));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
on_undo_clicked (GtkButton   *button,
                 LkTodayPage *self)
{
  lk_review_undo_decision (self->review, g_object_get_data (G_OBJECT (button), "key"));
}

static GtkWidget *
make_undo_button (LkTodayPage    *self,
                  LkPastDecision *past)
{
  GtkWidget *button = gtk_button_new_with_label (_("Take back"));
  /* Translators: what a screen reader says for the button "Take back"; %s is a masked name */
  g_autofree char *label = g_strdup_printf (_("Take back: %s"), lk_past_decision_get_name (past));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  lk_accessible_name_set (button, label);
  g_object_set_data_full (G_OBJECT (button), "key", g_strdup (lk_past_decision_get_key (past)), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_undo_clicked), self, 0);
  return button;
}

/* What may have become another since the row was made. */
static void
update_row (LkTodayPage    *self,
            AdwActionRow   *row,
            LkPastDecision *past)
{
  GtkWidget *button = g_object_get_data (G_OBJECT (row), "undo");
  gboolean can_undo = lk_past_decision_can_undo (past, g_get_real_time ());
  g_autofree char *subtitle = subtitle_text (self, past);

  adw_action_row_set_subtitle (row, subtitle);
  if (can_undo == (button != NULL))
    return;
  if (can_undo)
    {
      button = make_undo_button (self, past);
      adw_action_row_add_suffix (row, button);
      g_object_set_data (G_OBJECT (row), "undo", button);
      return;
    }
  if (gtk_widget_has_focus (button))
    gtk_widget_grab_focus (self->back);
  g_object_set_data (G_OBJECT (row), "undo", NULL);
  adw_action_row_remove (row, button);
}

static void
append_row (LkTodayPage    *self,
            LkPastDecision *past)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *clock = lk_time_text_clock (lk_past_decision_get_at (past));
  g_autofree char *title = g_strdup_printf ("%s · %s · %s", lk_past_decision_get_name (past), lk_past_decision_get_student_no (past),
                                            clock);

  g_object_set (row, "use-markup", FALSE, "title", title, "subtitle-lines", 0, NULL);
  g_object_set_data_full (G_OBJECT (row), "key", g_strdup (lk_past_decision_get_key (past)), g_free);
  update_row (self, ADW_ACTION_ROW (row), past);
  gtk_list_box_append (self->list, row);
}

/* Keeps the first rows. */
static void
remove_rows (LkTodayPage *self,
             guint        n_kept)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, (int) n_kept)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  self->n_rows = n_kept;
}

/* Up to so many rows in all; returns whether there are more to come. */
static gboolean
append_rows (LkTodayPage *self,
             guint        n_rows)
{
  guint most = MIN (self->today->len, MOST_ROWS);

  for (; self->n_rows < MIN (n_rows, most); self->n_rows++)
    append_row (self, self->today->pdata[self->n_rows]);
  return self->n_rows < most;
}

static gboolean
fill (gpointer user_data)
{
  LkTodayPage *self = user_data;

  if (append_rows (self, self->n_rows + ROWS_A_TIME))
    return G_SOURCE_CONTINUE;
  self->filler = 0;
  return G_SOURCE_REMOVE;
}

/* The rows that still stand for the same decisions stay, and with them the keyboard's place. */
static guint
update_rows (LkTodayPage *self)
{
  guint n = 0;

  for (; n < MIN (self->n_rows, self->today->len); n++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) n);

      if (!g_str_equal (g_object_get_data (G_OBJECT (row), "key"), lk_past_decision_get_key (self->today->pdata[n])))
        break;
      update_row (self, ADW_ACTION_ROW (row), self->today->pdata[n]);
    }
  return n;
}

static void
refresh (LkTodayPage *self)
{
  g_clear_pointer (&self->today, g_ptr_array_unref);
  g_clear_handle_id (&self->filler, g_source_remove);
  if (self->review == NULL)
    {
      remove_rows (self, 0);
      return;
    }
  self->today = lk_review_list_today (self->review);
  remove_rows (self, update_rows (self));
  if (append_rows (self, ROWS_AT_ONCE))
    self->filler = g_idle_add (fill, self);
}

/* Only where somebody sees it. */
static void
on_work_changed (LkTodayPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
}

static gboolean
on_timer (gpointer user_data)
{
  refresh (user_data);
  return G_SOURCE_CONTINUE;
}

static void
lk_today_page_map (GtkWidget *widget)
{
  LkTodayPage *self = LK_TODAY_PAGE (widget);

  refresh (self);
  GTK_WIDGET_CLASS (lk_today_page_parent_class)->map (widget);
  self->timer = g_timeout_add_seconds (30, on_timer, self);
}

static void
stop (LkTodayPage *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->filler, g_source_remove);
  g_clear_pointer (&self->today, g_ptr_array_unref);
}

static void
lk_today_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lk_today_page_parent_class)->unmap (widget);
  stop (LK_TODAY_PAGE (widget));
  remove_rows (LK_TODAY_PAGE (widget), 0);
}

void
lk_today_page_set_review (LkTodayPage *self,
                          LkReview    *review)
{
  g_return_if_fail (LK_IS_TODAY_PAGE (self));

  if (self->review != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->review, self);
      g_signal_handlers_disconnect_by_data (lk_review_get_sync (self->review), self);
    }
  g_set_object (&self->review, review);
  stop (self);
  remove_rows (self, 0);
  if (review == NULL)
    return;
  g_signal_connect_swapped (review, "notify::can-undo", G_CALLBACK (on_work_changed), self);
  g_signal_connect_swapped (review, "undone", G_CALLBACK (on_work_changed), self);
  g_signal_connect_swapped (lk_review_get_sync (review), "notify::n-waiting", G_CALLBACK (on_work_changed), self);
}

static gboolean
lk_today_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (LK_TODAY_PAGE (widget)->back);
}

static void
lk_today_page_dispose (GObject *object)
{
  LkTodayPage *self = LK_TODAY_PAGE (object);

  if (self->list != NULL)
    lk_today_page_set_review (self, NULL);
  lk_template_dispose (GTK_WIDGET (self), LK_TYPE_TODAY_PAGE);

  G_OBJECT_CLASS (lk_today_page_parent_class)->dispose (object);
}

static void
lk_today_page_class_init (LkTodayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_today_page_dispose;
  widget_class->grab_focus = lk_today_page_grab_focus;
  widget_class->map = lk_today_page_map;
  widget_class->unmap = lk_today_page_unmap;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LkTodayPage, list);
  gtk_widget_class_bind_template_child (widget_class, LkTodayPage, back);
}

static void
lk_today_page_init (LkTodayPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
