/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/key-list.h"

#include <glib/gi18n.h>

#include "ui/accessible-name.h"
#include "ui/key-map.h"
#include "ui/status-line.h"

struct _LkKeyList
{
  AdwPreferencesGroup parent_instance;

  LkStatusLine *message;
  GPtrArray *rows;              /* of AdwActionRow, one a key that can be changed */
  int waiting;                  /* index of the key that is being changed, or -1 */
};

G_DEFINE_FINAL_TYPE (LkKeyList, lk_key_list, ADW_TYPE_PREFERENCES_GROUP)

static gsize
index_of (GtkWidget *row)
{
  return GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (row), "index"));
}

/* A spare key of another keyboard, or one of several of the same line, stays as it is. */
static gboolean
can_be_changed (const LkReviewKey *key)
{
  return key->title != NULL && key->target == NULL ? TRUE : key->title != NULL && g_str_equal (key->target, "key");
}

static void
show_row (LkKeyList *self,
          GtkWidget *row)
{
  gsize n, index = index_of (row);
  const LkReviewKey *key = &lk_key_map_list (lk_key_map_get_default (), &n)[index];
  GtkWidget *cap = g_object_get_data (G_OBJECT (row), "cap");
  g_autofree char *text = self->waiting == (int) index ? g_strdup (_("Press a key…")) : lk_key_text (key->keyval, key->modifiers);
  /* Translators: an action and its key, for a screen reader: "Approve: A" */
  g_autofree char *name = g_strdup_printf (_("%s: %s"), _(key->title), text);

  gtk_label_set_text (GTK_LABEL (cap), text);
  lk_accessible_name_set (row, name);
}

static void
show_rows (LkKeyList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    show_row (self, self->rows->pdata[i]);
}

static void
stop_waiting (LkKeyList *self)
{
  self->waiting = -1;
  show_rows (self);
}

static void
say_refused (LkKeyList  *self,
             const char *key,
             const char *taken_by)
{
  g_autofree char *text = NULL;

  if (taken_by[0] == '\0')
    /* Translators: %s is a key */
    text = g_strdup_printf (_("%s is needed for moving about and cannot be used here."), key);
  else
    /* Translators: a key, and the action that has it already */
    text = g_strdup_printf (_("%s is the key for “%s” already. Nothing was changed."), key, _(taken_by));
  lk_status_line_set_text (self->message, text, TRUE);
}

/* Before anything else sees the key, an input method too: a letter is meant as a key here. */
static gboolean
on_key (LkKeyList       *self,
        guint            keyval,
        guint            keycode,
        GdkModifierType  state)
{
  GdkModifierType modifiers = state & (GDK_CONTROL_MASK | GDK_ALT_MASK);
  const char *taken_by = NULL;
  g_autofree char *text = NULL;

  if (self->waiting < 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Escape)
    {
      stop_waiting (self);
      return GDK_EVENT_STOP;
    }
  if ((keyval >= GDK_KEY_Shift_L && keyval <= GDK_KEY_Hyper_R) || keyval == GDK_KEY_ISO_Level3_Shift)
    return GDK_EVENT_STOP;
  text = lk_key_text (gdk_keyval_to_lower (keyval), modifiers);
  if (lk_key_map_change (lk_key_map_get_default (), (gsize) self->waiting, keyval, modifiers, &taken_by))
    lk_status_line_set_text (self->message, "", FALSE);
  else
    say_refused (self, text, taken_by);
  stop_waiting (self);
  return GDK_EVENT_STOP;
}

static void
on_activated (LkKeyList *self,
              GtkWidget *row)
{
  self->waiting = (int) index_of (row);
  lk_status_line_set_text (self->message, _("Press the new key, or Escape to leave it as it is."), FALSE);
  show_rows (self);
}

static void
on_focus_left (LkKeyList *self)
{
  if (self->waiting >= 0)
    stop_waiting (self);
}

static void
on_reset (LkKeyList *self)
{
  lk_key_map_reset (lk_key_map_get_default ());
  lk_status_line_set_text (self->message, _("All keys are as they were at first."), FALSE);
}

static void
add_row (LkKeyList         *self,
         const LkReviewKey *key,
         gsize              index)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *cap = gtk_label_new ("");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(key->title));
  gtk_widget_add_css_class (cap, "keycap");
  gtk_widget_set_valign (cap, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), cap);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "index", GSIZE_TO_POINTER (index));
  g_object_set_data (G_OBJECT (row), "cap", cap);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_activated), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static void
lk_key_list_finalize (GObject *object)
{
  g_ptr_array_unref (LK_KEY_LIST (object)->rows);

  G_OBJECT_CLASS (lk_key_list_parent_class)->finalize (object);
}

static void
lk_key_list_class_init (LkKeyListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lk_key_list_finalize;

  g_type_ensure (LK_TYPE_STATUS_LINE);
}

static void
lk_key_list_init (LkKeyList *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget *reset = gtk_button_new_with_label (_("Reset all"));
  gsize n;
  const LkReviewKey *list = lk_key_map_list (lk_key_map_get_default (), &n);

  self->rows = g_ptr_array_new ();
  self->waiting = -1;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Keys"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _("Choose an action, then press its new key."));
  g_signal_connect_object (reset, "clicked", G_CALLBACK (on_reset), self, G_CONNECT_SWAPPED);
  gtk_widget_set_valign (reset, GTK_ALIGN_CENTER);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), reset);
  self->message = g_object_new (LK_TYPE_STATUS_LINE, NULL);
  for (gsize i = 0; i < n; i++)
    if (can_be_changed (&list[i]))
      add_row (self, &list[i], i);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->message));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_focus_left), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect_object (lk_key_map_get_default (), "changed", G_CALLBACK (show_rows), self, G_CONNECT_SWAPPED);
  show_rows (self);
}
