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
#include "ui/verdict-text.h"

enum
{
  PICTURE_WIDTH = 180,
  PICTURE_HEIGHT = 240,
  LARGE_HEIGHT_MIN = 480,       /* of a picture in a window of its own */
  LARGE_AROUND = 40,            /* what stays to be seen of the window below, px */
};

struct _LkTicketView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *who;
  GtkLabel *words;
  GtkLabel *decision;
  GtkFlowBox *pictures;
  GtkWidget *history;
  GtkListBox *notes;
  GtkWidget *answer;
  GtkTextView *text;
  GtkBox *buttons;
  LkStatusLine *message;

  LkDesk *desk;
  LkTextures *textures;
  char *id;                     /* what is wanted; NULL for none */
  LkTicket *ticket;             /* what is shown; NULL until it came */
  char *photo;                  /* SHA-256 of the photo it is about; NULL until it came, or for none */
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

/* What a lead may say about the photo, where it may go there: rules.md section 7.1. */
static const Button decide_buttons[] = {
  { LK_TICKET_STEP_DECIDE, LK_STATE_PENDING, N_("Review it anew"), NULL },
  { LK_TICKET_STEP_DECIDE, LK_STATE_RESHOOT, N_("Ask for a new photo"), NULL },
  { LK_TICKET_STEP_DECIDE, LK_STATE_APPROVED, N_("Approve the photo"), "suggested-action" },
};

static void ask_ticket (LkTicketView *self);

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
  if (g_error_matches (error, LK_ERROR, LK_ERROR_STATE))
    {
      lk_status_line_set_text (self->message, _("Somebody else was faster: look at the request again."), TRUE);
      ask_ticket (self);
      return;
    }
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
  lk_status_line_set_text (self->message, "", FALSE);
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
add_step_button (LkTicketView *self,
                 const Button *what)
{
  GtkWidget *button = add_button (self, _(what->label), what->css);

  g_object_set_data (G_OBJECT (button), "what", (gpointer) what);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_button), self, 0);
}

static void
add_decide_buttons (LkTicketView *self)
{
  LkState state = self->ticket->submission_state;

  if (lk_ticket_may_decide (state, state))
    {
      GtkWidget *button = add_button (self, _("Leave it as it is"), NULL);

      g_signal_connect_object (button, "clicked", G_CALLBACK (on_turn_down), self, 0);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (decide_buttons); i++)
    if (decide_buttons[i].to != state && lk_ticket_may_decide (state, decide_buttons[i].to))
      add_step_button (self, &decide_buttons[i]);
}

/* Where a lead decides about the photo, resolving without a decision is not offered. */
static void
show_buttons (LkTicketView *self)
{
  gboolean decides = self->ticket->submission != NULL && lk_desk_may_step (self->desk, self->ticket, LK_TICKET_STEP_DECIDE);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->buttons))) != NULL)
    gtk_box_remove (self->buttons, child);
  for (gsize i = 0; i < G_N_ELEMENTS (plain_buttons); i++)
    if (lk_desk_may_step (self->desk, self->ticket, plain_buttons[i].step) &&
        !(decides && plain_buttons[i].step == LK_TICKET_STEP_RESOLVE))
      add_step_button (self, &plain_buttons[i]);
  if (decides && !self->ticket->involved)
    add_decide_buttons (self);
  gtk_widget_set_visible (self->answer, gtk_widget_get_first_child (GTK_WIDGET (self->buttons)) != NULL);
}

/* -- what is shown -- */

