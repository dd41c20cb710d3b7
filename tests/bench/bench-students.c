/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "core/error.h"
#include "figures.h"
#include "service/photo-work.h"
#include "student-stage.h"

/* All students of a class at once: each sends a photo, has it looked at and checked with the crop that is proposed. How long that takes
 * against what the engine alone needs for as many photos on the same machine, what somebody else notices meanwhile, and whether the tries
 * are counted right. */

enum { OTHER_PAUSE_US = 20000 };

typedef struct
{
  int students, photos, width;
  GPtrArray *originals;         /* of GBytes */
  LkStage *stage;
  LkFigures *figures;
  GMutex mutex;                 /* over figures */
  gint errors, repeats;         /* atomic */
  gint over;                    /* atomic: everybody is done */
} Bench;

static void
add (Bench *bench, const char *series, const char *unit, double value)
{
  g_mutex_lock (&bench->mutex);
  lk_figures_add (bench->figures, series, unit, value);
  g_mutex_unlock (&bench->mutex);
}

static double
seconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

/* -- the engine alone -- */

static void
draw_one (gpointer number, gpointer data)
{
  Bench *bench = data;
  guint i = GPOINTER_TO_UINT (number) - 1;

  bench->originals->pdata[i] = lk_stage_original (i + 1, bench->width, bench->width * 4 / 3);
}

static void
draw_originals (Bench *bench)
{
  GThreadPool *pool = g_thread_pool_new (draw_one, bench, (int) g_get_num_processors (), TRUE, NULL);

  bench->originals = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_ptr_array_set_size (bench->originals, bench->photos);
  for (int i = 0; i < bench->photos; i++)
    g_thread_pool_push (pool, GUINT_TO_POINTER (i + 1), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
}

typedef struct
{
  LkPhotoWork *work;
  Bench *bench;
  gint failed;
} Alone;

static void
work_alone (gpointer number, gpointer data)
{
  Alone *alone = data;
  GBytes *original = alone->bench->originals->pdata[GPOINTER_TO_UINT (number) - 1];
  LkLook look = { 0 };
  LkCheckDone done = { 0 };
  g_autofree char *student = lk_stage_number (1);

  if (!lk_photo_work_look (alone->work, original, &look, NULL)
      || !lk_photo_work_check (alone->work, &(LkCheckTask) { .original = original, .student_no = student,
                                                             .crop = look.has_crop ? &look.crop : NULL, .may_compare = TRUE },
                               &done, NULL))
    g_atomic_int_inc (&alone->failed);
  lk_look_clear (&look);
  lk_check_done_clear (&done);
}

/* Photos a second on all cores, without a service around it. */
static double
measure_alone (Bench *bench, GError **error)
{
  g_autoptr (LkService) service = lk_stage_open (bench->stage);
  g_autoptr (LkPhotoWork) work = lk_photo_work_new (service, error);
  Alone alone = { work, bench, 0 };
  GThreadPool *pool;
  gint64 start;

  if (work == NULL)
    return NAN;
  lk_photo_work_prepare (work);
  work_alone (GUINT_TO_POINTER (1), &alone);    /* warm */
  pool = g_thread_pool_new (work_alone, &alone, (int) g_get_num_processors (), TRUE, NULL);
  start = g_get_monotonic_time ();
  for (int i = 0; i < bench->photos; i++)
    g_thread_pool_push (pool, GUINT_TO_POINTER (i + 1), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  if (alone.failed == 0)
    return bench->photos / seconds_since (start);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_FAILED, "the photos cannot be checked: are the models there?");
  return NAN;
}

/* -- students -- */

typedef struct
{
  Bench *bench;
  guint number;
  LkTestClient *client;
} Student;

/* Repeats what is told to come again later, as the page does; counts what is not 2xx. */
static LkTestAnswer *
insist (Student *student, LkTestAnswer *(*call) (Student *student, const char *argument), const char *argument)
{
  for (;;)
    {
      LkTestAnswer *answer = call (student, argument);

      if (answer->status != 503)
        {
          if (answer->status < 200 || answer->status > 299)
            g_atomic_int_inc (&student->bench->errors);
          return answer;
        }
      g_atomic_int_inc (&student->bench->repeats);
      g_usleep ((gulong) lk_json_int (answer->json, "retry_after", 1) * G_USEC_PER_SEC);
      lk_test_answer_free (answer);
    }
}

static LkTestAnswer *
upload (Student *student, const char *unused)
{
  GPtrArray *originals = student->bench->originals;

  return lk_stage_upload (student->client, originals->pdata[student->number % originals->len]);
}

static LkTestAnswer *
ask_check (Student *student, const char *photo)
{
  g_autoptr (LkTestAnswer) looked = lk_stage_settle (student->client, photo);
  g_autofree char *crop = lk_stage_crop (looked->json);
  g_autofree char *path = g_strdup_printf ("/v1/student/photos/%s/check", photo);

  return lk_stage_post (student->client, path, crop);
}

static gpointer
student_main (gpointer data)
{
  Student *student = data;
  gint64 start = g_get_monotonic_time (), asked_at;
  g_autoptr (LkTestAnswer) uploaded = insist (student, upload, NULL);
  g_autoptr (LkTestAnswer) asked = NULL;
  g_autoptr (LkTestAnswer) verdict = NULL;
  const char *photo = lk_json_string (uploaded->json, "id"), *state;
  double told;

  if (photo == NULL)
    return NULL;
  add (student->bench, "upload taken", "s", seconds_since (start));
  asked = insist (student, ask_check, photo);
  asked_at = g_get_monotonic_time ();
  told = (double) lk_json_int (lk_json_object (asked->json, "job"), "wait_seconds", 0);
  verdict = lk_stage_settle (student->client, photo);
  state = lk_json_string (verdict->json, "state");
  if (g_strcmp0 (state, "CHECK_PASSED") != 0 && g_strcmp0 (state, "CHECK_FAILED") != 0)
    g_atomic_int_inc (&student->bench->errors);
  add (student->bench, "upload to verdict", "s", seconds_since (start));
  add (student->bench, "wait told by wait really", "", told / fmax (seconds_since (asked_at), 1));
  return NULL;
}

static gpointer
other_main (gpointer data)
{
  Bench *bench = data;
  g_autoptr (LkTestClient) client = lk_stage_enter (bench->stage, (guint) bench->students + 1);
  const char *const paths[] = { "/v1/healthz", "/v1/student/record" };

  for (int i = 0; !g_atomic_int_get (&bench->over); i = 1 - i)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (LkTestAnswer) answer = lk_stage_get (client, paths[i]);

      if (answer->status != 200)
        g_atomic_int_inc (&bench->errors);
      add (bench, i == 0 ? "another client's GET healthz" : "another client's GET record", "ms", 1000 * seconds_since (start));
      g_usleep (OTHER_PAUSE_US);
    }
  return NULL;
}

