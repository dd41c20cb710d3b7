/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/check-text.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/text.h"
#include "core/wire.h"

#define VERIFY_ID "verify"

const char lk_verify_text[] = N_("Something has to be verified; please contact the service desk.");

static void
add_both (cJSON *json, const char *name, const char *zh, const char *en)
{
  g_autofree char *name_zh = g_strconcat (name, "_zh", NULL);
  g_autofree char *name_en = g_strconcat (name, "_en", NULL);

  lk_json_add_string (json, name_zh, zh);
  lk_json_add_string (json, name_en, en);
}

/* A text of the sources. */
static void
add_source (cJSON *json, const char *name, const char *english)
{
  add_both (json, name, lk_text_zh (english), english);
}

/* "%s (accepted %s)" filled in. */
static char *
compose (const char *template, const char *value, const char *limit)
{
  g_auto (GStrv) parts = g_strsplit (template, "%s", 3);

  return g_strv_length (parts) == 3 ? g_strconcat (parts[0], value, parts[1], limit, parts[2], NULL) : g_strdup (value);
}

/* What was measured against what is accepted; why it was not measured. */
static void
add_measured (cJSON *json, LkCheck *check)
{
  /* Translators: measured value and its limits: "320 px (accepted 200–300)" */
  static const char both[] = N_("%s (accepted %s)");
  g_autofree char *value = lk_check_dup_value_text (check);
  g_autofree char *limit = lk_check_dup_limit_text (check);
  const char *why = lk_check_get_why_source (check);

  if (why != NULL)
    add_source (json, "text", why);
  else if (*value == '\0' || *limit == '\0')
    add_both (json, "text", value, value);
  else
    {
      g_autofree char *zh = compose (lk_text_zh (both), value, limit);
      g_autofree char *en = compose (both, value, limit);

      add_both (json, "text", zh, en);
    }
}

/* Whether a check is the staff's own: a reason that it suggests is. */
static gboolean
is_private (LkReasonCatalogue *reasons, const char *check)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) held = lk_reason_catalogue_list (reasons, LK_VERDICT_HOLD, none, NULL);

  for (guint i = 0; i < held->len; i++)
    {
      const LkReason *reason = held->pdata[i];

      if (reason->private_to_staff && g_strv_contains ((const char *const *) reason->checks, check))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_outside (LkCheck *check)
{
  LkOutcome outcome = lk_check_get_outcome (check);

  return outcome == LK_OUTCOME_WARN || outcome == LK_OUTCOME_FAIL;
}

static cJSON *
verify_to_json (LkOutcome outcome, LkCheckKind kind)
{
  cJSON *json = cJSON_CreateObject ();

  lk_json_add_string (json, "id", VERIFY_ID);
  lk_json_add_string (json, "kind", kind == LK_CHECK_HARD ? "hard" : "soft");
  lk_json_add_string (json, "outcome", lk_outcome_to_word (outcome));
  add_source (json, "title", lk_verify_text);
  return json;
}

static cJSON *
check_to_json (LkCheck *check, LkReasonCatalogue *reasons)
{
  const LkCheckInfo *info = lk_check_info_find (lk_check_get_id (check));
  const char *code = lk_check_get_reason (check);
  const LkReason *reason = code != NULL ? lk_reason_catalogue_find (reasons, code) : NULL;
  cJSON *json = lk_check_to_json (check);

  cJSON_DeleteItemFromObjectCaseSensitive (json, "others");
  if (info != NULL)
    {
      add_source (json, "title", info->title);
      lk_json_add_string (json, "unit", info->unit);
    }
  add_measured (json, check);
  if (reason != NULL)
    {
      add_both (json, "reason", reason->text_zh, reason->text_en);
      add_both (json, "todo", reason->advice_zh, reason->advice_en);
    }
  return json;
}

cJSON *
lk_student_checks_to_json (GPtrArray *checks, LkReasonCatalogue *reasons)
{
  cJSON *list = cJSON_CreateArray ();
  LkCheck *verify = NULL;

  for (guint i = 0; i < checks->len; i++)
    {
      LkCheck *check = checks->pdata[i];

      if (lk_check_is_measure (check))
        continue;
      if (!is_private (reasons, lk_check_get_id (check)))
        cJSON_AddItemToArray (list, check_to_json (check, reasons));
      else if (is_outside (check) && (verify == NULL || lk_check_get_outcome (check) == LK_OUTCOME_FAIL))
        verify = check;
    }
  if (verify != NULL)
    cJSON_AddItemToArray (list, verify_to_json (lk_check_get_outcome (verify), lk_check_get_kind (verify)));
  return list;
}

/* The check that found what the reason says, or one that looks for it and found something; NULL for none. */
static LkCheck *
find_check (const LkReason *reason, GPtrArray *checks)
{
  for (guint i = 0; i < checks->len; i++)
    if (g_strcmp0 (lk_check_get_reason (checks->pdata[i]), reason->code) == 0)
      return checks->pdata[i];
  for (guint i = 0; i < checks->len; i++)
    if (is_outside (checks->pdata[i]) && g_strv_contains ((const char *const *) reason->checks, lk_check_get_id (checks->pdata[i])))
      return checks->pdata[i];
  return NULL;
}

static cJSON *
reason_to_json (const LkReason *reason, GPtrArray *checks)
{
  cJSON *json = cJSON_CreateObject ();
  LkCheck *check = find_check (reason, checks);
  g_autofree char *value = check != NULL ? lk_check_dup_value_text (check) : NULL;
  g_autofree char *limit = check != NULL ? lk_check_dup_limit_text (check) : NULL;

  lk_json_add_string (json, "code", reason->code);
  lk_json_add_string (json, "zh", reason->text_zh);
  lk_json_add_string (json, "en", reason->text_en);
  lk_json_add_string (json, "todo_zh", reason->advice_zh);
  lk_json_add_string (json, "todo_en", reason->advice_en);
  if (value != NULL && *value != '\0')
    {
      lk_json_add_string (json, "measured", value);
      lk_json_add_string (json, "limit", limit);
    }
  return json;
}

cJSON *
lk_student_reasons_to_json (const char *const *codes, GPtrArray *checks, LkReasonCatalogue *reasons)
{
  cJSON *list = cJSON_CreateArray ();
  gboolean asked_to_call = FALSE;

  for (gsize i = 0; codes[i] != NULL; i++)
    {
      const LkReason *reason = lk_reason_catalogue_find (reasons, codes[i]);

      if (reason != NULL && !reason->private_to_staff)
        {
          cJSON_AddItemToArray (list, reason_to_json (reason, checks));
          continue;
        }
      if (!asked_to_call)
        {
          cJSON *json = cJSON_CreateObject ();

          lk_json_add_string (json, "code", VERIFY_ID);
          lk_json_add_string (json, "zh", lk_text_zh (lk_verify_text));
          lk_json_add_string (json, "en", lk_verify_text);
          cJSON_AddItemToArray (list, json);
        }
      asked_to_call = TRUE;
    }
  return list;
}
