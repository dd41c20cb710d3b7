/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The limits of the service. */
#include "fuzz.h"
#include "service/config.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  LkServiceConfig config;

  fuzz_check (lk_service_config_parse (&config, text, &error) ? text : NULL, error);
  return 0;
}
