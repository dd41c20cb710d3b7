/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/reason-dialog.h"

#include <string.h>

#include <glib/gi18n.h>

#include "core/note.h"
#include "ui/reason-preview.h"
#include "ui/reason-row.h"
#include "ui/status-line.h"
#include "ui/template.h"
#include "ui/verdict-text.h"

enum { N_DIGITS = 9 };

struct _LkReasonDialog
{
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkLabel *hint;
  GtkLabel *failures;
  GtkScrolledWindow *scroller;
  GtkListBox *list;
  GtkLabel *note_label;
  GtkLabel *counter;
  GtkTextView *note;
  LkStatusLine *problem;
  GtkWidget *preview_box;
  GtkLabel *preview;
  GtkButton *confirm;
  GtkLabel *confirm_label;

  LkReasonCatalogue *catalogue;
  LkSubmission *submission;
  LkVerdict verdict;
  char *input;
  const LkReason *own;          /* of the catalogue: the one it was opened with, first in the list; or NULL */
  guint n_suggested;            /* behind it */
  GPtrArray *rows;              /* of LkReasonRow, borrowed from the list; made once, reused */
  GPtrArray *chosen;            /* of const LkReason, in the order chosen */
};

G_DEFINE_FINAL_TYPE (LkReasonDialog, lk_reason_dialog, GTK_TYPE_WIDGET)

enum { CONFIRMED, CANCELLED, N_SIGNALS };
static guint signals[N_SIGNALS];

LkSubmission *
lk_reason_dialog_get_submission (LkReasonDialog *self)
{
  g_return_val_if_fail (LK_IS_REASON_DIALOG (self), NULL);

  return self->submission;
}

LkVerdict
lk_reason_dialog_get_verdict (LkReasonDialog *self)
{
  g_return_val_if_fail (LK_IS_REASON_DIALOG (self), LK_VERDICT_APPROVE);

  return self->verdict;
}

const char *
lk_reason_dialog_get_input (LkReasonDialog *self)
{
  g_return_val_if_fail (LK_IS_REASON_DIALOG (self), NULL);

  return self->input;
}

static guint
count_own (LkReasonDialog *self)
{
  return self->own != NULL ? 1 : 0;
}

/* What Enter would send: what was chosen; else the first reason the checks suggest. Of borrowed LkReason. */
static GPtrArray *
list_effective (LkReasonDialog *self)
{
  GPtrArray *reasons = g_ptr_array_new ();

  for (guint i = 0; i < self->chosen->len; i++)
    g_ptr_array_add (reasons, self->chosen->pdata[i]);
  if (reasons->len == 0 && self->n_suggested > 0)
    g_ptr_array_add (reasons, (gpointer) lk_reason_row_get_reason (self->rows->pdata[count_own (self)]));
  return reasons;
}

char **
lk_reason_dialog_dup_reasons (LkReasonDialog *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GPtrArray) reasons = NULL;

  g_return_val_if_fail (LK_IS_REASON_DIALOG (self), NULL);

  reasons = list_effective (self);
  for (guint i = 0; i < reasons->len; i++)
    g_strv_builder_add (builder, ((const LkReason *) reasons->pdata[i])->code);
  return g_strv_builder_end (builder);
}

char *
lk_reason_dialog_dup_note (LkReasonDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->note);
  GtkTextIter start, end;

  g_return_val_if_fail (LK_IS_REASON_DIALOG (self), NULL);

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

const char *
lk_reason_dialog_get_problem (LkReasonDialog *self)
{
  g_return_val_if_fail (LK_IS_REASON_DIALOG (self), NULL);

  return lk_status_line_get_text (self->problem);
}

static gboolean
needs_note (LkReasonDialog *self)
{
  g_autoptr (GPtrArray) reasons = list_effective (self);

  if (self->verdict == LK_VERDICT_APPROVE)
    return TRUE;
  for (guint i = 0; i < reasons->len; i++)
    if (((const LkReason *) reasons->pdata[i])->needs_note)
      return TRUE;
  return FALSE;
}

