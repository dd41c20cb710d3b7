/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the key to the next photo's pixels: the whole workstation, its service some way off, beside image viewers that have the same
 * files on the disk. All run at once, one in front, and take turns of a few photos, so that a noisy machine is so for each. */
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "figures.h"
#include "station.h"

typedef struct
{
  int items, turn, pause, distance;     /* pause, distance in ms */
  int width, height;
  char *viewers;
} Options;

enum
{
  STALL_MS = 50,
  GIVE_UP_AFTER = 5,            /* photos not seen in a row */
};

/* FIRST stands for the first photo's path, FOLDER for where all lie, SIZE for the window's. */
static const struct
{
  const char *name, *key;
  const char *const arguments[8];
} kinds[] = {
  { "qimgv", "Right", { "FIRST" } },
  { "feh", "Right", { "--scale-down", "--sort", "filename", "--geometry", "SIZE", "FOLDER" } },
  { "geeqie", "Page_Down", { "FIRST" } },
  { "eog", "Right", { "FIRST" } },
};

typedef struct
{
  const char *name, *key;
  LkScreen *screen;
  GSubprocess *program;
  int position;
  int n_missed, n_missed_running;
  int n_blank_switches, n_stalls;
  int disk;                     /* of the workstation: an unnamed file beside the photos; -1 for others */
} Viewer;

static const char main_loop_series[] = "likeness, main loop's answer";
static const char disk_series[] = "the disk: 4 KiB made durable";

static void
viewer_free (gpointer data)
{
  Viewer *viewer = data;

  if (viewer->program != NULL)
    lk_campus_stage_end (viewer->program);
  g_clear_object (&viewer->program);
  g_clear_pointer (&viewer->screen, lk_screen_close);
  if (viewer->disk >= 0)
    close (viewer->disk);
  g_free (viewer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Viewer, viewer_free)

static Viewer *
viewer_new (const char *name, const char *key, GError **error)
{
  Viewer *viewer = g_new0 (Viewer, 1);

  viewer->name = name;
  viewer->key = key;
  viewer->disk = -1;
  viewer->screen = lk_screen_open (error);
  if (viewer->screen == NULL)
    g_clear_pointer (&viewer, viewer_free);
  return viewer;
}

static gboolean
is_workstation (const Viewer *viewer)
{
  return g_str_equal (viewer->key, "a");
}

/* An approval is on the disk before the next photo comes; a viewer writes nothing. How much of a slow switch that can have been. */
static void
measure_disk (Viewer *viewer, LkFigures *figures)
{
  char block[4096];
  double start = lk_screen_now ();

  memset (block, 1, sizeof block);
  if (write (viewer->disk, block, sizeof block) == sizeof block && fdatasync (viewer->disk) == 0)
    lk_figures_add (figures, disk_series, "ms", lk_screen_now () - start);
}

/* One key, one photo; FALSE when that photo was not seen. */
static gboolean
step (Viewer *viewer, const Options *options, LkFigures *figures)
{
  int next = lk_marked_photos_code (viewer->position + 1);
  guint n_blank = 0;
  double ms = lk_screen_switch (viewer->screen, viewer->key, next, LK_GIVE_UP_SECONDS, &n_blank);
  double answer;

  if (isnan (ms))
    return FALSE;
  viewer->position++;
  lk_figures_add (figures, viewer->name, "ms", ms);
  n_blank += lk_screen_watch (viewer->screen, next, options->pause, is_workstation (viewer) ? &answer : NULL);
  viewer->n_blank_switches += n_blank > 0;
  if (is_workstation (viewer))
    {
      lk_figures_add (figures, main_loop_series, "ms", answer);
      viewer->n_stalls += answer > STALL_MS;
      measure_disk (viewer, figures);
    }
  return TRUE;
}

/* The photo came too late, or not at all. The workstation leaves undecided what one key cannot approve. */
static void
miss (Viewer *viewer)
{
  int next = lk_marked_photos_code (viewer->position + 1);

  viewer->n_missed++;
  viewer->n_missed_running++;
  if (lk_screen_read_code (viewer->screen) == next ||
      (is_workstation (viewer) && lk_station_pass_over (viewer->screen, next)))
    viewer->position++;
}

static void
take_turn (Viewer *viewer, const Options *options, LkFigures *figures)
{
  lk_screen_raise (viewer->screen);
  if (!lk_station_wait_photo (viewer->screen, lk_marked_photos_code (viewer->position)))
    viewer->n_missed_running = GIVE_UP_AFTER;
  for (int i = 0; i < options->turn && viewer->position + 1 < options->items && viewer->n_missed_running < GIVE_UP_AFTER; i++)
    {
      if (step (viewer, options, figures))
        viewer->n_missed_running = 0;
      else
        miss (viewer);
    }
}

/* Turns until none has a photo left. */
static void
measure (GPtrArray *viewers, const Options *options, LkFigures *figures)
{
  gboolean any = TRUE;

  while (any)
    {
      any = FALSE;
      for (guint i = 0; i < viewers->len; i++)
        {
          Viewer *viewer = viewers->pdata[i];

          if (viewer->position + 1 >= options->items || viewer->n_missed_running >= GIVE_UP_AFTER)
            continue;
          take_turn (viewer, options, figures);
          any = TRUE;
        }
    }
}

static char *
expand (const char *argument, const char *folder, const Options *options)
{
  g_autofree char *first = lk_marked_photos_dup_number (0);

  if (g_str_equal (argument, "FIRST"))
    return g_strdup_printf ("%s/%s.jpg", folder, first);
  if (g_str_equal (argument, "FOLDER"))
    return g_strdup (folder);
  if (g_str_equal (argument, "SIZE"))
    return g_strdup_printf ("%dx%d", options->width, options->height);
  return g_strdup (argument);
}

static Viewer *
start_viewer (gsize kind, const char *folder, const Options *options, GError **error)
{
  g_autoptr (Viewer) viewer = viewer_new (kinds[kind].name, kinds[kind].key, error);
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);

  if (viewer == NULL)
    return NULL;
  g_ptr_array_add (argv, g_strdup (viewer->name));
  for (const char *const *argument = kinds[kind].arguments; *argument != NULL; argument++)
    g_ptr_array_add (argv, expand (*argument, folder, options));
  g_ptr_array_add (argv, NULL);
  viewer->program = g_subprocess_newv ((const char *const *) argv->pdata,
                                       G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, error);
  if (viewer->program == NULL)
    return NULL;
  if (!lk_screen_take_window (viewer->screen, atoi (g_subprocess_get_identifier (viewer->program)), options->width,
                              options->height, 30))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "it has shown no window");
      return NULL;
    }
  if (!lk_station_wait_photo (viewer->screen, lk_marked_photos_code (0)))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "its first photo was not seen on the screen");
      return NULL;
    }
  return g_steal_pointer (&viewer);
}

