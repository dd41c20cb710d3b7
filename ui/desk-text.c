/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/desk-text.h"

#include <glib/gi18n.h>

#include "core/mask.h"

const char *
lk_student_state_text (const LkStudentEntry *student,
                       const char          **css)
{
  static const struct { const char *text, *css; } words[LK_N_STATES] = {
    [LK_STATE_DRAFT] = { N_("Not submitted"), "warn" },
    [LK_STATE_CHECK_FAILED] = { N_("Checks failed"), "warn" },
    [LK_STATE_CHECK_PASSED] = { N_("Checks passed, not submitted"), "warn" },
    [LK_STATE_PENDING] = { N_("Waiting for review"), "quiet" },
    [LK_STATE_IN_REVIEW] = { N_("Waiting for review"), "quiet" },
    [LK_STATE_SECOND_REVIEW] = { N_("Waiting for review"), "quiet" },
    [LK_STATE_APPROVED] = { N_("Approved"), "pass" },
    [LK_STATE_RETURNED] = { N_("Returned"), "fail" },
    [LK_STATE_RESHOOT] = { N_("New photo asked for"), "fail" },
    [LK_STATE_HELD] = { N_("To be verified"), "warn" },
    [LK_STATE_SUPERSEDED] = { N_("Replaced"), "quiet" },
    [LK_STATE_EXPORTED] = { N_("Sent to CHSI"), "pass" },
    [LK_STATE_CHSI_REFUSED] = { N_("Sent back by CHSI"), "fail" },
    [LK_STATE_CONFIRMED] = { N_("Confirmed"), "pass" },
    [LK_STATE_CORRECTION] = { N_("Being corrected"), "warn" },
    [LK_STATE_EXPIRED] = { N_("Out of time"), "fail" },
  };
  const char *unused;

  if (css == NULL)
    css = &unused;
  *css = "fail";
  if (student->submission == NULL)
    return _("No photo yet");
  *css = words[student->state].css;
  return _(words[student->state].text);
}

gboolean
lk_student_is_missing (const LkStudentEntry *student)
{
  static const LkState complete[] = { LK_STATE_APPROVED, LK_STATE_EXPORTED, LK_STATE_CONFIRMED, LK_STATE_CORRECTION };

  if (student->submission == NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (complete); i++)
    if (student->state == complete[i])
      return FALSE;
  return TRUE;
}

const char *
lk_ticket_type_text (LkTicketType type)
{
  switch (type)
    {
    case LK_TICKET_CROP_HELP:
      return _("Help with cropping");
    case LK_TICKET_CODE_PROBLEM:
      return _("Problem with the collection code");
    case LK_TICKET_APPEAL:
      return _("Objection");
    case LK_TICKET_CORRECTION:
      return _("Correction");
    case LK_TICKET_IDENTITY:
      return _("Identity to be verified");
    case LK_TICKET_MAKEUP:
      return _("Make-up collection");
    case LK_TICKET_OTHER:
    default:
      return _("Other request");
    }
}

const char *
lk_ticket_state_text (LkTicketState state,
                      const char  **css)
{
  const char *unused;

  if (css == NULL)
    css = &unused;
  *css = "quiet";
  switch (state)
    {
    case LK_TICKET_NEW:
      *css = "fail";
      return C_("ticket", "New");
    case LK_TICKET_OPEN:
      *css = "warn";
      return C_("ticket", "Being worked on");
    case LK_TICKET_WAITING_STUDENT:
      return _("Waiting for the student");
    case LK_TICKET_RESOLVED:
      *css = "pass";
      return C_("ticket", "Resolved");
    case LK_TICKET_CLOSED:
    default:
      return C_("ticket", "Closed");
    }
}

static const struct { const char *word, *text; } kinds[] = {
  { "conclusion", N_("The conclusion of the review") },
  { "screenshot", N_("Screenshot of the photo") },
  { "feedback", N_("What the checks said") },
  { "crop", N_("The cropped photo") },
  { "original", N_("The uncropped photo") },
}, steps[] = {
  { "create", N_("asked") },
  { "answer", N_("answered") },
  { "wait", N_("asked the student back") },
  { "reply", N_("replied") },
  { "resolve", N_("resolved it") },
  { "close", N_("closed it") },
  { "reopen", N_("opened it again") },
  { "decide", N_("decided") },
};

const char *
lk_ticket_kind_text (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].word, kind) == 0)
      return _(kinds[i].text);
  return _("Attachment");
}

const char *
lk_ticket_step_text (const char *step)
{
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_strcmp0 (steps[i].word, step) == 0)
      return _(steps[i].text);
  return step;
}

const char *
lk_ticket_by_text (const LkTicketNote *note)
{
  if (note->by == LK_ROLE_STUDENT)
    return _("Student");
  return note->name != NULL ? note->name : _("The service");
}

char *
lk_class_reminder_text (const char *class_name,
                        GPtrArray  *students)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint n_missing = 0;

  for (guint i = 0; i < students->len; i++)
    {
      const LkStudentEntry *student = students->pdata[i];
      g_autofree char *number = lk_mask_student_no (student->number);

      if (!lk_student_is_missing (student))
        continue;
      n_missing++;
      /* Translators: a line of a reminder: masked name, masked student number, what is missing */
      g_string_append_printf (list, _("%s (%s): %s\n"), student->name, number, lk_student_state_text (student, NULL));
    }
  if (n_missing == 0)
    return NULL;
  /* Translators: begins a reminder to a class group; class, how many; the list of them follows */
  return g_strdup_printf (ngettext ("%s: the graduation photo of %u student is not complete yet. Please see to it in time.\n%s",
                                    "%s: the graduation photos of %u students are not complete yet. Please see to it in time.\n%s",
                                    n_missing),
                          class_name, n_missing, list->str);
}
