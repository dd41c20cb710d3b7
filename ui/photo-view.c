/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/photo-view.h"

#include <math.h>

#include <glib/gi18n.h>

#include "core/zoom.h"
#include "ui/after-paint.h"
#include "ui/error-text.h"
#include "ui/grid-overlay.h"
#include "ui/loupe.h"
#include "ui/zoom-gestures.h"

/* A word about waiting is only said after this long: what is quick stays quiet. */
enum { PATIENCE_MS = 200 };

enum { MARGIN_Y = 14 };

/* Above this many pixels the last magnification is left to the renderer: a whole photo is never scaled to hundreds of megabytes. */
static const double max_scaled_pixels = 8e6;

struct _LkPhotoView
{
  GtkWidget parent_instance;

  LkTextures *textures;
  LkGridOverlay *grid;
  LkSubmission *submission;
  LkPhotoKind variant;          /* LK_N_PHOTO_KINDS: the photo itself */
  LkPhotoInfo *shown;           /* the picture of it that is shown */
  LkCheck *pointed;
  gboolean show_grid, show_loupe;
  LkZoom zoom;

  GdkTexture *last;             /* the last picture drawn of this very photo, until the exact one is there */
  gboolean painted;
  guint patience_id;
  gboolean waiting;             /* longer than a person should wait without a word */
  int failure;                  /* LkError code, 0 for none */
};

G_DEFINE_FINAL_TYPE (LkPhotoView, lk_photo_view, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_SHOW_GRID, PROP_SHOW_LOUPE, PROP_ZOOM, N_PROPS };
static GParamSpec *props[N_PROPS];

enum { PAINTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
get_view_size (LkPhotoView *self,
               int         *width,
               int         *height)
{
  int scale_factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  *width = gtk_widget_get_width (GTK_WIDGET (self)) * scale_factor;
  *height = gtk_widget_get_height (GTK_WIDGET (self)) * scale_factor;
}

void
lk_photo_view_get_box (LkPhotoView *self,
                       int         *width,
                       int         *height)
{
  int scale_factor;

  g_return_if_fail (LK_IS_PHOTO_VIEW (self));

  scale_factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  get_view_size (self, width, height);
  *width = MAX (0, *width - 2 * LK_GRID_LABEL_WIDTH * scale_factor);
  *height = MAX (0, *height - 2 * MARGIN_Y * scale_factor);
}

static LkZoomFrame
get_frame (LkPhotoView *self)
{
  LkZoomFrame frame = { .photo_width = self->shown->width, .photo_height = self->shown->height };

  get_view_size (self, &frame.view_width, &frame.view_height);
  lk_photo_view_get_box (self, &frame.box_width, &frame.box_height);
  return frame;
}

gboolean
lk_photo_view_get_fit (LkPhotoView *self,
                       LkFit       *fit)
{
  LkZoomFrame frame;

  g_return_val_if_fail (LK_IS_PHOTO_VIEW (self), FALSE);

  if (self->shown == NULL)
    return FALSE;
  frame = get_frame (self);
  return lk_zoom_get_fit (&self->zoom, &frame, fit);
}

double
lk_photo_view_get_zoom (LkPhotoView *self)
{
  LkFit fit;

  g_return_val_if_fail (LK_IS_PHOTO_VIEW (self), 0);

  return lk_photo_view_get_fit (self, &fit) ? fit.scale : 0;
}

gboolean
lk_photo_view_is_zoomed (LkPhotoView *self)
{
  LkZoomFrame frame;

  g_return_val_if_fail (LK_IS_PHOTO_VIEW (self), FALSE);

  if (self->shown == NULL)
    return FALSE;
  frame = get_frame (self);
  return lk_zoom_hides_some (&self->zoom, &frame);
}

static void
zoom_changed (LkPhotoView *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ZOOM]);
}

