/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sign-in-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/error-text.h"
#include "ui/status-line.h"
#include "ui/template.h"

struct _LkSignInPage
{
  GtkWidget parent_instance;

  GtkEditable *service;
  GtkEditable *user;
  GtkEditable *password;
  LkStatusLine *message;
  GtkWidget *sign_in;

  LkAccount *account;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (LkSignInPage, lk_sign_in_page, GTK_TYPE_WIDGET)

enum { SIGNED_IN, LOCKED, N_SIGNALS };
static guint signals[N_SIGNALS];

void
lk_sign_in_page_say (LkSignInPage *self,
                     const char   *text,
                     gboolean      is_warning)
{
  g_return_if_fail (LK_IS_SIGN_IN_PAGE (self));

  lk_status_line_set_text (self->message, text != NULL ? text : "", is_warning);
}

static void
set_busy (LkSignInPage *self,
          gboolean      busy)
{
  gtk_widget_set_sensitive (self->sign_in, !busy);
}

static void
on_signed_in (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (LkSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (lk_account_sign_in_finish (LK_ACCOUNT (source), result, &error))
    {
      set_busy (self, FALSE);
      gtk_editable_set_text (self->password, "");
      lk_sign_in_page_say (self, NULL, FALSE);
      g_signal_emit (self, signals[SIGNED_IN], 0);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_busy (self, FALSE);
  if (g_error_matches (error, LK_ERROR, LK_ERROR_LOCKED))
    {
      lk_sign_in_page_say (self, NULL, FALSE);
      g_signal_emit (self, signals[LOCKED], 0);
      return;
    }
  g_message ("sign-in failed: %s", error->message);
  lk_sign_in_page_say (self, lk_error_text_for (error), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
lk_sign_in_page_sign_in (LkSignInPage *self)
{
  const char *service, *user, *password;

  g_return_if_fail (LK_IS_SIGN_IN_PAGE (self));

  service = gtk_editable_get_text (self->service);
  user = gtk_editable_get_text (self->user);
  password = gtk_editable_get_text (self->password);
  if (self->account == NULL || !gtk_widget_get_sensitive (self->sign_in))
    return;
  if (service[0] == '\0' || user[0] == '\0' || password[0] == '\0')
    {
      lk_sign_in_page_say (self, _("Please fill in address, user name and password."), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self));
      return;
    }

  set_busy (self, TRUE);
  lk_sign_in_page_say (self, _("Signing in…"), FALSE);
  lk_account_sign_in_async (self->account, service, user, password, self->cancellable, on_signed_in,
                            g_object_ref (self));
}

void
lk_sign_in_page_set_account (LkSignInPage *self,
                             LkAccount    *account)
{
  g_return_if_fail (LK_IS_SIGN_IN_PAGE (self));

  g_set_object (&self->account, account);
}

void
lk_sign_in_page_fill (LkSignInPage *self,
                      const char   *service,
                      const char   *user,
                      const char   *password)
{
  g_return_if_fail (LK_IS_SIGN_IN_PAGE (self));

  if (service != NULL)
    gtk_editable_set_text (self->service, service);
  if (user != NULL)
    gtk_editable_set_text (self->user, user);
  if (password != NULL)
    gtk_editable_set_text (self->password, password);
}

const char *
lk_sign_in_page_get_service (LkSignInPage *self)
{
  g_return_val_if_fail (LK_IS_SIGN_IN_PAGE (self), NULL);

  return gtk_editable_get_text (self->service);
}

const char *
lk_sign_in_page_get_user (LkSignInPage *self)
{
  g_return_val_if_fail (LK_IS_SIGN_IN_PAGE (self), NULL);

  return gtk_editable_get_text (self->user);
}

/* The first field that still has to be filled in; the password when all are. */
static gboolean
lk_sign_in_page_grab_focus (GtkWidget *widget)
{
  LkSignInPage *self = LK_SIGN_IN_PAGE (widget);
  GtkEditable *const fields[] = { self->service, self->user };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (gtk_editable_get_text (fields[i])[0] == '\0')
      return gtk_widget_grab_focus (GTK_WIDGET (fields[i]));
  return gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static void
lk_sign_in_page_dispose (GObject *object)
{
  LkSignInPage *self = LK_SIGN_IN_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  lk_template_dispose (GTK_WIDGET (self), LK_TYPE_SIGN_IN_PAGE);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (lk_sign_in_page_parent_class)->dispose (object);
}

static void
lk_sign_in_page_finalize (GObject *object)
{
  g_object_unref (LK_SIGN_IN_PAGE (object)->cancellable);

  G_OBJECT_CLASS (lk_sign_in_page_parent_class)->finalize (object);
}

static void
lk_sign_in_page_class_init (LkSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lk_sign_in_page_dispose;
  object_class->finalize = lk_sign_in_page_finalize;
  widget_class->grab_focus = lk_sign_in_page_grab_focus;

  signals[SIGNED_IN] = g_signal_new ("signed-in", LK_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);
  signals[LOCKED] = g_signal_new ("locked", LK_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (LK_TYPE_STATUS_LINE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LkSignInPage, service);
  gtk_widget_class_bind_template_child (widget_class, LkSignInPage, user);
  gtk_widget_class_bind_template_child (widget_class, LkSignInPage, password);
  gtk_widget_class_bind_template_child (widget_class, LkSignInPage, message);
  gtk_widget_class_bind_template_child (widget_class, LkSignInPage, sign_in);
  gtk_widget_class_bind_template_callback (widget_class, lk_sign_in_page_sign_in);
}

static void
lk_sign_in_page_init (LkSignInPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