static Viewer *
start_workstation (LkCampusStage *stage, const char *folder, const Options *options, GError **error)
{
  g_autoptr (Viewer) viewer = viewer_new ("likeness", "a", error);
  g_autofree char *path = g_build_filename (folder, "durable", NULL);

  if (viewer == NULL)
    return NULL;
  viewer->disk = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  g_unlink (path);
  viewer->program = lk_station_start (stage, viewer->screen, options->width, options->height, error);
  return viewer->program != NULL ? g_steal_pointer (&viewer) : NULL;
}

static gboolean
is_wanted (const Options *options, const char *name)
{
  g_auto (GStrv) names = g_strsplit (options->viewers, ",", -1);

  return g_strv_contains ((const char *const *) names, name);
}

/* Those that are wanted and there; of each that is not, a note says so. */
static void
start_viewers (GPtrArray *viewers, LkFigures *figures, const char *folder, const Options *options)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_find_program_in_path (kinds[i].name);
      g_autoptr (GError) error = NULL;
      Viewer *viewer;

      if (!is_wanted (options, kinds[i].name))
        lk_figures_note (figures, kinds[i].name, "not measured: left out by --viewers");
      else if (path == NULL)
        lk_figures_note (figures, kinds[i].name, "not measured: it is not installed");
      else if ((viewer = start_viewer (i, folder, options, &error)) != NULL)
        g_ptr_array_add (viewers, viewer);
      else
        lk_figures_note (figures, kinds[i].name, "not measured: %s", error->message);
    }
}

static void
note_viewer (LkFigures *figures, Viewer *viewer)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%d photos not seen in %d s, %d switches with a blank frame, ", viewer->n_missed, LK_GIVE_UP_SECONDS,
                          viewer->n_blank_switches);
  if (is_workstation (viewer))
    g_string_append_printf (text, "main loop over %d ms in %d pauses, ", STALL_MS, viewer->n_stalls);
  g_string_append_printf (text, "%.0f MB after %d photos", lk_campus_stage_resident_mb (viewer->program), viewer->position + 1);
  if (is_workstation (viewer))
    g_string_append_printf (text, " (its helpers %.0f MB)", lk_campus_stage_helpers_mb (viewer->program));
  if (viewer->n_missed_running >= GIVE_UP_AFTER)
    g_string_append_printf (text, "; given up on");
  lk_figures_note (figures, viewer->name, "%s", text->str);
}

