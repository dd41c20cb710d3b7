/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/campus-db-student.h"

void
lk_draft_free (LkDraft *draft)
{
  if (draft == NULL)
    return;
  g_free (draft->student_no);
  g_free (draft->problem);
  g_free (draft->proposal);
  g_free (draft->crop);
  g_free (draft->cropped);
  g_free (draft->blue);
  g_free (draft->checks);
  g_free (draft->brief);
  g_clear_pointer (&draft->trace, g_bytes_unref);
  g_free (draft);
}

void
lk_student_submission_free (LkStudentSubmission *submission)
{
  if (submission == NULL)
    return;
  g_free (submission->reasons);
  g_free (submission->note);
  g_free (submission->photo);
  g_free (submission->checks);
  g_free (submission);
}

void
lk_student_record_free (LkStudentRecord *record)
{
  if (record == NULL)
    return;
  g_free (record->name);
  g_free (record->student_no);
  g_free (record->class_name);
  g_free (record->site);
  g_clear_pointer (&record->round, lk_round_free);
  g_free (record->consent);
  lk_draft_free (record->photo);
  g_clear_pointer (&record->submissions, g_ptr_array_unref);
  g_free (record->approved);
  g_free (record);
}
