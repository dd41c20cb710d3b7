/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sync-button.h"

#include <glib/gi18n.h>

#include "ui/steady-text.h"
#include "ui/template.h"
#include "ui/time-text.h"

struct _LkSyncButton
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkInscription *dot;
  GtkInscription *words;
  GtkLabel *sentence;
  GtkWidget *try_now;

  LkSync *sync;
  const char *style;            /* of the state that is shown */
  guint later_id;
};

G_DEFINE_FINAL_TYPE (LkSyncButton, lk_sync_button, GTK_TYPE_WIDGET)

typedef struct
{
  char *words;
  char *sentence;
  const char *dot;
  const char *style;
} Wording;

static void
word_sending (Wording *wording,
              guint    n_waiting)
{
  wording->dot = "↑";
  /* Translators: in the header: decisions on their way to the service */
  wording->words = g_strdup_printf (ngettext ("Sending %u", "Sending %u", n_waiting), n_waiting);
  wording->sentence = g_strdup_printf (ngettext ("%u decision is on its way to the campus service.",
                                                 "%u decisions are on their way to the campus service.", n_waiting),
                                       n_waiting);
  wording->style = "sending";
}

static void
word_offline (Wording *wording,
              guint    n_waiting,
              gint64   offline_since)
{
  g_autofree char *clock = lk_time_text_clock (offline_since);

  wording->dot = "○";
  /* Translators: in the header; %s is a time, "14:05" */
  wording->words = n_waiting > 0 ? g_strdup_printf (_("Offline since %s · %u waiting"), clock, n_waiting)
                                 : g_strdup_printf (_("Offline since %s"), clock);
  wording->sentence = g_strdup (_("The campus service cannot be reached. You can go on with the photos that are here; "
                                  "your decisions are kept on this computer and sent as soon as it answers."));
  wording->style = "offline";
}

static void
word_for (Wording    *wording,
          LkSyncState state,
          guint       n_waiting,
          gint64      offline_since)
{
  switch (state)
    {
    case LK_SYNC_SENDING:
      word_sending (wording, n_waiting);
      break;
    case LK_SYNC_OFFLINE:
      word_offline (wording, n_waiting, offline_since);
      break;
    case LK_SYNC_SIGNED_OUT:
      wording->dot = "○";
      wording->words = g_strdup (_("Signed out"));
      wording->sentence = g_strdup (_("Your session has ended. Please sign in again; nothing you decided is lost."));
      wording->style = "offline";
      break;
    case LK_SYNC_SYNCED:
    default:
      wording->dot = "●";
      /* Translators: in the header: everything decided is at the service */
      wording->words = g_strdup (_("Synced"));
      wording->sentence = g_strdup (_("Everything you decided is at the campus service."));
      wording->style = "synced";
      break;
    }
}

/* Two states that follow each other with every decision. */
static gboolean
is_at_work (const char *style)
{
  return g_strcmp0 (style, "offline") != 0;
}

static void
show_style (LkSyncButton *self,
            const char   *style)
{
  if (self->style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->style);
  self->style = style;
  gtk_widget_add_css_class (GTK_WIDGET (self), style);
}

void
lk_sync_button_show (LkSyncButton *self,
                     LkSyncState   state,
                     guint         n_waiting,
                     gint64        offline_since)
{
  Wording wording = { NULL };

  g_return_if_fail (LK_IS_SYNC_BUTTON (self));

  word_for (&wording, state, n_waiting, offline_since);
  gtk_inscription_set_text (self->dot, wording.dot);
  lk_steady_text_show (self->words, wording.words, is_at_work (self->style) != is_at_work (wording.style));
  gtk_label_set_text (self->sentence, wording.sentence);
  gtk_widget_set_visible (self->try_now, state == LK_SYNC_OFFLINE);
  if (g_strcmp0 (self->style, wording.style) != 0)
    show_style (self, wording.style);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, wording.words,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, wording.sentence, -1);
  g_free (wording.words);
  g_free (wording.sentence);
}

const char *
lk_sync_button_get_text (LkSyncButton *self)
{
  g_return_val_if_fail (LK_IS_SYNC_BUTTON (self), NULL);

  return gtk_inscription_get_text (self->words);
}

static gboolean
show_sync (gpointer user_data)
{
  LkSyncButton *self = user_data;

  self->later_id = 0;
  lk_sync_button_show (self, lk_sync_get_state (self->sync), lk_sync_get_n_waiting (self->sync),
                       lk_sync_get_offline_since (self->sync));
  return G_SOURCE_REMOVE;
}

/* The decision that changes it also shows the next photo, which is painted first. */
static void
on_sync_changed (LkSyncButton *self)
{
  if (self->later_id == 0)
    self->later_id = g_idle_add (show_sync, self);
}

void
lk_sync_button_set_sync (LkSyncButton *self,
                         LkSync       *sync)
{
  g_return_if_fail (LK_IS_SYNC_BUTTON (self));

  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  g_clear_handle_id (&self->later_id, g_source_remove);
  g_set_object (&self->sync, sync);
  if (sync == NULL)
    return;
  g_signal_connect_swapped (sync, "notify::state", G_CALLBACK (on_sync_changed), self);
  g_signal_connect_swapped (sync, "notify::n-waiting", G_CALLBACK (on_sync_changed), self);
  g_signal_connect_swapped (sync, "notify::offline-since", G_CALLBACK (on_sync_changed), self);
  show_sync (self);
}

static void
on_try_now (LkSyncButton *self)
{
  gtk_menu_button_popdown (self->button);
  if (self->sync != NULL)
    lk_sync_poke (self->sync);
}

static void
lk_sync_button_dispose (GObject *object)
{
  LkSyncButton *self = LK_SYNC_BUTTON (object);

  lk_sync_button_set_sync (self, NULL);
  lk_template_dispose (GTK_WIDGET (self), LK_TYPE_SYNC_BUTTON);

  G_OBJECT_CLASS (lk_sync_button_parent_class)->dispose (object);
}

static void
lk_sync_button_class_init (LkSyncButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_sync_button_dispose;

  gtk_widget_class_set_css_name (widget_class, "sync-button");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/sync-button.ui");
  gtk_widget_class_bind_template_child (widget_class, LkSyncButton, button);
  gtk_widget_class_bind_template_child (widget_class, LkSyncButton, dot);
  gtk_widget_class_bind_template_child (widget_class, LkSyncButton, words);
  gtk_widget_class_bind_template_child (widget_class, LkSyncButton, sentence);
  gtk_widget_class_bind_template_child (widget_class, LkSyncButton, try_now);
  gtk_widget_class_bind_template_callback (widget_class, on_try_now);
}

static void
lk_sync_button_init (LkSyncButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lk_sync_button_new (void)
{
  return g_object_new (LK_TYPE_SYNC_BUTTON, NULL);
}
