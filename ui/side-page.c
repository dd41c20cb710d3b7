/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/side-page.h"

G_DEFINE_ABSTRACT_TYPE (LkSidePage, lk_side_page, GTK_TYPE_WIDGET)

enum { CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

void
lk_side_page_close (LkSidePage *self)
{
  g_return_if_fail (LK_IS_SIDE_PAGE (self));

  g_signal_emit (self, signals[CLOSED], 0);
}

static void
on_close (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  lk_side_page_close (LK_SIDE_PAGE (widget));
}

static void
lk_side_page_class_init (LkSidePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CLOSED] = g_signal_new ("closed", LK_TYPE_SIDE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "side-page.close", NULL, on_close);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "side-page.close", NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
lk_side_page_init (LkSidePage *self)
{
}