static double
run_students (Bench *bench)
{
  g_autofree Student *students = g_new0 (Student, bench->students);
  g_autofree GThread **threads = g_new0 (GThread *, bench->students);
  GThread *other;
  gint64 start;
  double seconds;

  for (int i = 0; i < bench->students; i++)
    students[i] = (Student) { bench, (guint) i + 1, lk_stage_enter (bench->stage, (guint) i + 1) };
  other = g_thread_new ("other", other_main, bench);
  start = g_get_monotonic_time ();
  for (int i = 0; i < bench->students; i++)
    threads[i] = g_thread_new ("student", student_main, &students[i]);
  for (int i = 0; i < bench->students; i++)
    g_thread_join (threads[i]);
  seconds = seconds_since (start);
  g_atomic_int_set (&bench->over, 1);
  g_thread_join (other);
  for (int i = 0; i < bench->students; i++)
    lk_test_client_free (students[i].client);
  return seconds;
}

/* -- all of it -- */

static gboolean
check_books (Bench *bench, GError **error)
{
  const char *folder = bench->stage->campus->folder;
  int wrong = lk_test_query_int (folder, "SELECT count(*) FROM record r WHERE r.tries_used <>"
                                         " (SELECT count(*) FROM try t WHERE t.record = r.id AND t.given_back = 0)");
  int tries = lk_test_query_int (folder, "SELECT count(*) FROM try WHERE given_back = 0");

  lk_figures_note (bench->figures, "tries", "%d counted for %d students, %d counters unlike their log", tries, bench->students, wrong);
  lk_figures_note (bench->figures, "errors", "%d (and %d calls that were told to come again later)", bench->errors, bench->repeats);
  if (wrong == 0 && tries == bench->students && bench->errors == 0)
    return TRUE;
  g_set_error_literal (error, LK_ERROR, LK_ERROR_FAILED, "there were errors, or tries were counted wrong");
  return FALSE;
}

static gboolean
run (LkFigures *figures, gpointer data, GError **error)
{
  Bench *bench = data;
  double before, after, alone, seconds;

  bench->figures = figures;
  g_mutex_init (&bench->mutex);
  draw_originals (bench);
  bench->stage = lk_stage_new ((guint) bench->students + 2);    /* another client, and the last is of the teaching point */
  before = measure_alone (bench, error);
  if (isnan (before))
    return FALSE;
  lk_stage_start (bench->stage, NULL);
  seconds = run_students (bench);
  lk_stage_stop (bench->stage);
  after = measure_alone (bench, error);
  if (isnan (after))
    return FALSE;
  alone = bench->students * 2 / (before + after);
  lk_figures_note (figures, "engine alone", "%.2f photos a second before, %.2f after: %d photos in %.1f s", before, after, bench->students,
                   alone);
  lk_figures_note (figures, "service", "%d photos in %.1f s", bench->students, seconds);
  lk_figures_note (figures, "upload to verdict, p95", "%.2f of the engine's time",
                   lk_figures_percentile (figures, "upload to verdict", 0.95) / alone);
  return check_books (bench, error);
}

int
main (int argc, char **argv)
{
  Bench bench = { .students = 200, .photos = 24, .width = 1500 };
  const GOptionEntry options[] = {
    { "students", 0, 0, G_OPTION_ARG_INT, &bench.students, "How many come at once", "N" },
    { "photos", 0, 0, G_OPTION_ARG_INT, &bench.photos, "Different photos among theirs", "N" },
    { "width", 0, 0, G_OPTION_ARG_INT, &bench.width, "Of the uncropped originals, px", "PX" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  int status = lk_bench_main (argc, argv, "students", "many students at once", options, run, &bench);

  g_clear_pointer (&bench.stage, lk_stage_free);
  g_clear_pointer (&bench.originals, g_ptr_array_unref);
  return status;
}
