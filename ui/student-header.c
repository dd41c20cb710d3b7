/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/student-header.h"

#include <glib/gi18n.h>

#include "ui/template.h"
#include "ui/time-text.h"

struct _LkStudentHeader
{
  GtkWidget parent_instance;

  GtkInscription *name;
  GtkInscription *number;
  GtkInscription *place;
  GtkInscription *times;
};

G_DEFINE_FINAL_TYPE (LkStudentHeader, lk_student_header, GTK_TYPE_WIDGET)

static char *
place_text (LkSubmission *submission)
{
  /* Translators: class, site and how many automatic checks the student has used: "会计学2班 · 合肥校本部 · try 2 of 10" */
  return g_strdup_printf (_("%s · %s · try %d of %d"), lk_submission_get_class_name (submission),
                          lk_submission_get_site (submission), lk_submission_get_tries_used (submission),
                          lk_submission_get_tries_allowed (submission));
}

static char *
times_text (LkSubmission *submission,
            gint64        now)
{
  g_autofree char *submitted = lk_time_text_submitted (lk_submission_get_submitted_at (submission), now);
  g_autofree char *due = lk_time_text_due (lk_submission_get_due_at (submission), now);

  return g_strdup_printf ("%s · %s", due, submitted);
}

void
lk_student_header_set_submission (LkStudentHeader *self,
                                  LkSubmission    *submission,
                                  gint64           now)
{
  g_autofree char *place = NULL;
  g_autofree char *times = NULL;

  g_return_if_fail (LK_IS_STUDENT_HEADER (self));
  g_return_if_fail (LK_IS_SUBMISSION (submission));

  place = place_text (submission);
  times = times_text (submission, now);
  gtk_inscription_set_text (self->name, lk_submission_get_name (submission));
  gtk_inscription_set_text (self->number, lk_submission_get_student_no (submission));
  gtk_inscription_set_text (self->place, place);
  gtk_inscription_set_text (self->times, times);
  if (lk_submission_get_due_at (submission) < now)
    gtk_widget_add_css_class (GTK_WIDGET (self->times), "warn");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->times), "warn");
}

/* Everything at full length, for what the lines had to cut off. */
static gboolean
lk_student_header_query_tooltip (GtkWidget  *widget,
                                 int         x,
                                 int         y,
                                 gboolean    keyboard,
                                 GtkTooltip *tooltip)
{
  LkStudentHeader *self = LK_STUDENT_HEADER (widget);
  g_autofree char *text = g_strdup_printf ("%s\n%s", gtk_inscription_get_text (self->place),
                                           gtk_inscription_get_text (self->times));

  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
lk_student_header_dispose (GObject *object)
{
  lk_template_dispose (GTK_WIDGET (object), LK_TYPE_STUDENT_HEADER);

  G_OBJECT_CLASS (lk_student_header_parent_class)->dispose (object);
}

static void
lk_student_header_class_init (LkStudentHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_student_header_dispose;
  widget_class->query_tooltip = lk_student_header_query_tooltip;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/student-header.ui");
  gtk_widget_class_bind_template_child (widget_class, LkStudentHeader, name);
  gtk_widget_class_bind_template_child (widget_class, LkStudentHeader, number);
  gtk_widget_class_bind_template_child (widget_class, LkStudentHeader, place);
  gtk_widget_class_bind_template_child (widget_class, LkStudentHeader, times);
}

static void
lk_student_header_init (LkStudentHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}
