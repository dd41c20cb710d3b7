/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/search-private.h"

#include <math.h>

#include "core/mask.h"
#include "core/wire.h"

/* I1, D1 and D2 of rules.md section 3: whose photo it is, from what the campus knows. What they find goes to a person, names and
 * numbers masked, and never to the student as an accusation. */

enum
{
  MOST_FACES = 8,               /* faces of others that are looked at */
  MOST_OTHERS = 3,              /* that are named */
};

/* A check with the limits of the standard, to be filled in; FALSE when the standard does not have it. */
static gboolean
describe (const LkSpec *spec, const char *id, LkCheckDescription *description)
{
  const LkLimits *limits = lk_spec_get_limits (spec, id);

  if (limits == NULL)
    return FALSE;
  *description = (LkCheckDescription) {
    .id = id, .version = limits->version, .kind = limits->kind, .certainty = limits->certainty, .outcome = LK_OUTCOME_PASS,
    .value = NAN, .score = NAN, .low = limits->low, .high = limits->high, .hard_low = limits->hard_low,
    .hard_high = limits->hard_high,
  };
  return TRUE;
}

/* Says what came of it; the reason is suggested only when something was found. */
static LkCheck *
conclude (const LkSpec *spec, LkCheckDescription *description, LkOutcome outcome)
{
  const LkLimits *limits = lk_spec_get_limits (spec, description->id);

  description->outcome = outcome;
  description->score = lk_score_scale_rate (&limits->score, outcome, description->value, description->low, description->high);
  description->reason = outcome == LK_OUTCOME_WARN || outcome == LK_OUTCOME_FAIL ? limits->reason : NULL;
  return lk_check_new (description);
}

static const char *
why_no_trace (LkSearch *self, const LkSearchSubject *subject)
{
  if (subject->is_refused)
    return "no-consent";
  return lk_checker_get_engine (self->checker) == NULL ? "no-engine" : "no-face";
}

static LkOther *
masked (LkOther *other, const char *name, const char *student_no)
{
  other->name = lk_mask_name (name);
  other->student_no = lk_mask_student_no (student_no);
  return other;
}

/* -- I1 -- */

static LkCheck *
check_code (LkSearch *self, const LkCodeRow *code)
{
  LkCheckDescription description;
  g_autoptr (GPtrArray) others = NULL;

  if (!describe (self->spec, "I1_code_match", &description))
    return NULL;
  if (code->code_no == NULL)
    {
      description.why = "no-code";
      return conclude (self->spec, &description, LK_OUTCOME_NOT_RUN);
    }
  if (code->owner != 0 && code->owner != code->student)
    {
      others = lk_others_new ();
      g_ptr_array_add (others, masked (lk_other_new (LK_OTHER_CODE, LK_LIKENESS_NOT_COMPARED, NAN), code->owner_name, code->owner_no));
      description.others = others;
      return conclude (self->spec, &description, LK_OUTCOME_FAIL);
    }
  if (code->owner == code->student)
    return conclude (self->spec, &description, LK_OUTCOME_PASS);
  if (code->roster_no != NULL)
    return conclude (self->spec, &description, LK_OUTCOME_FAIL);
  description.why = "unknown-code";
  return conclude (self->spec, &description, LK_OUTCOME_NOT_RUN);
}

/* -- D1 -- */

static gboolean
was_rejected (LkState state)
{
  return state == LK_STATE_RETURNED || state == LK_STATE_RESHOOT || state == LK_STATE_SUPERSEDED || state == LK_STATE_CHSI_REFUSED;
}

/* The rejected one that is most like it; FALSE + error of the database. */
static gboolean
find_rejected (LkSearch *self, const LkTrace *trace, gint64 student, LkFaceHit *best, LkSubmissionRow **row, GError **error)
{
  LkFaceQuery query = {
    .trace = trace, .group = student, .filter = LK_GROUP_SAME, .n_best = G_MAXUINT16, .least_score = -INFINITY,
    .copies = lk_copy_limits (self->spec),
  };
  g_autoptr (GArray) hits = lk_face_index_query (self->index, &query);

  for (guint i = 0; i < hits->len; i++)
    {
      const LkFaceHit *hit = &g_array_index (hits, LkFaceHit, i);
      LkSubmissionRow *earlier;

      if (isnan (hit->shape) || (*row != NULL && hit->shape <= best->shape))
        continue;
      earlier = self->service->db->ops->find_submission (self->service->db, hit->id, error);
      if (earlier == NULL)
        return FALSE;
      if (was_rejected (earlier->state))
        {
          lk_submission_row_free (*row);
          *row = g_steal_pointer (&earlier);
          *best = *hit;
        }
      lk_submission_row_free (earlier);
    }
  return TRUE;
}

