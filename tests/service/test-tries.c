/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "student-fixture.h"

/* The counter of tries: exact, given back when the system fails, and never anything that the table of states does not have. */

enum { ALLOWED = 10, RANDOM_STEPS = 1500, THREADS = 8 };

static void
set_up (LkTestStudents **f, gconstpointer unused)
{
  *f = lk_test_students_new (2);
}

static void
tear_down (LkTestStudents **f, gconstpointer unused)
{
  lk_test_check_books (*f);
  lk_test_students_free (*f);
}

static int
used (LkTestStudents *f, gint64 student)
{
  g_autoptr (LkStudentRecord) record = lk_test_record (f, student);

  return record->tries_used;
}

/* One try that fails and is gone back from, so that the next can follow. */
static void
use_up (LkTestStudents *f, gint64 student, const char *uuid, int n)
{
  for (int i = 0; i < n; i++)
    {
      if (i > 0)
        g_assert_cmpint (lk_test_redo (f, student, uuid), ==, -1);
      lk_test_check (f, student, uuid, FALSE);
    }
}

/* "Tries used 9, check fails by system error: tries used stays 9." */
static void
test_system_failure (LkTestStudents **f, gconstpointer unused)
{
  gint64 student = lk_test_come_in (*f, 1), check;
  char uuid[LK_UUID_SIZE];
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (lk_test_upload (*f, student, uuid), ==, -1);
  use_up (*f, student, uuid, 9);
  g_assert_cmpint (lk_test_redo (*f, student, uuid), ==, -1);
  g_assert_cmpint (lk_test_ask (*f, student, uuid), ==, -1);
  g_assert_cmpint (used (*f, student), ==, 9);
  g_assert_cmpint (lk_test_start (*f, uuid, &check), ==, -1);
  g_assert_cmpint (used (*f, student), ==, 10);
  g_assert_true ((*f)->ops->fail_check ((*f)->db, uuid, check, FALSE, "worker", &error));
  g_assert_cmpint (used (*f, student), ==, 9);
  g_assert_cmpint (lk_test_draft_state (*f, student, uuid), ==, LK_STATE_DRAFT);
  /* it is given back once, whoever says so again, and its result comes too late */
  g_assert_false ((*f)->ops->fail_check ((*f)->db, uuid, check, FALSE, "worker", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_STATE);
  g_assert_cmpint (lk_test_finish (*f, uuid, check, TRUE, TRUE), ==, LK_ERROR_STATE);
  g_assert_cmpint (used (*f, student), ==, 9);
}

/* The background was not replaced: the result is shown, the try is not counted. */
static void
test_background_failure (LkTestStudents **f, gconstpointer unused)
{
  gint64 student = lk_test_come_in (*f, 1), check;
  char uuid[LK_UUID_SIZE];

  g_assert_cmpint (lk_test_upload (*f, student, uuid), ==, -1);
  g_assert_cmpint (lk_test_ask (*f, student, uuid), ==, -1);
  g_assert_cmpint (lk_test_start (*f, uuid, &check), ==, -1);
  g_assert_cmpint (lk_test_finish (*f, uuid, check, FALSE, FALSE), ==, -1);
  g_assert_cmpint (lk_test_draft_state (*f, student, uuid), ==, LK_STATE_CHECK_FAILED);
  g_assert_cmpint (used (*f, student), ==, 0);
}

/* "Tries used 10, next upload: refused." And a passed photo is not lost by a redo that nothing could follow. */
static void
test_used_up (LkTestStudents **f, gconstpointer unused)
{
  gint64 student = lk_test_come_in (*f, 1);
  char uuid[LK_UUID_SIZE], other[LK_UUID_SIZE];
  g_autoptr (GError) error = NULL;
  int allowed = 0;

  g_assert_cmpint (lk_test_upload (*f, student, uuid), ==, -1);
  use_up (*f, student, uuid, 9);
  g_assert_cmpint (lk_test_redo (*f, student, uuid), ==, -1);
  lk_test_check (*f, student, uuid, TRUE);
  g_assert_cmpint (used (*f, student), ==, 10);
  g_assert_cmpint (lk_test_upload (*f, student, other), ==, LK_ERROR_NO_TRIES);
  g_assert_cmpint (lk_test_redo (*f, student, uuid), ==, LK_ERROR_NO_TRIES);
  g_assert_cmpint (lk_test_draft_state (*f, student, uuid), ==, LK_STATE_CHECK_PASSED);

  g_assert_true ((*f)->ops->grant_tries ((*f)->db, "2025000001", 2, "检测误判", NULL, &allowed, &error));
  g_assert_cmpint (allowed, ==, 12);
  g_assert_cmpint (lk_test_redo (*f, student, uuid), ==, -1);
  lk_test_check (*f, student, uuid, TRUE);
  g_assert_cmpint (lk_test_submit (*f, student, uuid, lk_clock_now ()), ==, -1);
  g_assert_cmpint (lk_test_count (*f, "SELECT tries_used * 100 + tries_allowed FROM submission"), ==, 1112);
  g_assert_cmpint (lk_test_count (*f, "SELECT count(*) FROM audit WHERE action = 'tries-granted'"
                                      " AND json_extract (body, '$.reason') = '检测误判'"), ==, 1);
  g_assert_false ((*f)->ops->grant_tries ((*f)->db, "2024999999", 2, "x", NULL, &allowed, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_NOT_IN_ROSTER);
}

/* A human rejection gives no new tries. */
static void
test_sent_back_gives_none (LkTestStudents **f, gconstpointer unused)
{
  gint64 student = lk_test_come_in (*f, 1);
  char uuid[LK_UUID_SIZE];

  g_assert_cmpint (lk_test_upload (*f, student, uuid), ==, -1);
  use_up (*f, student, uuid, 9);
  g_assert_cmpint (lk_test_redo (*f, student, uuid), ==, -1);
  lk_test_check (*f, student, uuid, TRUE);
  g_assert_cmpint (lk_test_submit (*f, student, uuid, lk_clock_now ()), ==, -1);
  g_free (lk_test_review (*f, uuid, LK_VERDICT_RETURN));
  lk_test_set_time ("2025-06-17T10:00:00");
  g_assert_cmpint (lk_test_upload (*f, student, uuid), ==, LK_ERROR_NO_TRIES);
}

/* ...unless the round says so. */
static void
test_sent_back_gives_some (LkTestStudents **f, gconstpointer unused)
{
  gint64 student = lk_test_come_in (*f, 1);
  char uuid[LK_UUID_SIZE];
  LkStudentRecord *record;

  g_free (lk_test_query ((*f)->campus->folder, "UPDATE round SET tries_after_return = 3"));
  lk_test_send (*f, student, uuid);
  g_free (lk_test_review (*f, uuid, LK_VERDICT_RETURN));
  record = lk_test_record (*f, student);
  g_assert_cmpint (record->tries_allowed, ==, 10);      /* not told yet */
  lk_student_record_free (record);
  lk_test_set_time ("2025-06-17T10:00:00");
  lk_test_send (*f, student, uuid);
  record = lk_test_record (*f, student);
  g_assert_cmpint (record->tries_allowed, ==, 13);
  lk_student_record_free (record);
}

/* Killed while checks ran and waited: what ran is given back and runs again. */
static void
test_resume (LkTestStudents **f, gconstpointer unused)
{
  gint64 a = lk_test_come_in (*f, 1), b = lk_test_come_in (*f, 2), check;
  char running[LK_UUID_SIZE], waiting[LK_UUID_SIZE];
  g_autoptr (GPtrArray) to_do = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (lk_test_upload (*f, a, running), ==, -1);
  g_assert_cmpint (lk_test_upload (*f, b, waiting), ==, -1);
  g_assert_cmpint (lk_test_ask (*f, a, running), ==, -1);
  g_assert_cmpint (lk_test_start (*f, running, &check), ==, -1);
  lk_test_set_time ("2025-06-16T09:00:10");
  g_assert_cmpint (lk_test_ask (*f, b, waiting), ==, -1);
  lk_test_set_time ("2025-06-16T09:00:20");
  to_do = (*f)->ops->resume ((*f)->db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (to_do->len, ==, 2);
  g_assert_cmpstr (to_do->pdata[0], ==, waiting);
  g_assert_cmpstr (to_do->pdata[1], ==, running);
  g_assert_cmpint (used (*f, a), ==, 0);
  g_assert_cmpint (lk_test_start (*f, running, &check), ==, -1);
  g_assert_cmpint (lk_test_finish (*f, running, check, TRUE, TRUE), ==, -1);
  g_assert_cmpint (used (*f, a), ==, 1);
}

/* -- many at once -- */

typedef struct
{
  LkTestStudents *f;
  const char *uuid;
  gint *started;                /* atomic */
} StartCall;

static gpointer
start_in_thread (gpointer data)
{
  const StartCall *call = data;
  gint64 check;

  if (lk_test_start (call->f, call->uuid, &check) == -1)
    g_atomic_int_inc (call->started);
  return NULL;
}

static void
test_start_at_once (LkTestStudents **f, gconstpointer unused)
{
  gint64 student = lk_test_come_in (*f, 1);
  char uuid[LK_UUID_SIZE];
  gint started = 0;
  StartCall call = { *f, uuid, &started };
  GThread *threads[THREADS];

  g_assert_cmpint (lk_test_upload (*f, student, uuid), ==, -1);
  g_assert_cmpint (lk_test_ask (*f, student, uuid), ==, -1);
  for (int i = 0; i < THREADS; i++)
    threads[i] = g_thread_new ("start", start_in_thread, &call);
  for (int i = 0; i < THREADS; i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (started, ==, 1);
  g_assert_cmpint (used (*f, student), ==, 1);
}

/* -- only what the table has -- */

typedef struct
{
  LkTestStudents *f;
  gint64 student;
  char uuid[LK_UUID_SIZE];
} Case;

/* Puts a fresh upload into a state. */
static void
bring_to (Case *c, LkState state)
{
  g_assert_cmpint (lk_test_upload (c->f, c->student, c->uuid), ==, -1);
  if (state != LK_STATE_DRAFT)
    lk_test_check (c->f, c->student, c->uuid, state == LK_STATE_CHECK_PASSED);
}

static void
test_only_the_table (LkTestStudents **f, gconstpointer unused)
{
  static const LkState states[] = { LK_STATE_DRAFT, LK_STATE_CHECK_FAILED, LK_STATE_CHECK_PASSED };
  Case c = { .f = *f, .student = lk_test_come_in (*f, 1) };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      gboolean may_redo = lk_state_may_move (states[i], LK_STATE_DRAFT, LK_ROLE_STUDENT);
      gboolean may_check = lk_state_may_move (states[i], LK_STATE_CHECK_PASSED, LK_ROLE_SYSTEM);

      bring_to (&c, states[i]);
      g_assert_cmpint (lk_test_redo (*f, c.student, c.uuid), ==, may_redo ? -1 : LK_ERROR_STATE);
      bring_to (&c, states[i]);
      g_assert_cmpint (lk_test_ask (*f, c.student, c.uuid), ==, may_check ? -1 : LK_ERROR_STATE);
      if (states[i] != LK_STATE_CHECK_PASSED)
        g_assert_cmpint (lk_test_submit (*f, c.student, c.uuid, lk_clock_now ()), ==, LK_ERROR_STATE);
    }
  bring_to (&c, LK_STATE_CHECK_PASSED);
  g_assert_cmpint (lk_test_submit (*f, c.student, c.uuid, lk_clock_now ()), ==, -1);
  /* sent in: nothing of it moves by the student's hand any more */
  g_assert_cmpint (lk_test_submit (*f, c.student, c.uuid, lk_clock_now ()), ==, LK_ERROR_STATE);
  g_assert_cmpint (lk_test_redo (*f, c.student, c.uuid), ==, LK_ERROR_STATE);
  g_assert_cmpint (lk_test_ask (*f, c.student, c.uuid), ==, LK_ERROR_STATE);
  g_assert_cmpint (lk_test_draft_state (*f, c.student, c.uuid), ==, LK_STATE_PENDING);
  g_assert_cmpint (lk_test_count (*f, "SELECT count(*) FROM submission"), ==, 1);
}

/* -- any order of calls against a model -- */

typedef struct
{
  LkTestStudents *f;
  GRand *random;
  gint64 student;
  char uuid[LK_UUID_SIZE];      /* of the upload there is */
  gboolean any, asked, sent, back;      /* back: what was sent is sent back, and told */
  LkState state;
  gint64 check;                 /* 0: none runs */
  gint64 over;                  /* one that has ended */
  int used, allowed;
} Model;

static gboolean
may_send (const Model *m)
{
  return !m->sent || m->back;
}

static void
step_upload (Model *m)
{
  int expected = !may_send (m) ? LK_ERROR_STATE : m->used >= m->allowed ? LK_ERROR_NO_TRIES : m->check != 0 ? LK_ERROR_STATE : -1;
  char uuid[LK_UUID_SIZE];

  g_assert_cmpint (lk_test_upload (m->f, m->student, uuid), ==, expected);
  if (expected != -1)
    return;
  memcpy (m->uuid, uuid, sizeof m->uuid);
  m->any = TRUE;
  m->asked = FALSE;
  m->state = LK_STATE_DRAFT;
}

static void
step_ask (Model *m)
{
  int expected = m->state != LK_STATE_DRAFT || m->check != 0 ? LK_ERROR_STATE : m->used >= m->allowed ? LK_ERROR_NO_TRIES : -1;

  g_assert_cmpint (lk_test_ask (m->f, m->student, m->uuid), ==, expected);
  m->asked |= expected == -1;
}

static void
step_start (Model *m)
{
  int expected = m->state != LK_STATE_DRAFT || m->check != 0 || !m->asked ? LK_ERROR_STATE : -1;
  gint64 check = 0;

  g_assert_cmpint (lk_test_start (m->f, m->uuid, &check), ==, expected);
  if (expected != -1)
    return;
  m->check = check;
  m->asked = FALSE;
  m->used++;
}

static void
step_end (Model *m)
{
  gint64 check = m->check != 0 ? m->check : m->over;
  gboolean passed = g_rand_boolean (m->random), counted = g_rand_int_range (m->random, 0, 3) > 0;

  g_assert_cmpint (lk_test_finish (m->f, m->uuid, check, passed, counted), ==, m->check != 0 ? -1 : LK_ERROR_STATE);
  if (m->check == 0)
    return;
  m->used -= !counted;
  m->state = passed ? LK_STATE_CHECK_PASSED : LK_STATE_CHECK_FAILED;
  m->over = m->check;
  m->check = 0;
}

static void
step_fail (Model *m)
{
  gboolean again = g_rand_boolean (m->random);
  gint64 check = m->check != 0 ? m->check : m->over;
  g_autoptr (GError) error = NULL;

  m->f->ops->fail_check (m->f->db, m->uuid, check, again, "worker", &error);
  g_assert_cmpint (error != NULL ? error->code : -1, ==, m->check != 0 ? -1 : LK_ERROR_STATE);
  if (m->check == 0)
    return;
  m->used--;
  m->asked = again;
  m->over = m->check;
  m->check = 0;
}

static void
step_redo (Model *m)
{
  gboolean checked = m->state == LK_STATE_CHECK_FAILED || m->state == LK_STATE_CHECK_PASSED;
  int expected = !checked ? LK_ERROR_STATE : m->used >= m->allowed ? LK_ERROR_NO_TRIES : -1;

  g_assert_cmpint (lk_test_redo (m->f, m->student, m->uuid), ==, expected);
  if (expected == -1)
    m->state = LK_STATE_DRAFT;
}

static void
step_submit (Model *m)
{
  int expected = m->state == LK_STATE_CHECK_PASSED ? -1 : LK_ERROR_STATE;

  g_assert_cmpint (lk_test_submit (m->f, m->student, m->uuid, lk_clock_now ()), ==, expected);
  if (expected != -1)
    return;
  m->sent = TRUE;
  m->back = FALSE;
  m->state = LK_STATE_PENDING;
}

/* Now and then somebody sends it back, and a day passes; the desk gives tries; the service starts anew. */
static void
step_others (Model *m)
{
  int what = g_rand_int_range (m->random, 0, 4);
  g_autoptr (GPtrArray) to_do = NULL;
  int allowed;

  if (what == 0 && m->sent && !m->back)
    {
      g_free (lk_test_review (m->f, m->uuid, LK_VERDICT_RETURN));
      g_free (lk_test_query (m->f->campus->folder, "UPDATE submission SET submitted_at = 1 WHERE state = 'RETURNED'"));
      m->back = TRUE;
      m->state = LK_STATE_RETURNED;
    }
  else if (what == 1)
    {
      m->f->ops->grant_tries (m->f->db, "2025000001", 1, "desk", NULL, &allowed, NULL);
      g_assert_cmpint (allowed, ==, ++m->allowed);
    }
  else if (what == 2)
    {
      to_do = m->f->ops->resume (m->f->db, NULL);
      m->used -= m->check != 0;
      m->asked |= m->check != 0;
      m->over = m->check != 0 ? m->check : m->over;
      m->check = 0;
      g_assert_cmpuint (to_do->len, ==, m->asked);
    }
}

static void
test_any_order (LkTestStudents **f, gconstpointer unused)
{
  static void (*const steps[]) (Model *m) = { step_upload, step_ask, step_ask, step_start, step_start, step_end, step_end,
                                              step_fail, step_redo, step_submit, step_others };
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  Model m = { .f = *f, .random = random, .student = lk_test_come_in (*f, 1), .allowed = ALLOWED };

  g_test_message ("seed %u", seed);
  step_upload (&m);
  for (int i = 0; i < RANDOM_STEPS; i++)
    {
      steps[g_rand_int_range (random, 0, G_N_ELEMENTS (steps))] (&m);
      if (i % 50 == 0)
        g_assert_cmpint (used (*f, m.student), ==, m.used);
    }
  g_assert_cmpint (used (*f, m.student), ==, m.used);
  g_assert_cmpint (m.used, <=, m.allowed);
  g_assert_true (m.any);
}

#define ADD(path, test) g_test_add ("/service/tries/" path, LkTestStudents *, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("system-failure", test_system_failure);
  ADD ("background-failure", test_background_failure);
  ADD ("used-up", test_used_up);
  ADD ("sent-back-gives-none", test_sent_back_gives_none);
  ADD ("sent-back-gives-some", test_sent_back_gives_some);
  ADD ("resume", test_resume);
  ADD ("start-at-once", test_start_at_once);
  ADD ("only-the-table", test_only_the_table);
  ADD ("any-order", test_any_order);
  return g_test_run ();
}
