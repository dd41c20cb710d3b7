/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/photo-area.h"

#include "core/prefetch.h"
#include "ui/template.h"

struct _LkPhotoArea
{
  GtkWidget parent_instance;

  LkPhotoView *photo_view;
  GtkInscription *position;
  GtkInscription *zoom;

  LkTextures *textures;
  int box_width, box_height;    /* for which was prefetched, device px */
};

G_DEFINE_FINAL_TYPE (LkPhotoArea, lk_photo_area, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_SHOW_GRID, N_PROPS };
static GParamSpec *props[N_PROPS];

enum { PAINTED, BOX_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

void
lk_photo_area_set_textures (LkPhotoArea *self,
                            LkTextures  *textures)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  g_set_object (&self->textures, textures);
  lk_photo_view_set_textures (self->photo_view, textures);
}

void
lk_photo_area_set_spec (LkPhotoArea *self,
                        LkSpec      *spec)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  lk_photo_view_set_spec (self->photo_view, spec);
}

void
lk_photo_area_set_submission (LkPhotoArea  *self,
                              LkSubmission *submission)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  lk_photo_view_set_submission (self->photo_view, submission);
}

void
lk_photo_area_set_pointed (LkPhotoArea *self,
                           LkCheck     *check)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  lk_photo_view_set_pointed (self->photo_view, check);
}

void
lk_photo_area_show_position (LkPhotoArea *self,
                             guint        position,
                             guint        n_items)
{
  g_autofree char *text = g_strdup_printf ("%u / %u", position, n_items);

  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  gtk_inscription_set_text (self->position, text);
}

LkPhotoView *
lk_photo_area_get_view (LkPhotoArea *self)
{
  g_return_val_if_fail (LK_IS_PHOTO_AREA (self), NULL);

  return self->photo_view;
}

/* The neighbours as textures, so that at the key nothing is left to do but draw. */
static void
warm_up (LkPhotoArea   *self,
         LkReviewQueue *queue,
         guint          position)
{
  g_autoptr (LkSubmission) submission = g_list_model_get_item (G_LIST_MODEL (queue), position);

  if (submission != NULL)
    lk_textures_get (self->textures, lk_submission_get_photo (submission), self->box_width, self->box_height);
}

void
lk_photo_area_prefetch (LkPhotoArea   *self,
                        LkReviewQueue *queue,
                        guint          position)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (queue));
  g_autoptr (GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);
  g_autofree guint *order = NULL;
  guint n_positions = 0;

  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  if (n_items == 0)
    return;
  order = lk_prefetch_order (MIN (position, n_items - 1), n_items, &n_positions);
  for (guint i = 0; i < n_positions; i++)
    {
      g_autoptr (LkSubmission) submission = g_list_model_get_item (G_LIST_MODEL (queue), order[i]);

      g_ptr_array_add (hashes, g_strdup (lk_submission_get_photo (submission)));
    }
  g_ptr_array_add (hashes, NULL);
  lk_photo_view_get_box (self->photo_view, &self->box_width, &self->box_height);
  lk_textures_prefetch (self->textures, (const char *const *) hashes->pdata, self->box_width, self->box_height);
  warm_up (self, queue, position + 1);
  if (position > 0)
    warm_up (self, queue, position - 1);
}

void
lk_photo_area_zoom_fit (LkPhotoArea *self)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  lk_photo_view_zoom_fit (self->photo_view);
}

void
lk_photo_area_zoom_actual (LkPhotoArea *self)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  lk_photo_view_zoom_actual (self->photo_view);
}

void
lk_photo_area_zoom_by (LkPhotoArea *self,
                       double       factor)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  lk_photo_view_zoom_by (self->photo_view, factor);
}

void
lk_photo_area_pan (LkPhotoArea *self,
                   double       x,
                   double       y)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  lk_photo_view_pan (self->photo_view, x, y);
}

gboolean
lk_photo_area_can_pan (LkPhotoArea *self)
{
  g_return_val_if_fail (LK_IS_PHOTO_AREA (self), FALSE);

  return lk_photo_view_is_zoomed (self->photo_view);
}

static void
on_zoom_changed (LkPhotoArea *self)
{
  g_autofree char *text = g_strdup_printf ("%.0f %%", 100 * lk_photo_view_get_zoom (self->photo_view));
  int width, height;

  gtk_inscription_set_text (self->zoom, text);
  lk_photo_view_get_box (self->photo_view, &width, &height);
  if (width != self->box_width || height != self->box_height)
    g_signal_emit (self, signals[BOX_CHANGED], 0);
}

static void
on_painted (LkPhotoArea *self)
{
  g_signal_emit (self, signals[PAINTED], 0);
}

static void
on_show_grid_changed (LkPhotoArea *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_GRID]);
}

static gboolean
lk_photo_area_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LK_PHOTO_AREA (widget)->photo_view));
}

static void
lk_photo_area_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  LkPhotoArea *self = LK_PHOTO_AREA (object);

  switch (id)
    {
    case PROP_SHOW_GRID:
      g_value_set_boolean (value, lk_photo_view_get_show_grid (self->photo_view));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lk_photo_area_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  LkPhotoArea *self = LK_PHOTO_AREA (object);

  switch (id)
    {
    case PROP_SHOW_GRID:
      lk_photo_view_set_show_grid (self->photo_view, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lk_photo_area_dispose (GObject *object)
{
  LkPhotoArea *self = LK_PHOTO_AREA (object);

  g_clear_object (&self->textures);
  lk_template_dispose (GTK_WIDGET (self), LK_TYPE_PHOTO_AREA);

  G_OBJECT_CLASS (lk_photo_area_parent_class)->dispose (object);
}

static void
lk_photo_area_class_init (LkPhotoAreaClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lk_photo_area_dispose;
  object_class->get_property = lk_photo_area_get_property;
  object_class->set_property = lk_photo_area_set_property;
  widget_class->grab_focus = lk_photo_area_grab_focus;

  props[PROP_SHOW_GRID] = g_param_spec_boolean ("show-grid", NULL, NULL, TRUE,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[PAINTED] = g_signal_new ("painted", LK_TYPE_PHOTO_AREA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[BOX_CHANGED] = g_signal_new ("box-changed", LK_TYPE_PHOTO_AREA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);

  g_type_ensure (LK_TYPE_PHOTO_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/photo-area.ui");
  gtk_widget_class_bind_template_child (widget_class, LkPhotoArea, photo_view);
  gtk_widget_class_bind_template_child (widget_class, LkPhotoArea, position);
  gtk_widget_class_bind_template_child (widget_class, LkPhotoArea, zoom);
}

static void
lk_photo_area_init (LkPhotoArea *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->photo_view, "painted", G_CALLBACK (on_painted), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->photo_view, "notify::zoom", G_CALLBACK (on_zoom_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->photo_view, "notify::show-grid", G_CALLBACK (on_show_grid_changed), self, G_CONNECT_SWAPPED);
}
