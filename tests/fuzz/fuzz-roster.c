/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/roster.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) file = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (LkRoster) roster = lk_roster_parse (file, &error);

  fuzz_check (roster, error);
  for (guint i = 0; roster != NULL && i < roster->problems->len; i++)
    {
      g_autofree char *text = lk_roster_problem_text (roster->problems->pdata[i]);

      if (!g_utf8_validate (text, -1, NULL))
        g_error ("a sentence that is no text");
    }
  return 0;
}
