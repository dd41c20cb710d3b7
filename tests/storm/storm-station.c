/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/error.h"
#include "flow/review.h"

/* storm-station URL USER PASSWORD FOLDER LOG SEED: a workstation without its windows, that decides as fast as it can until the campus
 * queue is empty and everything has arrived. What its reviewer would have seen as decided or undone goes into LOG, a line each,
 * written after the outbox has said that it is kept: "decided SUBMISSION KEY VERDICT" or "undone SUBMISSION". It may be killed at any moment
 * and started again on the same folder. */

typedef struct
{
  const char *url, *user, *password;
  LkAccount *account;
  LkReview *review;
  GRand *random;
  GMainLoop *loop;
  int log;
} Station;

enum
{
  AGAIN_MS = 30,                /* between two tries to sign in */
  LOOK_MS = 20,                 /* between two looks whether there is work again */
  UNDO_ONE_OF = 50,
};

static void
say (Station *self, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list values;
  gsize length;

  va_start (values, format);
  line = g_strdup_vprintf (format, values);
  va_end (values);
  length = strlen (line);
  if (write (self->log, line, length) != (gssize) length)       /* one call: a kill leaves whole lines */
    g_error ("the log cannot be written: %s", g_strerror (errno));
}

static void
decide_next (Station *self)
{
  static const char *const shape[] = { "R203", NULL };
  static const char *const identity[] = { "R702", NULL };
  LkSubmission *current = lk_review_queue_get_current (lk_review_get_queue (self->review));
  LkVerdict verdict = (LkVerdict) g_rand_int_range (self->random, 0, LK_VERDICT_HOLD + 1);
  g_autoptr (GError) error = NULL;

  if (current == NULL)
    return;
  lk_review_shown (self->review, current);
  lk_review_decide (self->review, current, verdict,
                    verdict == LK_VERDICT_APPROVE ? NULL : verdict == LK_VERDICT_HOLD ? identity : shape, NULL, "key", &error);
  if (error != NULL && !g_error_matches (error, LK_ERROR, LK_ERROR_STATE))      /* STATE: it is being written already */
    g_error ("a decision was refused: %s", error->message);
}

static void
on_decided (LkReview *review, LkSubmission *submission, Station *self)
{
  LkDecision *decision = lk_submission_get_decision (submission);

  say (self, "decided %s %s %s\n", lk_submission_get_id (submission), lk_decision_get_key (decision),
       lk_verdict_to_word (lk_decision_get_verdict (decision)));
  if (g_rand_int_range (self->random, 0, UNDO_ONE_OF) != 0 || !lk_review_undo (review))
    decide_next (self);
}

static void
on_undone (LkReview *review, LkSubmission *submission, Station *self)
{
  say (self, "undone %s\n", lk_submission_get_id (submission));
  decide_next (self);
}

static void
on_failed (LkReview *review, int code, const char *message, Station *self)
{
  g_error ("a decision could not be kept (%d): %s", code, message);
}

/* Work comes with the leases; the end is when none is left anywhere and the outbox is empty. */
static gboolean
on_look (gpointer data)
{
  Station *self = data;
  LkSync *sync = lk_review_get_sync (self->review);

  decide_next (self);
  if (lk_review_queue_get_n_undecided (lk_review_get_queue (self->review)) == 0 && lk_sync_get_pending (sync) == 0 &&
      lk_sync_get_n_waiting (sync) == 0 && lk_sync_get_state (sync) == LK_SYNC_SYNCED)
    g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

static void
begin (Station *self)
{
  g_autoptr (GError) error = NULL;

  self->review = lk_review_new (self->account, &error);
  if (self->review == NULL)
    g_error ("%s", error->message);
  g_signal_connect (self->review, "decided", G_CALLBACK (on_decided), self);
  g_signal_connect (self->review, "undone", G_CALLBACK (on_undone), self);
  g_signal_connect (self->review, "failed", G_CALLBACK (on_failed), self);
  g_timeout_add (LOOK_MS, on_look, self);
}

static gboolean try_to_sign_in (gpointer data);

/* The service may be down just now; anything but that is wrong. */
static void
on_signed_in (GObject *account, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (lk_account_sign_in_finish (LK_ACCOUNT (account), result, &error))
    begin (data);
  else if (g_error_matches (error, LK_ERROR, LK_ERROR_OFFLINE))
    g_timeout_add (AGAIN_MS, try_to_sign_in, data);
  else
    g_error ("%s", error->message);
}

static gboolean
try_to_sign_in (gpointer data)
{
  Station *self = data;

  lk_account_sign_in_async (self->account, self->url, self->user, self->password, NULL, on_signed_in, self);
  return G_SOURCE_REMOVE;
}

/* That the service cannot be reached, or that there is no password store, is what a storm is made of. */
static void
log_trouble (const char *domain, GLogLevelFlags level, const char *message, gpointer unused)
{
  if ((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING)) != 0)
    g_log_default_handler (domain, level, message, unused);
}

int
main (int argc, char **argv)
{
  static Station self;          /* static: what is not tidied up is still known at the end */

  if (argc != 7)
    {
      g_printerr ("usage: storm-station URL USER PASSWORD FOLDER LOG SEED\n");
      return 2;
    }
  g_log_set_default_handler (log_trouble, NULL);
  self.url = argv[1];
  self.user = argv[2];
  self.password = argv[3];
  self.account = lk_account_new (argv[4]);
  self.log = open (argv[5], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (self.log < 0)
    g_error ("%s: %s", argv[5], g_strerror (errno));
  self.random = g_rand_new_with_seed ((guint32) strtoul (argv[6], NULL, 10));
  self.loop = g_main_loop_new (NULL, FALSE);
  try_to_sign_in (&self);
  g_main_loop_run (self.loop);
  return 0;                     /* as after a kill, nothing is tidied up: the folder is all that counts */
}
