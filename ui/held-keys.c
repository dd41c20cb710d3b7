/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/held-keys.h"

/* Of a key whose release went to another window we do not hear: after so long without a repeat it is pressed anew. */
enum { FORGOTTEN_AFTER_MS = 1000 };

typedef struct
{
  LkOnceFunc once;
  guint keycode;                /* of the key that is down; 0: none */
  guint32 at;                   /* ms, when it was last pressed or repeated */
} Held;

static gboolean
is_typing (GtkWidget *widget)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  return GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus);
}

static gboolean
on_pressed (GtkEventControllerKey *controller,
            guint                  keyval,
            guint                  keycode,
            GdkModifierType        state,
            Held                  *held)
{
  guint32 now = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (controller));
  gboolean repeats = keycode == held->keycode && now - held->at < FORGOTTEN_AFTER_MS;
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask () & ~(GdkModifierType) GDK_SHIFT_MASK;

  held->keycode = keycode;
  held->at = now;
  if (!repeats || is_typing (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller))))
    return FALSE;
  return keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_space ||
         held->once (gdk_keyval_to_lower (keyval), modifiers);
}

static void
on_released (GtkEventControllerKey *controller,
             guint                  keyval,
             guint                  keycode,
             GdkModifierType        state,
             Held                  *held)
{
  if (keycode == held->keycode)
    held->keycode = 0;
}

static void
on_left (GtkEventControllerFocus *controller,
         Held                    *held)
{
  held->keycode = 0;
}

void
lk_held_keys_attach (GtkWidget  *widget,
                     LkOnceFunc  once)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  Held *held = g_new0 (Held, 1);

  held->once = once;
  g_object_set_data_full (G_OBJECT (widget), "lk-held", held, g_free);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_pressed), held);
  g_signal_connect (keys, "key-released", G_CALLBACK (on_released), held);
  g_signal_connect (focus, "leave", G_CALLBACK (on_left), held);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, focus);
}
