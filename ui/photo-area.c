/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/photo-area.h"

#include <glib/gi18n.h>

#include "core/prefetch.h"
#include "ui/compare-panel.h"
#include "ui/template.h"

/* A word that passes by itself. */
enum { NOTE_MS = 2500 };

struct _LkPhotoArea
{
  GtkWidget parent_instance;

  GtkStack *stack;
  LkPhotoView *photo_view;
  LkComparePanel *compare_panel;
  GtkRevealer *note_revealer;
  GtkLabel *note;
  GtkInscription *position;
  GtkInscription *zoom;

  LkTextures *textures;
  LkSubmission *submission;
  LkPhotoKind variant;          /* LK_N_PHOTO_KINDS: the photo itself */
  gboolean comparing;
  guint note_id;
  int box_width, box_height;    /* for which was prefetched, device px */
};

G_DEFINE_FINAL_TYPE (LkPhotoArea, lk_photo_area, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_SHOW_GRID, PROP_SHOW_LOUPE, PROP_COMPARING, N_PROPS };
static GParamSpec *props[N_PROPS];

enum { PAINTED, EARLIER_WANTED, BOX_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

void
lk_photo_area_set_textures (LkPhotoArea *self,
                            LkTextures  *textures)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  g_set_object (&self->textures, textures);
  lk_photo_view_set_textures (self->photo_view, textures);
  lk_compare_panel_set_textures (self->compare_panel, textures);
}

void
lk_photo_area_set_spec (LkPhotoArea  *self,
                        const LkSpec *spec)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  lk_photo_view_set_spec (self->photo_view, spec);
}

/* -- what is said over the photo -- */

static void
hide_note (LkPhotoArea *self)
{
  g_clear_handle_id (&self->note_id, g_source_remove);
  gtk_revealer_set_reveal_child (self->note_revealer, FALSE);
}

static gboolean
on_note_over (gpointer user_data)
{
  LkPhotoArea *self = user_data;

  self->note_id = 0;
  hide_note (self);
  return G_SOURCE_REMOVE;
}

/* Until it is hidden, or for a moment. */
static void
say (LkPhotoArea *self,
     const char  *words,
     gboolean     for_a_moment)
{
  hide_note (self);
  gtk_label_set_text (self->note, words);
  gtk_revealer_set_reveal_child (self->note_revealer, TRUE);
  if (for_a_moment)
    self->note_id = g_timeout_add (NOTE_MS, on_note_over, self);
}

void
lk_photo_area_say (LkPhotoArea *self,
                   const char  *words)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  say (self, words, TRUE);
}

/* -- comparing -- */

static void
show_zoom (LkPhotoArea *self)
{
  double zoom = self->comparing ? lk_compare_view_get_zoom (lk_compare_panel_get_view (self->compare_panel))
                                : lk_photo_view_get_zoom (self->photo_view);
  g_autofree char *text = g_strdup_printf ("%.0f %%", 100 * zoom);

  gtk_inscription_set_text (self->zoom, text);
}

static void
set_comparing (LkPhotoArea *self,
               gboolean     comparing)
{
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->stack)) != NULL;

  comparing = comparing && self->submission != NULL;
  if (self->comparing == comparing)
    return;
  self->comparing = comparing;
  hide_note (self);
  lk_compare_panel_set_submission (self->compare_panel, comparing ? self->submission : NULL);
  gtk_stack_set_visible_child_name (self->stack, comparing ? "compare" : "photo");
  if (had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  show_zoom (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COMPARING]);
  if (comparing)
    g_signal_emit (self, signals[EARLIER_WANTED], 0, self->submission);
}

gboolean
lk_photo_area_is_comparing (LkPhotoArea *self)
{
  g_return_val_if_fail (LK_IS_PHOTO_AREA (self), FALSE);

  return self->comparing;
}

void
lk_photo_area_compare (LkPhotoArea *self)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  set_comparing (self, !self->comparing);
}

static void
toggle_mode (LkPhotoArea   *self,
             LkCompareMode  mode)
{
  LkCompareView *view = lk_compare_panel_get_view (self->compare_panel);
  gboolean is_on = self->comparing && lk_compare_view_get_mode (view) == mode;

  set_comparing (self, TRUE);
  lk_compare_view_set_mode (view, is_on ? LK_COMPARE_SIDE : mode);
}

void
lk_photo_area_overlay (LkPhotoArea *self)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  toggle_mode (self, LK_COMPARE_OVERLAY);
}

void
lk_photo_area_blink (LkPhotoArea *self)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  toggle_mode (self, LK_COMPARE_BLINK);
}

