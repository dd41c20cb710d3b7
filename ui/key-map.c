/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/key-map.h"

#include <string.h>

#include "ui/held-keys.h"

struct _LkKeyMap
{
  GObject parent_instance;

  GSettings *settings;
  LkReviewKey *keys;            /* as lk_review_keys(), with the changes */
  gsize n_keys;
};

G_DEFINE_FINAL_TYPE (LkKeyMap, lk_key_map, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char controller_name[] = "lk-key-map";

/* What a change is kept under: the action, its target, and which of several keys of it. */
static char *
name_of (const LkReviewKey *keys,
         gsize              index)
{
  guint nth = 0;

  for (gsize i = 0; i < index; i++)
    if (g_str_equal (keys[i].action, keys[index].action) && g_strcmp0 (keys[i].target, keys[index].target) == 0)
      nth++;
  return g_strdup_printf ("%s %s %u", keys[index].action, keys[index].target != NULL ? keys[index].target : "-", nth);
}

static void
load (LkKeyMap *self)
{
  const LkReviewKey *keys = lk_review_keys (&self->n_keys);
  g_autoptr (GVariant) changes = NULL;

  g_free (self->keys);
  self->keys = g_memdup2 (keys, self->n_keys * sizeof *keys);
  if (self->settings == NULL)
    return;
  changes = g_settings_get_value (self->settings, "shortcuts");
  for (gsize i = 0; i < self->n_keys; i++)
    {
      g_autofree char *name = name_of (keys, i);
      const char *text;
      guint keyval;
      GdkModifierType modifiers;

      if (g_variant_lookup (changes, name, "&s", &text) && gtk_accelerator_parse (text, &keyval, &modifiers) && keyval != 0)
        {
          self->keys[i].keyval = keyval;
          self->keys[i].modifiers = modifiers;
        }
    }
}

static void
lk_key_map_finalize (GObject *object)
{
  LkKeyMap *self = LK_KEY_MAP (object);

  g_clear_object (&self->settings);
  g_free (self->keys);

  G_OBJECT_CLASS (lk_key_map_parent_class)->finalize (object);
}

static void
lk_key_map_class_init (LkKeyMapClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lk_key_map_finalize;

  signals[CHANGED] = g_signal_new ("changed", LK_TYPE_KEY_MAP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lk_key_map_init (LkKeyMap *self)
{
  load (self);
}

LkKeyMap *
lk_key_map_get_default (void)
{
  static LkKeyMap *map;

  if (map == NULL)
    map = g_object_new (LK_TYPE_KEY_MAP, NULL);
  return map;
}

static void
reload (LkKeyMap *self)
{
  load (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
lk_key_map_set_settings (LkKeyMap  *self,
                         GSettings *settings)
{
  g_return_if_fail (LK_IS_KEY_MAP (self));

  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_set_object (&self->settings, settings);
  if (settings != NULL)
    g_signal_connect_swapped (settings, "changed::shortcuts", G_CALLBACK (reload), self);
  reload (self);
}

const LkReviewKey *
lk_key_map_list (LkKeyMap *self,
                 gsize    *n_keys)
{
  g_return_val_if_fail (LK_IS_KEY_MAP (self), NULL);

  *n_keys = self->n_keys;
  return self->keys;
}

static gboolean
same_key (const LkReviewKey *key,
          guint              keyval,
          GdkModifierType    modifiers)
{
  return gdk_keyval_to_lower (key->keyval) == gdk_keyval_to_lower (keyval) && key->modifiers == modifiers;
}

gboolean
lk_key_map_is_changed (LkKeyMap *self,
                       gsize     index)
{
  gsize n;
  const LkReviewKey *first = lk_review_keys (&n);

  return !same_key (&first[index], self->keys[index].keyval, self->keys[index].modifiers);
}

/* The title of the line a key stands in. */
static const char *
title_of (LkKeyMap *self,
          gsize     index)
{
  while (index > 0 && self->keys[index].title == NULL)
    index--;
  return self->keys[index].title;
}

/* Moving the focus, leaving, confirming, and the digits of the reasons stay what they are. */
static gboolean
is_needed_elsewhere (guint           keyval,
                     GdkModifierType modifiers)
{
  static const guint needed[] = { GDK_KEY_Tab, GDK_KEY_ISO_Left_Tab, GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_Escape,
                                  GDK_KEY_space, GDK_KEY_BackSpace, GDK_KEY_Delete, GDK_KEY_F1, GDK_KEY_F10, GDK_KEY_Menu };

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    if (keyval == needed[i])
      return TRUE;
  if (keyval >= GDK_KEY_1 && keyval <= GDK_KEY_9)
    return TRUE;
  return modifiers == GDK_CONTROL_MASK && (keyval == GDK_KEY_q || keyval == GDK_KEY_comma || keyval == GDK_KEY_question);
}

static void
keep (LkKeyMap *self)
{
  GVariantBuilder builder;
  gsize n;
  const LkReviewKey *first = lk_review_keys (&n);

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  for (gsize i = 0; i < n; i++)
    if (lk_key_map_is_changed (self, i))
      {
        g_autofree char *name = name_of (first, i);
        g_autofree char *text = gtk_accelerator_name (self->keys[i].keyval, self->keys[i].modifiers);

        g_variant_builder_add (&builder, "{ss}", name, text);
      }
  if (self->settings != NULL)
    g_settings_set_value (self->settings, "shortcuts", g_variant_builder_end (&builder));
  else
    g_variant_builder_clear (&builder);
}

gboolean
lk_key_map_change (LkKeyMap        *self,
                   gsize            index,
                   guint            keyval,
                   GdkModifierType  modifiers,
                   const char     **taken_by)
{
  g_return_val_if_fail (LK_IS_KEY_MAP (self) && index < self->n_keys, FALSE);

  if (is_needed_elsewhere (keyval, modifiers))
    {
      *taken_by = "";
      return FALSE;
    }
  for (gsize i = 0; i < self->n_keys; i++)
    if (i != index && same_key (&self->keys[i], keyval, modifiers))
      {
        *taken_by = title_of (self, i);
        return FALSE;
      }
  self->keys[index].keyval = gdk_keyval_to_lower (keyval);
  self->keys[index].modifiers = modifiers;
  keep (self);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

void
lk_key_map_reset (LkKeyMap *self)
{
  g_return_if_fail (LK_IS_KEY_MAP (self));

  if (self->settings != NULL)
    g_settings_reset (self->settings, "shortcuts");
  else
    reload (self);
}

/* How the key stands on a keyboard. */
char *
lk_key_text (guint           keyval,
             GdkModifierType modifiers)
{
  static const struct { guint keyval; const char *text; } signs[] = {
    { GDK_KEY_Up, "↑" }, { GDK_KEY_Down, "↓" }, { GDK_KEY_Left, "←" }, { GDK_KEY_Right, "→" }, { GDK_KEY_plus, "+" },
    { GDK_KEY_minus, "−" }, { GDK_KEY_question, "?" }, { GDK_KEY_bracketleft, "[" }, { GDK_KEY_bracketright, "]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (modifiers == 0 && signs[i].keyval == keyval)
      return g_strdup (signs[i].text);
  return gtk_accelerator_get_label (keyval, modifiers);
}

char *
lk_key_map_dup_text (LkKeyMap   *self,
                     const char *action)
{
  g_return_val_if_fail (LK_IS_KEY_MAP (self), NULL);

  for (gsize i = 0; i < self->n_keys; i++)
    if (g_str_equal (self->keys[i].action, action))
      return lk_key_text (self->keys[i].keyval, self->keys[i].modifiers);
  return NULL;
}

char *
lk_key_map_fill (LkKeyMap   *self,
                 const char *text)
{
  g_autoptr (GString) filled = g_string_new (NULL);
  const char *open, *end;

  g_return_val_if_fail (LK_IS_KEY_MAP (self), NULL);

  for (; (open = strchr (text, '{')) != NULL && (end = strchr (open, '}')) != NULL; text = end + 1)
    {
      g_autofree char *action = g_strndup (open + 1, (gsize) (end - open - 1));
      g_autofree char *key = lk_key_map_dup_text (self, action);

      g_string_append_len (filled, text, open - text);
      g_string_append (filled, key != NULL ? key : action);
    }
  g_string_append (filled, text);
  return g_string_free (g_steal_pointer (&filled), FALSE);
}

static GtkEventController *
make_controller (LkKeyMap *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_name (controller, controller_name);
  for (gsize i = 0; i < self->n_keys; i++)
    {
      const LkReviewKey *key = &self->keys[i];
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key->keyval, key->modifiers),
                                                gtk_named_action_new (key->action));

      if (key->target != NULL)
        gtk_shortcut_set_arguments (shortcut, g_variant_new_string (key->target));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  return controller;
}

static void
renew_controller (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = g_list_model_get_n_items (controllers); i > 0; i--)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i - 1);

      if (g_strcmp0 (gtk_event_controller_get_name (controller), controller_name) == 0)
        gtk_widget_remove_controller (widget, controller);
    }
  gtk_widget_add_controller (widget, make_controller (lk_key_map_get_default ()));
}

/* A photo nobody has looked at must not be decided on because a key is still down; nor with Shift, where somebody has put that. */
static gboolean
decides (guint           keyval,
         GdkModifierType modifiers)
{
  const LkKeyMap *self = lk_key_map_get_default ();

  for (gsize i = 0; i < self->n_keys; i++)
    if (self->keys[i].group == LK_KEY_GROUP_DECIDE && gdk_keyval_to_lower (self->keys[i].keyval) == keyval &&
        (self->keys[i].modifiers & ~(GdkModifierType) GDK_SHIFT_MASK) == modifiers)
      return TRUE;
  return FALSE;
}

void
lk_key_map_attach (LkKeyMap  *self,
                   GtkWidget *widget)
{
  g_return_if_fail (LK_IS_KEY_MAP (self));

  lk_held_keys_attach (widget, decides);
  renew_controller (widget);
  g_signal_connect_object (self, "changed", G_CALLBACK (renew_controller), widget, G_CONNECT_SWAPPED);
}
