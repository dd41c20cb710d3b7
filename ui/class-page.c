/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/class-page.h"

#include <glib/gi18n.h>

#include "ui/desk-text.h"
#include "ui/error-text.h"
#include "ui/status-line.h"
#include "ui/student-panel.h"
#include "ui/template.h"
#include "ui/thumbnail.h"

enum { PHOTO_WIDTH = 48, PHOTO_HEIGHT = 64 };

struct _LkClassPage
{
  GtkWidget parent_instance;

  GtkListBox *classes;
  GtkLabel *title;
  GtkLabel *figures;
  GtkToggleButton *all;
  GtkToggleButton *missing;
  GtkButton *remind;
  GtkListBox *students;
  GtkLabel *empty;
  LkStatusLine *message;
  LkStudentPanel *panel;

  LkDesk *desk;
  LkTextures *textures;
  GPtrArray *class_list;        /* of LkClassProgress */
  GPtrArray *student_list;      /* of LkStudentEntry: of the class shown */
  char *shown_site, *shown_class;       /* NULL for none */
  gint64 shown_student;         /* LkStudentEntry.id; 0 for none */
  GCancellable *asking;
  gboolean is_filling;          /* rows are being made: their selection says nothing */
};

G_DEFINE_FINAL_TYPE (LkClassPage, lk_class_page, GTK_TYPE_WIDGET)

static void
clear_rows (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static GtkWidget *
make_label (const char *text,
            const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

/* -- students -- */

static GtkWidget *
make_student_row (LkClassPage          *self,
                  const LkStudentEntry *student)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *photo = g_object_new (LK_TYPE_THUMBNAIL, "width-request", PHOTO_WIDTH, "height-request", PHOTO_HEIGHT, NULL);
  const char *css, *state = lk_student_state_text (student, &css);
  g_autofree char *label = g_strdup_printf (_("Photo of %s"), student->name);
  /* Translators: a student in a list, for a screen reader: masked name, number, state */
  g_autofree char *spoken = g_strdup_printf (_("%s, %s: %s"), student->name, student->number, state);

  lk_thumbnail_set_photo (LK_THUMBNAIL (photo), self->textures, student->photo, label);
  gtk_box_append (GTK_BOX (words), make_label (student->name, "queue-name"));
  gtk_box_append (GTK_BOX (words), make_label (student->number, "quiet"));
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), photo);
  gtk_box_append (GTK_BOX (box), words);
  if (student->n_tickets > 0)
    {
      g_autofree char *tickets = g_strdup_printf (ngettext ("%d open request", "%d open requests", student->n_tickets),
                                                  student->n_tickets);

      gtk_box_append (GTK_BOX (box), make_label (tickets, "quiet"));
    }
  gtk_box_append (GTK_BOX (box), make_label (state, css));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data (G_OBJECT (row), "student", (gpointer) student);
  return row;
}

/* Makes the rows; the one of the student that was shown, else the first, NULL for none. */
static GtkListBoxRow *
fill_students (LkClassPage *self)
{
  gboolean only_missing = gtk_toggle_button_get_active (self->missing);
  GtkWidget *shown = NULL;

  clear_rows (self->students);
  for (guint i = 0; self->student_list != NULL && i < self->student_list->len; i++)
    {
      const LkStudentEntry *student = self->student_list->pdata[i];
      GtkWidget *row;

      if (only_missing && !lk_student_is_missing (student))
        continue;
      row = make_student_row (self, student);
      gtk_list_box_append (self->students, row);
      if (student->id == self->shown_student)
        shown = row;
    }
  return shown != NULL ? GTK_LIST_BOX_ROW (shown) : gtk_list_box_get_row_at_index (self->students, 0);
}

static void
show_student (LkClassPage   *self,
              GtkListBoxRow *row)
{
  const LkStudentEntry *student = row != NULL ? g_object_get_data (G_OBJECT (row), "student") : NULL;

  self->shown_student = student != NULL ? student->id : 0;
  lk_student_panel_set_student (self->panel, student);
}