void
lk_photo_area_fade_by (LkPhotoArea *self,
                       double       step)
{
  LkCompareView *view;

  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  view = lk_compare_panel_get_view (self->compare_panel);
  set_comparing (self, TRUE);
  lk_compare_view_set_mode (view, LK_COMPARE_OVERLAY);
  lk_compare_view_set_fade (view, lk_compare_view_get_fade (view) + step);
}

void
lk_photo_area_compare_next (LkPhotoArea *self)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  if (self->comparing)
    lk_compare_panel_choose_next (self->compare_panel);
}

void
lk_photo_area_compare_with (LkPhotoArea *self,
                            const char  *hash)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  set_comparing (self, TRUE);
  if (self->comparing)
    lk_compare_panel_choose_photo (self->compare_panel, hash);
}

/* -- variants -- */

static const char *
variant_words (LkPhotoKind variant)
{
  switch (variant)
    {
    case LK_PHOTO_ORIGINAL:
      return _("The original before it was cropped");
    case LK_PHOTO_BLUE:
      return _("The same photo with the background made blue by the program");
    case LK_PHOTO_ID_CARD:
    case LK_PHOTO_DIPLOMA:
    default:
      return _("The photo as it was sent");
    }
}

static gboolean
has_variant (LkPhotoArea *self,
             LkPhotoKind  variant)
{
  return variant == LK_N_PHOTO_KINDS || lk_submission_get_picture (self->submission, variant) != NULL;
}

static void
show_variant (LkPhotoArea *self,
              LkPhotoKind  variant)
{
  self->variant = variant;
  lk_photo_view_set_variant (self->photo_view, variant);
  say (self, variant_words (variant), variant == LK_N_PHOTO_KINDS);
}

void
lk_photo_area_next_variant (LkPhotoArea *self)
{
  LkPhotoKind next;

  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  if (self->submission == NULL)
    return;
  set_comparing (self, FALSE);
  next = self->variant == LK_N_PHOTO_KINDS ? LK_PHOTO_ORIGINAL : self->variant + 1;
  while (!has_variant (self, next))
    next++;
  if (next == self->variant)
    say (self, _("There is only this one picture: neither an original nor a blue background."), TRUE);
  else
    show_variant (self, next);
}

gboolean
lk_photo_area_close (LkPhotoArea *self)
{
  g_return_val_if_fail (LK_IS_PHOTO_AREA (self), FALSE);

  if (self->comparing)
    set_comparing (self, FALSE);
  else if (self->variant != LK_N_PHOTO_KINDS)
    show_variant (self, LK_N_PHOTO_KINDS);
  else
    return FALSE;
  return TRUE;
}

/* -- the photo -- */

void
lk_photo_area_set_submission (LkPhotoArea  *self,
                              LkSubmission *submission)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  if (!g_set_object (&self->submission, submission))
    return;
  set_comparing (self, FALSE);
  hide_note (self);
  self->variant = LK_N_PHOTO_KINDS;
  lk_photo_view_set_submission (self->photo_view, submission);
}

void
lk_photo_area_set_reasons (LkPhotoArea       *self,
                           LkReasonCatalogue *reasons)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  lk_compare_panel_set_reasons (self->compare_panel, reasons);
}

void
lk_photo_area_set_earlier (LkPhotoArea  *self,
                           LkSubmission *submission,
                           GPtrArray    *earlier)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  if (self->comparing && self->submission == submission)
    lk_compare_panel_set_earlier (self->compare_panel, earlier);
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

  if (submission == NULL)
    return;
  lk_textures_get (self->textures, lk_submission_get_photo (submission), self->box_width, self->box_height);
  if (lk_photo_view_get_show_loupe (self->photo_view))
    lk_textures_get_scaled (self->textures, lk_submission_get_photo (submission), 1);
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

/* -- zoom -- */

void
lk_photo_area_zoom_fit (LkPhotoArea *self)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  if (self->comparing)
    lk_compare_view_zoom_fit (lk_compare_panel_get_view (self->compare_panel));
  else
    lk_photo_view_zoom_fit (self->photo_view);
}

void
lk_photo_area_zoom_actual (LkPhotoArea *self)
{
  LkCompareView *compare_view;

  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  compare_view = lk_compare_panel_get_view (self->compare_panel);
  if ((self->comparing ? lk_compare_view_get_zoom (compare_view) : lk_photo_view_get_zoom (self->photo_view)) == 1)
    lk_photo_area_zoom_fit (self);
  else if (self->comparing)
    lk_compare_view_zoom_actual (compare_view);
  else
    lk_photo_view_zoom_actual (self->photo_view);
}

void
lk_photo_area_zoom_by (LkPhotoArea *self,
                       double       factor)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  if (self->comparing)
    lk_compare_view_zoom_by (lk_compare_panel_get_view (self->compare_panel), factor);
  else
    lk_photo_view_zoom_by (self->photo_view, factor);
}

