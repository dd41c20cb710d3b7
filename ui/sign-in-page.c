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
  GtkEditable *code;            /* shown once it was asked for */
  LkStatusLine *message;
  GtkWidget *sign_in;
  GtkWidget *college;
  GtkWidget *cancel;            /* while the browser is waited for */

  LkAccount *account;
  GCancellable *cancellable;
  GCancellable *walk;           /* of the sign-in in the browser; NULL when there is none */
  GCancellable *look;           /* of the question what this campus has; NULL when none is under way */
  guint look_timer;
};

enum
{
  LOOK_SOON_MS = 400,           /* after the last letter of the address */
  LOOK_AGAIN_MS = 5000,         /* when nobody answered */
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

/* The college's own sign-in is offered only where the campus at this address has one. */

static void look_later (LkSignInPage *self, guint ms);

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (LkSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *college = NULL;
  g_autofree char *address = lk_account_find_service_finish (LK_ACCOUNT (source), result, &college, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->look);
  if (college != NULL)
    gtk_button_set_label (GTK_BUTTON (self->college), college);
  gtk_widget_set_visible (self->college, college != NULL);
  if (g_error_matches (error, LK_ERROR, LK_ERROR_OFFLINE))
    look_later (self, LOOK_AGAIN_MS);
}

static gboolean
look (gpointer data)
{
  LkSignInPage *self = data;

  self->look_timer = 0;
  if (self->account == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)) || !gtk_widget_get_sensitive (self->sign_in))
    return G_SOURCE_REMOVE;
  self->look = g_cancellable_new ();
  lk_account_find_service_async (self->account, gtk_editable_get_text (self->service), self->look, on_looked,
                                 g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
stop_looking (LkSignInPage *self)
{
  g_clear_handle_id (&self->look_timer, g_source_remove);
  g_cancellable_cancel (self->look);
  g_clear_object (&self->look);
}

static void
look_later (LkSignInPage *self,
            guint         ms)
{
  stop_looking (self);
  self->look_timer = g_timeout_add (ms, look, self);
}

static void
on_service_changed (LkSignInPage *self)
{
  gtk_widget_set_visible (self->college, FALSE);
  look_later (self, LOOK_SOON_MS);
}

static void
set_busy (LkSignInPage *self,
          gboolean      busy)
{
  gtk_widget_set_sensitive (self->sign_in, !busy);
  gtk_widget_set_sensitive (self->college, !busy);
  if (busy)
    stop_looking (self);
  else
    look_later (self, LOOK_SOON_MS);
}

static void
show_code (LkSignInPage *self,
           gboolean      shown)
{
  gtk_editable_set_text (self->code, "");
  gtk_widget_set_visible (GTK_WIDGET (self->code), shown);
}

static void
succeed (LkSignInPage *self)
{
  set_busy (self, FALSE);
  gtk_editable_set_text (self->password, "");
  show_code (self, FALSE);
  lk_sign_in_page_say (self, NULL, FALSE);
  g_signal_emit (self, signals[SIGNED_IN], 0);
}

static void
complain (LkSignInPage *self,
          const GError *error)
{
  g_message ("sign-in failed: %s", error->message);
  lk_sign_in_page_say (self, lk_error_text_for (error), TRUE);
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
      succeed (self);
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
  complain (self, error);
  if (g_error_matches (error, LK_ERROR, LK_ERROR_FACTOR_NEEDED) || g_error_matches (error, LK_ERROR, LK_ERROR_WRONG_FACTOR))
    {
      show_code (self, TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->code));
      return;
    }
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
lk_sign_in_page_sign_in (LkSignInPage *self)
{
  const char *service, *user, *password, *code;

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
  code = gtk_editable_get_text (self->code);
  lk_account_set_code (self->account, code[0] != '\0' ? code : NULL);
  lk_account_sign_in_async (self->account, service, user, password, self->cancellable, on_signed_in,
                            g_object_ref (self));
}

/* The college's own sign-in, in the browser */

static void
on_came_back (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (LkSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = lk_account_college_sign_in_finish (LK_ACCOUNT (source), result, &error);

  g_clear_object (&self->walk);
  if (self->account == NULL)    /* the page is gone */
    return;
  gtk_widget_set_visible (self->cancel, FALSE);
  if (done)
    {
      succeed (self);
      return;
    }
  set_busy (self, FALSE);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    lk_sign_in_page_say (self, NULL, FALSE);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    lk_sign_in_page_say (self, _("Nobody came back from the browser. Please begin again."), TRUE);
  else if (g_error_matches (error, LK_ERROR, LK_ERROR_NOT_FOUND))
    lk_sign_in_page_say (self, _("This campus has no sign-in through the college. Please use your password."), TRUE);
  else
    complain (self, error);
}

static void
open_browser (const char *url,
              gpointer    user_data)
{
  LkSignInPage *self = user_data;

  lk_sign_in_page_say (self, _("Please sign in in the browser. This page goes on by itself afterwards."), FALSE);
  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), url, GDK_CURRENT_TIME);
}

static char *
make_page (void)
{
  return g_strdup_printf ("<!DOCTYPE html><meta charset=\"utf-8\"><title>Likeness</title>"
                          "<body style=\"font-family: sans-serif; text-align: center; margin-top: 20vh\"><p>%s</p>",
                          _("You can close this page now and go back to Likeness."));
}

static void
on_college (LkSignInPage *self)
{
  const char *service = gtk_editable_get_text (self->service);
  g_autofree char *page = make_page ();

  if (self->account == NULL || self->walk != NULL)
    return;
  if (service[0] == '\0')
    {
      lk_sign_in_page_say (self, _("Please fill in the address of the campus service first."), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->service));
      return;
    }
  self->walk = g_cancellable_new ();
  set_busy (self, TRUE);
  gtk_widget_set_visible (self->cancel, TRUE);
  lk_sign_in_page_say (self, _("Signing in…"), FALSE);
  lk_account_college_sign_in_async (self->account, service, page, open_browser, self, self->walk, on_came_back,
                                    g_object_ref (self));
}

static void
on_cancel (LkSignInPage *self)
{
  g_cancellable_cancel (self->walk);
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
lk_sign_in_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lk_sign_in_page_parent_class)->map (widget);
  look_later (LK_SIGN_IN_PAGE (widget), LOOK_SOON_MS);
}

static void
lk_sign_in_page_dispose (GObject *object)
{
  LkSignInPage *self = LK_SIGN_IN_PAGE (object);

  stop_looking (self);
  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->walk);
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
  widget_class->map = lk_sign_in_page_map;

  signals[SIGNED_IN] = g_signal_new ("signed-in", LK_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);
  signals[LOCKED] = g_signal_new ("locked", LK_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (LK_TYPE_STATUS_LINE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LkSignInPage, service);
  gtk_widget_class_bind_template_child (widget_class, LkSignInPage, user);
  gtk_widget_class_bind_template_child (widget_class, LkSignInPage, password);
  gtk_widget_class_bind_template_child (widget_class, LkSignInPage, message);
  gtk_widget_class_bind_template_child (widget_class, LkSignInPage, code);
  gtk_widget_class_bind_template_child (widget_class, LkSignInPage, sign_in);
  gtk_widget_class_bind_template_child (widget_class, LkSignInPage, college);
  gtk_widget_class_bind_template_child (widget_class, LkSignInPage, cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_service_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_college);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, lk_sign_in_page_sign_in);
}

static void
lk_sign_in_page_init (LkSignInPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