static GtkWidget *
make_text (const char *text,
           const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  g_object_set (label, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

/* What the student asked stands above already. */
static GtkWidget *
make_note_row (LkTicketView       *self,
               const LkTicketNote *note)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *when = lk_time_text_moment (note->at);
  g_autofree char *title = g_strdup_printf ("%s %s · %s", lk_ticket_by_text (note), lk_ticket_step_text (note->step), when);

  g_object_set (box, "margin-top", 8, "margin-bottom", 8, "margin-start", 12, "margin-end", 12, NULL);
  gtk_box_append (GTK_BOX (box), make_text (title, "quiet"));
  if (note->text[0] != '\0' && g_strcmp0 (note->text, self->ticket->text) != 0)
    gtk_box_append (GTK_BOX (box), make_text (note->text, NULL));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
show_notes (LkTicketView *self)
{
  GtkListBoxRow *old;

  while ((old = gtk_list_box_get_row_at_index (self->notes, 0)) != NULL)
    gtk_list_box_remove (self->notes, GTK_WIDGET (old));
  for (guint i = 0; i < self->ticket->notes->len; i++)
    gtk_list_box_append (self->notes, make_note_row (self, self->ticket->notes->pdata[i]));
}

/* -- pictures -- */

/* A picture as large as the window has room for: a face cannot be judged in a small one. */
static void
show_large (LkTicketView *self,
            const char   *hash,
            const char   *title)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *window = adw_window_new (), *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *photo = g_object_new (LK_TYPE_THUMBNAIL, "vexpand", TRUE, "hexpand", TRUE, NULL);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  int height = MAX (LARGE_HEIGHT_MIN, gtk_widget_get_height (GTK_WIDGET (parent)) - LARGE_AROUND);

  lk_thumbnail_set_photo (LK_THUMBNAIL (photo), self->textures, hash, title);
  gtk_box_append (GTK_BOX (content), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (content), photo);
  adw_window_set_content (ADW_WINDOW (window), content);
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_default_size (GTK_WINDOW (window), height * PICTURE_WIDTH / PICTURE_HEIGHT, height);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_picture (LkTicketView    *self,
            GtkFlowBoxChild *child)
{
  show_large (self, g_object_get_data (G_OBJECT (child), "hash"), g_object_get_data (G_OBJECT (child), "title"));
}

static void
add_picture (LkTicketView *self,
             const char   *hash,
             const char   *title)
{
  GtkWidget *child = gtk_flow_box_child_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *label = make_text (title, "quiet");
  GtkWidget *photo = g_object_new (LK_TYPE_THUMBNAIL, "width-request", PICTURE_WIDTH, "height-request", PICTURE_HEIGHT, NULL);

  lk_thumbnail_set_photo (LK_THUMBNAIL (photo), self->textures, hash, title);
  g_object_set (label, "max-width-chars", 20, NULL);
  gtk_box_append (GTK_BOX (box), photo);
  gtk_box_append (GTK_BOX (box), label);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  gtk_widget_set_cursor_from_name (child, "pointer");
  gtk_widget_set_tooltip_text (child, _("Show it larger"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (child), "hash", g_strdup (hash), g_free);
  g_object_set_data_full (G_OBJECT (child), "title", g_strdup (title), g_free);
  gtk_flow_box_append (self->pictures, child);
}

static void
show_pictures (LkTicketView *self)
{
  GtkFlowBoxChild *old;

  while ((old = gtk_flow_box_get_child_at_index (self->pictures, 0)) != NULL)
    gtk_flow_box_remove (self->pictures, GTK_WIDGET (old));
  if (self->photo != NULL)
    add_picture (self, self->photo, _("The photo in question"));
  for (guint i = 0; i < self->ticket->pictures->len; i++)
    {
      const LkTicketPicture *picture = self->ticket->pictures->pdata[i];

      add_picture (self, picture->picture->sha256, lk_ticket_kind_text (picture->kind));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->pictures), gtk_flow_box_get_child_at_index (self->pictures, 0) != NULL);
}

/* What a student attached may be another photo: the one that is decided on is asked for, as long as it is the latest. */
static void
on_students (GObject      *desk,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (LkTicketView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) students = lk_desk_students_finish (LK_DESK (desk), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (students == NULL)
    {
      lk_status_line_set_text (self->message, lk_error_text_for (error), TRUE);
      return;
    }
  for (guint i = 0; i < students->len; i++)
    {
      const LkStudentEntry *student = students->pdata[i];

      if (student->id != self->ticket->student->id || g_strcmp0 (student->submission, self->ticket->submission) != 0)
        continue;
      self->photo = g_strdup (student->photo);
      show_pictures (self);
      return;
    }
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

/* What was decided about the photo, by whom, and why; and why no decision is offered to who reads it. */
static void
show_decision (LkTicketView *self)
{
  const LkStandingDecision *decision = self->ticket->decision;
  g_autofree char *when = decision != NULL ? lk_time_text_moment (decision->at) : NULL;
  g_autofree char *why = decision != NULL ? lk_verdict_dup_reasons (decision, lk_desk_get_reasons (self->desk)) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (decision != NULL)
    /* Translators: of the photo a request is about: what was decided, by whom, when, and the reasons: "Returned by 王*, today 10:05: …" */
    g_string_append_printf (text, _("%s by %s, %s: %s"), lk_verdict_get_short (decision->verdict), decision->by, when, why);
  if (self->ticket->involved && lk_desk_may_step (self->desk, self->ticket, LK_TICKET_STEP_DECIDE))
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", lk_error_text (LK_ERROR_INVOLVED));
  gtk_label_set_text (self->decision, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->decision), text->len > 0);
}

static void
show_ticket (LkTicketView *self)
{
  g_autofree char *who = who_text (self->ticket);

  gtk_label_set_text (self->title, lk_ticket_type_text (self->ticket->type));
  gtk_label_set_text (self->who, who);
  gtk_label_set_text (self->words, self->ticket->text != NULL ? self->ticket->text : "");
  show_decision (self);
  show_pictures (self);
  show_notes (self);
  show_buttons (self);
  gtk_widget_set_visible (self->history, TRUE);
  gtk_widget_set_visible (self->box, TRUE);
}

/* Nothing is there to be shown but why. */
static void
show_failure (LkTicketView *self,
              const char   *text)
{
  gtk_label_set_text (self->title, text);
  gtk_label_set_text (self->who, "");
  gtk_label_set_text (self->words, "");
  gtk_widget_set_visible (GTK_WIDGET (self->decision), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->pictures), FALSE);
  gtk_widget_set_visible (self->history, FALSE);
  gtk_widget_set_visible (self->answer, FALSE);
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
  if (ticket == NULL && self->ticket == NULL)
    show_failure (self, lk_error_text_for (error));
  else if (ticket == NULL)
    lk_status_line_set_text (self->message, lk_error_text_for (error), TRUE);
  if (ticket == NULL)
    return;
  g_clear_pointer (&self->ticket, lk_ticket_free);
  self->ticket = ticket;
  show_ticket (self);
  if (ticket->submission != NULL && self->photo == NULL)
    lk_desk_find_students_async (self->desk, ticket->student->number, self->asking, on_students, g_object_ref (self));
}

static void
ask_ticket (LkTicketView *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  if (self->id == NULL || self->desk == NULL)
    return;
  self->asking = g_cancellable_new ();
  lk_desk_ticket_async (self->desk, self->id, self->asking, on_ticket, g_object_ref (self));
}

static void
forget (LkTicketView *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->photo, g_free);
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
      lk_status_line_set_text (self->message, "", FALSE);
      change_draft (self, id);
    }
  forget (self);
  self->id = self->desk != NULL ? g_strdup (id) : NULL;
  ask_ticket (self);
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
  gtk_widget_class_bind_template_child (widget_class, LkTicketView, decision);
  gtk_widget_class_bind_template_child (widget_class, LkTicketView, pictures);
  gtk_widget_class_bind_template_child (widget_class, LkTicketView, history);
  gtk_widget_class_bind_template_child (widget_class, LkTicketView, notes);
  gtk_widget_class_bind_template_child (widget_class, LkTicketView, answer);
  gtk_widget_class_bind_template_child (widget_class, LkTicketView, text);
  gtk_widget_class_bind_template_child (widget_class, LkTicketView, buttons);
  gtk_widget_class_bind_template_child (widget_class, LkTicketView, message);
  gtk_widget_class_bind_template_callback (widget_class, on_picture);
}

static void
lk_ticket_view_init (LkTicketView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_set_visible (self->box, FALSE);
}