/* The student that was shown stays, and so do the keyboard's place and what is seen of the list. */
static void
show_students (LkClassPage *self)
{
  gboolean has_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->students)) != NULL;
  GtkAdjustment *place = gtk_list_box_get_adjustment (self->students);
  double top = gtk_adjustment_get_value (place);
  GtkListBoxRow *row;
  guint n_missing = 0;

  self->is_filling = TRUE;
  row = fill_students (self);
  gtk_list_box_select_row (self->students, row);
  self->is_filling = FALSE;
  show_student (self, row);
  if (has_focus && row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  gtk_adjustment_set_value (place, top);
  for (guint i = 0; self->student_list != NULL && i < self->student_list->len; i++)
    n_missing += lk_student_is_missing (self->student_list->pdata[i]);
  gtk_widget_set_sensitive (GTK_WIDGET (self->remind), n_missing > 0);
  if (self->student_list == NULL)
    gtk_label_set_text (self->empty, self->class_list != NULL && self->class_list->len == 0 ? _("There is no class for you to see. The "
                                     "registrar sets which classes are yours.") : "");
  else
    gtk_label_set_text (self->empty, _("Everybody’s photo is complete."));
}

static void
on_student_selected (LkClassPage   *self,
                     GtkListBoxRow *row)
{
  if (!self->is_filling)
    show_student (self, row);
}

static void
on_students (GObject      *desk,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (LkClassPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) before = NULL;
  GPtrArray *students = lk_desk_students_finish (LK_DESK (desk), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  lk_status_line_set_text (self->message, error != NULL ? lk_error_text_for (error) : "", error != NULL);
  if (students == NULL)
    return;
  before = self->student_list;  /* until the rows do not point to it any more */
  self->student_list = students;
  show_students (self);
}

/* -- classes -- */

static void
stop_asking (LkClassPage *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

static void
forget_students (LkClassPage *self)
{
  clear_rows (self->students);
  lk_student_panel_set_student (self->panel, NULL);
  g_clear_pointer (&self->student_list, g_ptr_array_unref);
}

static void
on_class_selected (LkClassPage   *self,
                   GtkListBoxRow *row)
{
  const LkClassProgress *progress = row != NULL ? g_object_get_data (G_OBJECT (row), "class") : NULL;
  g_autofree char *figures = NULL;

  if (progress == NULL)
    return;
  if (g_strcmp0 (progress->class_name, self->shown_class) != 0 || g_strcmp0 (progress->site, self->shown_site) != 0)
    forget_students (self);
  g_free (self->shown_site);
  self->shown_site = g_strdup (progress->site);
  g_free (self->shown_class);
  self->shown_class = g_strdup (progress->class_name);
  /* Translators: of a class: its site, how many students, of them done, waiting, sent back, without a photo */
  figures = g_strdup_printf (_("%s · %d students: %d done, %d waiting, %d sent back, %d without a photo"), progress->site,
                             progress->n_students, progress->n_done, progress->n_waiting, progress->n_sent_back, progress->n_none);
  gtk_label_set_text (self->title, progress->class_name);
  gtk_label_set_text (self->figures, figures);
  stop_asking (self);
  self->asking = g_cancellable_new ();
  lk_desk_students_async (self->desk, progress->site, progress->class_name, self->asking, on_students, g_object_ref (self));
}

static GtkWidget *
make_class_row (const LkClassProgress *progress)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *bar = gtk_level_bar_new_for_interval (0, MAX (1, progress->n_students));
  int n_missing = progress->n_students - progress->n_done;
  /* Translators: under a class: how many are done of how many */
  g_autofree char *done = g_strdup_printf (_("%d of %d done"), progress->n_done, progress->n_students);
  g_autofree char *spoken = g_strdup_printf ("%s, %s: %s", progress->class_name, progress->site, done);

  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), progress->n_done);
  gtk_level_bar_add_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_LOW, 0);
  gtk_level_bar_add_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_HIGH, 0);
  gtk_level_bar_add_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_FULL, progress->n_students);
  gtk_box_append (GTK_BOX (box), make_label (progress->class_name, "queue-name"));
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), make_label (done, n_missing > 0 ? "quiet" : "pass"));
  gtk_widget_add_css_class (box, "class-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data (G_OBJECT (row), "class", (gpointer) progress);
  return row;
}

static gboolean
is_shown (LkClassPage           *self,
          const LkClassProgress *progress)
{
  return g_strcmp0 (progress->class_name, self->shown_class) == 0 && g_strcmp0 (progress->site, self->shown_site) == 0;
}

/* The class that was shown stays. */
static void
show_classes (LkClassPage *self)
{
  GtkListBoxRow *shown = NULL;

  for (guint i = 0; i < self->class_list->len; i++)
    {
      GtkWidget *row = make_class_row (self->class_list->pdata[i]);

      gtk_list_box_append (self->classes, row);
      if (is_shown (self, self->class_list->pdata[i]))
        shown = GTK_LIST_BOX_ROW (row);
    }
  if (shown == NULL)
    shown = gtk_list_box_get_row_at_index (self->classes, 0);
  gtk_list_box_select_row (self->classes, shown);
  if (shown == NULL)
    show_students (self);
}

