/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/first-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/error-text.h"
#include "ui/status-line.h"
#include "ui/template.h"

struct _LkFirstPage
{
  GtkWidget parent_instance;

  GtkEditable *service;
  LkStatusLine *message;
  GtkWidget *find;

  LkAccount *account;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (LkFirstPage, lk_first_page, GTK_TYPE_WIDGET)

enum { FOUND, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (LkFirstPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = lk_account_find_service_finish (LK_ACCOUNT (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (self->find, TRUE);
  if (address != NULL)
    {
      lk_status_line_set_text (self->message, "", FALSE);
      g_signal_emit (self, signals[FOUND], 0, address);
      return;
    }
  g_message ("no service: %s", error->message);
  lk_status_line_set_text (self->message, lk_error_text_for (error), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->service));
}

static void
on_find (LkFirstPage *self)
{
  const char *address = gtk_editable_get_text (self->service);

  if (self->account == NULL || !gtk_widget_get_sensitive (self->find))
    return;
  if (address[0] == '\0')
    {
      lk_status_line_set_text (self->message, _("Please type the address your college gave you."), TRUE);
      return;
    }
  gtk_widget_set_sensitive (self->find, FALSE);
  lk_status_line_set_text (self->message, _("Looking for the campus service…"), FALSE);
  lk_account_find_service_async (self->account, address, self->cancellable, on_found, g_object_ref (self));
}

void
lk_first_page_set_account (LkFirstPage *self,
                           LkAccount   *account)
{
  g_return_if_fail (LK_IS_FIRST_PAGE (self));

  g_set_object (&self->account, account);
}

static gboolean
lk_first_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LK_FIRST_PAGE (widget)->service));
}

static void
lk_first_page_dispose (GObject *object)
{
  LkFirstPage *self = LK_FIRST_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  lk_template_dispose (GTK_WIDGET (self), LK_TYPE_FIRST_PAGE);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (lk_first_page_parent_class)->dispose (object);
}

static void
lk_first_page_finalize (GObject *object)
{
  g_object_unref (LK_FIRST_PAGE (object)->cancellable);

  G_OBJECT_CLASS (lk_first_page_parent_class)->finalize (object);
}

static void
lk_first_page_class_init (LkFirstPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lk_first_page_dispose;
  object_class->finalize = lk_first_page_finalize;
  widget_class->grab_focus = lk_first_page_grab_focus;

  signals[FOUND] = g_signal_new ("found", LK_TYPE_FIRST_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_STRING);

  g_type_ensure (LK_TYPE_STATUS_LINE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/first-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LkFirstPage, service);
  gtk_widget_class_bind_template_child (widget_class, LkFirstPage, message);
  gtk_widget_class_bind_template_child (widget_class, LkFirstPage, find);
  gtk_widget_class_bind_template_callback (widget_class, on_find);
}

static void
lk_first_page_init (LkFirstPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
