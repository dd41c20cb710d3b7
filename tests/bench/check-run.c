/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check-run.h"

#include <math.h>

#include "tools/check/parallel.h"
#include "tools/portrait/fault.h"

enum { STEPS = 20 };            /* how often it says how far it is */

const int lk_run_widths[LK_RUN_SIZES] = { 480, 720, 960 };

static const struct
{
  const char *check_id;
  double aim;
} lengths[LK_RUN_LENGTHS] = {
  { "G3_eye_line", 3 }, { "G2_hair_top", 3 }, { "G4_face_width", 4 }, { "G5_centre", 3 }, { "G6_roll", 0.5 },
};

/* What came of one portrait; written by a worker, read when it is its turn. */
typedef struct
{
  LkCase *drawn;
  LkCaseFile files[LK_N_CHANGES];
  LkReport *reports[LK_N_CHANGES];
  LkReport hints[LK_N_CHANGES]; /* only checks: those that give hints although they are called reliable */
} Result;

typedef struct
{
  LkCheckRun *run;
  LkChecker *checker;
  const LkSpec *spec;
  Result *results;
} Work;

static LkCheck *
as_passed (LkCheck *check)
{
  return lk_check_new (&(LkCheckDescription) {
    .id = lk_check_get_id (check), .version = lk_check_get_version (check), .kind = lk_check_get_kind (check),
    .certainty = lk_check_get_certainty (check), .outcome = LK_OUTCOME_PASS, .value = NAN, .score = NAN,
    .low = NAN, .high = NAN, .hard_low = NAN, .hard_high = NAN });
}

/* A check that is called reliable and also gives hints is counted as two: the other one's results are passes for each. */
static void
part_hints (LkReport *report, const LkSpec *spec, LkReport *hints)
{
  hints->checks = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < report->checks->len; i++)
    {
      LkCheck *check = report->checks->pdata[i];
      gboolean is_hint = lk_check_get_certainty (check) == LK_CERTAINTY_HINT;

      if (!lk_case_has_hints (spec, lk_check_get_id (check)))
        continue;
      if (lk_check_get_outcome (check) == LK_OUTCOME_NOT_RUN)
        g_ptr_array_add (hints->checks, g_object_ref (check));
      else if (!is_hint)
        g_ptr_array_add (hints->checks, as_passed (check));
      else
        {
          report->checks->pdata[i] = as_passed (check);
          g_ptr_array_add (hints->checks, check);
        }
    }
}

/* On a worker. */
static void
check_portrait (guint i, gpointer data)
{
  Work *work = data;
  Result *result = &work->results[i];

  result->drawn = lk_case_new (i, work->run->seed);
  for (int change = 0; change < LK_N_CHANGES; change++)
    {
      LkCaseFile *file = &result->files[change];
      g_autoptr (GError) error = NULL;

      lk_case_make_file (result->drawn, change, file);
      result->reports[change] = lk_checker_run (work->checker, file->file, result->drawn->id_photo, &error);
      if (error != NULL)
        g_error ("%s", error->message);         /* a drawn file is a picture */
      part_hints (result->reports[change], work->spec, &result->hints[change]);
    }
  /* only what was drawn is needed from here on, not its pixels */
  g_clear_pointer (&result->drawn->portrait, lk_portrait_free);
}

typedef struct
{
  const LkCaseFile *file;
  const LkSpec *spec;
} Known;

static LkLabel
label (const char *check_id, gpointer data)
{
  const Known *known = data;

  return lk_case_label (known->file, known->spec, check_id);
}

static LkLabel
label_hints (const char *check_id, gpointer data)
{
  const Known *known = data;

  return lk_case_label_hints (known->file, known->spec, check_id);
}

