/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/verdict-text.h"

#include <glib/gi18n.h>

const char *
lk_verdict_get_short (LkVerdict verdict)
{
  switch (verdict)
    {
    case LK_VERDICT_APPROVE:
      return _("Approved");
    case LK_VERDICT_RETURN:
      return _("Returned");
    case LK_VERDICT_RESHOOT:
      /* Translators: on a small photo: the student was asked for a new one (重拍) */
      return _("To reshoot");
    case LK_VERDICT_HOLD:
    default:
      /* Translators: on a small photo: put aside until the identity is known (搁置) */
      return _("On hold");
    }
}

const char *
lk_verdict_get_button (LkVerdict verdict)
{
  switch (verdict)
    {
    case LK_VERDICT_APPROVE:
      return _("Approve");
    case LK_VERDICT_RETURN:
      return _("Return");
    case LK_VERDICT_RESHOOT:
      return _("Ask for a reshoot");
    case LK_VERDICT_HOLD:
    default:
      return _("Put on hold");
    }
}

char *
lk_verdict_dup_reasons (const LkStandingDecision *decision,
                        LkReasonCatalogue        *reasons)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (char **code = decision->reasons; *code != NULL; code++)
    {
      const LkReason *reason = reasons != NULL ? lk_reason_catalogue_find (reasons, *code) : NULL;

      /* Translators: between reasons in a list */
      g_string_append_printf (text, "%s%s", text->len > 0 ? _("; ") : "", reason != NULL ? lk_reason_text (reason) : *code);
    }
  if (*decision->note != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", decision->note);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
