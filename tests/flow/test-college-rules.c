/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "fixture.h"
#include "flow/account-private.h"
#include "flow/college-rules.h"
#include "wait.h"

/* A college has changed a reason and a line of the standard at its service: the reviewers of every workstation see them. */

static const CampusOptions one_student = { .n_students = 1 };

static void
set_up (Fixture *f, gconstpointer options)
{
  f->campus = campus_new (options);
  campus_set_file (f->campus, "reasons.json", "眼睛位置不符", "眼睛太高或太低");
  campus_set_file (f->campus, "photo-spec.json", "\"eye_line\": 250", "\"eye_line\": 245");
  f->proxy = fault_proxy_new ();
  f->url = fault_proxy_dup_url (f->proxy);
  f->lin = station_new ();
  fixture_serve (f);
}

static void
assert_own (LkReasonCatalogue *reasons, const LkSpec *spec)
{
  g_assert_cmpstr (lk_reason_catalogue_find (reasons, "R203")->text_zh, ==, "眼睛太高或太低");
  g_assert_cmpfloat (spec->target_eye_line, ==, 245);
}

static void
test_seen (Fixture *f, gconstpointer options)
{
  station_start (f->lin, f->url, "lin");
  assert_own (lk_review_get_reasons (f->lin->review), lk_review_get_spec (f->lin->review));
}

/* The folder of what is kept, with the rules in it. */
static char *
keep_rules (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  station_sign_in (f->lin, f->url, "lin", CAMPUS_PASSWORD, &error);
  g_assert_no_error (error);
  return g_strdup (lk_keep_get_dir (lk_account_get_keep (f->lin->account)));
}

static void
fetch (Fixture *f, const char *folder)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LkCampusClient *client = lk_account_get_client (f->lin->account);

  lk_college_rules_fetch_async (client, folder, NULL, keep_result, &result);
  wait_until (result != NULL);
  g_assert_true (lk_college_rules_fetch_finish (client, result, &error));
  g_assert_no_error (error);
}

/* What was kept holds while the service is away. */
static void
test_away (Fixture *f, gconstpointer options)
{
  g_autofree char *folder = keep_rules (f);
  g_autoptr (LkReasonCatalogue) reasons = NULL;
  g_autoptr (LkSpec) spec = NULL;
  g_autoptr (GError) error = NULL;

  fault_proxy_set_fault (f->proxy, FAULT_CUT);
  fetch (f, folder);
  reasons = lk_college_rules_load_reasons (folder, &error);
  g_assert_no_error (error);
  spec = lk_college_rules_load_spec (folder, &error);
  g_assert_no_error (error);
  assert_own (reasons, spec);
}

/* A file that cannot be read is as good as none: the shipped reasons hold, and the next sign-in mends it. */
static void
test_damaged (Fixture *f, gconstpointer options)
{
  g_autofree char *folder = keep_rules (f);
  g_autofree char *path = g_build_filename (folder, "reasons.json", NULL);
  g_autoptr (LkReasonCatalogue) shipped = NULL;
  g_autoptr (LkReasonCatalogue) mended = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "{\"reasons\":", -1, NULL));
  shipped = lk_college_rules_load_reasons (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lk_reason_catalogue_find (shipped, "R203")->text_zh, ==, "眼睛位置不符");
  fetch (f, folder);
  mended = lk_college_rules_load_reasons (folder, &error);
  g_assert_cmpstr (lk_reason_catalogue_find (mended, "R203")->text_zh, ==, "眼睛太高或太低");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/flow/college-rules/seen", Fixture, &one_student, set_up, test_seen, fixture_tear_down);
  g_test_add ("/flow/college-rules/away", Fixture, &one_student, set_up, test_away, fixture_tear_down);
  g_test_add ("/flow/college-rules/damaged", Fixture, &one_student, set_up, test_damaged, fixture_tear_down);
  return g_test_run ();
}
