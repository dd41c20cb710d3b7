/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/settings.h"

static const char schema_id[] = "io.github.likeness.Likeness";

static GSettingsSchema *
look_up (GSettingsSchemaSource *source)
{
  return source != NULL ? g_settings_schema_source_lookup (source, schema_id, TRUE) : NULL;
}

GSettings *
lk_settings_new (void)
{
  g_autoptr (GSettingsSchema) schema = look_up (g_settings_schema_source_get_default ());

  if (schema == NULL)
    {
      g_autoptr (GSettingsSchemaSource) source =
        g_settings_schema_source_new_from_directory (LK_SCHEMA_DIR, g_settings_schema_source_get_default (), TRUE, NULL);

      schema = look_up (source);
    }
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}
