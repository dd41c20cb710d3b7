/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/reason-preview.h"

#include <glib/gi18n.h>

static LkCheck *
find_with_outcome (const LkReason *reason,
                   GPtrArray      *checks,
                   LkOutcome       outcome)
{
  for (gsize i = 0; reason->checks != NULL && reason->checks[i] != NULL; i++)
    {
      LkCheck *check = lk_checks_find (checks, reason->checks[i]);

      if (check != NULL && lk_check_get_outcome (check) == outcome)
        return check;
    }
  return NULL;
}

LkCheck *
lk_reason_find_check (const LkReason *reason,
                      GPtrArray      *checks)
{
  LkCheck *check = find_with_outcome (reason, checks, LK_OUTCOME_FAIL);

  return check != NULL ? check : find_with_outcome (reason, checks, LK_OUTCOME_WARN);
}

char *
lk_check_measured_text (LkCheck *check)
{
  g_autofree char *value = lk_check_dup_value_text (check);
  g_autofree char *limit = lk_check_dup_limit_text (check);

  if (value[0] == '\0' || limit[0] == '\0')
    return g_steal_pointer (&value);
  /* Translators: measured value and its limits: "320 px (accepted 200–300)" */
  return g_strdup_printf (_("%s (accepted %s)"), value, limit);
}

char *
lk_reason_measured_text (const LkReason *reason,
                         GPtrArray      *checks)
{
  LkCheck *check = lk_reason_find_check (reason, checks);

  return check != NULL ? lk_check_measured_text (check) : g_strdup ("");
}

static void
append_reason (GString        *text,
               const LkReason *reason,
               GPtrArray      *checks)
{
  g_autofree char *measured = lk_reason_measured_text (reason, checks);

  g_string_append (text, lk_reason_text (reason));
  if (measured[0] != '\0')
    /* Translators: what was measured, after a reason for the student; keep the leading separator */
    g_string_append_printf (text, _(" – measured: %s"), measured);
  /* Translators: what the student should do, after the reason; keep the leading separator */
  g_string_append_printf (text, _(". What to do: %s"), lk_reason_advice (reason));
}

char *
lk_reason_preview (GPtrArray  *reasons,
                   GPtrArray  *checks,
                   const char *note)
{
  GString *text = g_string_new (NULL);
  gboolean asked_to_call = FALSE;

  for (guint i = 0; i < reasons->len; i++)
    {
      const LkReason *reason = reasons->pdata[i];

      if (reason->private_to_staff && asked_to_call)
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      if (reason->private_to_staff)
        g_string_append (text, _("Something has to be verified; please contact the service desk."));
      else
        append_reason (text, reason, checks);
      asked_to_call |= reason->private_to_staff;
    }
  if (note != NULL && note[0] != '\0')
    g_string_append_printf (text, text->len > 0 ? "\n%s" : "%s", note);
  return g_string_free (text, FALSE);
}
