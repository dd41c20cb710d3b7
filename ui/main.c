/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <features.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "core/data.h"
#include "ui/application.h"

/* Pictures of megabytes come and go in several threads, and the surface of the window with every frame. Left to itself glibc gives
 * each thread an arena, none of which gives anything back, and maps large pieces anew: the page faults of a surface of 1280x800 then
 * take 2 ms, against 0.1 ms from the heap. */
static void
tune_memory (void)
{
#ifdef __GLIBC__
  mallopt (M_ARENA_MAX, 2);
  mallopt (M_MMAP_THRESHOLD, 32 * 1024 * 1024);
  mallopt (M_TRIM_THRESHOLD, 64 * 1024 * 1024);
#endif
}

#ifdef __GLIBC__
/* Free pieces between used ones are given back by nobody: after an hour of pictures they are a fifth of the program. It takes some
 * milliseconds, so not on the main loop. */
static gpointer
trim (gpointer unused)
{
  malloc_trim (0);
  return NULL;
}

static gboolean
on_minute (gpointer unused)
{
  g_thread_unref (g_thread_new ("trim", trim, NULL));
  return G_SOURCE_CONTINUE;
}
#endif

int
main (int   argc,
      char *argv[])
{
  g_autoptr (LkApplication) application = NULL;

  tune_memory ();
  lk_locale_init ();
  /* the locale is set, with a point in numbers; GTK must not set it once more */
  gtk_disable_setlocale ();
  application = lk_application_new ();
#ifdef __GLIBC__
  g_timeout_add_seconds (60, on_minute, NULL);
#endif
  return g_application_run (G_APPLICATION (application), argc, argv);
}