/* What the note itself does wrong, said while it is written; NULL for nothing. */
static const char *
note_problem (const char *note)
{
  switch (lk_note_check (note))
    {
    case LK_NOTE_TOO_LONG:
      return _("The note may have at most 200 characters.");
    case LK_NOTE_ID_NUMBER:
      return _("The note must not contain an ID number.");
    case LK_NOTE_OK:
    default:
      return NULL;
    }
}

static const char *
find_problem (LkReasonDialog *self,
              const char     *note)
{
  const char *problem = note_problem (note);

  if (problem != NULL)
    return problem;
  if (self->verdict != LK_VERDICT_APPROVE && self->chosen->len == 0 && self->n_suggested == 0)
    return _("Please choose at least one reason.");
  if (note[0] == '\0' && self->verdict == LK_VERDICT_APPROVE)
    return _("Please write why this photo may pass although a check failed.");
  if (note[0] == '\0' && needs_note (self))
    return _("This reason needs a note.");
  return NULL;
}

static void
show_note_label (LkReasonDialog *self)
{
  const char *text;

  if (self->verdict == LK_VERDICT_APPROVE)
    text = _("Note (needed, kept with the decision)");
  else if (needs_note (self))
    text = _("Note (needed, the student reads it)");
  else
    text = _("Note (optional, the student reads it)");
  gtk_label_set_text (self->note_label, text);
}

static void
show_preview (LkReasonDialog *self,
              const char     *note)
{
  GPtrArray *checks = lk_submission_get_checks (self->submission);
  g_autoptr (GPtrArray) reasons = list_effective (self);
  g_autofree char *text = lk_reason_preview (reasons, checks, note);

  gtk_label_set_text (self->preview, text);
}

static void
update (LkReasonDialog *self)
{
  g_autofree char *note = lk_reason_dialog_dup_note (self);
  g_autofree char *counter = g_strdup_printf ("%ld/%d", g_utf8_strlen (note, -1), LK_NOTE_MAX_CHARACTERS);
  const char *problem = note_problem (note);

  gtk_label_set_text (self->counter, counter);
  lk_status_line_set_text (self->problem, problem != NULL ? problem : "", problem != NULL);
  show_note_label (self);
  show_preview (self, note);
}

static void
show_ranks (LkReasonDialog *self)
{
  g_autoptr (GPtrArray) reasons = list_effective (self);

  for (guint i = 0; i < self->rows->len; i++)
    {
      guint rank = 0;

      if (g_ptr_array_find (reasons, lk_reason_row_get_reason (self->rows->pdata[i]), &rank))
        rank++;
      lk_reason_row_set_rank (self->rows->pdata[i], rank);
    }
}

void
lk_reason_dialog_toggle (LkReasonDialog *self,
                         guint           position)
{
  LkReasonRow *row;
  gpointer reason;

  g_return_if_fail (LK_IS_REASON_DIALOG (self));

  if (position >= self->rows->len || !gtk_widget_get_visible (self->rows->pdata[position]))
    return;
  row = self->rows->pdata[position];
  reason = (gpointer) lk_reason_row_get_reason (row);
  if (!g_ptr_array_remove (self->chosen, reason))
    {
      if (self->chosen->len >= LK_DECISION_MAX_REASONS)
        {
          lk_status_line_set_text (self->problem, _("At most three reasons; take one away first."), TRUE);
          return;
        }
      g_ptr_array_add (self->chosen, reason);
    }
  show_ranks (self);
  update (self);
}

void
lk_reason_dialog_confirm (LkReasonDialog *self)
{
  g_autofree char *note = lk_reason_dialog_dup_note (self);
  const char *problem = find_problem (self, note);

  g_return_if_fail (LK_IS_REASON_DIALOG (self));

  if (problem != NULL)
    {
      lk_status_line_set_text (self->problem, problem, TRUE);
      if (self->chosen->len > 0 || self->n_suggested > 0 || self->verdict == LK_VERDICT_APPROVE)
        gtk_widget_grab_focus (GTK_WIDGET (self->note));
      return;
    }
  g_signal_emit (self, signals[CONFIRMED], 0);
}

