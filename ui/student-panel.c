/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/student-panel.h"

#include <glib/gi18n.h>

#include "ui/desk-text.h"
#include "ui/error-text.h"
#include "ui/status-line.h"
#include "ui/template.h"
#include "ui/text-field.h"
#include "ui/thumbnail.h"
#include "ui/time-text.h"

struct _LkStudentPanel
{
  GtkWidget parent_instance;

  GtkWidget *box;
  LkThumbnail *photo;
  GtkLabel *name;
  GtkLabel *number;
  GtkLabel *state;
  GtkMenuButton *unmask_button;
  GtkPopover *unmask_popover;
  GtkEditable *unmask_reason;
  GtkMenuButton *correction_button;
  GtkPopover *correction_popover;
  GtkTextView *correction_text;
  LkStatusLine *message;

  LkDesk *desk;
  LkTextures *textures;
  LkStudentEntry student;       /* what is shown, without its texts */
  char *masked;                 /* its name */
  char *submission;
  guint mask_id;                /* when the name is masked again */
};

G_DEFINE_FINAL_TYPE (LkStudentPanel, lk_student_panel, GTK_TYPE_WIDGET)

static gboolean
mask_name (gpointer data)
{
  LkStudentPanel *self = data;

  self->mask_id = 0;
  gtk_label_set_text (self->name, self->masked != NULL ? self->masked : "");
  return G_SOURCE_REMOVE;
}

static void
mask_now (LkStudentPanel *self)
{
  g_clear_handle_id (&self->mask_id, g_source_remove);
  mask_name (self);
}

/* -- what is asked -- */

/* An answer that comes when somebody else is shown, or nobody, is for nobody. */
typedef struct
{
  LkStudentPanel *self;
  gint64 student;
} Question;

static Question *
question_new (LkStudentPanel *self)
{
  Question *question = g_new (Question, 1);

  *question = (Question) { g_object_ref (self), self->student.id };
  return question;
}

/* Frees it. The panel, when it still shows that student. */
static LkStudentPanel *
question_end (Question *question)
{
  LkStudentPanel *self = question->self;
  gboolean is_shown = self->desk != NULL && self->student.id == question->student;

  g_object_unref (self);
  g_free (question);
  return is_shown ? self : NULL;
}

static void
on_unmasked (GObject      *desk,
             GAsyncResult *result,
             gpointer      user_data)
{
  LkStudentPanel *self = question_end (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = lk_desk_unmask_finish (LK_DESK (desk), result, &error);

  if (self == NULL)
    return;
  if (name == NULL)
    {
      lk_status_line_set_text (self->message, lk_error_text_for (error), TRUE);
      return;
    }
  gtk_label_set_text (self->name, name);
  g_clear_handle_id (&self->mask_id, g_source_remove);
  self->mask_id = g_timeout_add_seconds (LK_DESK_UNMASKED_SECONDS, mask_name, self);
}

static void
on_unmask (LkStudentPanel *self)
{
  const char *reason = gtk_editable_get_text (self->unmask_reason);

  if (self->desk == NULL || *reason == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->unmask_reason));
      return;
    }
  lk_desk_unmask_async (self->desk, self->student.id, "name", reason, NULL, NULL, on_unmasked, question_new (self));
  gtk_popover_popdown (self->unmask_popover);
  gtk_editable_set_text (self->unmask_reason, "");
}

static void
on_started (GObject      *desk,
            GAsyncResult *result,
            gpointer      user_data)
{
  LkStudentPanel *self = question_end (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (LkTicket) ticket = lk_desk_ticket_finish (LK_DESK (desk), result, &error);

  if (self == NULL)
    return;
  if (ticket != NULL)
    {
      lk_text_field_set (self->correction_text, "");
      gtk_popover_popdown (self->correction_popover);
      lk_status_line_set_text (self->message, _("The desk has it now."), FALSE);
      gtk_widget_activate_action (GTK_WIDGET (self), "classes.refresh", NULL);  /* the student has an open request now */
    }
  else if (g_error_matches (error, LK_ERROR, LK_ERROR_STATE))
    lk_status_line_set_text (self->message, _("The desk is already working on a correction for this student."), TRUE);
  else if (g_error_matches (error, LK_ERROR, LK_ERROR_BAD_NOTE))
    lk_status_line_set_text (self->message, _("There is an ID number in the text, or it is too long."), TRUE);
  else
    lk_status_line_set_text (self->message, lk_error_text_for (error), TRUE);
}

static void
on_correction (LkStudentPanel *self)
{
  g_autofree char *text = lk_text_field_dup (self->correction_text);

  if (self->desk == NULL || *text == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->correction_text));
      return;
    }
  self->student.submission = self->submission;
  lk_desk_start_ticket_async (self->desk, &self->student, LK_TICKET_CORRECTION, text, NULL, on_started, question_new (self));
}