/* The photo as it was examined then. */
static LkPhotoInfo *
picture_of (const LkSubmissionRow *row)
{
  g_autoptr (cJSON) json = lk_json_parse (row->checks, -1, LK_ERROR_CORRUPT, NULL);
  g_autoptr (GPtrArray) checks = json != NULL ? lk_checks_from_json (json, NULL) : NULL;
  LkEyes eyes = { FALSE, 0, 0, 0, 0 };

  if (checks != NULL)
    eyes = lk_checks_get_eyes (checks);
  return lk_photo_info_new (row->photo, row->width, row->height, &eyes);
}

static LkOther *
describe_submission (const LkSubmissionRow *row, LkLikeness likeness, double score)
{
  LkOther *other = masked (lk_other_new (LK_OTHER_SUBMISSION, likeness, score), row->name, row->student_no);

  other->submission = g_strdup (row->uuid);
  other->photo = g_strdup (row->photo);
  other->picture = picture_of (row);
  return other;
}

static gboolean
check_resubmitted (LkSearch *self, const LkSearchSubject *subject, gint64 student, LkCheck **check, GError **error)
{
  LkCheckDescription description;
  g_autoptr (GPtrArray) others = NULL;
  LkSubmissionRow *row = NULL;
  LkFaceHit best = { 0 };

  if (!describe (self->spec, "D1_resubmitted", &description))
    return TRUE;
  if (subject->trace == NULL)
    {
      description.why = why_no_trace (self, subject);
      *check = conclude (self->spec, &description, LK_OUTCOME_NOT_RUN);
      return TRUE;
    }
  if (!find_rejected (self, subject->trace, student, &best, &row, error))
    return FALSE;
  if (row != NULL)
    description.value = best.shape;
  if (row != NULL && best.is_copy)
    {
      others = lk_others_new ();
      g_ptr_array_add (others, describe_submission (row, LK_LIKENESS_NEAR_COPY, best.score));
      description.others = others;
    }
  *check = conclude (self->spec, &description, others != NULL ? LK_OUTCOME_WARN : LK_OUTCOME_PASS);
  lk_submission_row_free (row);
  return TRUE;
}

/* -- D2 -- */

/* The entry of a submission that was found already, or NULL. */
static LkNewMatch *
find_match (GArray *matches, gint64 other)
{
  for (guint i = 0; i < matches->len; i++)
    if (g_array_index (matches, LkNewMatch, i).other == other)
      return &g_array_index (matches, LkNewMatch, i);
  return NULL;
}

static gboolean
add_same_files (LkSearch *self, const char *sha256, gint64 student, GArray *matches, GError **error)
{
  LkCampusDb *db = self->service->db;
  g_autoptr (GArray) pairs = db->ops->same_file (db, sha256, error);

  for (guint i = 0; pairs != NULL && i + 1 < pairs->len; i += 2)
    {
      LkNewMatch match = { g_array_index (pairs, gint64, i), LK_LIKENESS_SAME_FILE, NAN };

      if (g_array_index (pairs, gint64, i + 1) != student)
        g_array_append_val (matches, match);
    }
  return pairs != NULL;
}

