/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/passphrase-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/error-text.h"
#include "ui/status-line.h"
#include "ui/template.h"

enum { SHORTEST = 8 };          /* characters of a passphrase that is chosen */

struct _LkPassphrasePage
{
  GtkWidget parent_instance;

  GtkLabel *sentence;
  GtkEditable *passphrase;
  GtkEditable *again;
  LkStatusLine *message;
  GtkButton *open;
  GtkButton *without;

  LkAccount *account;
  GCancellable *cancellable;
  gboolean opened;
};

G_DEFINE_FINAL_TYPE (LkPassphrasePage, lk_passphrase_page, GTK_TYPE_WIDGET)

enum { DONE, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
is_new (LkPassphrasePage *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->again));
}

static void
finish (LkPassphrasePage *self,
        gboolean          opened)
{
  self->opened = opened;
  gtk_editable_set_text (self->passphrase, "");
  gtk_editable_set_text (self->again, "");
  g_signal_emit (self, signals[DONE], 0);
}

static void
on_unlocked (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (LkPassphrasePage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean opened = lk_account_unlock_finish (LK_ACCOUNT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->open), TRUE);
  if (opened)
    {
      finish (self, TRUE);
      return;
    }
  lk_status_line_set_text (self->message, lk_error_text_for (error), TRUE);
  gtk_editable_select_region (self->passphrase, 0, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
}

/* Why the passphrase cannot be taken as it was typed; NULL when it can. */
static const char *
objection (LkPassphrasePage *self)
{
  const char *text = gtk_editable_get_text (self->passphrase);

  if (text[0] == '\0')
    return _("Please type the passphrase.");
  if (is_new (self) && g_utf8_strlen (text, -1) < SHORTEST)
    return _("Please choose at least eight characters.");
  if (is_new (self) && g_strcmp0 (text, gtk_editable_get_text (self->again)) != 0)
    return _("The two are not the same. Please type the passphrase once more.");
  return NULL;
}

static void
on_open (LkPassphrasePage *self)
{
  const char *text = objection (self);

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->open)))
    return;
  if (text != NULL)
    {
      lk_status_line_set_text (self->message, text, TRUE);
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->open), FALSE);
  lk_status_line_set_text (self->message, "", FALSE);
  lk_account_unlock_async (self->account, gtk_editable_get_text (self->passphrase), self->cancellable, on_unlocked,
                           g_object_ref (self));
}

static void
on_without (LkPassphrasePage *self)
{
  finish (self, FALSE);
}

void
lk_passphrase_page_ask (LkPassphrasePage *self,
                        LkAccount        *account,
                        gboolean          needed)
{
  gboolean chosen = lk_account_get_lock (account) == LK_ACCOUNT_LOCK_LOCKED;

  g_return_if_fail (LK_IS_PASSPHRASE_PAGE (self));

  g_set_object (&self->account, account);
  gtk_label_set_text (self->sentence,
                      chosen ? _("Your passphrase opens the photos and decisions kept on this computer.")
                             : _("This desktop has no password store. With a passphrase, photos are kept on this computer, "
                                 "sealed, so that you can go on when the network is away."));
  gtk_widget_set_visible (GTK_WIDGET (self->again), !chosen);
  gtk_widget_set_visible (GTK_WIDGET (self->without), !needed);
  gtk_button_set_label (self->open, chosen ? _("Open") : _("Use this passphrase"));
  lk_status_line_set_text (self->message, "", FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
}

gboolean
lk_passphrase_page_get_opened (LkPassphrasePage *self)
{
  g_return_val_if_fail (LK_IS_PASSPHRASE_PAGE (self), FALSE);

  return self->opened;
}

static void
lk_passphrase_page_dispose (GObject *object)
{
  LkPassphrasePage *self = LK_PASSPHRASE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  lk_template_dispose (GTK_WIDGET (self), LK_TYPE_PASSPHRASE_PAGE);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (lk_passphrase_page_parent_class)->dispose (object);
}

static void
lk_passphrase_page_finalize (GObject *object)
{
  g_object_unref (LK_PASSPHRASE_PAGE (object)->cancellable);

  G_OBJECT_CLASS (lk_passphrase_page_parent_class)->finalize (object);
}

static void
lk_passphrase_page_class_init (LkPassphrasePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lk_passphrase_page_dispose;
  object_class->finalize = lk_passphrase_page_finalize;

  signals[DONE] = g_signal_new ("done", LK_TYPE_PASSPHRASE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (LK_TYPE_STATUS_LINE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/passphrase-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LkPassphrasePage, sentence);
  gtk_widget_class_bind_template_child (widget_class, LkPassphrasePage, passphrase);
  gtk_widget_class_bind_template_child (widget_class, LkPassphrasePage, again);
  gtk_widget_class_bind_template_child (widget_class, LkPassphrasePage, message);
  gtk_widget_class_bind_template_child (widget_class, LkPassphrasePage, open);
  gtk_widget_class_bind_template_child (widget_class, LkPassphrasePage, without);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_without);
}

static void
lk_passphrase_page_init (LkPassphrasePage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
