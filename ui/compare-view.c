/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/compare-view.h"

#include <math.h>

#include <glib/gi18n.h>

#include "core/zoom.h"
#include "ui/zoom-gestures.h"

enum { N_PHOTOS = 1 + LK_COMPARE_MAX_OTHERS, GAP = 12, CAPTION_HEIGHT = 26 };

/* A head with some room around it, in distances between the eyes, from the middle between them. */
static const double head_width = 3.4, head_above = 2.0, head_below = 2.4;

/* Above this many pixels the last magnification is left to the renderer. */
static const double max_scaled_pixels = 8e6;

typedef struct
{
  LkPhotoInfo *info;
  char *title;
  gboolean is_aligned;
  LkAlign align;                /* onto the first */
  GdkTexture *last;             /* drawn until the exact one is there */
} Photo;

struct _LkCompareView
{
  GtkWidget parent_instance;

  LkTextures *textures;
  Photo photos[N_PHOTOS];
  guint n_photos;
  LkCompareMode mode;
  double fade;
  gboolean shows_other;         /* while blinking */
  guint blink_id;
  LkZoom zoom;
};

G_DEFINE_FINAL_TYPE (LkCompareView, lk_compare_view, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_ZOOM, PROP_MODE, PROP_FADE, N_PROPS };
static GParamSpec *props[N_PROPS];

static void
photo_clear (Photo *photo)
{
  g_clear_pointer (&photo->info, lk_photo_info_free);
  g_clear_pointer (&photo->title, g_free);
  g_clear_object (&photo->last);
}

/* -- where everything lies -- */

static guint
count_panes (LkCompareView *self)
{
  return self->mode == LK_COMPARE_SIDE ? MAX (1, self->n_photos) : 1;
}

/* Panes are equally large and lie at whole px, so that equal points of theirs are equal. */
static graphene_rect_t
get_pane (LkCompareView *self,
          guint          which)
{
  guint n_panes = count_panes (self);
  int width = MAX (0, (gtk_widget_get_width (GTK_WIDGET (self)) - (int) (n_panes - 1) * GAP) / (int) n_panes);
  int height = MAX (0, gtk_widget_get_height (GTK_WIDGET (self)) - CAPTION_HEIGHT);

  return GRAPHENE_RECT_INIT (n_panes == 1 ? 0 : which * (width + GAP), 0, width, height);
}

/* Faces are compared, not frames: at first the head fills its pane. */
static void
look_at_head (LkZoomFrame       *frame,
              const LkPhotoInfo *photo)
{
  double x = (photo->eyes.left_x + photo->eyes.right_x) / 2 * photo->width;
  double y = (photo->eyes.left_y + photo->eyes.right_y) / 2 * photo->height;
  double distance = hypot ((photo->eyes.right_x - photo->eyes.left_x) * photo->width,
                           (photo->eyes.right_y - photo->eyes.left_y) * photo->height);

  if (!photo->eyes.known)
    return;
  frame->part_width = head_width * distance;
  frame->part_height = (head_above + head_below) * distance;
  frame->part_x = x - frame->part_width / 2;
  frame->part_y = y - head_above * distance;
}

static LkZoomFrame
get_frame (LkCompareView *self)
{
  int scale_factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  graphene_rect_t pane = get_pane (self, 0);
  int width = (int) pane.size.width * scale_factor, height = (int) pane.size.height * scale_factor;
  LkZoomFrame frame = {
    .photo_width = self->photos[0].info->width,
    .photo_height = self->photos[0].info->height,
    .view_width = width,
    .view_height = height,
    .box_width = width,
    .box_height = height,
  };

  look_at_head (&frame, self->photos[0].info);
  return frame;
}

static gboolean
get_fit (LkCompareView *self,
         LkFit         *fit)
{
  LkZoomFrame frame;

  if (self->n_photos == 0)
    return FALSE;
  frame = get_frame (self);
  return lk_zoom_get_fit (&self->zoom, &frame, fit);
}

