/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/ticket-page.h"

#include <glib/gi18n.h>

#include "ui/desk-text.h"
#include "ui/error-text.h"
#include "ui/status-line.h"
#include "ui/template.h"
#include "ui/ticket-view.h"
#include "ui/time-text.h"

enum { REFRESH_SECONDS = 60 };

struct _LkTicketPage
{
  GtkWidget parent_instance;

  GtkToggleButton *open;
  GtkToggleButton *all;
  GtkListBox *tickets;
  GtkLabel *empty;
  LkStatusLine *message;
  LkTicketView *view;

  LkDesk *desk;
  GPtrArray *list;              /* of LkTicket */
  char *shown;                  /* id of the ticket shown; NULL for none */
  guint n_open;
  guint timer;
  GCancellable *asking;
  gboolean is_filling;          /* rows are being made: their selection asks for nothing */
};

G_DEFINE_FINAL_TYPE (LkTicketPage, lk_ticket_page, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_N_OPEN, N_PROPS };
static GParamSpec *props[N_PROPS];

static GtkWidget *
make_line (const char *left,
           const char *left_css,
           const char *right,
           const char *right_css)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *first = g_object_new (GTK_TYPE_LABEL, "label", left, "xalign", 0.0, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  GtkWidget *second = gtk_label_new (right);

  gtk_widget_add_css_class (first, left_css);
  gtk_widget_add_css_class (second, right_css);
  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box), second);
  return box;
}

static GtkWidget *
make_row (const LkTicket *ticket)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  const char *css, *state = lk_ticket_state_text (ticket->state, &css);
  g_autofree char *student = g_strdup_printf ("%s · %s", ticket->student->name, ticket->student->class_name);
  g_autofree char *when = lk_time_text_moment (ticket->created_at);
  g_autofree char *spoken = g_strdup_printf ("%s, %s: %s", lk_ticket_type_text (ticket->type), student, state);

  gtk_box_append (GTK_BOX (box), make_line (lk_ticket_type_text (ticket->type), "queue-name", state, css));
  gtk_box_append (GTK_BOX (box), make_line (student, "quiet", when, "quiet"));
  gtk_widget_add_css_class (box, "class-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data (G_OBJECT (row), "ticket", (gpointer) ticket);
  return row;
}

static void
set_n_open (LkTicketPage *self,
            guint         n_open)
{
  if (self->n_open == n_open)
    return;
  self->n_open = n_open;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_OPEN]);
}

static void
clear_rows (LkTicketPage *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->tickets, 0)) != NULL)
    gtk_list_box_remove (self->tickets, GTK_WIDGET (row));
}

/* The one that is worked on stays, also when it is not in the list any more. */
static void
show_list (LkTicketPage *self)
{
  GtkListBoxRow *shown = NULL;
  guint n_open = 0;

  self->is_filling = TRUE;
  for (guint i = 0; i < self->list->len; i++)
    {
      const LkTicket *ticket = self->list->pdata[i];
      GtkWidget *row = make_row (ticket);

      n_open += ticket->state == LK_TICKET_NEW || ticket->state == LK_TICKET_OPEN;
      gtk_list_box_append (self->tickets, row);
      if (g_strcmp0 (ticket->id, self->shown) == 0)
        shown = GTK_LIST_BOX_ROW (row);
    }
  gtk_label_set_text (self->empty, gtk_toggle_button_get_active (self->open) ? _("No request is open.") : _("There are no requests."));
  if (shown != NULL)
    gtk_list_box_select_row (self->tickets, shown);
  self->is_filling = FALSE;
  if (shown == NULL && !lk_ticket_view_has_draft (self->view))
    gtk_list_box_select_row (self->tickets, gtk_list_box_get_row_at_index (self->tickets, 0));
  set_n_open (self, n_open);
}

static void
on_selected (LkTicketPage  *self,
             GtkListBoxRow *row)
{
  const LkTicket *ticket = row != NULL ? g_object_get_data (G_OBJECT (row), "ticket") : NULL;

  if (self->is_filling || ticket == NULL)
    return;
  g_free (self->shown);
  self->shown = g_strdup (ticket->id);
  lk_ticket_view_show (self->view, self->shown);
}

static gboolean
lk_ticket_page_grab_focus (GtkWidget *widget)
{
  LkTicketPage *self = LK_TICKET_PAGE (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->tickets);

  return gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->tickets));
}