static void
on_row_activated (LkReasonDialog *self,
                  GtkListBoxRow  *row)
{
  lk_reason_dialog_toggle (self, gtk_list_box_row_get_index (row));
}

static void
on_cancel_clicked (LkReasonDialog *self)
{
  g_signal_emit (self, signals[CANCELLED], 0);
}

static void
on_confirm_clicked (LkReasonDialog *self)
{
  lk_reason_dialog_confirm (self);
}

static LkReasonRow *
get_row (LkReasonDialog *self,
         guint           position)
{
  GtkWidget *row;

  if (position < self->rows->len)
    {
      gtk_widget_set_visible (self->rows->pdata[position], TRUE);
      return self->rows->pdata[position];
    }
  row = lk_reason_row_new ();
  gtk_list_box_append (self->list, row);
  g_ptr_array_add (self->rows, row);
  return LK_REASON_ROW (row);
}

static void
put_own_first (LkReasonDialog *self,
               GPtrArray      *reasons)
{
  guint place;

  if (self->own == NULL || !g_ptr_array_find (reasons, self->own, &place))
    return;
  g_ptr_array_remove_index (reasons, place);
  g_ptr_array_insert (reasons, 0, (gpointer) self->own);
  if (place < self->n_suggested)
    self->n_suggested--;
}

static void
show_reasons (LkReasonDialog *self)
{
  GPtrArray *checks = lk_submission_get_checks (self->submission);
  g_autoptr (GPtrArray) reasons = NULL;
  guint n_rows = 0;

  self->n_suggested = 0;
  if (self->verdict != LK_VERDICT_APPROVE)
    {
      reasons = lk_reason_catalogue_list (self->catalogue, self->verdict, checks, &self->n_suggested);
      put_own_first (self, reasons);
      for (; n_rows < reasons->len; n_rows++)
        {
          const LkReason *reason = reasons->pdata[n_rows];
          g_autofree char *measured = lk_reason_measured_text (reason, checks);

          lk_reason_row_set_reason (get_row (self, n_rows), reason, n_rows < N_DIGITS ? n_rows + 1 : 0, measured);
        }
    }
  for (guint i = n_rows; i < self->rows->len; i++)
    gtk_widget_set_visible (self->rows->pdata[i], FALSE);
  gtk_list_box_invalidate_headers (self->list);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static GtkWidget *
make_header (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "section");
  gtk_widget_add_css_class (label, "reason-heading");
  return label;
}

/* What it was opened with, the suggested ones and the others have a heading each. */
static void
update_header (GtkListBoxRow *row,
               GtkListBoxRow *before,
               gpointer       user_data)
{
  LkReasonDialog *self = user_data;
  guint position = gtk_list_box_row_get_index (row);
  guint n_own = count_own (self), n_before = n_own + self->n_suggested;
  const char *text = NULL;

  if (position < n_own)
    text = _("What you saw");
  else if (self->n_suggested > 0 && position == n_own)
    text = _("Suggested by the checks");
  else if (n_before > 0 && position == n_before)
    text = _("Other reasons");
  gtk_list_box_row_set_header (row, text != NULL ? make_header (text) : NULL);
}

/* Against what an approval would be: the checks that failed, one a line. */
static void
show_failures (LkReasonDialog *self)
{
  GPtrArray *checks = lk_submission_get_checks (self->submission);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < checks->len; i++)
    {
      LkCheck *check = checks->pdata[i];
      g_autofree char *title = NULL;
      g_autofree char *measured = NULL;

      if (lk_check_get_outcome (check) != LK_OUTCOME_FAIL)
        continue;
      title = lk_check_dup_title (check);
      measured = lk_check_measured_text (check);
      g_string_append_printf (text, "%s%s  %s", text->len > 0 ? "\n" : "", title, measured);
    }
  gtk_label_set_text (self->failures, text->str);
}

