/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/thumbnail.h"

#include <math.h>

struct _LkThumbnail
{
  GtkWidget parent_instance;

  LkTextures *textures;
  gulong ready_id, quiet_id;
  char *hash;
  gboolean is_stale;            /* drawn without its picture, out of sight */
};

G_DEFINE_FINAL_TYPE (LkThumbnail, lk_thumbnail, GTK_TYPE_WIDGET)

static void
lk_thumbnail_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  LkThumbnail *self = LK_THUMBNAIL (widget);
  int scale_factor = gtk_widget_get_scale_factor (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  GdkTexture *texture;
  double w, h;

  self->is_stale = FALSE;
  if (self->hash == NULL || self->textures == NULL)
    return;
  texture = lk_textures_get (self->textures, self->hash, width * scale_factor, height * scale_factor);
  if (texture == NULL)
    return;

  w = (double) gdk_texture_get_width (texture) / scale_factor;
  h = (double) gdk_texture_get_height (texture) / scale_factor;
  lk_texture_append (widget, snapshot, texture,
                     &GRAPHENE_RECT_INIT (floor ((width - w) / 2), floor ((height - h) / 2), w, h));
}

/* A list has rows above and below the window, too. */
static gboolean
is_in_window (GtkWidget *widget)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (widget));
  graphene_rect_t bounds;

  return window == NULL || !gtk_widget_compute_bounds (widget, window, &bounds) ||
         (bounds.origin.y + bounds.size.height >= 0 && bounds.origin.y <= (float) gtk_widget_get_height (window));
}

/* After a frame GTK waits before it paints the next one: pictures out of sight, which come one by one, get one frame for all and not
 * in the way of a photo. */
static void
on_ready (LkTextures  *textures,
          const char  *hash,
          LkThumbnail *self)
{
  if (g_strcmp0 (hash, self->hash) != 0)
    return;
  if (is_in_window (GTK_WIDGET (self)))
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else
    self->is_stale = TRUE;
}

static void
on_quiet (LkTextures  *textures,
          LkThumbnail *self)
{
  if (self->is_stale)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_textures (LkThumbnail *self,
              LkTextures  *textures)
{
  if (self->textures == textures)
    return;
  if (self->textures != NULL)
    {
      g_clear_signal_handler (&self->ready_id, self->textures);
      g_clear_signal_handler (&self->quiet_id, self->textures);
    }
  g_set_object (&self->textures, textures);
  if (textures == NULL)
    return;
  self->ready_id = g_signal_connect (textures, "ready", G_CALLBACK (on_ready), self);
  self->quiet_id = g_signal_connect (textures, "quiet", G_CALLBACK (on_quiet), self);
}

void
lk_thumbnail_set_photo (LkThumbnail *self,
                        LkTextures  *textures,
                        const char  *hash,
                        const char  *label)
{
  g_return_if_fail (LK_IS_THUMBNAIL (self));

  set_textures (self, textures);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (g_strcmp0 (hash, self->hash) == 0)
    return;
  g_free (self->hash);
  self->hash = g_strdup (hash);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
lk_thumbnail_dispose (GObject *object)
{
  LkThumbnail *self = LK_THUMBNAIL (object);

  set_textures (self, NULL);
  g_clear_pointer (&self->hash, g_free);

  G_OBJECT_CLASS (lk_thumbnail_parent_class)->dispose (object);
}

static void
lk_thumbnail_class_init (LkThumbnailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_thumbnail_dispose;
  widget_class->snapshot = lk_thumbnail_snapshot;

  gtk_widget_class_set_css_name (widget_class, "thumbnail");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lk_thumbnail_init (LkThumbnail *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}
