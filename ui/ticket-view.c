/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/ticket-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "core/note.h"
#include "ui/desk-text.h"
#include "ui/error-text.h"
#include "ui/status-line.h"
#include "ui/template.h"
#include "ui/text-field.h"
#include "ui/thumbnail.h"
#include "ui/time-text.h"

enum { PICTURE_WIDTH = 180, PICTURE_HEIGHT = 240 };

struct _LkTicketView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *who;
  GtkLabel *words;
  GtkFlowBox *pictures;
  GtkListBox *notes;
  GtkWidget *answer;
  GtkTextView *text;
  GtkBox *buttons;
  LkStatusLine *message;

  LkDesk *desk;
  LkTextures *textures;
  char *id;                     /* what is wanted; NULL for none */
  LkTicket *ticket;             /* what is shown; NULL until it came */
  GCancellable *asking;
  gboolean is_stepping;
  GHashTable *drafts;           /* id of a ticket: what is written for it and was not sent */
};

G_DEFINE_FINAL_TYPE (LkTicketView, lk_ticket_view, GTK_TYPE_WIDGET)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void show_ticket (LkTicketView *self);

/* -- steps -- */

/* A button of the answer: a step, and of a decision where it leads. */
typedef struct
{
  LkTicketStep step;
  LkState to;
  const char *label;
  const char *css;
} Button;

static const Button plain_buttons[] = {
  { LK_TICKET_STEP_CLOSE, 0, N_("Close"), NULL },
  { LK_TICKET_STEP_REOPEN, 0, N_("Open again"), NULL },
  { LK_TICKET_STEP_WAIT, 0, N_("Ask the student"), NULL },
  { LK_TICKET_STEP_ANSWER, 0, N_("Answer"), NULL },
  { LK_TICKET_STEP_RESOLVE, 0, N_("Answer and resolve"), "suggested-action" },
};

/* What a lead may say about the photo: rules.md section 7.1. */
static const Button appeal_buttons[] = {
  { LK_TICKET_STEP_DECIDE, LK_STATE_PENDING, N_("Review it anew"), NULL },
  { LK_TICKET_STEP_DECIDE, LK_STATE_APPROVED, N_("Approve the photo"), "suggested-action" },
}, held_buttons[] = {
  { LK_TICKET_STEP_DECIDE, LK_STATE_PENDING, N_("Review it anew"), NULL },
  { LK_TICKET_STEP_DECIDE, LK_STATE_RESHOOT, N_("Ask for a new photo"), NULL },
  { LK_TICKET_STEP_DECIDE, LK_STATE_APPROVED, N_("Approve the photo"), "suggested-action" },
};

static void
on_stepped (GObject      *desk,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (LkTicketView) self = user_data;
  g_autoptr (GError) error = NULL;
  LkTicket *ticket = lk_desk_ticket_finish (LK_DESK (desk), result, &error);

  self->is_stepping = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->buttons), TRUE);
  if (ticket == NULL)
    {
      lk_status_line_set_text (self->message, lk_error_text_for (error), TRUE);
      return;
    }
  g_hash_table_remove (self->drafts, ticket->id);       /* it is sent, whichever ticket is shown by now */
  if (g_strcmp0 (ticket->id, self->id) == 0)
    {
      lk_text_field_set (self->text, "");
      g_clear_pointer (&self->ticket, lk_ticket_free);
      self->ticket = ticket;
      show_ticket (self);
      lk_status_line_set_text (self->message, _("Done. The student can read it."), FALSE);
    }
  else
    lk_ticket_free (ticket);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Why the text cannot be sent, NULL when it can. */
static const char *
fault_of (const char  *text,
          LkTicketStep step)
{
  if (step != LK_TICKET_STEP_CLOSE && *text == '\0')
    return _("Write what the student should know first.");
  if (lk_note_holds_id_number (text))
    return _("There is an ID number in the text. Take it out: such numbers do not belong in an answer.");
  return NULL;
}

static void
take_step (LkTicketView *self,
           LkTicketStep  step,
           LkState       to)
{
  g_autofree char *text = lk_text_field_dup (self->text);
  const char *fault = fault_of (text, step);

  if (self->desk == NULL || self->ticket == NULL || self->is_stepping)
    return;
  if (fault != NULL)
    {
      lk_status_line_set_text (self->message, fault, TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->text));
      return;
    }
  self->is_stepping = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->buttons), FALSE);
  lk_desk_step_async (self->desk, self->ticket, step, *text != '\0' ? text : NULL, to, NULL, on_stepped, g_object_ref (self));
}

static void
on_button (GtkButton    *button,
           LkTicketView *self)
{
  const Button *what = g_object_get_data (G_OBJECT (button), "what");

  take_step (self, what->step, what->to);
}

