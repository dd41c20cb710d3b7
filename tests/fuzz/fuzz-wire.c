/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What travels between service and workstation. Whatever is read can be written and read again. */
#include "core/error.h"
#include "core/wire.h"
#include "fuzz.h"

static void
read_submission (const cJSON *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkSubmission) submission = lk_submission_from_json (json, &error);
  g_autoptr (LkSubmission) again = NULL;
  g_autoptr (cJSON) written = NULL;

  fuzz_check (submission, error);
  if (submission == NULL)
    return;
  written = lk_submission_to_json (submission);
  again = lk_submission_from_json (written, &error);
  fuzz_check (again, error);
  if (again == NULL)
    g_error ("a submission is not read again: %s", error->message);
}

static void
read_decision (const cJSON *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkDecision) decision = lk_decision_from_json (json, &error);
  g_autoptr (LkDecision) again = NULL;
  g_autoptr (cJSON) written = NULL;

  fuzz_check (decision, error);
  if (decision == NULL)
    return;
  written = lk_decision_to_json (decision);
  again = lk_decision_from_json (written, &error);
  if (again == NULL)
    g_error ("a decision is not read again: %s", error->message);
}

static void
take_text (char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    g_error ("words that are no text");
  g_free (text);
}

static void
read_checks (const cJSON *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) checks = lk_checks_from_json (json, &error);

  fuzz_check (checks, error);
  for (guint i = 0; checks != NULL && i < checks->len; i++)
    {
      take_text (lk_check_dup_title (checks->pdata[i]));
      take_text (lk_check_dup_value_text (checks->pdata[i]));
      take_text (lk_check_dup_limit_text (checks->pdata[i]));
      take_text (lk_check_dup_why_text (checks->pdata[i]));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (cJSON) json = lk_json_parse ((const char *) data, (gssize) size, LK_ERROR_BAD_REQUEST, NULL);

  if (json == NULL)
    return 0;
  read_submission (json);
  read_decision (json);
  read_checks (json);
  return 0;
}
