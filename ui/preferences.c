/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/preferences.h"

#include <glib/gi18n.h>

#include "ui/key-list.h"

struct _LkPreferences
{
  AdwPreferencesWindow parent_instance;

  AdwComboRow *language;
  AdwComboRow *colours;
  GtkAdjustment *text_size;
  GtkAdjustment *lease_size;
  GtkSwitch *show_grid;
  GtkSwitch *ask_passphrase;
  GtkSwitch *notify_conflicts;
  GtkSwitch *notify_overdue;
  AdwEntryRow *service;
};

G_DEFINE_FINAL_TYPE (LkPreferences, lk_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* The settings' words in the order of the rows' choices. */
static const char *const languages[] = { "system", "zh_CN", "en", NULL };
static const char *const colours[] = { "system", "light", "dark", NULL };

static gboolean
word_to_index (GValue   *value,
               GVariant *variant,
               gpointer  words)
{
  const char *const *list = words;
  guint index = 0;

  while (list[index] != NULL && !g_str_equal (list[index], g_variant_get_string (variant, NULL)))
    index++;
  g_value_set_uint (value, list[index] != NULL ? index : 0);
  return TRUE;
}

static GVariant *
index_to_word (const GValue       *value,
               const GVariantType *type,
               gpointer            words)
{
  guint index = g_value_get_uint (value);

  return index == GTK_INVALID_LIST_POSITION ? NULL : g_variant_new_string (((const char *const *) words)[index]);
}

static void
follow (LkPreferences *self,
        GSettings     *settings)
{
  g_settings_bind_with_mapping (settings, "language", self->language, "selected", G_SETTINGS_BIND_DEFAULT, word_to_index,
                                index_to_word, (gpointer) languages, NULL);
  g_settings_bind_with_mapping (settings, "colours", self->colours, "selected", G_SETTINGS_BIND_DEFAULT, word_to_index,
                                index_to_word, (gpointer) colours, NULL);
  g_settings_bind (settings, "text-size", self->text_size, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "lease-size", self->lease_size, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "show-grid", self->show_grid, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "ask-passphrase", self->ask_passphrase, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notify-conflicts", self->notify_conflicts, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notify-overdue", self->notify_overdue, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "service", self->service, "text", G_SETTINGS_BIND_GET);
}

static void
on_service_applied (LkPreferences *self)
{
  GSettings *settings = g_object_get_data (G_OBJECT (self), "settings");

  g_settings_set_string (settings, "service", gtk_editable_get_text (GTK_EDITABLE (self->service)));
}

static void
lk_preferences_class_init (LkPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (LK_TYPE_KEY_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, LkPreferences, language);
  gtk_widget_class_bind_template_child (widget_class, LkPreferences, colours);
  gtk_widget_class_bind_template_child (widget_class, LkPreferences, text_size);
  gtk_widget_class_bind_template_child (widget_class, LkPreferences, lease_size);
  gtk_widget_class_bind_template_child (widget_class, LkPreferences, show_grid);
  gtk_widget_class_bind_template_child (widget_class, LkPreferences, ask_passphrase);
  gtk_widget_class_bind_template_child (widget_class, LkPreferences, notify_conflicts);
  gtk_widget_class_bind_template_child (widget_class, LkPreferences, notify_overdue);
  gtk_widget_class_bind_template_child (widget_class, LkPreferences, service);
  gtk_widget_class_bind_template_callback (widget_class, on_service_applied);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
lk_preferences_init (LkPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
lk_preferences_new (GtkWindow *parent,
                    GSettings *settings)
{
  LkPreferences *self = g_object_new (LK_TYPE_PREFERENCES, "transient-for", parent, "destroy-with-parent", TRUE,
                                      "hide-on-close", TRUE, NULL);

  g_object_set_data_full (G_OBJECT (self), "settings", g_object_ref (settings), g_object_unref);
  follow (self, settings);
  return GTK_WINDOW (self);
}
