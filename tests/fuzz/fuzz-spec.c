/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/spec.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkSpec) result = lk_spec_parse ((const char *) data, (gssize) size, &error);

  fuzz_check (result, error);
  return 0;
}
