/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/json-report.h"

#include "core/error.h"
#include "core/wire.h"
#include "tools/check/report-table.h"

static cJSON *
error_to_json (const GError *error)
{
  const char *word = error->domain == LK_ERROR ? lk_error_to_word (error->code) : "not-read";
  cJSON *json = cJSON_CreateObject ();

  lk_json_add_string (json, "code", word != NULL ? word : "failed");
  lk_json_add_string (json, "message", error->message);
  return json;
}

cJSON *
lk_json_checks (GPtrArray *checks)
{
  cJSON *array = cJSON_CreateArray ();

  for (guint i = 0; i < checks->len; i++)
    {
      const LkCheckInfo *info = lk_check_info_find (lk_check_get_id (checks->pdata[i]));
      cJSON *json = lk_check_to_json (checks->pdata[i]);

      lk_json_add_string (json, "unit", info != NULL ? info->unit : NULL);
      cJSON_AddItemToArray (array, json);
    }
  return array;
}

char *
lk_json_report (const char *path, const LkReport *report, const GError *error)
{
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr (GPtrArray) checks = NULL;
  g_autoptr (GPtrArray) measures = NULL;

  lk_json_add_string (json, "file", shown);
  if (report == NULL)
    {
      cJSON_AddItemToObject (json, "error", error_to_json (error));
      return lk_json_print (json);
    }
  lk_json_add_int (json, "width", report->file.width);
  lk_json_add_int (json, "height", report->file.height);
  lk_json_add_int (json, "spec_version", report->spec_version);
  lk_json_add_string (json, "outcome", lk_outcome_to_word (lk_report_worst (report)));
  checks = lk_checks_filter (report->checks, FALSE);
  measures = lk_checks_filter (report->checks, TRUE);
  cJSON_AddItemToObject (json, "checks", lk_json_checks (checks));
  cJSON_AddItemToObject (json, "measures", lk_json_checks (measures));
  return lk_json_print (json);
}