static void
note_wrong (GString *csv, const LkCaseFile *file, const LkSpec *spec, GPtrArray *checks, LkLabelFunc func)
{
  g_autofree char *command = lk_case_command (file->drawn);

  for (guint i = 0; i < checks->len; i++)
    {
      LkCheck *check = checks->pdata[i];
      const char *id = lk_check_get_id (check);
      LkLabel known = func (id, &(Known) { file, spec });
      LkOutcome outcome = lk_check_get_outcome (check);
      gboolean missed = known == LK_LABEL_FAULTY && (outcome == LK_OUTCOME_PASS || outcome == LK_OUTCOME_NOT_RUN);
      gboolean alarm = known == LK_LABEL_GOOD && (outcome == LK_OUTCOME_WARN || outcome == LK_OUTCOME_FAIL);

      if (missed || alarm)
        g_string_append_printf (csv, "%s,%s%s,%s,%s,%.4g,%.4g,%s\n", lk_change_words[file->change], id,
                                func == label_hints ? " hints" : "", missed ? "missed" : "false alarm",
                                lk_outcome_to_word (outcome), lk_check_get_value (check),
                                lk_case_truth (file, spec, id), command);
    }
}

/* Heads that are whole and to be seen, wherever they are in the frame. */
static gboolean
has_only_place_faults (const LkCase *drawn)
{
  g_auto (GStrv) ids = g_strsplit (drawn->params->faults, ",", -1);

  for (char **id = ids; *id != NULL; id++)
    {
      gboolean is_place = **id == '\0';

      for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
        is_place |= g_str_equal (*id, lengths[i].check_id);
      if (!is_place)
        return FALSE;
    }
  return TRUE;
}

static int
size_of (const LkCaseFile *file)
{
  for (int i = 0; i < LK_RUN_SIZES; i++)
    if (file->width == lk_run_widths[i])
      return i;
  return -1;
}

static void
add_errors (LkCheckRun *run, const LkCaseFile *file, const LkSpec *spec, GPtrArray *checks)
{
  int size = size_of (file);

  if (size < 0 || !has_only_place_faults (file->drawn))
    return;
  for (int i = 0; i < LK_RUN_LENGTHS; i++)
    {
      LkCheck *check = lk_checks_find (checks, lengths[i].check_id);
      double value = check != NULL ? lk_check_get_value (check) : NAN;
      double error = fabs (value - lk_case_truth (file, spec, lengths[i].check_id));

      if (!isnan (error))
        g_array_append_val (run->lengths[i].errors[size], error);
    }
}

/* For the portraits with one fault alone. */
static void
count_fault (LkCheckRun *run, const char *fault, const LkReport *report, const LkReport *hints, Known *known)
{
  LkStudy *study = g_hash_table_lookup (run->faults, fault);

  if (lk_case_is_hint (known->spec, lk_portrait_fault_check (fault), fault))
    lk_study_add_known (study, hints, label_hints, known);
  else
    lk_study_add_known (study, report, label, known);
}

static void
count_as_drawn (Work *work, const LkCaseFile *file, const LkReport *report, const LkReport *hints)
{
  LkCheckRun *run = work->run;
  const LkCase *drawn = file->drawn;
  Known known = { file, work->spec };
  int size = size_of (file);

  run->n_single += drawn->kind == LK_CASE_SINGLE;
  run->n_mixed += drawn->kind == LK_CASE_MIXED;
  lk_study_add_known (run->kinds[drawn->kind], report, label, &known);
  if (size >= 0)
    lk_study_add_known (run->sizes[size], report, label, &known);
  if (drawn->kind == LK_CASE_SINGLE)
    count_fault (run, drawn->faults[0], report, hints, &known);
  add_errors (run, file, work->spec, report->checks);
}

/* On the main thread, in order. */
static void
count_portrait (guint i, gpointer data)
{
  Work *work = data;
  Result *result = &work->results[i];
  guint n = work->run->n_portraits, step = MAX (1, n / STEPS);

  for (int change = 0; change < LK_N_CHANGES; change++)
    {
      LkCaseFile *file = &result->files[change];

      lk_study_add_known (work->run->changes[change], result->reports[change], label, &(Known) { file, work->spec });
      lk_study_add_known (work->run->hints[change], &result->hints[change], label_hints, &(Known) { file, work->spec });
      note_wrong (work->run->wrong, file, work->spec, result->reports[change]->checks, label);
      note_wrong (work->run->wrong, file, work->spec, result->hints[change].checks, label_hints);
      if (change == LK_CHANGE_NONE)
        count_as_drawn (work, file, result->reports[change], &result->hints[change]);
      lk_case_file_clear (file);
      g_clear_pointer (&result->reports[change], lk_report_free);
      g_clear_pointer (&result->hints[change].checks, g_ptr_array_unref);
    }
  g_clear_pointer (&result->drawn, lk_case_free);
  if ((i + 1) % step == 0)
    g_printerr ("%u of %u portraits\n", i + 1, n);
}

