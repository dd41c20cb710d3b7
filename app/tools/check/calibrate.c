/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb calibrate: measures a folder of photos and says how well the limits fit them. */
#include <glib/gi18n.h>
#include <gio/gio.h>

#include "tools/check/parallel.h"
#include "tools/check/photos.h"
#include "tools/check/sentence.h"
#include "tools/check/study-html.h"
#include "tools/check/study-table.h"
#include "tools/check/table.h"
#include "tools/check/toolbox.h"
#include "tools/check/verbs.h"

typedef struct
{
  LkReport *report;
  GError *error;
} Result;

typedef struct
{
  LkToolbox toolbox;
  GPtrArray *photos;            /* of LkPhotoFile */
  Result *results;
  LkLabels *labels;             /* NULL without */
  LkStudy *study;
  GPtrArray *embeddings;        /* of LkEmbedding, NULL where there is no face */
  GPtrArray *people;            /* of char *: who is on each photo */
  LkProgress *progress;
} Run;

/* The embeddings array has gaps. */
static void
free_embedding (gpointer data)
{
  g_clear_pointer ((LkEmbedding **) &data, lk_embedding_free);
}

static void
clear_run (Run *self)
{
  g_clear_pointer (&self->study, lk_study_free);
  g_clear_pointer (&self->labels, lk_labels_free);
  g_clear_pointer (&self->embeddings, g_ptr_array_unref);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->photos, g_ptr_array_unref);
  g_clear_pointer (&self->progress, lk_progress_free);
  lk_toolbox_clear (&self->toolbox);
  g_free (self->results);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, clear_run)

static gboolean
can_compare (const Run *run)
{
  return run->toolbox.engine != NULL && run->toolbox.engine->n_embeddings > 0;
}

/* On a worker. */
static void
measure_photo (guint i, gpointer data)
{
  Run *run = data;
  const LkPhotoFile *photo = run->photos->pdata[i];
  Result *result = &run->results[i];
  g_autoptr (GBytes) bytes = lk_photo_load (photo->path, &result->error);

  if (bytes != NULL)
    result->report = lk_checker_examine (run->toolbox.checker, bytes, &(LkExamination) { .with_embedding = can_compare (run) },
                                         &result->error);
}

/* On the main thread, in order. */
static void
count_photo (guint i, gpointer data)
{
  Run *run = data;
  const LkPhotoFile *photo = run->photos->pdata[i];
  Result *result = &run->results[i];

  if (result->error != NULL)
    {
      g_autofree char *shown = g_filename_display_name (photo->path);

      lk_progress_hide (run->progress);
      lk_complain (shown, result->error);
    }
  lk_study_add (run->study, photo->name, result->report, run->labels);
  /* a photo without a face has no part in the comparison */
  g_ptr_array_add (run->people, lk_photo_person (photo));
  g_ptr_array_add (run->embeddings, result->report != NULL ? g_steal_pointer (&result->report->embedding) : NULL);
  g_clear_pointer (&result->report, lk_report_free);
  g_clear_error (&result->error);
}

static int
prepare (Run *run, const LkToolOptions *options)
{
  g_autoptr (GError) error = NULL;
  int status;

  run->photos = lk_photos_gather (options->files, &error);
  if (run->photos == NULL)
    {
      lk_complain (NULL, error);
      return LK_EXIT_UNREAD;
    }
  if (options->labels != NULL && (run->labels = lk_labels_load (options->labels, &error)) == NULL)
    {
      lk_complain (options->labels, error);
      return LK_EXIT_USAGE;
    }
  status = lk_toolbox_open (&run->toolbox, options);
  if (status != LK_EXIT_GOOD)
    return status;
  run->results = g_new0 (Result, run->photos->len);
  run->study = lk_study_new (run->toolbox.spec);
  run->embeddings = g_ptr_array_new_with_free_func (free_embedding);
  run->people = g_ptr_array_new_with_free_func (g_free);
  run->progress = lk_progress_new (run->photos->len);
  return LK_EXIT_GOOD;
}

static LkIdentityStudy *
compare_people (const Run *run, const LkToolOptions *options)
{
  const LkIdentityInput input = { run->embeddings, run->people, run->toolbox.engine->manifest, (guint) options->campus_size };

  return lk_identity_study_new (&input, lk_parallel_jobs (options->jobs));
}

static gboolean
write_report (const LkStudy *study, const char *path)
{
  g_autofree char *html = lk_study_to_html (study);
  g_autoptr (GError) error = NULL;

  if (g_file_set_contents (path, html, -1, &error))
    return TRUE;
  lk_complain (path, error);
  return FALSE;
}

int
lk_verb_calibrate (const LkToolOptions *options)
{
  g_auto (Run) run = { 0 };
  g_autofree char *text = NULL;
  int status = prepare (&run, options);

  if (status != LK_EXIT_GOOD)
    return status;
  lk_parallel_run (run.photos->len, lk_parallel_jobs (options->jobs), measure_photo, count_photo, run.progress, &run);
  lk_progress_hide (run.progress);
  lk_study_finish (run.study);
  if (can_compare (&run))
    run.study->identity = compare_people (&run, options);
  text = lk_study_to_text (run.study, lk_colour_wanted (options->colour));
  g_print ("%s", text);
  if (options->html != NULL && !write_report (run.study, options->html))
    return LK_EXIT_UNREAD;
  return run.study->n_unread > 0 || run.toolbox.engine == NULL ? LK_EXIT_UNREAD : LK_EXIT_GOOD;
}
