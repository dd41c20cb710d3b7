/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/own-list.h"

#include "ui/template.h"

enum { N_COLUMNS = 4 };

struct _LkOwnList
{
  GtkWidget parent_instance;

  GtkGrid *grid;
};

G_DEFINE_FINAL_TYPE (LkOwnList, lk_own_list, GTK_TYPE_WIDGET)

static void
clear (LkOwnList *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
}

/* The word is for the eye; what it stands for is said in full. */
static GtkWidget *
make_button (const LkReason *reason)
{
  GtkWidget *label = gtk_label_new (lk_reason_look (reason));
  GtkWidget *button = gtk_button_new ();

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "review.own-reason");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", reason->code);
  gtk_widget_set_tooltip_text (button, lk_reason_text (reason));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, lk_reason_text (reason), -1);
  return button;
}

void
lk_own_list_set_reasons (LkOwnList         *self,
                         LkReasonCatalogue *reasons)
{
  g_autoptr (GPtrArray) own = NULL;

  g_return_if_fail (LK_IS_OWN_LIST (self));

  clear (self);
  own = reasons != NULL ? lk_reason_catalogue_list_own (reasons) : g_ptr_array_new ();
  for (guint i = 0; i < own->len; i++)
    gtk_grid_attach (self->grid, make_button (own->pdata[i]), i % N_COLUMNS, i / N_COLUMNS, 1, 1);
  gtk_widget_set_visible (GTK_WIDGET (self), own->len > 0);
}

static gboolean
get_direction (guint             keyval,
               GtkDirectionType *direction)
{
  static const struct { guint keyval; GtkDirectionType direction; } arrows[] = {
    { GDK_KEY_Left, GTK_DIR_LEFT }, { GDK_KEY_Right, GTK_DIR_RIGHT }, { GDK_KEY_Up, GTK_DIR_UP }, { GDK_KEY_Down, GTK_DIR_DOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (arrows); i++)
    if (arrows[i].keyval == keyval)
      {
        *direction = arrows[i].direction;
        return TRUE;
      }
  return FALSE;
}

/* Taken here, or the page would go to the next photo. At the edge they do nothing. */
static gboolean
on_key (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        LkOwnList             *self)
{
  GtkDirectionType direction;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_SHIFT_MASK)) || !get_direction (keyval, &direction))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_child_focus (GTK_WIDGET (self->grid), direction);
  return GDK_EVENT_STOP;
}

static gboolean
lk_own_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (GTK_WIDGET (LK_OWN_LIST (widget)->grid), GTK_DIR_TAB_FORWARD);
}

static void
lk_own_list_dispose (GObject *object)
{
  lk_template_dispose (GTK_WIDGET (object), LK_TYPE_OWN_LIST);

  G_OBJECT_CLASS (lk_own_list_parent_class)->dispose (object);
}

static void
lk_own_list_class_init (LkOwnListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_own_list_dispose;
  widget_class->grab_focus = lk_own_list_grab_focus;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/own-list.ui");
  gtk_widget_class_bind_template_child (widget_class, LkOwnList, grid);
}

static void
lk_own_list_init (LkOwnList *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