void
lk_photo_area_pan (LkPhotoArea *self,
                   double       x,
                   double       y)
{
  g_return_if_fail (LK_IS_PHOTO_AREA (self));

  if (self->comparing)
    lk_compare_view_pan (lk_compare_panel_get_view (self->compare_panel), x, y);
  else
    lk_photo_view_pan (self->photo_view, x, y);
}

gboolean
lk_photo_area_can_pan (LkPhotoArea *self)
{
  g_return_val_if_fail (LK_IS_PHOTO_AREA (self), FALSE);

  if (self->comparing)
    return lk_compare_view_is_zoomed (lk_compare_panel_get_view (self->compare_panel));
  return lk_photo_view_is_zoomed (self->photo_view);
}

static void
on_zoom_changed (LkPhotoArea *self)
{
  int width, height;

  show_zoom (self);
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
on_view_property (LkPhotoArea *self,
                  GParamSpec  *pspec)
{
  g_object_notify (G_OBJECT (self), pspec->name);
}

static gboolean
lk_photo_area_grab_focus (GtkWidget *widget)
{
  LkPhotoArea *self = LK_PHOTO_AREA (widget);

  if (self->comparing)
    return gtk_widget_grab_focus (GTK_WIDGET (lk_compare_panel_get_view (self->compare_panel)));
  return gtk_widget_grab_focus (GTK_WIDGET (self->photo_view));
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
    case PROP_SHOW_LOUPE:
      g_value_set_boolean (value, lk_photo_view_get_show_loupe (self->photo_view));
      break;
    case PROP_COMPARING:
      g_value_set_boolean (value, self->comparing);
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
    case PROP_SHOW_LOUPE:
      lk_photo_view_set_show_loupe (self->photo_view, g_value_get_boolean (value));
      break;
    case PROP_COMPARING:
      set_comparing (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lk_photo_area_dispose (GObject *object)
{
  LkPhotoArea *self = LK_PHOTO_AREA (object);

  g_clear_handle_id (&self->note_id, g_source_remove);
  g_clear_object (&self->textures);
  g_clear_object (&self->submission);
  lk_template_dispose (GTK_WIDGET (self), LK_TYPE_PHOTO_AREA);

  G_OBJECT_CLASS (lk_photo_area_parent_class)->dispose (object);
}

static void
lk_photo_area_class_init (LkPhotoAreaClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = lk_photo_area_dispose;
  object_class->get_property = lk_photo_area_get_property;
  object_class->set_property = lk_photo_area_set_property;
  widget_class->grab_focus = lk_photo_area_grab_focus;

  props[PROP_SHOW_GRID] = g_param_spec_boolean ("show-grid", NULL, NULL, TRUE, flags);
  props[PROP_SHOW_LOUPE] = g_param_spec_boolean ("show-loupe", NULL, NULL, FALSE, flags);
  props[PROP_COMPARING] = g_param_spec_boolean ("comparing", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[PAINTED] = g_signal_new ("painted", LK_TYPE_PHOTO_AREA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EARLIER_WANTED] = g_signal_new ("earlier-wanted", LK_TYPE_PHOTO_AREA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, LK_TYPE_SUBMISSION);
  signals[BOX_CHANGED] = g_signal_new ("box-changed", LK_TYPE_PHOTO_AREA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);

  g_type_ensure (LK_TYPE_PHOTO_VIEW);
  g_type_ensure (LK_TYPE_COMPARE_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/photo-area.ui");
  gtk_widget_class_bind_template_child (widget_class, LkPhotoArea, stack);
  gtk_widget_class_bind_template_child (widget_class, LkPhotoArea, photo_view);
  gtk_widget_class_bind_template_child (widget_class, LkPhotoArea, compare_panel);
  gtk_widget_class_bind_template_child (widget_class, LkPhotoArea, note_revealer);
  gtk_widget_class_bind_template_child (widget_class, LkPhotoArea, note);
  gtk_widget_class_bind_template_child (widget_class, LkPhotoArea, position);
  gtk_widget_class_bind_template_child (widget_class, LkPhotoArea, zoom);
}

static void
lk_photo_area_init (LkPhotoArea *self)
{
  self->variant = LK_N_PHOTO_KINDS;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->photo_view, "painted", G_CALLBACK (on_painted), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->photo_view, "notify::zoom", G_CALLBACK (on_zoom_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->photo_view, "notify::show-grid", G_CALLBACK (on_view_property), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->photo_view, "notify::show-loupe", G_CALLBACK (on_view_property), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lk_compare_panel_get_view (self->compare_panel), "notify::zoom", G_CALLBACK (show_zoom), self,
                           G_CONNECT_SWAPPED);
}
