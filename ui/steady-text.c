/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/steady-text.h"

/* Digits of one width are a little wider than those that are measured. */
enum { SPARE = 4 };

static void
make_room (GtkInscription *inscription,
           gboolean        shrink)
{
  GtkWidget *widget = GTK_WIDGET (inscription);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, gtk_inscription_get_text (inscription));
  int width, room;

  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_widget_get_size_request (widget, &room, NULL);
  width += SPARE;
  if (width > room || (shrink && width < room))
    gtk_widget_set_size_request (widget, width, -1);
}

static gboolean
make_room_again (gpointer inscription)
{
  make_room (inscription, FALSE);
  return G_SOURCE_REMOVE;
}

/* A widget knows its style, and so how bold its text is, when it has been drawn. */
static void
measure_when_drawn (GtkInscription *inscription)
{
  g_idle_add_full (GDK_PRIORITY_REDRAW + 1, make_room_again, g_object_ref (inscription), g_object_unref);
}

void
lk_steady_text_show (GtkInscription *inscription,
                     const char     *text,
                     gboolean        shrink)
{
  g_return_if_fail (GTK_IS_INSCRIPTION (inscription));

  gtk_inscription_set_text (inscription, text);
  make_room (inscription, shrink);
  if (g_signal_handler_find (inscription, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, measure_when_drawn, NULL) != 0)
    return;
  measure_when_drawn (inscription);
  g_signal_connect (inscription, "map", G_CALLBACK (measure_when_drawn), NULL);
}