/* -- what is shown -- */

void
lk_student_panel_set_desk (LkStudentPanel *self,
                           LkDesk         *desk,
                           LkTextures     *textures)
{
  LkRole role = desk != NULL ? lk_desk_get_role (desk) : 0;

  g_return_if_fail (LK_IS_STUDENT_PANEL (self));

  lk_student_panel_set_student (self, NULL);
  g_set_object (&self->desk, desk);
  g_set_object (&self->textures, textures);
  gtk_widget_set_visible (GTK_WIDGET (self->unmask_button), (role & (LK_ROLE_ADVISER | LK_ROLE_LEAD | LK_ROLE_REGISTRAR)) != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->correction_button), (lk_ticket_roles_starting (LK_TICKET_CORRECTION) & role) != 0);
}

static char *
describe (const LkStudentEntry *student)
{
  g_autofree char *submitted = student->submission != NULL ? lk_time_text_submitted (student->submitted_at, g_get_real_time ()) : NULL;
  g_autoptr (GString) text = g_string_new (student->number);

  g_string_append_printf (text, " · %s", student->class_name);
  if (submitted != NULL)
    g_string_append_printf (text, "\n%s", submitted);
  if (student->n_tickets > 0)
    {
      g_string_append (text, submitted != NULL ? " · " : "\n");
      g_string_append_printf (text, ngettext ("%d open request", "%d open requests", student->n_tickets), student->n_tickets);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
lk_student_panel_set_student (LkStudentPanel       *self,
                              const LkStudentEntry *student)
{
  g_autofree char *words = student != NULL ? describe (student) : NULL;
  g_autofree char *label = NULL;
  gboolean is_same = student != NULL && student->id == self->student.id;

  g_return_if_fail (LK_IS_STUDENT_PANEL (self));

  gtk_widget_set_visible (self->box, student != NULL);
  g_clear_pointer (&self->masked, g_free);
  g_clear_pointer (&self->submission, g_free);
  self->student.id = student != NULL ? student->id : 0;
  if (student != NULL)
    {
      self->masked = g_strdup (student->name);
      self->submission = g_strdup (student->submission);
      label = g_strdup_printf (_("Photo of %s"), student->name);
      gtk_label_set_text (self->state, lk_student_state_text (student, NULL));
    }
  gtk_label_set_text (self->number, words != NULL ? words : "");
  lk_thumbnail_set_photo (self->photo, self->textures, student != NULL ? student->photo : NULL, label);
  if (is_same)
    return;
  mask_now (self);
  gtk_popover_popdown (self->correction_popover);
  lk_text_field_set (self->correction_text, "");
  gtk_editable_set_text (self->unmask_reason, "");
  lk_status_line_set_text (self->message, "", FALSE);
}

static void
lk_student_panel_dispose (GObject *object)
{
  LkStudentPanel *self = LK_STUDENT_PANEL (object);

  g_clear_handle_id (&self->mask_id, g_source_remove);
  g_clear_object (&self->desk);
  g_clear_object (&self->textures);
  g_clear_pointer (&self->masked, g_free);
  g_clear_pointer (&self->submission, g_free);
  lk_template_dispose (GTK_WIDGET (self), LK_TYPE_STUDENT_PANEL);

  G_OBJECT_CLASS (lk_student_panel_parent_class)->dispose (object);
}

static void
lk_student_panel_class_init (LkStudentPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_student_panel_dispose;

  g_type_ensure (LK_TYPE_STATUS_LINE);
  g_type_ensure (LK_TYPE_THUMBNAIL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "student-panel");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/student-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, LkStudentPanel, box);
  gtk_widget_class_bind_template_child (widget_class, LkStudentPanel, photo);
  gtk_widget_class_bind_template_child (widget_class, LkStudentPanel, name);
  gtk_widget_class_bind_template_child (widget_class, LkStudentPanel, number);
  gtk_widget_class_bind_template_child (widget_class, LkStudentPanel, state);
  gtk_widget_class_bind_template_child (widget_class, LkStudentPanel, unmask_button);
  gtk_widget_class_bind_template_child (widget_class, LkStudentPanel, unmask_popover);
  gtk_widget_class_bind_template_child (widget_class, LkStudentPanel, unmask_reason);
  gtk_widget_class_bind_template_child (widget_class, LkStudentPanel, correction_button);
  gtk_widget_class_bind_template_child (widget_class, LkStudentPanel, correction_popover);
  gtk_widget_class_bind_template_child (widget_class, LkStudentPanel, correction_text);
  gtk_widget_class_bind_template_child (widget_class, LkStudentPanel, message);
  gtk_widget_class_bind_template_callback (widget_class, on_unmask);
  gtk_widget_class_bind_template_callback (widget_class, on_correction);
}

static void
lk_student_panel_init (LkStudentPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (self->box, FALSE);
}
