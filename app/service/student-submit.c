/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/student-work-private.h"

#include "core/error.h"
#include "core/wire.h"
#include "service/import-photo.h"

/* The final submit. */

/* What is known by now of the code, the picture and the face, in place of what was known when the checks ran. */
static GArray *
search_again (LkStudentWork *self, LkSearch *search, const LkDraft *draft, const LkTrace *trace, GPtrArray *checks, GError **error)
{
  static const char *const ids[] = { "I1_code_match", "D1_resubmitted", "D2_other_student" };
  LkSearchSubject subject = { draft->student_no, draft->blue != NULL ? draft->blue : draft->cropped, trace, !draft->face };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      LkCheck *check = lk_checks_find (checks, ids[i]);

      if (check != NULL)
        g_ptr_array_remove (checks, check);
    }
  return lk_search_run (search, &subject, checks, error);
}

static gboolean
submit (LkStudentWork *self, const LkDraft *draft, LkFinalSubmit *final, LkSearch *search, GError **error)
{
  LkCampusDb *db = self->service->db;
  g_autoptr (cJSON) stored = lk_json_parse (draft->checks, -1, LK_ERROR_CORRUPT, error);
  g_autoptr (GPtrArray) checks = stored != NULL ? lk_checks_from_json (stored, error) : NULL;
  g_autoptr (LkTrace) trace = lk_search_unseal (search, draft->trace);
  g_autoptr (GArray) matches = checks != NULL ? search_again (self, search, draft, trace, checks, error) : NULL;
  g_autoptr (cJSON) json = NULL;
  g_autofree char *text = NULL, *brief = NULL;
  LkCheck *code;
  gint64 row = 0;

  if (matches == NULL)
    return FALSE;
  code = lk_checks_find (checks, "I1_code_match");
  if (code != NULL && lk_check_get_outcome (code) == LK_OUTCOME_FAIL)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_CODE_CONFLICT, "the collection code is another student's");
      return FALSE;
    }
  json = lk_checks_to_json (checks);
  final->checks = text = lk_json_print (json);
  final->brief = brief = lk_import_brief (checks);
  final->matches = matches;
  final->row = &row;
  if (!db->students->submit (db, final, error))
    return FALSE;
  lk_search_add (search, row, final->student, trace);
  return TRUE;
}

gboolean
lk_student_work_submit (LkStudentWork *self, gint64 student, const char *draft, gint64 arrived_at, const char *from, GError **error)
{
  LkFinalSubmit final = { .student = student, .draft = draft, .arrived_at = arrived_at, .from = from };
  g_autoptr (LkDraft) found = self->service->db->students->find_draft (self->service->db, student, draft, error);
  LkSearch *search;
  gboolean ok;

  if (found == NULL)
    return FALSE;
  if (found->state != LK_STATE_CHECK_PASSED || found->checks == NULL)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_STATE, "the checks have not passed");
      return FALSE;
    }
  lk_photo_work_prepare (self->photos);
  search = lk_photo_work_get_search (self->photos);
  if (search == NULL)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_STORE, "the traces of other photos cannot be read");
      return FALSE;
    }
  g_mutex_lock (&self->submitting);
  ok = submit (self, found, &final, search, error);
  g_mutex_unlock (&self->submitting);
  if (ok)
    self->changed (student, self->data);
  return ok;
}