static void
on_tickets (GObject      *desk,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (LkTicketPage) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *list = lk_desk_tickets_finish (LK_DESK (desk), result, &error);
  gboolean has_focus;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  lk_status_line_set_text (self->message, error != NULL ? lk_error_text_for (error) : "", error != NULL);
  if (list == NULL)
    return;
  has_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->tickets)) != NULL;
  self->is_filling = TRUE;
  clear_rows (self);            /* before what its rows point to goes */
  self->is_filling = FALSE;
  g_clear_pointer (&self->list, g_ptr_array_unref);
  self->list = list;
  show_list (self);
  if (has_focus)
    lk_ticket_page_grab_focus (GTK_WIDGET (self));
}

static void
refresh_now (LkTicketPage *self)
{
  if (self->desk == NULL)
    return;
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  lk_desk_tickets_async (self->desk, gtk_toggle_button_get_active (self->open), self->asking, on_tickets, g_object_ref (self));
}

static void
refresh (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  refresh_now (LK_TICKET_PAGE (widget));
}

static gboolean
on_timer (gpointer data)
{
  refresh_now (data);
  return G_SOURCE_CONTINUE;
}

void
lk_ticket_page_set_desk (LkTicketPage *self,
                         LkDesk       *desk,
                         LkTextures   *textures)
{
  g_return_if_fail (LK_IS_TICKET_PAGE (self));

  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->is_filling = TRUE;
  clear_rows (self);
  self->is_filling = FALSE;
  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_free);
  set_n_open (self, 0);
  g_set_object (&self->desk, desk);
  lk_ticket_view_set_desk (self->view, desk, textures);
  if (desk != NULL)
    refresh_now (self);
}

guint
lk_ticket_page_get_n_open (LkTicketPage *self)
{
  g_return_val_if_fail (LK_IS_TICKET_PAGE (self), 0);

  return self->n_open;
}

static void
lk_ticket_page_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_N_OPEN:
      g_value_set_uint (value, LK_TICKET_PAGE (object)->n_open);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lk_ticket_page_map (GtkWidget *widget)
{
  LkTicketPage *self = LK_TICKET_PAGE (widget);

  GTK_WIDGET_CLASS (lk_ticket_page_parent_class)->map (widget);
  refresh_now (self);
  self->timer = g_timeout_add_seconds (REFRESH_SECONDS, on_timer, self);
}

static void
lk_ticket_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&LK_TICKET_PAGE (widget)->timer, g_source_remove);

  GTK_WIDGET_CLASS (lk_ticket_page_parent_class)->unmap (widget);
}

static void
lk_ticket_page_dispose (GObject *object)
{
  LkTicketPage *self = LK_TICKET_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->tickets != NULL)
    lk_ticket_page_set_desk (self, NULL, NULL);
  lk_template_dispose (GTK_WIDGET (self), LK_TYPE_TICKET_PAGE);

  G_OBJECT_CLASS (lk_ticket_page_parent_class)->dispose (object);
}

static void
lk_ticket_page_class_init (LkTicketPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lk_ticket_page_dispose;
  object_class->get_property = lk_ticket_page_get_property;
  widget_class->map = lk_ticket_page_map;
  widget_class->unmap = lk_ticket_page_unmap;
  widget_class->grab_focus = lk_ticket_page_grab_focus;
  props[PROP_N_OPEN] = g_param_spec_uint ("n-open", NULL, NULL, 0, G_MAXUINT, 0,
                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (LK_TYPE_STATUS_LINE);
  g_type_ensure (LK_TYPE_TICKET_VIEW);
  gtk_widget_class_install_action (widget_class, "tickets.refresh", NULL, refresh);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "tickets.refresh", NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/ticket-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LkTicketPage, open);
  gtk_widget_class_bind_template_child (widget_class, LkTicketPage, all);
  gtk_widget_class_bind_template_child (widget_class, LkTicketPage, tickets);
  gtk_widget_class_bind_template_child (widget_class, LkTicketPage, empty);
  gtk_widget_class_bind_template_child (widget_class, LkTicketPage, message);
  gtk_widget_class_bind_template_child (widget_class, LkTicketPage, view);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, refresh_now);
}

static void
lk_ticket_page_init (LkTicketPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
