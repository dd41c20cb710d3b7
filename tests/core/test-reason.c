/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>

#include "core/error.h"
#include "core/reason.h"

enum { REDO = 1, PRIVATE = 2, NEEDS_NOTE = 4 };

/* The whole table of rules.md section 4, so that nobody renumbers it by accident. */
static const struct
{
  const char *code;
  LkVerdict verdict;
  int flags;
  const char *checks;           /* first parts of the ids */
} table[] = {
  { "R101", LK_VERDICT_RETURN, 0, "F1" },
  { "R102", LK_VERDICT_RETURN, 0, "F2" },
  { "R103", LK_VERDICT_RETURN, 0, "F3" },
  { "R104", LK_VERDICT_RETURN, 0, "F4" },
  { "R201", LK_VERDICT_RESHOOT, 0, "G1" },
  { "R202", LK_VERDICT_RETURN, 0, "G2" },
  { "R203", LK_VERDICT_RETURN, 0, "G3" },
  { "R204", LK_VERDICT_RETURN, 0, "G4" },
  { "R205", LK_VERDICT_RETURN, 0, "G5" },
  { "R206", LK_VERDICT_RESHOOT, 0, "G6" },
  { "R207", LK_VERDICT_RESHOOT, 0, "G7" },
  { "R208", LK_VERDICT_RESHOOT, 0, "G8" },
  { "R209", LK_VERDICT_RETURN, 0, "G2 G3 G4 G5" },
  { "R210", LK_VERDICT_RETURN, 0, "F2 G4" },
  { "R301", LK_VERDICT_RESHOOT, 0, "Q1" },
  { "R302", LK_VERDICT_RESHOOT, 0, "Q2" },
  { "R303", LK_VERDICT_RESHOOT, 0, "Q3" },
  { "R304", LK_VERDICT_RESHOOT, 0, "Q4" },
  { "R305", LK_VERDICT_RESHOOT, 0, "Q5" },
  { "R306", LK_VERDICT_RESHOOT, 0, "Q5 E1" },
  { "R401", LK_VERDICT_RESHOOT, 0, "E1" },
  { "R402", LK_VERDICT_RESHOOT, 0, "E2" },
  { "R403", LK_VERDICT_RESHOOT, 0, "E3" },
  { "R404", LK_VERDICT_RESHOOT, 0, "E4" },
  { "R405", LK_VERDICT_RESHOOT, 0, "E5" },
  { "R406", LK_VERDICT_RESHOOT, 0, "" },
  { "R407", LK_VERDICT_RESHOOT, 0, "" },
  { "R501", LK_VERDICT_RESHOOT, 0, "C1" },
  { "R502", LK_VERDICT_RESHOOT, 0, "" },
  { "R503", LK_VERDICT_RESHOOT, 0, "B3 Q1" },
  { "R601", LK_VERDICT_RETURN, REDO, "B1" },
  { "R602", LK_VERDICT_RETURN, REDO, "B2" },
  { "R603", LK_VERDICT_RETURN, REDO, "B3" },
  { "R701", LK_VERDICT_HOLD, PRIVATE, "I1" },
  { "R702", LK_VERDICT_HOLD, PRIVATE, "I2" },
  { "R703", LK_VERDICT_HOLD, PRIVATE, "I2" },
  { "R704", LK_VERDICT_HOLD, PRIVATE, "I2 D2" },
  { "R801", LK_VERDICT_RETURN, 0, "D1" },
  { "R802", LK_VERDICT_HOLD, PRIVATE, "D2" },
  { "R803", LK_VERDICT_RESHOOT, 0, "D3" },
  { "R804", LK_VERDICT_RESHOOT, 0, "" },
  { "R805", LK_VERDICT_RESHOOT, 0, "" },
  { "R806", LK_VERDICT_RESHOOT, 0, "" },
  { "R807", LK_VERDICT_RETURN, 0, "" },
  { "R808", LK_VERDICT_RETURN, 0, "" },
  { "R899", LK_VERDICT_RETURN, NEEDS_NOTE, "" },
};

