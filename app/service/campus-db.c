/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/campus-db.h"

void
lk_staff_free (LkStaff *staff)
{
  if (staff == NULL)
    return;
  g_free (staff->uuid);
  g_free (staff->user);
  g_free (staff->name);
  g_free (staff->password);
  g_free (staff);
}

void
lk_session_free (LkSession *session)
{
  if (session == NULL)
    return;
  lk_staff_free (session->staff);
  g_free (session);
}

void
lk_submission_row_free (LkSubmissionRow *row)
{
  if (row == NULL)
    return;
  g_free (row->uuid);
  g_free (row->lease);
  g_free (row->name);
  g_free (row->student_no);
  g_free (row->class_name);
  g_free (row->site);
  g_free (row->photo);
  g_free (row->id_card);
  g_free (row->diploma);
  g_free (row->checks);
  g_clear_pointer (&row->later, g_ptr_array_unref);
  for (int kind = 0; kind < LK_N_PHOTO_KINDS; kind++)
    lk_photo_info_free (row->pictures[kind]);
  g_free (row);
}

void
lk_code_row_clear (LkCodeRow *row)
{
  g_free (row->roster_no);
  g_free (row->code_no);
  g_free (row->owner_name);
  g_free (row->owner_no);
}

void
lk_decision_row_free (LkDecisionRow *row)
{
  if (row == NULL)
    return;
  g_free (row->reasons);
  g_free (row->note);
  g_free (row->by);
  g_free (row);
}

void
lk_earlier_row_free (LkEarlierRow *row)
{
  if (row == NULL)
    return;
  g_free (row->uuid);
  lk_photo_info_free (row->photo);
  lk_decision_row_free (row->decision);
  g_free (row);
}

void
lk_facet_free (LkFacet *facet)
{
  g_free (facet->site);
  g_free (facet->class_name);
  g_strfreev (facet->reasons);
  g_free (facet);
}

void
lk_agreement_report_free (LkAgreementReport *report)
{
  for (guint i = 0; i < report->reviewers->len; i++)
    {
      LkReviewerAgreement *reviewer = report->reviewers->pdata[i];

      g_free (reviewer->name);
      g_free (reviewer->user);
      g_free (reviewer);
    }
  for (guint i = 0; i < report->reasons->len; i++)
    {
      LkReasonAgreement *reason = report->reasons->pdata[i];

      g_free (reason->code);
      g_free (reason);
    }
  g_ptr_array_unref (report->reviewers);
  g_ptr_array_unref (report->reasons);
  g_free (report);
}

void
lk_decision_answer_clear (LkDecisionAnswer *answer)
{
  g_clear_pointer (&answer->winner_name, g_free);
}

void
lk_campus_db_close (LkCampusDb *db)
{
  if (db != NULL)
    db->ops->close (db);
}
