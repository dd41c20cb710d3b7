/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often each check finds its fault and how often it alarms about nothing, on a drawn set; writes docs/checks.md. */
#include <stdio.h>

#include "check-document.h"
#include "core/data.h"
#include "tools/check/parallel.h"

typedef struct
{
  int portraits, walls, jobs;
  gint64 seed;
  char *json, *document, *wrong, *figures;
} Options;

static void
clear_options (Options *self)
{
  g_free (self->json);
  g_free (self->document);
  g_free (self->wrong);
  g_free (self->figures);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

static gboolean
parse (Options *options, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "portraits", 0, 0, G_OPTION_ARG_INT, &options->portraits, "how many portraits (3000)", "N" },
    { "walls", 0, 0, G_OPTION_ARG_INT, &options->walls, "how many portraits before each wall for the blue background (60)", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &options->seed, "number of the first person", "N" },
    { "jobs", 0, 0, G_OPTION_ARG_INT, &options->jobs, "how many at a time; one for each processor when not given", "N" },
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &options->json, "write the figures to this file", "FILE" },
    { "wrong", 0, 0, G_OPTION_ARG_FILENAME, &options->wrong, "write each miss and false alarm to this CSV file", "FILE" },
    { "document", 0, 0, G_OPTION_ARG_FILENAME, &options->document, "write them as Markdown to this file", "FILE" },
    { "figures", 0, 0, G_OPTION_ARG_FILENAME, &options->figures, "folder of the other benchmarks' JSON, for the document", "DIR" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, "Counts what the checks find on drawn portraits.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (options->portraits > 0 && options->walls > 0 && options->jobs >= 0)
    return TRUE;
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "numbers of portraits are at least 1");
  return FALSE;
}

static gboolean
write_all (const Options *options, const LkCheckRun *run, const LkBlueRun *blue, const LkSpec *spec, const LkManifest *manifest, GError **error)
{
  g_autofree char *figures = lk_check_figures (run, blue, spec), *summary = lk_check_summary (run, spec);
  g_autofree char *document = lk_check_document (run, blue, spec, manifest, options->figures);

  g_print ("%s", summary);
  return (options->json == NULL || g_file_set_contents (options->json, figures, -1, error)) &&
         (options->wrong == NULL || g_file_set_contents (options->wrong, run->wrong->str, -1, error)) &&
         (options->document == NULL || g_file_set_contents (options->document, document, -1, error));
}

static gboolean
measure (const Options *options, GError **error)
{
  g_autoptr (LkSpec) spec = lk_spec_load_default (error);
  g_autoptr (LkChecker) checker = spec != NULL ? lk_checker_new (spec, NULL) : NULL;
  guint jobs = lk_parallel_jobs (options->jobs);
  g_autoptr (LkCheckRun) run = NULL;
  g_autoptr (LkBlueRun) blue = NULL;

  if (checker == NULL)
    return FALSE;
  if (lk_checker_get_problem (checker) != NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, lk_checker_get_problem (checker));
      return FALSE;
    }
  run = lk_check_run_new (checker, spec, (guint) options->portraits, (guint64) options->seed, jobs);
  blue = lk_blue_run_new (lk_checker_get_engine (checker), spec, (guint) options->walls, (guint64) (options->seed + options->portraits), jobs);
  return write_all (options, run, blue, spec, lk_checker_get_engine (checker)->manifest, error);
}

int
main (int argc, char **argv)
{
  g_auto (Options) options = { .portraits = 3000, .walls = 60, .seed = 100000 };
  g_autoptr (GError) error = NULL;

  lk_locale_init ();
  if (parse (&options, argc, argv, &error) && measure (&options, &error))
    return 0;
  g_printerr ("bench-checks: %s\n", error->message);
  return 1;
}