/* The appeal is turned down: the photo stays what it is. */
static void
on_turn_down (GtkButton    *button,
              LkTicketView *self)
{
  if (self->ticket != NULL)
    take_step (self, LK_TICKET_STEP_DECIDE, self->ticket->submission_state);
}

static GtkWidget *
add_button (LkTicketView *self,
            const char   *label,
            const char   *css)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  if (css != NULL)
    gtk_widget_add_css_class (button, css);
  gtk_box_append (self->buttons, button);
  return button;
}

static void
add_buttons (LkTicketView *self,
             const Button *list,
             gsize         n)
{
  for (gsize i = 0; i < n; i++)
    if (lk_desk_may_step (self->desk, self->ticket, list[i].step))
      {
        GtkWidget *button = add_button (self, _(list[i].label), list[i].css);

        g_object_set_data (G_OBJECT (button), "what", (gpointer) &list[i]);
        g_signal_connect_object (button, "clicked", G_CALLBACK (on_button), self, 0);
      }
}

/* Where a lead decides about the photo, resolving without a decision is not offered. */
static void
show_buttons (LkTicketView *self)
{
  gboolean decides = self->ticket->submission != NULL && lk_desk_may_step (self->desk, self->ticket, LK_TICKET_STEP_DECIDE);
  gsize n_plain = G_N_ELEMENTS (plain_buttons);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->buttons))) != NULL)
    gtk_box_remove (self->buttons, child);
  add_buttons (self, plain_buttons, decides ? n_plain - 1 : n_plain);
  if (decides && self->ticket->submission_state == LK_STATE_HELD)
    add_buttons (self, held_buttons, G_N_ELEMENTS (held_buttons));
  else if (decides)
    {
      GtkWidget *button = add_button (self, _("Leave it as it is"), NULL);

      g_signal_connect_object (button, "clicked", G_CALLBACK (on_turn_down), self, 0);
      add_buttons (self, appeal_buttons, G_N_ELEMENTS (appeal_buttons));
    }
  gtk_widget_set_visible (self->answer, gtk_widget_get_first_child (GTK_WIDGET (self->buttons)) != NULL);
}

/* -- what is shown -- */

static void
show_notes (LkTicketView *self)
{
  GtkListBoxRow *old;

  while ((old = gtk_list_box_get_row_at_index (self->notes, 0)) != NULL)
    gtk_list_box_remove (self->notes, GTK_WIDGET (old));
  for (guint i = 0; i < self->ticket->notes->len; i++)
    {
      const LkTicketNote *note = self->ticket->notes->pdata[i];
      g_autofree char *when = lk_time_text_moment (note->at);
      g_autofree char *title = g_strdup_printf ("%s %s · %s", lk_ticket_by_text (note), lk_ticket_step_text (note->step), when);
      GtkWidget *row = adw_action_row_new ();

      g_object_set (row, "use-markup", FALSE, "title", title, "subtitle", note->text, "subtitle-lines", 0, "title-lines", 0, NULL);
      gtk_list_box_append (self->notes, row);
    }
}

static void
show_pictures (LkTicketView *self)
{
  GtkFlowBoxChild *old;

  while ((old = gtk_flow_box_get_child_at_index (self->pictures, 0)) != NULL)
    gtk_flow_box_remove (self->pictures, GTK_WIDGET (old));
  for (guint i = 0; i < self->ticket->pictures->len; i++)
    {
      const LkTicketPicture *picture = self->ticket->pictures->pdata[i];
      const char *kind = lk_ticket_kind_text (picture->kind);
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *label = gtk_label_new (kind);
      GtkWidget *photo = g_object_new (LK_TYPE_THUMBNAIL, "width-request", PICTURE_WIDTH, "height-request", PICTURE_HEIGHT, NULL);

      lk_thumbnail_set_photo (LK_THUMBNAIL (photo), self->textures, picture->picture->sha256, kind);
      gtk_widget_add_css_class (label, "quiet");
      gtk_widget_set_halign (box, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (box), photo);
      gtk_box_append (GTK_BOX (box), label);
      gtk_flow_box_append (self->pictures, box);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->pictures), self->ticket->pictures->len > 0);
}

