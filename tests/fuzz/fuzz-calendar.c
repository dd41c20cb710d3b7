/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/deadline.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkCalendar) calendar = lk_calendar_parse ((const char *) data, (gssize) size, &error);

  fuzz_check (calendar, error);
  if (calendar != NULL && lk_deadline_review_due (calendar, G_GINT64_CONSTANT (1750000000000000)) <= 0)
    g_error ("no deadline");
  return 0;
}