static void
note_aims (LkFigures *figures)
{
  double p50 = lk_figures_percentile (figures, "likeness", 0.5);
  double ratio = p50 / lk_figures_percentile (figures, "qimgv", 0.5);

  lk_figures_note (figures, "likeness, p50", "%.1f ms (aim: at most 8)", p50);
  lk_figures_note (figures, "likeness, p99", "%.1f ms (aim: at most 16.7)", lk_figures_percentile (figures, "likeness", 0.99));
  if (isnan (ratio))
    lk_figures_note (figures, "p50 to that of qimgv", "not measured");
  else
    lk_figures_note (figures, "p50 to that of qimgv", "%.2f (aim: at most 0.7)", ratio);
}

static void
note_run (LkFigures *figures, const Options *options)
{
  lk_figures_note (figures, "photos", "%d of 960x1280, JPEG 4:4:4, each approved by one key", options->items);
  lk_figures_note (figures, "turns", "%d photos, %d ms pause after each", options->turn, options->pause);
  lk_figures_note (figures, "service", "%d ms away, there and back", options->distance);
  lk_figures_note (figures, "window", "%dx%d", options->width, options->height);
  lk_figures_note (figures, "renderer", "%s", g_getenv ("GSK_RENDERER") != NULL ? g_getenv ("GSK_RENDERER") : "default");
}

static gboolean
run (LkFigures *figures, gpointer data, GError **error)
{
  const Options *options = data;
  g_autoptr (LkScreen) screen = lk_screen_open (error);
  g_autoptr (LkCampusStage) stage = NULL;
  g_autoptr (GPtrArray) viewers = g_ptr_array_new_with_free_func (viewer_free);
  g_autofree char *folder = NULL;
  Viewer *workstation;

  if (screen == NULL)
    return FALSE;
  stage = lk_campus_stage_open (options->items, 960, 1280, error);
  folder = stage != NULL ? lk_campus_stage_dup_photo_folder (stage, error) : NULL;
  if (folder == NULL)
    return FALSE;
  lk_campus_stage_set_distance (stage, (guint) options->distance);
  note_run (figures, options);
  lk_figures_note (figures, "round-robin scheduling", "%s", lk_screen_run_first (screen) ? "yes" : "no (not permitted)");
  workstation = start_workstation (stage, folder, options, error);
  if (workstation == NULL)
    return FALSE;
  g_ptr_array_add (viewers, workstation);
  start_viewers (viewers, figures, folder, options);
  measure (viewers, options, figures);
  for (guint i = 0; i < viewers->len; i++)
    note_viewer (figures, viewers->pdata[i]);
  note_aims (figures);
  g_ptr_array_set_size (viewers, 0);    /* before their photos go */
  return TRUE;
}

int
main (int argc, char **argv)
{
  Options options = { .items = 500, .turn = 10, .pause = 200, .distance = 50, .width = 1280, .height = 800 };
  const GOptionEntry entries[] = {
    { "items", 0, 0, G_OPTION_ARG_INT, &options.items, "How many photos", "N" },
    { "turn", 0, 0, G_OPTION_ARG_INT, &options.turn, "Photos of one viewer before it is another's turn", "N" },
    { "pause", 0, 0, G_OPTION_ARG_INT, &options.pause, "Pause after each photo", "MS" },
    { "distance", 0, 0, G_OPTION_ARG_INT, &options.distance, "How far the service is away", "MS" },
    { "width", 0, 0, G_OPTION_ARG_INT, &options.width, "Width of the windows", "PX" },
    { "height", 0, 0, G_OPTION_ARG_INT, &options.height, "Height of the windows", "PX" },
    { "viewers", 0, 0, G_OPTION_ARG_STRING, &options.viewers, "Which viewers, with commas between; empty for none", "NAMES" },
    { NULL },
  };
  int status;

  options.viewers = g_strdup ("qimgv,feh,geeqie,eog");
  status = lk_bench_main (argc, argv, "viewers", "From a key to the next photo's pixels, beside image viewers.", entries, run, &options);
  g_free (options.viewers);
  return status;
}
