/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sheet-item.h"

#include <glib/gi18n.h>

#include "ui/thumbnail.h"

struct _LkSheetItem
{
  GtkFlowBoxChild parent_instance;

  LkSubmission *submission;
  GtkWidget *thumbnail;
  GtkWidget *state;
  gboolean taken_out;
};

G_DEFINE_FINAL_TYPE (LkSheetItem, lk_sheet_item, GTK_TYPE_FLOW_BOX_CHILD)

enum { PROP_0, PROP_TAKEN_OUT, N_PROPS };
static GParamSpec *props[N_PROPS];

static void
show_state (LkSheetItem *self)
{
  const char *name = lk_submission_get_name (self->submission);
  g_autofree char *text = NULL;

  /* Translators: under a photo on the contact sheet that is not to be approved with the others; %s is a masked name */
  text = self->taken_out ? g_strdup_printf (_("%s: taken out"), name) : g_strdup (name);
  gtk_label_set_text (GTK_LABEL (self->state), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (self->taken_out)
    gtk_widget_add_css_class (GTK_WIDGET (self), "taken-out");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "taken-out");
}

void
lk_sheet_item_toggle (LkSheetItem *self)
{
  g_return_if_fail (LK_IS_SHEET_ITEM (self));

  self->taken_out = !self->taken_out;
  show_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TAKEN_OUT]);
}

gboolean
lk_sheet_item_get_taken_out (LkSheetItem *self)
{
  g_return_val_if_fail (LK_IS_SHEET_ITEM (self), FALSE);

  return self->taken_out;
}

void
lk_sheet_item_set_photo_width (LkSheetItem *self,
                               int          width)
{
  g_return_if_fail (LK_IS_SHEET_ITEM (self));

  gtk_widget_set_size_request (self->thumbnail, width, width * 4 / 3);
}

LkSubmission *
lk_sheet_item_get_submission (LkSheetItem *self)
{
  g_return_val_if_fail (LK_IS_SHEET_ITEM (self), NULL);

  return self->submission;
}

static void
lk_sheet_item_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_TAKEN_OUT:
      g_value_set_boolean (value, LK_SHEET_ITEM (object)->taken_out);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lk_sheet_item_finalize (GObject *object)
{
  g_clear_object (&LK_SHEET_ITEM (object)->submission);

  G_OBJECT_CLASS (lk_sheet_item_parent_class)->finalize (object);
}

static void
lk_sheet_item_class_init (LkSheetItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lk_sheet_item_get_property;
  object_class->finalize = lk_sheet_item_finalize;

  props[PROP_TAKEN_OUT] = g_param_spec_boolean ("taken-out", NULL, NULL, FALSE,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
lk_sheet_item_init (LkSheetItem *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->thumbnail = g_object_new (LK_TYPE_THUMBNAIL, "halign", GTK_ALIGN_CENTER, NULL);
  self->state = g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_END, "max-width-chars", 12, NULL);
  gtk_box_append (GTK_BOX (box), self->thumbnail);
  gtk_box_append (GTK_BOX (box), self->state);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (self), box);
  lk_sheet_item_set_photo_width (self, LK_SHEET_ITEM_PHOTO_MIN);
  gtk_widget_add_css_class (GTK_WIDGET (self), "sheet-item");
}

GtkWidget *
lk_sheet_item_new (LkSubmission *submission,
                   LkTextures   *textures)
{
  LkSheetItem *self = g_object_new (LK_TYPE_SHEET_ITEM, NULL);
  g_autofree char *label = g_strdup_printf (_("Photo of %s"), lk_submission_get_name (submission));

  self->submission = g_object_ref (submission);
  lk_thumbnail_set_photo (LK_THUMBNAIL (self->thumbnail), textures, lk_submission_get_photo (submission), label);
  show_state (self);
  return GTK_WIDGET (self);
}
