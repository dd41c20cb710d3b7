/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "check-document.h"
#include "core/json.h"
#include "tools/check/table.h"

static void
add_share (cJSON *json, const char *name, const LkShare *share)
{
  cJSON *object = cJSON_AddObjectToObject (json, name);

  lk_json_add_int (object, "n", (gint64) share->n);
  lk_json_add_int (object, "of", (gint64) share->of);
  lk_json_add_number (object, "share", share->share);
  lk_json_add_number (object, "low", share->low);
  lk_json_add_number (object, "high", share->high);
}

static void
add_distribution (cJSON *json, const char *name, const GArray *sorted)
{
  cJSON *object = cJSON_AddObjectToObject (json, name);
  LkDistribution d = lk_distribution (sorted);

  lk_json_add_int (object, "n", d.n);
  lk_json_add_number (object, "min", d.min);
  lk_json_add_number (object, "p5", d.p5);
  lk_json_add_number (object, "median", d.median);
  lk_json_add_number (object, "p95", d.p95);
  lk_json_add_number (object, "max", d.max);
}

static cJSON *
change_to_json (const LkCheckStudy *study)
{
  cJSON *json = cJSON_CreateObject ();
  LkShare found = lk_check_study_found (study);

  add_share (json, "found", &found);
  add_share (json, "false_alarms", &study->false_alarms);
  lk_json_add_int (json, "not_run", study->n_not_run);
  add_distribution (json, "good", study->good);
  add_distribution (json, "faulty", study->faulty);
  lk_json_add_number (json, "propose_low", study->propose_low.limit);
  lk_json_add_number (json, "propose_high", study->propose_high.limit);
  return json;
}

static cJSON *
check_to_json (const LkCheckVerdict *verdict)
{
  cJSON *json = cJSON_CreateObject ();
  g_autofree char *what = lk_check_verdict_text (verdict);

  lk_json_add_string (json, "certainty", verdict->certainty == LK_CERTAINTY_RELIABLE ? "reliable" : "hint");
  cJSON_AddBoolToObject (json, "as_reliable", verdict->is_enough && verdict->is_steady);
  lk_json_add_string (json, "short_of", what);
  for (int i = 0; i < LK_N_CHANGES; i++)
    cJSON_AddItemToObject (json, lk_change_words[i], change_to_json (verdict->studies[i]));
  return json;
}

char *
lk_check_figures (const LkCheckRun *run, const LkBlueRun *blue, const LkSpec *spec)
{
  g_autoptr (cJSON) root = cJSON_CreateObject ();
  cJSON *checks = cJSON_AddObjectToObject (root, "checks"), *lengths = cJSON_AddObjectToObject (root, "errors");
  cJSON *walls = cJSON_AddObjectToObject (root, "blue");

  lk_json_add_int (root, "portraits", run->n_portraits);
  lk_json_add_int (root, "seed", (gint64) run->seed);
  for (guint i = 0; i < lk_check_verdict_rows (run); i++)
    {
      LkCheckVerdict verdict;

      if (lk_check_verdict (&verdict, run, spec, i))
        cJSON_AddItemToObject (checks, verdict.name, check_to_json (&verdict));
    }
  for (int i = 0; i < LK_RUN_LENGTHS; i++)
    {
      cJSON *length = cJSON_AddObjectToObject (lengths, run->lengths[i].check_id);

      for (int k = 0; k < LK_RUN_SIZES; k++)
        {
          g_autofree char *width = g_strdup_printf ("%d", lk_run_widths[k]);

          add_distribution (length, width, run->lengths[i].errors[k]);
        }
    }
  for (int i = 0; i < LK_BLUE_WALLS; i++)
    {
      cJSON *wall = cJSON_AddObjectToObject (walls, blue->walls[i].wall);

      add_distribution (wall, "overlap", blue->walls[i].overlaps);
      add_distribution (wall, "halo", blue->walls[i].halos);
    }
  return lk_json_print (root);
}

static void
add_line (LkTable *table, const LkCheckVerdict *verdict)
{
  LkShare missed = lk_share (verdict->found.of - verdict->found.n, verdict->found.of);
  g_autofree char *n_found = g_strdup_printf ("%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, verdict->found.n, verdict->found.of);
  g_autofree char *n_alarms = g_strdup_printf ("%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, verdict->alarms.n, verdict->alarms.of);
  g_autofree char *missed_text = lk_share_text (&missed), *alarms = lk_share_text (&verdict->alarms), *what = lk_check_verdict_text (verdict);

  lk_table_add_row (table, LK_COLOUR_PLAIN, (const char *[]) {
    verdict->name, verdict->certainty == LK_CERTAINTY_RELIABLE ? "reliable" : "hint", n_found, missed_text, n_alarms, alarms, what });
}

char *
lk_check_summary (const LkCheckRun *run, const LkSpec *spec)
{
  g_autoptr (LkTable) table = lk_table_new ("llrrrrl", 0);

  lk_table_add_row (table, LK_COLOUR_PLAIN, (const char *[]) { "check", "said", "found", "missed", "alarms", "rate", "short of" });
  for (int broken = 1; broken >= 0; broken--)
    for (guint i = 0; i < lk_check_verdict_rows (run); i++)
      {
        LkCheckVerdict verdict;

        if (lk_check_verdict (&verdict, run, spec, i) && lk_check_verdict_is_broken (&verdict) == broken)
          add_line (table, &verdict);
      }
  return lk_table_to_text (table, FALSE);
}
