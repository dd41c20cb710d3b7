/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sheet-page.h"

#include <glib/gi18n.h>

#include "core/batch.h"
#include "core/fit.h"
#include "ui/sheet-item.h"
#include "ui/template.h"

enum
{
  SHEET_MARGIN = 24,            /* px around all photos */
  PHOTO_WIDTH_MAX = 360,
};

struct _LkSheetPage
{
  LkSidePage parent_instance;

  GtkWidget *box;
  GtkLabel *title;
  GtkScrolledWindow *scroller;
  GtkFlowBox *sheet;
  GtkWidget *empty;
  GtkLabel *approve_label;

  LkReview *review;
  LkTextures *textures;
  gint64 shown_at;              /* monotonic µs */
  guint fit_id;                 /* the photos are about to get another size */
};

G_DEFINE_FINAL_TYPE (LkSheetPage, lk_sheet_page, LK_TYPE_SIDE_PAGE)

GPtrArray *
lk_sheet_list (GListModel *queue)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (queue);

  for (guint i = 0; i < n && list->len < LK_BATCH_MAX; i++)
    {
      g_autoptr (LkSubmission) submission = g_list_model_get_item (queue, i);

      if (lk_submission_get_decision (submission) == NULL && !lk_submission_get_unsure (submission) &&
          lk_checks_allow_batch (lk_submission_get_checks (submission)))
        g_ptr_array_add (list, g_steal_pointer (&submission));
    }
  return list;
}

static LkSheetItem *
item_at (LkSheetPage *self,
         guint        position)
{
  return (LkSheetItem *) gtk_flow_box_get_child_at_index (self->sheet, (int) position);
}

guint
lk_sheet_page_get_n_items (LkSheetPage *self)
{
  guint n = 0;

  g_return_val_if_fail (LK_IS_SHEET_PAGE (self), 0);

  while (item_at (self, n) != NULL)
    n++;
  return n;
}

static GPtrArray *
list_chosen (LkSheetPage *self)
{
  GPtrArray *chosen = g_ptr_array_new ();
  LkSheetItem *item;

  for (guint i = 0; (item = item_at (self, i)) != NULL; i++)
    if (!lk_sheet_item_get_taken_out (item))
      g_ptr_array_add (chosen, lk_sheet_item_get_submission (item));
  return chosen;
}

guint
lk_sheet_page_get_n_chosen (LkSheetPage *self)
{
  g_autoptr (GPtrArray) chosen = NULL;

  g_return_val_if_fail (LK_IS_SHEET_PAGE (self), 0);

  chosen = list_chosen (self);
  return chosen->len;
}

static void
update (LkSheetPage *self)
{
  guint n_items = lk_sheet_page_get_n_items (self), n_chosen = lk_sheet_page_get_n_chosen (self);
  g_autofree char *title = g_strdup_printf (ngettext ("%u photo without any remark", "%u photos without any remark", n_items), n_items);
  g_autofree char *approve = g_strdup_printf (ngettext ("Approve %u", "Approve %u", n_chosen), n_chosen);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->approve_label, approve);
  gtk_widget_set_visible (GTK_WIDGET (self->sheet), n_items > 0);
  gtk_widget_set_visible (self->empty, n_items == 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sheet.approve", n_chosen > 0);
}

/* As large as all fit beside each other; where that is too small for a face, the sheet is scrolled. */
static gboolean
fit_photos (gpointer data)
{
  LkSheetPage *self = data;
  int n_items = (int) lk_sheet_page_get_n_items (self), columns = 1;
  int width = gtk_widget_get_width (GTK_WIDGET (self->scroller)) - SHEET_MARGIN;
  int height = gtk_widget_get_height (GTK_WIDGET (self->scroller)) - SHEET_MARGIN;
  int photo = lk_fit_sheet (n_items, width, height, LK_SHEET_ITEM_EXTRA_WIDTH, LK_SHEET_ITEM_EXTRA_HEIGHT, &columns);

  self->fit_id = 0;
  if (photo < LK_SHEET_ITEM_PHOTO_MIN)
    {
      photo = LK_SHEET_ITEM_PHOTO_MIN;
      columns = MAX (1, width / (photo + LK_SHEET_ITEM_EXTRA_WIDTH));
    }
  for (int i = 0; i < n_items; i++)
    lk_sheet_item_set_photo_width (item_at (self, (guint) i), MIN (photo, PHOTO_WIDTH_MAX));
  gtk_flow_box_set_min_children_per_line (self->sheet, 1);
  gtk_flow_box_set_max_children_per_line (self->sheet, (guint) columns);
  gtk_flow_box_set_min_children_per_line (self->sheet, (guint) columns);
  return G_SOURCE_REMOVE;
}