static LkReasonCatalogue *
load (void)
{
  g_autoptr (GError) error = NULL;
  LkReasonCatalogue *catalogue = lk_reason_catalogue_load_default (&error);

  g_assert_no_error (error);
  return catalogue;
}

/* "G2 G3" for { "G2_hair_top", "G3_eye_line" } */
static char *
short_ids (char **checks)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (gsize i = 0; checks[i] != NULL; i++)
    g_string_append_printf (ids, "%s%.2s", i > 0 ? " " : "", checks[i]);
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static void
test_whole_catalogue (void)
{
  g_autoptr (LkReasonCatalogue) catalogue = load ();

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const LkReason *reason = lk_reason_catalogue_find (catalogue, table[i].code);
      g_autofree char *checks = NULL;

      g_assert_nonnull (reason);
      checks = short_ids (reason->checks);
      g_assert_cmpint (reason->verdict, ==, table[i].verdict);
      g_assert_cmpint (reason->redo, ==, (table[i].flags & REDO) != 0);
      g_assert_cmpint (reason->private_to_staff, ==, (table[i].flags & PRIVATE) != 0);
      g_assert_cmpint (reason->needs_note, ==, (table[i].flags & NEEDS_NOTE) != 0);
      g_assert_cmpstr (checks, ==, table[i].checks);
      g_assert_false (reason->retired);
    }
  g_assert_null (lk_reason_catalogue_find (catalogue, "R100"));
  g_assert_null (lk_reason_catalogue_find (catalogue, NULL));
}

static void
test_texts (void)
{
  g_autoptr (LkReasonCatalogue) catalogue = load ();
  const LkReason *reason = lk_reason_catalogue_find (catalogue, "R203");

  g_assert_cmpstr (reason->text_zh, ==, "眼睛位置不符");
  g_assert_cmpstr (reason->advice_zh, ==, "重新裁剪:眼睛约在高度2/5处");
  g_setenv ("LANGUAGE", "en", TRUE);
  g_assert_cmpstr (lk_reason_text (reason), ==, "Eye line out of range");
  g_assert_cmpstr (lk_reason_advice (reason), ==, reason->advice_en);
  g_setenv ("LANGUAGE", "zh_CN:en", TRUE);
  g_assert_cmpstr (lk_reason_text (reason), ==, reason->text_zh);
  g_assert_cmpstr (lk_reason_advice (reason), ==, reason->advice_zh);
}

static void
add_check (GPtrArray *checks, const char *id, LkCheckKind kind, LkOutcome outcome, const char *reason)
{
  LkCheckDescription description = {
    .id = id, .version = 1, .kind = kind, .outcome = outcome, .value = 1, .low = NAN, .high = NAN, .reason = reason,
  };

  g_ptr_array_add (checks, lk_check_new (&description));
}

/* A warning on the hair, failures of face width and eye line, one check that did not run. */
static GPtrArray *
make_checks (void)
{
  GPtrArray *checks = g_ptr_array_new_with_free_func (g_object_unref);

  add_check (checks, "F1_format", LK_CHECK_HARD, LK_OUTCOME_PASS, "R101");
  add_check (checks, "G2_hair_top", LK_CHECK_SOFT, LK_OUTCOME_WARN, "R202");
  add_check (checks, "G3_eye_line", LK_CHECK_HARD, LK_OUTCOME_FAIL, "R203");
  add_check (checks, "G4_face_width", LK_CHECK_HARD, LK_OUTCOME_FAIL, "R204");
  add_check (checks, "E1_eyes", LK_CHECK_SOFT, LK_OUTCOME_NOT_RUN, "R401");
  return checks;
}