static void
show_words (LkReasonDialog *self)
{
  const char *name = lk_submission_get_name (self->submission);
  const char *verb = lk_verdict_get_button (self->verdict);
  gboolean approve = self->verdict == LK_VERDICT_APPROVE;
  /* Translators: title of the reason picker: what is done, and the student's masked name: "Return · 张*" */
  g_autofree char *title = g_strdup_printf (_("%s · %s"), verb, name);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->hint, approve ? _("A check failed. Approving all the same needs a note.")
                                          : self->own != NULL ? _("Enter takes the chosen reason; digits choose more.")
                                          : self->n_suggested > 0 ? _("Enter takes the suggested reason; digits choose one to three others.")
                                                                  : _("Choose one to three reasons; the first one is the main one."));
  gtk_label_set_text (self->confirm_label, verb);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->confirm), GTK_ACCESSIBLE_PROPERTY_LABEL, verb,
                                  GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, "Enter", -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_visible (self->preview_box, !approve);
  gtk_widget_set_visible (GTK_WIDGET (self->scroller), !approve);
  gtk_widget_set_visible (GTK_WIDGET (self->failures), approve);
  show_failures (self);
}

static void
open_with (LkReasonDialog    *self,
           LkReasonCatalogue *catalogue,
           LkSubmission      *submission,
           LkVerdict          verdict,
           const LkReason    *own,
           const char        *input)
{
  g_clear_pointer (&self->catalogue, lk_reason_catalogue_unref);
  self->catalogue = lk_reason_catalogue_ref (catalogue);
  g_set_object (&self->submission, submission);
  self->verdict = verdict;
  self->own = own;
  g_free (self->input);
  self->input = g_strdup (input);
  g_ptr_array_set_size (self->chosen, 0);
  if (own != NULL)
    g_ptr_array_add (self->chosen, (gpointer) own);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->note), "", -1);
  show_reasons (self);
  show_words (self);
  show_ranks (self);
  update (self);
  gtk_widget_grab_focus (verdict == LK_VERDICT_APPROVE ? GTK_WIDGET (self->note) : self->rows->pdata[0]);
}

void
lk_reason_dialog_open (LkReasonDialog    *self,
                       LkReasonCatalogue *catalogue,
                       LkSubmission      *submission,
                       LkVerdict          verdict,
                       const char        *input)
{
  g_return_if_fail (LK_IS_REASON_DIALOG (self));
  g_return_if_fail (LK_IS_SUBMISSION (submission));

  open_with (self, catalogue, submission, verdict, NULL, input);
}

void
lk_reason_dialog_open_own (LkReasonDialog    *self,
                           LkReasonCatalogue *catalogue,
                           LkSubmission      *submission,
                           const LkReason    *reason,
                           const char        *input)
{
  g_return_if_fail (LK_IS_REASON_DIALOG (self));
  g_return_if_fail (LK_IS_SUBMISSION (submission));

  open_with (self, catalogue, submission, reason->verdict, reason, input);
}

static int
digit_of (guint keyval)
{
  if (keyval >= GDK_KEY_1 && keyval <= GDK_KEY_9)
    return keyval - GDK_KEY_0;
  if (keyval >= GDK_KEY_KP_1 && keyval <= GDK_KEY_KP_9)
    return keyval - GDK_KEY_KP_0;
  return 0;
}

static gboolean
is_enter (guint keyval)
{
  return keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter;
}

/* Keys nobody inside has used: those typed into the note never come here. */
static gboolean
on_key (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        LkReasonDialog        *self)
{
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK))
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Escape)
    g_signal_emit (self, signals[CANCELLED], 0);
  else if (digit_of (keyval) > 0)
    lk_reason_dialog_toggle (self, digit_of (keyval) - 1);
  else if (is_enter (keyval))
    lk_reason_dialog_confirm (self);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* Enter on a row confirms, as everywhere in the dialog; Space chooses the row. */
