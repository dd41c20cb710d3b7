/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/service.h"

#include <errno.h>
#include <math.h>
#include <sodium.h>

#include "core/check.h"
#include "core/error.h"
#include "service/db-sqlite.h"

/* The rule about approvals asks only whether some hard check failed, which is kept beside the submission: the long list of its checks
 * need not be read again for each decision. */
static GPtrArray *
make_hard_failure (void)
{
  GPtrArray *checks = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (checks, lk_check_new (&(LkCheckDescription) {
    .id = "F1_format", .version = 1, .kind = LK_CHECK_HARD, .outcome = LK_OUTCOME_FAIL, .value = NAN, .score = NAN, .low = NAN,
    .high = NAN, .hard_low = NAN, .hard_high = NAN }));
  return checks;
}

static gboolean
validate (LkDecision *decision, gboolean hard_failed, gpointer data, GError **error)
{
  LkService *self = data;
  g_autoptr (LkReasonCatalogue) reasons = lk_rules_get_reasons (self->rules);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  return lk_reason_catalogue_validate (reasons, lk_decision_get_verdict (decision), lk_decision_get_reasons (decision),
                                       lk_decision_get_note (decision), hard_failed ? self->hard_failure : none, error);
}

static LkCalendar *
get_calendar (gpointer data)
{
  LkService *self = data;

  return lk_rules_get_calendar (self->rules);
}

static LkCampusDb *
open_db (LkService *self, gboolean create, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "campus.db", NULL);
  LkDbOptions options = {
    .lease_seconds = self->config.lease_seconds,
    .undo_seconds = self->config.undo_seconds,
    .shift_seconds = self->config.shift_seconds,
    .second = self->config.second,
    .ticket_reopen_seconds = self->config.ticket_reopen_seconds,
    .ticket_characters = self->config.ticket_characters,
    .rule = validate,
    .rule_data = self,
    .tries_allowed = self->config.tries_allowed,
    .student_session_seconds = self->config.student_session_seconds,
    .result_seconds = self->config.result_seconds,
    .resubmit_days = self->config.resubmit_days,
    .calendar = get_calendar,
  };

  if (create && g_mkdir_with_parents (self->folder, 0700) != 0)
    {
      g_set_error (error, LK_ERROR, errno == ENOSPC ? LK_ERROR_DISK_FULL : LK_ERROR_STORE, "%s: %s", self->folder, g_strerror (errno));
      return NULL;
    }
  return lk_db_sqlite_open (path, create, &options, error);
}

LkService *
lk_service_open (const char *folder, gboolean create, const LkServiceConfig *config, GError **error)
{
  g_autoptr (LkService) self = g_new0 (LkService, 1);
  g_autofree char *photos = g_build_filename (folder, "photos", NULL);

  if (sodium_init () < 0)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_FAILED, "no source of random numbers");
      return NULL;
    }
  self->config = *config;
  self->folder = g_strdup (folder);
  self->hard_failure = make_hard_failure ();
  self->blobs = lk_blobs_new (photos);
  self->rules = lk_rules_new (error);
  if (self->rules == NULL || (self->db = open_db (self, create, error)) == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

void
lk_service_close (LkService *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->auth, lk_auth_free);
  g_clear_pointer (&self->college, lk_college_free);
  g_clear_pointer (&self->web, lk_web_files_free);
  g_clear_pointer (&self->keys, lk_key_ring_free);
  g_clear_pointer (&self->db, lk_campus_db_close);
  g_clear_pointer (&self->rules, lk_rules_free);
  g_clear_pointer (&self->hard_failure, g_ptr_array_unref);
  g_clear_pointer (&self->blobs, lk_blobs_free);
  g_clear_pointer (&self->settings, lk_settings_free);
  g_free (self->folder);
  g_free (self);
}