/* Not at once: this comes while sizes are being given. */
static void
fit_soon (LkSheetPage *self)
{
  if (self->fit_id == 0)
    self->fit_id = g_idle_add_full (GTK_PRIORITY_RESIZE - 1, fit_photos, self, NULL);
}

static void
clear_items (LkSheetPage *self)
{
  LkSheetItem *item;

  while ((item = item_at (self, 0)) != NULL)
    gtk_flow_box_remove (self->sheet, GTK_WIDGET (item));
}

void
lk_sheet_page_refresh (LkSheetPage *self)
{
  g_autoptr (GPtrArray) list = NULL;

  g_return_if_fail (LK_IS_SHEET_PAGE (self));

  clear_items (self);
  if (self->review == NULL)
    return;
  list = lk_sheet_list (G_LIST_MODEL (lk_review_get_queue (self->review)));
  for (guint i = 0; i < list->len; i++)
    gtk_flow_box_append (self->sheet, lk_sheet_item_new (list->pdata[i], self->textures));
  fit_photos (self);
  self->shown_at = g_get_monotonic_time ();
  update (self);
}

static void
on_activated (LkSheetPage     *self,
              GtkFlowBoxChild *child)
{
  lk_sheet_item_toggle (LK_SHEET_ITEM (child));
  update (self);
}

static void
on_toggle (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  LkSheetPage *self = LK_SHEET_PAGE (widget);
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->sheet));

  if (focus != NULL)
    on_activated (self, GTK_FLOW_BOX_CHILD (focus));
}

static void
on_approve (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  LkSheetPage *self = LK_SHEET_PAGE (widget);
  g_autoptr (GPtrArray) chosen = list_chosen (self);

  lk_review_approve_all (self->review, chosen, (int) MIN ((g_get_monotonic_time () - self->shown_at) / 1000, G_MAXINT));
  lk_side_page_close (LK_SIDE_PAGE (self));
}

void
lk_sheet_page_set_review (LkSheetPage *self,
                          LkReview    *review,
                          LkTextures  *textures)
{
  g_return_if_fail (LK_IS_SHEET_PAGE (self));

  clear_items (self);
  g_set_object (&self->review, review);
  g_set_object (&self->textures, textures);
}

static gboolean
lk_sheet_page_grab_focus (GtkWidget *widget)
{
  LkSheetPage *self = LK_SHEET_PAGE (widget);
  LkSheetItem *first = item_at (self, 0);

  return first != NULL ? gtk_widget_grab_focus (GTK_WIDGET (first))
                       : GTK_WIDGET_CLASS (lk_sheet_page_parent_class)->grab_focus (widget);
}

static void
lk_sheet_page_dispose (GObject *object)
{
  LkSheetPage *self = LK_SHEET_PAGE (object);

  g_clear_handle_id (&self->fit_id, g_source_remove);
  if (self->box != NULL)
    lk_sheet_page_set_review (self, NULL, NULL);
  lk_template_dispose (GTK_WIDGET (self), LK_TYPE_SHEET_PAGE);

  G_OBJECT_CLASS (lk_sheet_page_parent_class)->dispose (object);
}

static void
lk_sheet_page_class_init (LkSheetPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_sheet_page_dispose;
  widget_class->grab_focus = lk_sheet_page_grab_focus;

  gtk_widget_class_install_action (widget_class, "sheet.approve", NULL, on_approve);
  gtk_widget_class_install_action (widget_class, "sheet.toggle", NULL, on_toggle);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, 0, "sheet.approve", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_x, 0, "sheet.toggle", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/sheet-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LkSheetPage, box);
  gtk_widget_class_bind_template_child (widget_class, LkSheetPage, title);
  gtk_widget_class_bind_template_child (widget_class, LkSheetPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, LkSheetPage, sheet);
  gtk_widget_class_bind_template_child (widget_class, LkSheetPage, empty);
  gtk_widget_class_bind_template_child (widget_class, LkSheetPage, approve_label);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
}

static void
lk_sheet_page_init (LkSheetPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (self->scroller), "notify::page-size", G_CALLBACK (fit_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "notify::page-size", G_CALLBACK (fit_soon), self,
                           G_CONNECT_SWAPPED);
}