static gboolean
on_list_key (GtkEventControllerKey *controller,
             guint                  keyval,
             guint                  keycode,
             GdkModifierType        state,
             LkReasonDialog        *self)
{
  if (!is_enter (keyval))
    return GDK_EVENT_PROPAGATE;
  lk_reason_dialog_confirm (self);
  return GDK_EVENT_STOP;
}

/* Enter in the note confirms too, unless an input method is still composing. */
static gboolean
on_note_key (GtkEventControllerKey *controller,
             guint                  keyval,
             guint                  keycode,
             GdkModifierType        state,
             LkReasonDialog        *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));

  if (!is_enter (keyval) || (state & GDK_SHIFT_MASK))
    return GDK_EVENT_PROPAGATE;
  if (!gtk_text_view_im_context_filter_keypress (self->note, event))
    lk_reason_dialog_confirm (self);
  return GDK_EVENT_STOP;
}

static void
lk_reason_dialog_dispose (GObject *object)
{
  LkReasonDialog *self = LK_REASON_DIALOG (object);

  lk_template_dispose (GTK_WIDGET (self), LK_TYPE_REASON_DIALOG);
  g_clear_object (&self->submission);
  g_clear_pointer (&self->catalogue, lk_reason_catalogue_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->chosen, g_ptr_array_unref);
  g_clear_pointer (&self->input, g_free);

  G_OBJECT_CLASS (lk_reason_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/reason-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LkReasonDialog, title);
  gtk_widget_class_bind_template_child (widget_class, LkReasonDialog, hint);
  gtk_widget_class_bind_template_child (widget_class, LkReasonDialog, failures);
  gtk_widget_class_bind_template_child (widget_class, LkReasonDialog, scroller);
  gtk_widget_class_bind_template_child (widget_class, LkReasonDialog, list);
  gtk_widget_class_bind_template_child (widget_class, LkReasonDialog, note_label);
  gtk_widget_class_bind_template_child (widget_class, LkReasonDialog, counter);
  gtk_widget_class_bind_template_child (widget_class, LkReasonDialog, note);
  gtk_widget_class_bind_template_child (widget_class, LkReasonDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, LkReasonDialog, preview_box);
  gtk_widget_class_bind_template_child (widget_class, LkReasonDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, LkReasonDialog, confirm);
  gtk_widget_class_bind_template_child (widget_class, LkReasonDialog, confirm_label);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm_clicked);
}

static void
lk_reason_dialog_class_init (LkReasonDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_reason_dialog_dispose;

  signals[CONFIRMED] = g_signal_new ("confirmed", LK_TYPE_REASON_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);
  signals[CANCELLED] = g_signal_new ("cancelled", LK_TYPE_REASON_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);

  g_type_ensure (LK_TYPE_STATUS_LINE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  bind_template (widget_class);
}

static void
add_keys (LkReasonDialog *self,
          GtkWidget      *widget,
          GtkPropagationPhase phase,
          GCallback       callback)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, phase);
  g_signal_connect (keys, "key-pressed", callback, self);
  gtk_widget_add_controller (widget, keys);
}

static void
lk_reason_dialog_init (LkReasonDialog *self)
{
  self->rows = g_ptr_array_new ();
  self->chosen = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, update_header, self, NULL);
  g_signal_connect_swapped (gtk_text_view_get_buffer (self->note), "changed", G_CALLBACK (update), self);
  add_keys (self, GTK_WIDGET (self), GTK_PHASE_BUBBLE, G_CALLBACK (on_key));
  add_keys (self, GTK_WIDGET (self->list), GTK_PHASE_CAPTURE, G_CALLBACK (on_list_key));
  add_keys (self, GTK_WIDGET (self->note), GTK_PHASE_BUBBLE, G_CALLBACK (on_note_key));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_MODAL, TRUE, -1);
}

GtkWidget *
lk_reason_dialog_new (void)
{
  return g_object_new (LK_TYPE_REASON_DIALOG, NULL);
}