gboolean
lk_compare_view_locate (LkCompareView    *self,
                        guint             which,
                        double            x,
                        double            y,
                        graphene_point_t *point)
{
  int scale_factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  graphene_rect_t pane;
  double onto_x, onto_y;
  LkFit fit;

  g_return_val_if_fail (LK_IS_COMPARE_VIEW (self), FALSE);

  if (which >= self->n_photos || !get_fit (self, &fit))
    return FALSE;
  pane = get_pane (self, which);
  lk_align_point (&self->photos[which].align, x, y, &onto_x, &onto_y);
  *point = GRAPHENE_POINT_INIT (pane.origin.x + (fit.x + onto_x * fit.scale) / scale_factor,
                                pane.origin.y + (fit.y + onto_y * fit.scale) / scale_factor);
  return TRUE;
}

/* -- drawing -- */

static GdkTexture *
find_texture (LkCompareView *self,
              Photo         *photo,
              double         scale)
{
  double pixels = (double) photo->info->width * photo->info->height;
  GdkTexture *texture = NULL;

  if (self->textures != NULL)
    texture = lk_textures_get_scaled (self->textures, photo->info->sha256, MIN (scale, sqrt (max_scaled_pixels / pixels)));
  if (texture != NULL)
    g_set_object (&photo->last, texture);
  return photo->last;
}

/* The photo in a pane, as it lies on the first one. The worker has scaled it already; only turning is left. */
static void
snapshot_photo (LkCompareView         *self,
                GtkSnapshot           *snapshot,
                Photo                 *photo,
                const LkFit           *fit,
                const graphene_rect_t *pane)
{
  int scale_factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  const LkAlign *align = &photo->align;
  double scale = fit->scale * align->scale;
  GdkTexture *texture = find_texture (self, photo, scale);

  if (texture == NULL)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (pane->origin.x + (fit->x + align->x * fit->scale) / scale_factor,
                                                          pane->origin.y + (fit->y + align->y * fit->scale) / scale_factor));
  if (align->angle != 0)
    gtk_snapshot_rotate (snapshot, align->angle * 180 / G_PI);
  lk_texture_append (GTK_WIDGET (self), snapshot, texture,
                     &GRAPHENE_RECT_INIT (0, 0, photo->info->width * scale / scale_factor, photo->info->height * scale / scale_factor));
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_caption (LkCompareView         *self,
                  GtkSnapshot           *snapshot,
                  const char            *words,
                  const graphene_rect_t *pane)
{
  const GdkRGBA colour = { 1, 1, 1, 0.85f };
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), words);

  pango_layout_set_width (layout, pane->size.width * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (pane->origin.x, pane->size.height + 4));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static char *
caption_of (const Photo *photo)
{
  if (photo->is_aligned)
    return g_strdup (photo->title);
  /* Translators: under a photo laid beside another for comparison; %s is what it is, "ID photo" */
  return g_strdup_printf (_("%s · eyes not found, laid by its edges"), photo->title);
}

static void
snapshot_side (LkCompareView *self,
               GtkSnapshot   *snapshot,
               const LkFit   *fit)
{
  for (guint i = 0; i < self->n_photos; i++)
    {
      graphene_rect_t pane = get_pane (self, i);
      g_autofree char *caption = caption_of (&self->photos[i]);

      gtk_snapshot_push_clip (snapshot, &pane);
      snapshot_photo (self, snapshot, &self->photos[i], fit, &pane);
      gtk_snapshot_pop (snapshot);
      snapshot_caption (self, snapshot, caption, &pane);
    }
}

/* How much of the other photo is seen over the first. */
static double
get_cover (LkCompareView *self)
{
  if (self->n_photos < 2)
    return 0;
  if (self->mode == LK_COMPARE_BLINK)
    return self->shows_other ? 1 : 0;
  return self->fade;
}

