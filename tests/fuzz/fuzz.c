/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <signal.h>
#include <stdlib.h>

int LLVMFuzzerInitialize (int *argc, char ***argv);

/* GLib ends with a trap, which libFuzzer does not know; then the input would be lost. */
static void
on_trap (int number)
{
  abort ();
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  signal (SIGTRAP, on_trap);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING | G_LOG_FATAL_MASK);
  return 0;
}

void
fuzz_check (gconstpointer result, const GError *error)
{
  if ((result == NULL) != (error != NULL))
    g_error ("%s", error != NULL ? error->message : "no error and no result");
}