/* Copies and faces of other students; the best score is told whether it is much or little. */
static void
add_similar (LkSearch *self, const LkTrace *trace, gint64 student, double search, GArray *matches, double *best)
{
  LkFaceQuery query = {
    .trace = trace, .group = student, .filter = LK_GROUP_OTHER, .n_best = MOST_FACES, .least_score = -INFINITY,
    .copies = lk_copy_limits (self->spec),
  };
  g_autoptr (GArray) hits = lk_face_index_query (self->index, &query);

  for (guint i = 0; i < hits->len; i++)
    {
      const LkFaceHit *hit = &g_array_index (hits, LkFaceHit, i);
      LkNewMatch match = { hit->id, hit->is_copy ? LK_LIKENESS_NEAR_COPY : LK_LIKENESS_SAME_FACE, hit->score };
      LkNewMatch *same_file = find_match (matches, hit->id);

      *best = fmax (*best, hit->score);
      if (same_file != NULL)
        same_file->score = hit->score;
      else if (hit->is_copy || hit->score >= search)
        g_array_append_val (matches, match);
    }
}

static GPtrArray *
describe_matches (LkSearch *self, GArray *matches, GError **error)
{
  LkCampusDb *db = self->service->db;
  g_autoptr (GPtrArray) others = lk_others_new ();

  for (guint i = 0; i < MIN (matches->len, MOST_OTHERS); i++)
    {
      const LkNewMatch *match = &g_array_index (matches, LkNewMatch, i);
      LkSubmissionRow *row = db->ops->find_submission (db, match->other, error);

      if (row == NULL)
        return NULL;
      g_ptr_array_add (others, describe_submission (row, match->likeness, match->score));
      lk_submission_row_free (row);
    }
  return g_steal_pointer (&others);
}

static gboolean
check_other_student (LkSearch *self, const LkSearchSubject *subject, gint64 student, GArray *matches, LkCheck **check, GError **error)
{
  LkEngine *engine = lk_checker_get_engine (self->checker);
  LkCheckDescription description;
  g_autoptr (GPtrArray) others = NULL;
  double best = -INFINITY;

  if (!describe (self->spec, "D2_other_student", &description))
    return TRUE;
  if (!add_same_files (self, subject->sha256, student, matches, error))
    return FALSE;
  if (engine != NULL && engine->n_embeddings > 0)
    description.high = engine->manifest->search;
  if (subject->trace != NULL)
    add_similar (self, subject->trace, student, isnan (description.high) ? INFINITY : description.high, matches, &best);
  if (isfinite (best))
    description.value = best;
  if (matches->len > 0)
    {
      others = describe_matches (self, matches, error);
      if (others == NULL)
        return FALSE;
      description.others = others;
      *check = conclude (self->spec, &description, LK_OUTCOME_WARN);
      return TRUE;
    }
  if (subject->trace == NULL)
    description.why = why_no_trace (self, subject);
  *check = conclude (self->spec, &description, subject->trace == NULL ? LK_OUTCOME_NOT_RUN : LK_OUTCOME_PASS);
  return TRUE;
}

/* -- all three, where rules.md has them: I1 before I2, D1 and D2 after it -- */

static void
insert_around (GPtrArray *checks, LkCheck *code, LkCheck *resubmitted, LkCheck *other_student)
{
  LkCheck *order[] = { resubmitted, other_student };
  guint place = 0;

  while (place < checks->len && !g_str_equal (lk_check_get_id (checks->pdata[place]), "I2_similarity")
         && !lk_check_is_measure (checks->pdata[place]))
    place++;
  if (code != NULL)
    g_ptr_array_insert (checks, (int) place++, code);
  if (place < checks->len && !lk_check_is_measure (checks->pdata[place]))
    place++;
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    if (order[i] != NULL)
      g_ptr_array_insert (checks, (int) place++, order[i]);
}

GArray *
lk_search_run (LkSearch *self, const LkSearchSubject *subject, GPtrArray *checks, GError **error)
{
  LkCampusDb *db = self->service->db;
  g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (LkNewMatch));
  g_auto (LkCodeRow) code = { 0 };
  g_autoptr (LkCheck) resubmitted = NULL;
  g_autoptr (LkCheck) other_student = NULL;

  if (!lk_search_follow (self, error) || !db->ops->find_code (db, subject->student_no, &code, error) ||
      !check_resubmitted (self, subject, code.student, &resubmitted, error) ||
      !check_other_student (self, subject, code.student, matches, &other_student, error))
    return NULL;
  insert_around (checks, check_code (self, &code), g_steal_pointer (&resubmitted), g_steal_pointer (&other_student));
  return g_steal_pointer (&matches);
}
