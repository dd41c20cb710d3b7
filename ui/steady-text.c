/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/steady-text.h"

/* Digits of one width are a little wider than those that are measured. */
enum { SPARE = 4 };

void
lk_steady_text_show (GtkInscription *inscription,
                     const char     *text,
                     gboolean        shrink)
{
  GtkWidget *widget = GTK_WIDGET (inscription);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  int width, room;

  g_return_if_fail (GTK_IS_INSCRIPTION (inscription));

  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_widget_get_size_request (widget, &room, NULL);
  width += SPARE;
  if (width > room || (shrink && width < room))
    gtk_widget_set_size_request (widget, width, -1);
  gtk_inscription_set_text (inscription, text);
}
