/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/data.h"
#include "ui/application.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr (LkApplication) application = NULL;

  lk_locale_init ();
  /* the locale is set, with a point in numbers; GTK must not set it once more */
  gtk_disable_setlocale ();
  application = lk_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