static void
assert_codes (GPtrArray *list, guint n, const char *const *codes)
{
  g_assert_cmpuint (list->len, >=, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (((const LkReason *) list->pdata[i])->code, ==, codes[i]);
}

static void
test_list_suggested_first (void)
{
  static const char *const codes[] = { "R203", "R204", "R209", "R210", "R202", "R101", "R102" };
  g_autoptr (LkReasonCatalogue) catalogue = load ();
  g_autoptr (GPtrArray) checks = make_checks ();
  g_autoptr (GPtrArray) list = NULL;
  guint n_suggested;

  list = lk_reason_catalogue_list (catalogue, LK_VERDICT_RETURN, checks, &n_suggested);
  g_assert_cmpuint (n_suggested, ==, 5);
  assert_codes (list, G_N_ELEMENTS (codes), codes);
  /* all but the five of identity, each once */
  g_assert_cmpuint (list->len, ==, G_N_ELEMENTS (table) - 5);
  for (guint i = 0; i < list->len; i++)
    for (guint k = 0; k < i; k++)
      g_assert_true (list->pdata[i] != list->pdata[k]);
}

static void
test_list_by_verdict (void)
{
  static const char *const codes[] = { "R701", "R702", "R703", "R704", "R802" };
  g_autoptr (LkReasonCatalogue) catalogue = load ();
  g_autoptr (GPtrArray) hold = lk_reason_catalogue_list (catalogue, LK_VERDICT_HOLD, NULL, NULL);
  g_autoptr (GPtrArray) reshoot = lk_reason_catalogue_list (catalogue, LK_VERDICT_RESHOOT, NULL, NULL);
  g_autoptr (GPtrArray) approve = lk_reason_catalogue_list (catalogue, LK_VERDICT_APPROVE, NULL, NULL);

  assert_codes (hold, G_N_ELEMENTS (codes), codes);
  g_assert_cmpuint (hold->len, ==, G_N_ELEMENTS (codes));
  g_assert_cmpuint (reshoot->len, ==, G_N_ELEMENTS (table) - 5);
  g_assert_cmpuint (approve->len, ==, 0);
}

static void
test_list_hold_suggested (void)
{
  g_autoptr (LkReasonCatalogue) catalogue = load ();
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func (g_object_unref);
  static const char *const codes[] = { "R802", "R704", "R701" };
  g_autoptr (GPtrArray) list = NULL;
  guint n_suggested;

  add_check (checks, "D2_other_student", LK_CHECK_SOFT, LK_OUTCOME_WARN, "R802");
  list = lk_reason_catalogue_list (catalogue, LK_VERDICT_HOLD, checks, &n_suggested);
  g_assert_cmpuint (n_suggested, ==, 2);
  assert_codes (list, G_N_ELEMENTS (codes), codes);
}

enum { FITS = -1 };

static void
test_validate (void)
{
  static const struct
  {
    LkVerdict verdict;
    const char *reasons[5];
    const char *note;
    gboolean with_failure;
    int code;
  } cases[] = {
    { LK_VERDICT_APPROVE, { NULL }, NULL, FALSE, FITS },
    { LK_VERDICT_APPROVE, { NULL }, "清楚", FALSE, FITS },
    { LK_VERDICT_APPROVE, { "R203" }, NULL, FALSE, LK_ERROR_BAD_REASONS },
    { LK_VERDICT_APPROVE, { NULL }, NULL, TRUE, LK_ERROR_BAD_NOTE },
    { LK_VERDICT_APPROVE, { NULL }, " \n", TRUE, LK_ERROR_BAD_NOTE },
    { LK_VERDICT_APPROVE, { NULL }, "本人脸型较长", TRUE, FITS },
    { LK_VERDICT_APPROVE, { NULL }, "990101199903150010", TRUE, LK_ERROR_BAD_NOTE },
    { LK_VERDICT_RETURN, { NULL }, NULL, FALSE, LK_ERROR_BAD_REASONS },
    { LK_VERDICT_RETURN, { "R203" }, NULL, TRUE, FITS },
    { LK_VERDICT_RETURN, { "R203", "R204", "R205" }, "", FALSE, FITS },
    { LK_VERDICT_RETURN, { "R203", "R204", "R205", "R206" }, NULL, FALSE, LK_ERROR_BAD_REASONS },
    { LK_VERDICT_RETURN, { "R203", "R203" }, NULL, FALSE, LK_ERROR_BAD_REASONS },
    { LK_VERDICT_RETURN, { "R999" }, NULL, FALSE, LK_ERROR_BAD_REASONS },
    { LK_VERDICT_RETURN, { "R702" }, NULL, FALSE, LK_ERROR_BAD_REASONS },
    { LK_VERDICT_RETURN, { "R899" }, NULL, FALSE, LK_ERROR_BAD_NOTE },
    { LK_VERDICT_RETURN, { "R899" }, "请补交原图", FALSE, FITS },
    { LK_VERDICT_RETURN, { "R203" }, "990101199903150010", FALSE, LK_ERROR_BAD_NOTE },
    { LK_VERDICT_RESHOOT, { "R203", "R401" }, NULL, FALSE, FITS },
    { LK_VERDICT_RESHOOT, { "R401", "R802" }, NULL, FALSE, LK_ERROR_BAD_REASONS },
    { LK_VERDICT_HOLD, { NULL }, NULL, FALSE, LK_ERROR_BAD_REASONS },
    { LK_VERDICT_HOLD, { "R702", "R802" }, NULL, FALSE, FITS },
    { LK_VERDICT_HOLD, { "R401" }, NULL, FALSE, LK_ERROR_BAD_REASONS },
  };
  g_autoptr (LkReasonCatalogue) catalogue = load ();
  g_autoptr (GPtrArray) checks = make_checks ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean ok = lk_reason_catalogue_validate (catalogue, cases[i].verdict, cases[i].reasons, cases[i].note,
                                                  cases[i].with_failure ? checks : NULL, &error);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (ok, ==, cases[i].code == FITS);
      if (cases[i].code == FITS)
        g_assert_no_error (error);
      else
        g_assert_error (error, LK_ERROR, cases[i].code);
    }
}