static char *
stacked_caption (LkCompareView *self,
                 double         cover)
{
  g_autofree char *other = self->n_photos > 1 ? caption_of (&self->photos[1]) : NULL;

  if (other == NULL || cover <= 0)
    return g_strdup (self->photos[0].title);
  if (cover >= 1)
    return g_steal_pointer (&other);
  /* Translators: two photos lie over each other: "Photo 40 % · ID photo 60 %" */
  return g_strdup_printf (_("%s %.0f %% · %s %.0f %%"), self->photos[0].title, 100 * (1 - cover), other, 100 * cover);
}

static void
snapshot_stacked (LkCompareView *self,
                  GtkSnapshot   *snapshot,
                  const LkFit   *fit)
{
  graphene_rect_t pane = get_pane (self, 0);
  double cover = get_cover (self);
  g_autofree char *caption = stacked_caption (self, cover);

  gtk_snapshot_push_clip (snapshot, &pane);
  if (cover < 1)
    snapshot_photo (self, snapshot, &self->photos[0], fit, &pane);
  if (cover > 0)
    {
      gtk_snapshot_push_opacity (snapshot, cover);
      snapshot_photo (self, snapshot, &self->photos[1], fit, &pane);
      gtk_snapshot_pop (snapshot);
    }
  gtk_snapshot_pop (snapshot);
  snapshot_caption (self, snapshot, caption, &pane);
}

static void
lk_compare_view_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  LkCompareView *self = LK_COMPARE_VIEW (widget);
  LkFit fit;

  if (!get_fit (self, &fit))
    return;
  if (self->mode == LK_COMPARE_SIDE)
    snapshot_side (self, snapshot, &fit);
  else
    snapshot_stacked (self, snapshot, &fit);
}

/* -- what is compared -- */

static void
on_ready (LkTextures    *textures,
          const char    *hash,
          LkCompareView *self)
{
  for (guint i = 0; i < self->n_photos; i++)
    if (g_str_equal (hash, self->photos[i].info->sha256))
      gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lk_compare_view_set_textures (LkCompareView *self,
                              LkTextures    *textures)
{
  g_return_if_fail (LK_IS_COMPARE_VIEW (self));

  if (self->textures != NULL)
    g_signal_handlers_disconnect_by_data (self->textures, self);
  if (g_set_object (&self->textures, textures) && textures != NULL)
    g_signal_connect_object (textures, "ready", G_CALLBACK (on_ready), self, 0);
}

static void
update_accessible (LkCompareView *self)
{
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; i < self->n_photos; i++)
    g_string_append_printf (titles, "%s%s", i > 0 ? ", " : "", self->photos[i].title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->n_photos > 0 ? titles->str : _("No photo"), -1);
}

static void
zoom_changed (LkCompareView *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ZOOM]);
}

void
lk_compare_view_clear_others (LkCompareView *self)
{
  g_return_if_fail (LK_IS_COMPARE_VIEW (self));

  while (self->n_photos > 1)
    photo_clear (&self->photos[--self->n_photos]);
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
add_photo (LkCompareView     *self,
           const LkPhotoInfo *info,
           const char        *title)
{
  Photo *photo = &self->photos[self->n_photos++];

  photo->info = lk_photo_info_copy (info);
  photo->title = g_strdup (title);
  photo->is_aligned = self->n_photos == 1 || lk_align_eyes (info, self->photos[0].info, &photo->align);
  if (self->n_photos == 1)
    photo->align = (LkAlign) { 1, 0, 0, 0 };
  else if (!photo->is_aligned)
    photo->align = lk_align_frames (info, self->photos[0].info);
  update_accessible (self);
}

void
lk_compare_view_set_photo (LkCompareView     *self,
                           const LkPhotoInfo *photo,
                           const char        *title)
{
  g_return_if_fail (LK_IS_COMPARE_VIEW (self));

  lk_compare_view_clear_others (self);
  if (self->n_photos > 0)
    photo_clear (&self->photos[0]);
  self->n_photos = 0;
  self->zoom.zoom = 0;
  if (photo != NULL)
    add_photo (self, photo, title);
  zoom_changed (self);
}

void
lk_compare_view_add_other (LkCompareView     *self,
                           const LkPhotoInfo *other,
                           const char        *title)
{
  g_return_if_fail (LK_IS_COMPARE_VIEW (self));
  g_return_if_fail (self->n_photos > 0 && self->n_photos < N_PHOTOS);

  add_photo (self, other, title);
  zoom_changed (self);
}

/* -- modes -- */

static gboolean
on_blink (gpointer user_data)
{
  LkCompareView *self = user_data;

  self->shows_other = !self->shows_other;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_CONTINUE;
}

/* Only while it is seen. */
static void
update_blinking (LkCompareView *self)
{
  gboolean blinks = self->mode == LK_COMPARE_BLINK && gtk_widget_get_mapped (GTK_WIDGET (self));

  if (blinks && self->blink_id == 0)
    self->blink_id = g_timeout_add (LK_COMPARE_BLINK_MS, on_blink, self);
  else if (!blinks)
    g_clear_handle_id (&self->blink_id, g_source_remove);
}

void
lk_compare_view_set_mode (LkCompareView *self,
                          LkCompareMode  mode)
{
  g_return_if_fail (LK_IS_COMPARE_VIEW (self));

  if (self->mode == mode)
    return;
  self->mode = mode;
  self->shows_other = FALSE;
  update_blinking (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MODE]);
  zoom_changed (self);
}

