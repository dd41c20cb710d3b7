/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/appearance.h"

#include <adwaita.h>

#include "core/data.h"

static void
set_colours (GSettings *settings)
{
  g_autofree char *colours = g_settings_get_string (settings, "colours");
  AdwColorScheme scheme = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (colours, "light"))
    scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (colours, "dark"))
    scheme = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
}

/* The desktop's own resolution, with its text factor, is kept: ours comes on top. */
static void
set_text_size (GSettings *settings)
{
  static int desktop_dpi;
  GtkSettings *gtk = gtk_settings_get_default ();
  double factor = g_settings_get_double (settings, "text-size");

  if (desktop_dpi == 0)
    g_object_get (gtk, "gtk-xft-dpi", &desktop_dpi, NULL);
  if (desktop_dpi <= 0)
    desktop_dpi = 96 * PANGO_SCALE;
  g_object_set (gtk, "gtk-xft-dpi", (int) (desktop_dpi * factor), NULL);
}

void
lk_appearance_follow (GSettings *settings)
{
  if (settings == NULL)
    return;
  g_signal_connect (settings, "changed::colours", G_CALLBACK (set_colours), NULL);
  g_signal_connect (settings, "changed::text-size", G_CALLBACK (set_text_size), NULL);
  set_colours (settings);
  if (g_settings_get_double (settings, "text-size") != 1)
    set_text_size (settings);
}

gboolean
lk_appearance_use_language (GSettings *settings)
{
  g_autofree char *language = settings != NULL ? g_settings_get_string (settings, "language") : g_strdup ("system");

  return lk_locale_set_language (g_str_equal (language, "system") ? NULL : language);
}