static void
test_warnings_need_no_note (void)
{
  g_autoptr (LkReasonCatalogue) catalogue = load ();
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  add_check (checks, "G2_hair_top", LK_CHECK_SOFT, LK_OUTCOME_WARN, "R202");
  add_check (checks, "E1_eyes", LK_CHECK_SOFT, LK_OUTCOME_NOT_RUN, "R401");
  g_assert_true (lk_reason_catalogue_validate (catalogue, LK_VERDICT_APPROVE, NULL, NULL, checks, &error));
  g_assert_no_error (error);
}

#define ENTRY(code, more) \
  "{\"code\": \"" code "\", \"text_zh\": \"一\", \"text_en\": \"a\", \"advice_zh\": \"二\", \"advice_en\": \"b\", " more "}"

static LkReasonCatalogue *
load_text (const char *entries, GError **error)
{
  g_autofree char *dir = g_dir_make_tmp ("likeness-reasons-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "reasons.json", NULL);
  g_autofree char *text = g_strdup_printf ("{\"reasons\": [%s]}", entries);
  LkReasonCatalogue *catalogue;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  catalogue = lk_reason_catalogue_load (path, error);
  g_unlink (path);
  g_rmdir (dir);
  return catalogue;
}

/* Those that rules.md gives to the reviewer's eye, but for R899, which says nothing to look for. */
static void
test_own_list (void)
{
  static const char *const expected[] = { "R406", "R407", "R502", "R804", "R805", "R806", "R807", "R808" };
  g_autoptr (LkReasonCatalogue) catalogue = load ();
  g_autoptr (GPtrArray) own = lk_reason_catalogue_list_own (catalogue);

  g_assert_cmpuint (own->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < own->len; i++)
    {
      const LkReason *reason = own->pdata[i];

      g_assert_cmpstr (reason->code, ==, expected[i]);
      g_assert_null (reason->checks[0]);
    }
  g_setenv ("LANGUAGE", "en", TRUE);
  g_assert_cmpstr (lk_reason_look (own->pdata[0]), ==, "Jewellery");
  g_setenv ("LANGUAGE", "zh_CN:en", TRUE);
  g_assert_cmpstr (lk_reason_look (own->pdata[0]), ==, "饰品");
  g_assert_null (lk_reason_look (lk_reason_catalogue_find (catalogue, "R203")));
}

/* What a check suggests is not on it, a retired reason is not either, and a word is needed in both languages. */
static void
test_own_list_files (void)
{
  static const char *const bad[] = {
    ENTRY ("R101", "\"verdict\": \"return\", \"checks\": [], \"look_zh\": \"一\""),
    ENTRY ("R101", "\"verdict\": \"return\", \"checks\": [], \"look_zh\": \"一\", \"look_en\": \"\""),
    ENTRY ("R101", "\"verdict\": \"return\", \"checks\": [\"F2_size\"], \"look_zh\": \"一\", \"look_en\": \"a\""),
  };
  g_autoptr (LkReasonCatalogue) catalogue =
    load_text (ENTRY ("R101", "\"verdict\": \"return\", \"checks\": [], \"retired\": true, \"look_zh\": \"一\", \"look_en\": \"a\"") ","
               ENTRY ("R109", "\"verdict\": \"reshoot\", \"checks\": [], \"look_zh\": \"一\", \"look_en\": \"a\""), NULL);
  g_autoptr (GPtrArray) own = lk_reason_catalogue_list_own (catalogue);

  g_assert_cmpuint (own->len, ==, 1);
  g_assert_cmpstr (((const LkReason *) own->pdata[0])->code, ==, "R109");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (load_text (bad[i], &error));
      g_assert_error (error, LK_ERROR, LK_ERROR_BAD_SPEC);
    }
}