static char *
who_text (const LkTicket *ticket)
{
  const LkStudentEntry *student = ticket->student;
  g_autofree char *created = lk_time_text_moment (ticket->created_at);
  g_autofree char *worked = lk_time_text_length (ticket->worked_seconds);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s · %s · %s · %s", student->name, student->number, student->class_name, student->site);
  /* Translators: of a ticket: its state, when it was opened, how long it was worked on */
  g_string_append_printf (text, _("\n%s · opened %s · worked on for %s"), lk_ticket_state_text (ticket->state, NULL), created, worked);
  if (ticket->submission != NULL)
    {
      const LkStudentEntry photo = { .submission = ticket->submission, .state = ticket->submission_state };

      /* Translators: of a ticket: the state of the photo it is about */
      g_string_append_printf (text, _(" · the photo: %s"), lk_student_state_text (&photo, NULL));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_ticket (LkTicketView *self)
{
  g_autofree char *who = who_text (self->ticket);

  gtk_label_set_text (self->title, lk_ticket_type_text (self->ticket->type));
  gtk_label_set_text (self->who, who);
  gtk_label_set_text (self->words, self->ticket->text != NULL ? self->ticket->text : "");
  show_pictures (self);
  show_notes (self);
  show_buttons (self);
  lk_status_line_set_text (self->message, "", FALSE);
  gtk_widget_set_visible (self->box, TRUE);
}

static void
on_ticket (GObject      *desk,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (LkTicketView) self = user_data;
  g_autoptr (GError) error = NULL;
  LkTicket *ticket = lk_desk_ticket_finish (LK_DESK (desk), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (ticket == NULL)
    {
      lk_status_line_set_text (self->message, lk_error_text_for (error), TRUE);
      return;
    }
  g_clear_pointer (&self->ticket, lk_ticket_free);
  self->ticket = ticket;
  show_ticket (self);
}

static void
forget (LkTicketView *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->ticket, lk_ticket_free);
}

/* Puts away what is written for the ticket shown, and takes out what was for another one. */
static void
change_draft (LkTicketView *self,
              const char   *id)
{
  g_autofree char *text = lk_text_field_dup (self->text);
  const char *draft = id != NULL ? g_hash_table_lookup (self->drafts, id) : NULL;

  if (self->id != NULL && *text != '\0')
    g_hash_table_insert (self->drafts, g_strdup (self->id), g_steal_pointer (&text));
  else if (self->id != NULL)
    g_hash_table_remove (self->drafts, self->id);
  lk_text_field_set (self->text, draft != NULL ? draft : "");
}

void
lk_ticket_view_show (LkTicketView *self,
                     const char   *id)
{
  g_return_if_fail (LK_IS_TICKET_VIEW (self));

  if (g_strcmp0 (id, self->id) != 0)
    {
      gtk_widget_set_visible (self->box, FALSE);
      change_draft (self, id);
    }
  forget (self);
  if (id == NULL || self->desk == NULL)
    return;
  self->id = g_strdup (id);
  self->asking = g_cancellable_new ();
  lk_desk_ticket_async (self->desk, id, self->asking, on_ticket, g_object_ref (self));
}

gboolean
lk_ticket_view_has_draft (LkTicketView *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (LK_IS_TICKET_VIEW (self), FALSE);

  text = lk_text_field_dup (self->text);
  return *text != '\0';
}

void
lk_ticket_view_set_desk (LkTicketView *self,
                         LkDesk       *desk,
                         LkTextures   *textures)
{
  g_return_if_fail (LK_IS_TICKET_VIEW (self));

  lk_ticket_view_show (self, NULL);
  g_hash_table_remove_all (self->drafts);
  g_set_object (&self->desk, desk);
  g_set_object (&self->textures, textures);
}

static void
lk_ticket_view_dispose (GObject *object)
{
  LkTicketView *self = LK_TICKET_VIEW (object);

  forget (self);
  g_clear_object (&self->desk);
  g_clear_object (&self->textures);
  lk_template_dispose (GTK_WIDGET (self), LK_TYPE_TICKET_VIEW);

  G_OBJECT_CLASS (lk_ticket_view_parent_class)->dispose (object);
}

static void
lk_ticket_view_finalize (GObject *object)
{
  g_hash_table_unref (LK_TICKET_VIEW (object)->drafts);

  G_OBJECT_CLASS (lk_ticket_view_parent_class)->finalize (object);
}

static void
lk_ticket_view_class_init (LkTicketViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_ticket_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = lk_ticket_view_finalize;
  signals[CHANGED] = g_signal_new ("changed", LK_TYPE_TICKET_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (LK_TYPE_STATUS_LINE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/ticket-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LkTicketView, box);
  gtk_widget_class_bind_template_child (widget_class, LkTicketView, title);
  gtk_widget_class_bind_template_child (widget_class, LkTicketView, who);
  gtk_widget_class_bind_template_child (widget_class, LkTicketView, words);
  gtk_widget_class_bind_template_child (widget_class, LkTicketView, pictures);
  gtk_widget_class_bind_template_child (widget_class, LkTicketView, notes);
  gtk_widget_class_bind_template_child (widget_class, LkTicketView, answer);
  gtk_widget_class_bind_template_child (widget_class, LkTicketView, text);
  gtk_widget_class_bind_template_child (widget_class, LkTicketView, buttons);
  gtk_widget_class_bind_template_child (widget_class, LkTicketView, message);
}

static void
lk_ticket_view_init (LkTicketView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_set_visible (self->box, FALSE);
}