/* The photo point under (view_x, view_y), device px, stays where it is. */
static void
zoom_at (LkPhotoView *self,
         double       zoom,
         double       view_x,
         double       view_y)
{
  LkZoomFrame frame;

  if (self->shown == NULL)
    return;
  frame = get_frame (self);
  lk_zoom_to (&self->zoom, &frame, zoom, view_x, view_y);
  zoom_changed (self);
}

void
lk_photo_view_zoom_fit (LkPhotoView *self)
{
  g_return_if_fail (LK_IS_PHOTO_VIEW (self));

  self->zoom.zoom = 0;
  zoom_changed (self);
}

void
lk_photo_view_zoom_actual (LkPhotoView *self)
{
  int view_width, view_height;

  g_return_if_fail (LK_IS_PHOTO_VIEW (self));

  get_view_size (self, &view_width, &view_height);
  zoom_at (self, 1, view_width / 2.0, view_height / 2.0);
}

void
lk_photo_view_zoom_by (LkPhotoView *self,
                       double       factor)
{
  int view_width, view_height;

  g_return_if_fail (LK_IS_PHOTO_VIEW (self));

  get_view_size (self, &view_width, &view_height);
  zoom_at (self, lk_photo_view_get_zoom (self) * factor, view_width / 2.0, view_height / 2.0);
}

void
lk_photo_view_pan (LkPhotoView *self,
                   double       x,
                   double       y)
{
  int scale_factor;
  LkZoomFrame frame;

  g_return_if_fail (LK_IS_PHOTO_VIEW (self));

  if (self->shown == NULL)
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
  LkPhotoView *self = LK_PHOTO_VIEW (widget);
  int scale_factor = gtk_widget_get_scale_factor (widget);

  zoom_at (self, lk_photo_view_get_zoom (self) * factor, x * scale_factor, y * scale_factor);
}

static void
gesture_pan (GtkWidget *widget,
             double     x,
             double     y)
{
  lk_photo_view_pan (LK_PHOTO_VIEW (widget), x, y);
}

static GdkTexture *
find_texture (LkPhotoView *self,
              const LkFit *fit)
{
  const char *hash = self->shown->sha256;
  double pixels = (double) self->shown->width * self->shown->height;
  GdkTexture *texture;
  int width, height;

  if (self->textures == NULL)
    return NULL;
  /* what failed comes by itself as soon as it can; asking at every drawing would only repeat the failure */
  if (self->failure != 0)
    return self->last;
  if (self->zoom.zoom > 0)
    {
      texture = lk_textures_get_scaled (self->textures, hash, MIN (fit->scale, sqrt (max_scaled_pixels / pixels)));
    }
  else
    {
      lk_photo_view_get_box (self, &width, &height);
      texture = lk_textures_get (self->textures, hash, width, height);
    }
  if (texture != NULL)
    g_set_object (&self->last, texture);
  return self->last;
}

/* Until the photo is on the screen, or it is said why it is not. */
static void
set_busy (LkPhotoView *self,
          gboolean     busy)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
}

static void
say_painted (GtkWidget *widget)
{
  g_signal_emit (widget, signals[PAINTED], 0);
  set_busy (LK_PHOTO_VIEW (widget), FALSE);
}

static void
note_painted (LkPhotoView *self)
{
  if (self->painted || gtk_widget_get_frame_clock (GTK_WIDGET (self)) == NULL)
    return;
  self->painted = TRUE;
  lk_after_paint (GTK_WIDGET (self), say_painted);
}

