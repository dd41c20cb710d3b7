/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/filmstrip.h"

#include "ui/after-paint.h"
#include "ui/queue-row.h"
#include "ui/template.h"

struct _LkFilmstrip
{
  GtkWidget parent_instance;

  GtkScrolledWindow *scroller;
  GtkListView *list;

  GtkSingleSelection *selection;
  LkReviewQueue *queue;
  LkTextures *textures;
  gint64 last_scroll;           /* frame in which it was asked for */
};

G_DEFINE_FINAL_TYPE (LkFilmstrip, lk_filmstrip, GTK_TYPE_WIDGET)

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          LkFilmstrip              *self)
{
  gtk_list_item_set_child (item, lk_queue_row_new ());
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         LkFilmstrip              *self)
{
  lk_queue_row_set_submission (LK_QUEUE_ROW (gtk_list_item_get_child (item)), self->textures,
                               gtk_list_item_get_item (item));
}

static void
on_unbind (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           LkFilmstrip              *self)
{
  lk_queue_row_set_submission (LK_QUEUE_ROW (gtk_list_item_get_child (item)), NULL, NULL);
}

/* The row of the list that shows this item, or NULL: the list has widgets only for what is near. */
static GtkWidget *
find_row (LkFilmstrip *self,
          guint        position)
{
  g_autoptr (LkSubmission) submission = g_list_model_get_item (G_LIST_MODEL (self->queue), position);
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  while (row != NULL && lk_queue_row_get_submission (LK_QUEUE_ROW (gtk_widget_get_first_child (row))) != submission)
    row = gtk_widget_get_next_sibling (row);
  return row;
}

static gboolean
is_in_sight (LkFilmstrip *self,
             guint        position)
{
  GtkWidget *row = find_row (self, position);
  graphene_rect_t bounds;

  return row != NULL && gtk_widget_compute_bounds (row, GTK_WIDGET (self->scroller), &bounds) && bounds.size.height > 0 &&
         bounds.origin.y >= 0 && bounds.origin.y + bounds.size.height <= (float) gtk_widget_get_height (GTK_WIDGET (self->scroller));
}

static gint64
current_frame (LkFilmstrip *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  return clock != NULL ? gdk_frame_clock_get_frame_counter (clock) : 0;
}

/* What was asked for in this frame or the one before may not be laid out yet, so the places of the rows say nothing. */
static gboolean
is_laid_out (LkFilmstrip *self)
{
  return current_frame (self) > self->last_scroll + 1;
}

static void
scroll_to (LkFilmstrip *self,
           guint        position)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->queue));

  if (position >= n_items)
    return;
  self->last_scroll = current_frame (self);
  /* first the one after, so that what comes next is always in sight */
  if (position + 1 < n_items)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position + 1);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

static void
select_position (LkFilmstrip *self)
{
  guint position = lk_review_queue_get_position (self->queue);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->queue));

  gtk_single_selection_set_selected (self->selection, position < n_items ? position : GTK_INVALID_LIST_POSITION);
}

static void
follow (GtkWidget *widget)
{
  LkFilmstrip *self = LK_FILMSTRIP (widget);
  guint position = lk_review_queue_get_position (self->queue);
  gboolean has_next = position + 1 < g_list_model_get_n_items (G_LIST_MODEL (self->queue));

  select_position (self);
  if (!is_laid_out (self) || !is_in_sight (self, position) || (has_next && !is_in_sight (self, position + 1)))
    scroll_to (self, position);
}

/* Another row selected is new styles, and scrolling is a layout of the whole window: the photo is shown first, in a frame without them. */
static void
on_position_changed (LkFilmstrip *self)
{
  lk_after_paint (GTK_WIDGET (self), follow);
}

/* The place may stay the same number and be another photo; the rows stand elsewhere from the next layout on. */
static void
on_items_changed (LkFilmstrip *self)
{
  select_position (self);
  scroll_to (self, lk_review_queue_get_position (self->queue));
}

static void
on_selected_changed (LkFilmstrip *self)
{
  guint selected = gtk_single_selection_get_selected (self->selection);

  /* what moves with the rows while the position is not followed yet is not a choice */
  if (lk_after_paint_is_wished (GTK_WIDGET (self)))
    return;
  if (selected != GTK_INVALID_LIST_POSITION && selected != lk_review_queue_get_position (self->queue))
    lk_review_queue_set_position (self->queue, selected);
}

static void
clear_queue (LkFilmstrip *self)
{
  lk_after_paint_forget (GTK_WIDGET (self));
  if (self->queue != NULL)
    g_signal_handlers_disconnect_by_data (self->queue, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->queue);
  g_clear_object (&self->textures);
}

void
lk_filmstrip_set_queue (LkFilmstrip   *self,
                        LkReviewQueue *queue,
                        LkTextures    *textures)
{
  g_return_if_fail (LK_IS_FILMSTRIP (self));

  clear_queue (self);
  if (queue == NULL)
    return;

  self->queue = g_object_ref (queue);
  self->textures = g_object_ref (textures);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (queue)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_swapped (queue, "notify::position", G_CALLBACK (on_position_changed), self);
  g_signal_connect_data (queue, "items-changed", G_CALLBACK (on_items_changed), self, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_swapped (self->selection, "notify::selected", G_CALLBACK (on_selected_changed), self);
  on_items_changed (self);
}

static void
lk_filmstrip_unrealize (GtkWidget *widget)
{
  if (lk_after_paint_forget (widget))
    select_position (LK_FILMSTRIP (widget));
  GTK_WIDGET_CLASS (lk_filmstrip_parent_class)->unrealize (widget);
}

static void
lk_filmstrip_dispose (GObject *object)
{
  LkFilmstrip *self = LK_FILMSTRIP (object);

  if (self->scroller != NULL)
    clear_queue (self);
  lk_template_dispose (GTK_WIDGET (self), LK_TYPE_FILMSTRIP);

  G_OBJECT_CLASS (lk_filmstrip_parent_class)->dispose (object);
}

static void
lk_filmstrip_class_init (LkFilmstripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_filmstrip_dispose;
  widget_class->unrealize = lk_filmstrip_unrealize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/filmstrip.ui");
  gtk_widget_class_bind_template_child (widget_class, LkFilmstrip, scroller);
  gtk_widget_class_bind_template_child (widget_class, LkFilmstrip, list);
}

static void
lk_filmstrip_init (LkFilmstrip *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, 0);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
}