static gboolean
lk_class_page_grab_focus (GtkWidget *widget)
{
  LkClassPage *self = LK_CLASS_PAGE (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->classes);

  return gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->classes));
}

static void
on_classes (GObject      *desk,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (LkClassPage) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *classes = lk_desk_classes_finish (LK_DESK (desk), result, &error);
  gboolean has_focus;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  lk_status_line_set_text (self->message, error != NULL ? lk_error_text_for (error) : "", error != NULL);
  if (classes == NULL)
    return;
  has_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->classes)) != NULL;
  clear_rows (self->classes);
  g_clear_pointer (&self->class_list, g_ptr_array_unref);
  self->class_list = classes;
  show_classes (self);
  if (has_focus)
    lk_class_page_grab_focus (GTK_WIDGET (self));
}

static void
refresh (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  LkClassPage *self = LK_CLASS_PAGE (widget);

  if (self->desk == NULL)
    return;
  stop_asking (self);
  self->asking = g_cancellable_new ();
  lk_desk_classes_async (self->desk, self->asking, on_classes, g_object_ref (self));
}

static void
on_remind (LkClassPage *self)
{
  g_autofree char *text = self->student_list != NULL ? lk_class_reminder_text (self->shown_class, self->student_list) : NULL;

  if (text == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  lk_status_line_set_text (self->message, _("The reminder is copied: paste it into the class group. Names and numbers in it are masked."),
                           FALSE);
}

/* -- the widget -- */

void
lk_class_page_set_desk (LkClassPage *self,
                        LkDesk      *desk,
                        LkTextures  *textures)
{
  g_return_if_fail (LK_IS_CLASS_PAGE (self));

  stop_asking (self);
  clear_rows (self->classes);
  forget_students (self);
  g_clear_pointer (&self->class_list, g_ptr_array_unref);
  g_clear_pointer (&self->shown_class, g_free);
  g_clear_pointer (&self->shown_site, g_free);
  gtk_label_set_text (self->title, "");
  gtk_label_set_text (self->figures, "");
  g_set_object (&self->desk, desk);
  g_set_object (&self->textures, textures);
  lk_student_panel_set_desk (self->panel, desk, textures);
  if (desk != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (GTK_WIDGET (self), NULL, NULL);
}

static void
lk_class_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lk_class_page_parent_class)->map (widget);
  refresh (widget, NULL, NULL);
}

static void
lk_class_page_dispose (GObject *object)
{
  LkClassPage *self = LK_CLASS_PAGE (object);

  if (self->classes != NULL)
    lk_class_page_set_desk (self, NULL, NULL);
  lk_template_dispose (GTK_WIDGET (self), LK_TYPE_CLASS_PAGE);

  G_OBJECT_CLASS (lk_class_page_parent_class)->dispose (object);
}

static void
lk_class_page_class_init (LkClassPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_class_page_dispose;
  widget_class->map = lk_class_page_map;
  widget_class->grab_focus = lk_class_page_grab_focus;

  g_type_ensure (LK_TYPE_STATUS_LINE);
  g_type_ensure (LK_TYPE_STUDENT_PANEL);
  gtk_widget_class_install_action (widget_class, "classes.refresh", NULL, refresh);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "classes.refresh", NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/class-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LkClassPage, classes);
  gtk_widget_class_bind_template_child (widget_class, LkClassPage, title);
  gtk_widget_class_bind_template_child (widget_class, LkClassPage, figures);
  gtk_widget_class_bind_template_child (widget_class, LkClassPage, all);
  gtk_widget_class_bind_template_child (widget_class, LkClassPage, missing);
  gtk_widget_class_bind_template_child (widget_class, LkClassPage, remind);
  gtk_widget_class_bind_template_child (widget_class, LkClassPage, students);
  gtk_widget_class_bind_template_child (widget_class, LkClassPage, empty);
  gtk_widget_class_bind_template_child (widget_class, LkClassPage, message);
  gtk_widget_class_bind_template_child (widget_class, LkClassPage, panel);
  gtk_widget_class_bind_template_callback (widget_class, on_class_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_student_selected);
  gtk_widget_class_bind_template_callback (widget_class, show_students);
  gtk_widget_class_bind_template_callback (widget_class, on_remind);
}

static void
lk_class_page_init (LkClassPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