LkCompareMode
lk_compare_view_get_mode (LkCompareView *self)
{
  g_return_val_if_fail (LK_IS_COMPARE_VIEW (self), LK_COMPARE_SIDE);

  return self->mode;
}

void
lk_compare_view_set_fade (LkCompareView *self,
                          double         fade)
{
  g_return_if_fail (LK_IS_COMPARE_VIEW (self));

  fade = CLAMP (fade, 0, 1);
  if (self->fade == fade)
    return;
  self->fade = fade;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FADE]);
}

double
lk_compare_view_get_fade (LkCompareView *self)
{
  g_return_val_if_fail (LK_IS_COMPARE_VIEW (self), 0);

  return self->fade;
}

/* -- zoom -- */

double
lk_compare_view_get_zoom (LkCompareView *self)
{
  LkFit fit;

  g_return_val_if_fail (LK_IS_COMPARE_VIEW (self), 0);

  return get_fit (self, &fit) ? fit.scale : 0;
}

gboolean
lk_compare_view_is_zoomed (LkCompareView *self)
{
  LkZoomFrame frame;

  g_return_val_if_fail (LK_IS_COMPARE_VIEW (self), FALSE);

  if (self->n_photos == 0)
    return FALSE;
  frame = get_frame (self);
  return lk_zoom_hides_some (&self->zoom, &frame);
}

/* (x, y): device px in a pane. */
static void
zoom_at (LkCompareView *self,
         double         zoom,
         double         x,
         double         y)
{
  LkZoomFrame frame;

  if (self->n_photos == 0)
    return;
  frame = get_frame (self);
  lk_zoom_to (&self->zoom, &frame, zoom, x, y);
  zoom_changed (self);
}

static void
zoom_middle (LkCompareView *self,
             double         zoom)
{
  int scale_factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  graphene_rect_t pane = get_pane (self, 0);

  zoom_at (self, zoom, pane.size.width * scale_factor / 2, pane.size.height * scale_factor / 2);
}

void
lk_compare_view_zoom_fit (LkCompareView *self)
{
  g_return_if_fail (LK_IS_COMPARE_VIEW (self));

  self->zoom.zoom = 0;
  zoom_changed (self);
}

void
lk_compare_view_zoom_actual (LkCompareView *self)
{
  g_return_if_fail (LK_IS_COMPARE_VIEW (self));

  zoom_middle (self, 1);
}

void
lk_compare_view_zoom_by (LkCompareView *self,
                         double         factor)
{
  g_return_if_fail (LK_IS_COMPARE_VIEW (self));

  zoom_middle (self, lk_compare_view_get_zoom (self) * factor);
}