static void
test_retired (void)
{
  static const char *const retired[] = { "R101", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (LkReasonCatalogue) catalogue =
    load_text (ENTRY ("R101", "\"verdict\": \"return\", \"checks\": [], \"retired\": true") ","
               ENTRY ("R102", "\"verdict\": \"return\", \"checks\": [\"F2_size\"]"), &error);
  g_autoptr (GPtrArray) list = NULL;

  g_assert_no_error (error);
  /* old decisions can still be read, new ones cannot use it */
  g_assert_nonnull (lk_reason_catalogue_find (catalogue, "R101"));
  list = lk_reason_catalogue_list (catalogue, LK_VERDICT_RETURN, NULL, NULL);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_false (lk_reason_catalogue_validate (catalogue, LK_VERDICT_RETURN, retired, NULL, NULL, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_BAD_REASONS);
}

static void
test_bad_files (void)
{
  static const char *const entries[] = {
    "",
    "7",
    ENTRY ("X101", "\"verdict\": \"return\", \"checks\": []"),
    ENTRY ("R1012", "\"verdict\": \"return\", \"checks\": []"),
    ENTRY ("R101", "\"verdict\": \"approve\", \"checks\": []"),
    ENTRY ("R101", "\"checks\": []"),
    ENTRY ("R101", "\"verdict\": \"return\""),
    ENTRY ("R101", "\"verdict\": \"return\", \"checks\": [\"Z9_none\"]"),
    "{\"code\": \"R101\", \"verdict\": \"return\", \"checks\": []}",
    ENTRY ("R101", "\"verdict\": \"return\", \"checks\": []") ","
    ENTRY ("R101", "\"verdict\": \"return\", \"checks\": []"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (load_text (entries[i], &error));
      g_assert_error (error, LK_ERROR, LK_ERROR_BAD_SPEC);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/reason/whole-catalogue", test_whole_catalogue);
  g_test_add_func ("/core/reason/texts", test_texts);
  g_test_add_func ("/core/reason/list-suggested-first", test_list_suggested_first);
  g_test_add_func ("/core/reason/list-by-verdict", test_list_by_verdict);
  g_test_add_func ("/core/reason/list-hold-suggested", test_list_hold_suggested);
  g_test_add_func ("/core/reason/validate", test_validate);
  g_test_add_func ("/core/reason/warnings-need-no-note", test_warnings_need_no_note);
  g_test_add_func ("/core/reason/own-list", test_own_list);
  g_test_add_func ("/core/reason/own-list-files", test_own_list_files);
  g_test_add_func ("/core/reason/retired", test_retired);
  g_test_add_func ("/core/reason/bad-files", test_bad_files);
  return g_test_run ();
}
