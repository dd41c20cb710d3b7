/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb check: all photos on all cores, said in their order. */
#include <errno.h>
#include <string.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "tools/check/annotate.h"
#include "tools/check/json-report.h"
#include "tools/check/parallel.h"
#include "tools/check/photos.h"
#include "tools/check/picture-file.h"
#include "tools/check/report-table.h"
#include "tools/check/sentence.h"
#include "tools/check/toolbox.h"
#include "tools/check/verbs.h"

/* What came of one photo; written by a worker, read when it is its turn. */
typedef struct
{
  LkReport *report;             /* NULL: error says why */
  GError *error;
  GError *annotate_error;
} Result;

typedef struct
{
  const LkToolOptions *options;
  LkToolbox toolbox;
  GBytes *id_photo;
  GPtrArray *photos;            /* of LkPhotoFile */
  Result *results;
  LkProgress *progress;
  gboolean in_colour, all;
  guint n_outcomes[LK_OUTCOME_NOT_RUN + 1], n_unread;
  gboolean annotate_failed;
} Run;

static void
clear_run (Run *self)
{
  lk_toolbox_clear (&self->toolbox);
  g_clear_pointer (&self->id_photo, g_bytes_unref);
  g_clear_pointer (&self->photos, g_ptr_array_unref);
  g_clear_pointer (&self->progress, lk_progress_free);
  g_free (self->results);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, clear_run)

static gboolean
make_folder_of (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0777) == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", folder, g_strerror (errno));
  return FALSE;
}

static gboolean
write_annotated (const Run *run, const LkPhotoFile *photo, GBytes *bytes, GPtrArray *checks, GError **error)
{
  g_autoptr (LkPixels) pixels = lk_checker_decode (run->toolbox.checker, bytes, NULL, error);
  g_autoptr (LkPixels) drawn = pixels != NULL ? lk_annotate (pixels, checks) : NULL;
  g_autofree char *path = g_build_filename (run->options->annotate, photo->name, NULL);

  return drawn != NULL && make_folder_of (path, error) && lk_picture_write (drawn, path, error);
}

/* On a worker. */
static void
check_photo (guint i, gpointer data)
{
  Run *run = data;
  const LkPhotoFile *photo = run->photos->pdata[i];
  Result *result = &run->results[i];
  g_autoptr (GBytes) bytes = lk_photo_load (photo->path, &result->error);

  if (bytes != NULL)
    result->report = lk_checker_run (run->toolbox.checker, bytes, run->id_photo, &result->error);
  if (result->report != NULL && run->options->annotate != NULL)
    write_annotated (run, photo, bytes, result->report->checks, &result->annotate_error);
}

static void
print_result (const Run *run, const LkPhotoFile *photo, const Result *result)
{
  g_autofree char *text = NULL;

  if (run->options->json)
    {
      text = lk_json_report (photo->path, result->report, result->error);
      g_print ("%s\n", text);
    }
  else if (result->report != NULL)
    {
      text = lk_report_table (photo->path, result->report, run->all, run->in_colour);
      g_print ("%s", text);
    }
  if (result->error != NULL)
    {
      g_autofree char *shown = g_filename_display_name (photo->path);

      lk_complain (shown, result->error);
    }
  if (result->annotate_error != NULL)
    lk_complain (run->options->annotate, result->annotate_error);
}

/* On the main thread, in order. */
static void
report_photo (guint i, gpointer data)
{
  Run *run = data;
  Result *result = &run->results[i];

  lk_progress_hide (run->progress);
  print_result (run, run->photos->pdata[i], result);
  run->annotate_failed |= result->annotate_error != NULL;
  if (result->report == NULL)
    run->n_unread++;
  else
    run->n_outcomes[lk_report_worst (result->report)]++;
  g_clear_pointer (&result->report, lk_report_free);
  g_clear_error (&result->error);
  g_clear_error (&result->annotate_error);
}

static void
print_totals (const Run *run)
{
  g_print (_("Photos: %u; pass: %u; with warnings: %u; failed: %u; not fully measured: %u; could not be read: %u."),
           run->photos->len, run->n_outcomes[LK_OUTCOME_PASS], run->n_outcomes[LK_OUTCOME_WARN],
           run->n_outcomes[LK_OUTCOME_FAIL], run->n_outcomes[LK_OUTCOME_NOT_RUN], run->n_unread);
  g_print ("\n");
}

/* A photo must not be drawn over itself or over another one's copy. */
static gboolean
annotated_names_are_safe (const Run *run, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < run->photos->len; i++)
    {
      const LkPhotoFile *photo = run->photos->pdata[i];
      g_autofree char *path = g_build_filename (run->options->annotate, photo->name, NULL);
      GStatBuf source, copy;
      gboolean same = g_stat (photo->path, &source) == 0 && g_stat (path, &copy) == 0
                      && source.st_dev == copy.st_dev && source.st_ino == copy.st_ino;

      if (!same && g_hash_table_add (names, photo->name))
        continue;
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   same ? _("%s would be overwritten by its drawn-on copy; choose another folder.")
                        : _("Two photos are called %s; draw on them in two runs."), photo->name);
      return FALSE;
    }
  return TRUE;
}

static int
prepare (Run *run)
{
  g_autoptr (GError) error = NULL;
  int status;

  run->photos = lk_photos_gather (run->options->files, &error);
  if (run->photos == NULL || (run->options->id_photo != NULL
                              && (run->id_photo = lk_photo_load (run->options->id_photo, &error)) == NULL))
    {
      lk_complain (run->photos == NULL ? NULL : run->options->id_photo, error);
      return LK_EXIT_UNREAD;
    }
  if (run->options->annotate != NULL && !annotated_names_are_safe (run, &error))
    {
      lk_complain (NULL, error);
      return LK_EXIT_USAGE;
    }
  status = lk_toolbox_open (&run->toolbox, run->options);
  run->results = g_new0 (Result, run->photos->len);
  run->progress = lk_progress_new (run->photos->len);
  run->in_colour = lk_colour_wanted (run->options->colour);
  run->all = run->options->all || run->photos->len == 1;
  return status;
}

int
lk_verb_check (const LkToolOptions *options)
{
  g_auto (Run) run = { .options = options };
  int status = prepare (&run);

  if (status != LK_EXIT_GOOD)
    return status;
  lk_parallel_run (run.photos->len, lk_parallel_jobs (options->jobs), check_photo, report_photo, run.progress, &run);
  lk_progress_hide (run.progress);
  if (!options->json && run.photos->len > 1)
    print_totals (&run);
  /* what was not measured must not look like a pass to a script */
  if (run.n_unread > 0 || run.n_outcomes[LK_OUTCOME_NOT_RUN] > 0 || run.annotate_failed)
    return LK_EXIT_UNREAD;
  return run.n_outcomes[LK_OUTCOME_FAIL] > 0 ? LK_EXIT_FAILED : LK_EXIT_GOOD;
}