void
lk_compare_view_pan (LkCompareView *self,
                     double         x,
                     double         y)
{
  int scale_factor;
  LkZoomFrame frame;

  g_return_if_fail (LK_IS_COMPARE_VIEW (self));

  if (self->n_photos == 0)
    return;
  scale_factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  frame = get_frame (self);
  lk_zoom_pan (&self->zoom, &frame, x * scale_factor, y * scale_factor);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
gesture_zoom_by (GtkWidget *widget,
                 double     factor,
                 double     x,
                 double     y)
{
  LkCompareView *self = LK_COMPARE_VIEW (widget);
  int scale_factor = gtk_widget_get_scale_factor (widget);
  graphene_rect_t pane = get_pane (self, 0);

  x = fmod (x, pane.size.width + GAP);
  zoom_at (self, lk_compare_view_get_zoom (self) * factor, x * scale_factor, y * scale_factor);
}

static void
gesture_pan (GtkWidget *widget,
             double     x,
             double     y)
{
  lk_compare_view_pan (LK_COMPARE_VIEW (widget), x, y);
}

static const LkZoomFuncs zoom_funcs = { gesture_zoom_by, gesture_pan };

/* -- the widget -- */

static void
lk_compare_view_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  g_object_notify_by_pspec (G_OBJECT (widget), props[PROP_ZOOM]);
}

static void
lk_compare_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lk_compare_view_parent_class)->map (widget);
  update_blinking (LK_COMPARE_VIEW (widget));
}

static void
lk_compare_view_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lk_compare_view_parent_class)->unmap (widget);
  update_blinking (LK_COMPARE_VIEW (widget));
}

static void
lk_compare_view_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  LkCompareView *self = LK_COMPARE_VIEW (object);

  switch (id)
    {
    case PROP_ZOOM:
      g_value_set_double (value, lk_compare_view_get_zoom (self));
      break;
    case PROP_MODE:
      g_value_set_int (value, self->mode);
      break;
    case PROP_FADE:
      g_value_set_double (value, self->fade);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lk_compare_view_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  LkCompareView *self = LK_COMPARE_VIEW (object);

  switch (id)
    {
    case PROP_MODE:
      lk_compare_view_set_mode (self, g_value_get_int (value));
      break;
    case PROP_FADE:
      lk_compare_view_set_fade (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lk_compare_view_dispose (GObject *object)
{
  LkCompareView *self = LK_COMPARE_VIEW (object);

  g_clear_handle_id (&self->blink_id, g_source_remove);
  if (self->textures != NULL)
    g_signal_handlers_disconnect_by_data (self->textures, self);
  g_clear_object (&self->textures);
  for (guint i = 0; i < N_PHOTOS; i++)
    photo_clear (&self->photos[i]);
  self->n_photos = 0;

  G_OBJECT_CLASS (lk_compare_view_parent_class)->dispose (object);
}

static void
lk_compare_view_class_init (LkCompareViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = lk_compare_view_dispose;
  object_class->get_property = lk_compare_view_get_property;
  object_class->set_property = lk_compare_view_set_property;
  widget_class->snapshot = lk_compare_view_snapshot;
  widget_class->size_allocate = lk_compare_view_size_allocate;
  widget_class->map = lk_compare_view_map;
  widget_class->unmap = lk_compare_view_unmap;

  props[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, 0, G_MAXDOUBLE, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_MODE] = g_param_spec_int ("mode", NULL, NULL, LK_COMPARE_SIDE, LK_COMPARE_BLINK, LK_COMPARE_SIDE, flags);
  props[PROP_FADE] = g_param_spec_double ("fade", NULL, NULL, 0, 1, 0.5, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "photo-view");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lk_compare_view_init (LkCompareView *self)
{
  self->fade = 0.5;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  lk_zoom_gestures_add (GTK_WIDGET (self), &zoom_funcs);
  update_accessible (self);
}

GtkWidget *
lk_compare_view_new (void)
{
  return g_object_new (LK_TYPE_COMPARE_VIEW, NULL);
}