static void
start_studies (LkCheckRun *self, const LkSpec *spec)
{
  const char *const *ids = lk_portrait_fault_ids ();

  for (int i = 0; i < LK_N_CHANGES; i++)
    {
      self->changes[i] = lk_study_new (spec);
      self->hints[i] = lk_study_new (spec);
    }
  for (int i = 0; i < LK_N_CASES; i++)
    self->kinds[i] = lk_study_new (spec);
  for (int i = 0; i < LK_RUN_SIZES; i++)
    self->sizes[i] = lk_study_new (spec);
  self->faults = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) lk_study_free);
  for (gsize i = 0; ids[i] != NULL; i++)
    g_hash_table_insert (self->faults, (gpointer) ids[i], lk_study_new (spec));
  for (int i = 0; i < LK_RUN_LENGTHS; i++)
    {
      self->lengths[i].check_id = lengths[i].check_id;
      self->lengths[i].aim = lengths[i].aim;
      for (int k = 0; k < LK_RUN_SIZES; k++)
        self->lengths[i].errors[k] = g_array_new (FALSE, FALSE, sizeof (double));
    }
}

static void
finish_studies (LkCheckRun *self)
{
  GHashTableIter iter;
  gpointer study;

  for (int i = 0; i < LK_N_CHANGES; i++)
    {
      lk_study_finish (self->changes[i]);
      lk_study_finish (self->hints[i]);
    }
  for (int i = 0; i < LK_N_CASES; i++)
    lk_study_finish (self->kinds[i]);
  for (int i = 0; i < LK_RUN_SIZES; i++)
    lk_study_finish (self->sizes[i]);
  g_hash_table_iter_init (&iter, self->faults);
  while (g_hash_table_iter_next (&iter, NULL, &study))
    lk_study_finish (study);
  for (int i = 0; i < LK_RUN_LENGTHS; i++)
    for (int k = 0; k < LK_RUN_SIZES; k++)
      g_array_sort (self->lengths[i].errors[k], lk_compare_doubles);
}

LkCheckRun *
lk_check_run_new (LkChecker *checker, const LkSpec *spec, guint n_portraits, guint64 seed, guint jobs)
{
  LkCheckRun *self = g_new0 (LkCheckRun, 1);
  g_autofree Result *results = g_new0 (Result, n_portraits);
  Work work = { self, checker, spec, results };

  self->n_portraits = n_portraits;
  self->seed = seed;
  self->wrong = g_string_new ("change,check,mistake,outcome,measured,drawn,command\n");
  start_studies (self, spec);
  lk_parallel_run (n_portraits, jobs, check_portrait, count_portrait, NULL, &work);
  finish_studies (self);
  return self;
}

void
lk_check_run_free (LkCheckRun *self)
{
  for (int i = 0; i < LK_N_CHANGES; i++)
    {
      lk_study_free (self->changes[i]);
      lk_study_free (self->hints[i]);
    }
  for (int i = 0; i < LK_N_CASES; i++)
    lk_study_free (self->kinds[i]);
  for (int i = 0; i < LK_RUN_SIZES; i++)
    lk_study_free (self->sizes[i]);
  g_hash_table_unref (self->faults);
  for (int i = 0; i < LK_RUN_LENGTHS; i++)
    for (int k = 0; k < LK_RUN_SIZES; k++)
      g_array_unref (self->lengths[i].errors[k]);
  g_string_free (self->wrong, TRUE);
  g_free (self);
}

LkShare
lk_check_study_found (const LkCheckStudy *study)
{
  return lk_share (study->n_faulty - study->n_missed, study->n_faulty + study->n_faulty_not_run);
}

const LkCheckStudy *
lk_study_find (const LkStudy *study, const char *check_id)
{
  for (guint i = 0; i < study->checks->len; i++)
    {
      const LkCheckStudy *check = study->checks->pdata[i];

      if (g_str_equal (check->info->id, check_id))
        return check;
    }
  return NULL;
}