static void
snapshot_words (LkPhotoView           *self,
                GtkSnapshot           *snapshot,
                const graphene_rect_t *place)
{
  const GdkRGBA frame = { 1, 1, 1, 0.06f };
  const GdkRGBA colour = { 1, 1, 1, 0.75f };
  const char *words = self->failure != 0 ? lk_error_text (self->failure) : _("Fetching the photo…");
  g_autoptr (PangoLayout) layout = NULL;
  int height;

  gtk_snapshot_append_color (snapshot, &frame, place);
  if (self->failure == 0 && !self->waiting)
    return;

  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), words);
  pango_layout_set_width (layout, (place->size.width - 48) * PANGO_SCALE);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (place->origin.x + 24,
                                                          place->origin.y + (place->size.height - height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

/* The photo is on its way: as long as that is a matter of decoding, its thumbnail stands there instead of nothing. It does not count as
 * seen. */
static void
snapshot_unready (LkPhotoView           *self,
                  GtkSnapshot           *snapshot,
                  const graphene_rect_t *place)
{
  GdkTexture *texture = NULL;

  if (self->failure == 0 && self->textures != NULL)
    texture = lk_textures_peek (self->textures, self->shown->sha256);
  if (texture != NULL)
    lk_texture_append (GTK_WIDGET (self), snapshot, texture, place);
  else
    snapshot_words (self, snapshot, place);
}

/* One texture px for one photo px, of which the eyes are cut; until it is there, nothing: a blurred eye would be worse. */
static void
snapshot_loupe (LkPhotoView           *self,
                GtkSnapshot           *snapshot,
                const graphene_rect_t *place)
{
  graphene_rect_t boxes[2];
  GdkTexture *texture;
  int scale_factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  if (self->textures == NULL || self->zoom.zoom > 0 || lk_loupe_get_boxes (self->shown, place, scale_factor, boxes) == 0)
    return;
  texture = lk_textures_get_scaled (self->textures, self->shown->sha256, 1);
  if (texture != NULL)
    lk_loupe_snapshot (GTK_WIDGET (self), snapshot, self->shown, texture, place);
}

static gboolean
has_grid (LkPhotoView *self)
{
  return self->show_grid && self->grid != NULL && (self->variant == LK_N_PHOTO_KINDS || self->variant == LK_PHOTO_BLUE);
}

static void
lk_photo_view_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  LkPhotoView *self = LK_PHOTO_VIEW (widget);
  double scale_factor = gtk_widget_get_scale_factor (widget);
  GdkTexture *texture;
  graphene_rect_t place;
  double width, height;
  LkFit fit;

  if (!lk_photo_view_get_fit (self, &fit))
    return;

  texture = find_texture (self, &fit);
  width = floor (self->shown->width * fit.scale);
  height = floor (self->shown->height * fit.scale);
  /* the worker rounds the same way to within a pixel; its own size is drawn, so that nothing is resampled */
  if (texture != NULL && ABS (gdk_texture_get_width (texture) - width) <= 1 &&
      ABS (gdk_texture_get_height (texture) - height) <= 1)
    {
      width = gdk_texture_get_width (texture);
      height = gdk_texture_get_height (texture);
    }
  place = GRAPHENE_RECT_INIT (fit.x / scale_factor, fit.y / scale_factor, width / scale_factor, height / scale_factor);

  if (texture == NULL)
    {
      snapshot_unready (self, snapshot, &place);
      return;
    }
  lk_texture_append (widget, snapshot, texture, &place);
  if (has_grid (self))
    lk_grid_overlay_snapshot (self->grid, widget, snapshot, &place, self->pointed);
  if (self->show_loupe)
    snapshot_loupe (self, snapshot, &place);
  note_painted (self);
}

static void
on_ready (LkTextures  *textures,
          const char  *hash,
          LkPhotoView *self)
{
  if (self->shown == NULL || !g_str_equal (hash, self->shown->sha256))
    return;
  self->failure = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_failed (LkTextures  *textures,
           const char  *hash,
           int          code,
           LkPhotoView *self)
{
  if (self->shown == NULL || !g_str_equal (hash, self->shown->sha256))
    return;
  self->failure = code;
  set_busy (self, FALSE);
  if (self->last == NULL)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lk_photo_view_set_textures (LkPhotoView *self,
                            LkTextures  *textures)
{
  g_return_if_fail (LK_IS_PHOTO_VIEW (self));

  if (self->textures != NULL)
    g_signal_handlers_disconnect_by_data (self->textures, self);
  if (!g_set_object (&self->textures, textures) || textures == NULL)
    return;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_connect_object (textures, "ready", G_CALLBACK (on_ready), self, 0);
  g_signal_connect_object (textures, "failed", G_CALLBACK (on_failed), self, 0);
}

void
lk_photo_view_set_spec (LkPhotoView  *self,
                        const LkSpec *spec)
{
  g_return_if_fail (LK_IS_PHOTO_VIEW (self));

  g_clear_pointer (&self->grid, lk_grid_overlay_free);
  if (spec != NULL)
    self->grid = lk_grid_overlay_new (spec);
  if (self->grid != NULL && self->submission != NULL)
    lk_grid_overlay_set_checks (self->grid, lk_submission_get_checks (self->submission));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
on_patience (gpointer user_data)
{
  LkPhotoView *self = user_data;

  self->patience_id = 0;
  self->waiting = TRUE;
  if (self->last == NULL)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static void
update_accessible (LkPhotoView *self)
{
  g_autofree char *label = NULL;

  if (self->submission != NULL)
    /* Translators: what a screen reader says for the photo; %s is a masked name, "张*" */
    label = g_strdup_printf (_("Photo of %s"), lk_submission_get_name (self->submission));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label != NULL ? label : _("No photo"), -1);
}

/* Another picture comes in the place of what was shown. */
static void
show_picture (LkPhotoView *self,
              LkPhotoInfo *info)
{
  g_clear_pointer (&self->shown, lk_photo_info_free);
  self->shown = info;
  g_clear_object (&self->last);
  g_clear_handle_id (&self->patience_id, g_source_remove);
  self->zoom.zoom = 0;
  self->waiting = FALSE;
  self->failure = 0;
  if (info != NULL)
    self->patience_id = g_timeout_add (PATIENCE_MS, on_patience, self);
  zoom_changed (self);
}

void
lk_photo_view_set_submission (LkPhotoView  *self,
                              LkSubmission *submission)
{
  g_return_if_fail (LK_IS_PHOTO_VIEW (self));

  if (!g_set_object (&self->submission, submission))
    return;

  g_clear_object (&self->pointed);
  self->painted = FALSE;
  set_busy (self, submission != NULL);
  self->variant = LK_N_PHOTO_KINDS;
  if (self->grid != NULL)
    lk_grid_overlay_set_checks (self->grid, submission != NULL ? lk_submission_get_checks (submission) : NULL);
  update_accessible (self);
  show_picture (self, submission != NULL ? lk_submission_dup_info (submission) : NULL);
}

void
lk_photo_view_set_variant (LkPhotoView *self,
                           LkPhotoKind  variant)
{
  g_return_if_fail (LK_IS_PHOTO_VIEW (self));
  g_return_if_fail (self->submission != NULL);

  self->variant = variant;
  if (variant == LK_N_PHOTO_KINDS)
    show_picture (self, lk_submission_dup_info (self->submission));
  else
    show_picture (self, lk_photo_info_copy (lk_submission_get_picture (self->submission, variant)));
}

void
lk_photo_view_set_show_loupe (LkPhotoView *self,
                              gboolean     show_loupe)
{
  g_return_if_fail (LK_IS_PHOTO_VIEW (self));

  if (self->show_loupe == show_loupe)
    return;
  self->show_loupe = show_loupe;
  /* it lies beside the whole photo */
  if (show_loupe && self->zoom.zoom > 0)
    lk_photo_view_zoom_fit (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_LOUPE]);
}

gboolean
lk_photo_view_get_show_loupe (LkPhotoView *self)
{
  g_return_val_if_fail (LK_IS_PHOTO_VIEW (self), FALSE);

  return self->show_loupe;
}

void
lk_photo_view_set_pointed (LkPhotoView *self,
                           LkCheck     *check)
{
  g_return_if_fail (LK_IS_PHOTO_VIEW (self));

  if (g_set_object (&self->pointed, check))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lk_photo_view_set_show_grid (LkPhotoView *self,
                             gboolean     show_grid)
{
  g_return_if_fail (LK_IS_PHOTO_VIEW (self));

  if (self->show_grid == show_grid)
    return;
  self->show_grid = show_grid;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_GRID]);
}

gboolean
lk_photo_view_get_show_grid (LkPhotoView *self)
{
  g_return_val_if_fail (LK_IS_PHOTO_VIEW (self), FALSE);

  return self->show_grid;
}

static void
lk_photo_view_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  g_object_notify_by_pspec (G_OBJECT (widget), props[PROP_ZOOM]);
}

static void
lk_photo_view_unrealize (GtkWidget *widget)
{
  lk_after_paint_forget (widget);
  GTK_WIDGET_CLASS (lk_photo_view_parent_class)->unrealize (widget);
}

static void
lk_photo_view_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  LkPhotoView *self = LK_PHOTO_VIEW (object);

  switch (id)
    {
    case PROP_SHOW_GRID:
      g_value_set_boolean (value, self->show_grid);
      break;
    case PROP_SHOW_LOUPE:
      g_value_set_boolean (value, self->show_loupe);
      break;
    case PROP_ZOOM:
      g_value_set_double (value, lk_photo_view_get_zoom (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lk_photo_view_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  LkPhotoView *self = LK_PHOTO_VIEW (object);

  switch (id)
    {
    case PROP_SHOW_GRID:
      lk_photo_view_set_show_grid (self, g_value_get_boolean (value));
      break;
    case PROP_SHOW_LOUPE:
      lk_photo_view_set_show_loupe (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lk_photo_view_dispose (GObject *object)
{
  LkPhotoView *self = LK_PHOTO_VIEW (object);

  g_clear_handle_id (&self->patience_id, g_source_remove);
  if (self->textures != NULL)
    g_signal_handlers_disconnect_by_data (self->textures, self);
  g_clear_object (&self->textures);
  g_clear_object (&self->submission);
  g_clear_object (&self->pointed);
  g_clear_object (&self->last);
  g_clear_pointer (&self->shown, lk_photo_info_free);
  g_clear_pointer (&self->grid, lk_grid_overlay_free);

  G_OBJECT_CLASS (lk_photo_view_parent_class)->dispose (object);
}

static void
lk_photo_view_class_init (LkPhotoViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lk_photo_view_dispose;
  object_class->get_property = lk_photo_view_get_property;
  object_class->set_property = lk_photo_view_set_property;
  widget_class->snapshot = lk_photo_view_snapshot;
  widget_class->size_allocate = lk_photo_view_size_allocate;
  widget_class->unrealize = lk_photo_view_unrealize;

  props[PROP_SHOW_GRID] = g_param_spec_boolean ("show-grid", NULL, NULL, TRUE,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_SHOW_LOUPE] = g_param_spec_boolean ("show-loupe", NULL, NULL, FALSE,
                                                 G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, 0, G_MAXDOUBLE, 0,
                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[PAINTED] = g_signal_new ("painted", LK_TYPE_PHOTO_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "photo-view");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static const LkZoomFuncs zoom_funcs = { gesture_zoom_by, gesture_pan };

static void
lk_photo_view_init (LkPhotoView *self)
{
  self->show_grid = TRUE;
  self->variant = LK_N_PHOTO_KINDS;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  lk_zoom_gestures_add (GTK_WIDGET (self), &zoom_funcs);
  update_accessible (self);
}

GtkWidget *
lk_photo_view_new (void)
{
  return g_object_new (LK_TYPE_PHOTO_VIEW, NULL);
}
