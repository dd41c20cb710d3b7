/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/collection-code.h"

#include "core/error.h"
#include "core/mask.h"

#define DAY (24 * G_TIME_SPAN_HOUR)

static const LkCollectionCode code = { "20213401007", "张*明", "341***********0017", "0102", 2026, 1000 * DAY };

static const LkRosterRow ming = { 1, "2021210007", "张小明", "341200200001010017", "1", "", "20213401007" };
static const LkRosterRow hong = { 2, "2021210008", "李红", "341200200002020028", "1", "", "20213401008" };

static void
test_time (void)
{
  const LkCollectionCode any_year = { "1", "", "", "", 0, 1000 * DAY };
  g_autoptr (GError) error = NULL;

  g_assert_true (lk_collection_code_check_time (&code, 1000 * DAY - 1, 2026, &error));
  g_assert_no_error (error);
  g_assert_false (lk_collection_code_check_time (&code, 1000 * DAY, 2026, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_CODE_EXPIRED);
  g_clear_error (&error);

  /* the current and the next graduation year */
  g_assert_true (lk_collection_code_check_time (&code, 0, 2025, NULL));
  g_assert_true (lk_collection_code_check_time (&code, 0, 0, NULL));
  for (int year = 2020; year < 2030; year++)
    g_assert_true (lk_collection_code_check_time (&any_year, 0, year, NULL));
  g_assert_false (lk_collection_code_check_time (&code, 0, 2027, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_CODE_ROUND);
  g_clear_error (&error);
  g_assert_false (lk_collection_code_check_time (&code, 0, 2024, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_CODE_ROUND);
}

static void
test_mask_fits (void)
{
  static const struct
  {
    const char *masked, *full;
    gboolean fits;
  } cases[] = {
    { "张*明", "张小明", TRUE },
    { "张*明", "张明", FALSE },          /* by Unicode character, not by byte */
    { "张**", "张明", FALSE },
    { "**明", "张小明", TRUE },
    { "张*明", "章小明", FALSE },
    { "王*", "王 芳", TRUE },
    { "阿****·***", "阿依古丽·买买提", FALSE },
    { "阿***·***", "阿依古丽•买买提", TRUE },
    { "阿***・***", "阿依古丽·买买提", TRUE },
    { "𠮷*", "𠮷野", TRUE },              /* outside the basic plane */
    { "张＊明", "张小明", TRUE },
    { "M*** L**", "Mary Lee", TRUE },
    { "é*", "e\xcc\x81t", TRUE },         /* the mark apart from its letter */
    { "341************01x", "34120020000101001X", TRUE },
    { "341************01X", "34120020000101001x ", TRUE },
    { "341************01X", "34120020000101002X", FALSE },
    { "341***********01X", "34120020000101001X", FALSE },
    { "", "张小明", FALSE },
    { "", "", FALSE },
    { "*", "", FALSE },
    { "*\xff", "张小", FALSE },           /* not UTF-8 */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (lk_mask_fits (cases[i].masked, cases[i].full), ==, cases[i].fits);
    }
}

/* Our own masks fit what they were made from. */
static void
test_own_masks (void)
{
  static const char *const names[] = { "王", "王芳", "王小芳", "欧阳 娜娜", "阿依古丽·买买提", "MARY ANN LEE", "𠮷野家" };
  static const char *const numbers[] = { "341200200001010017", "34120020000101001X", "H12345678", "E1", "1234" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *masked = lk_mask_name (names[i]);

      g_assert_true (lk_mask_fits (masked, names[i]));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *masked = lk_mask_document (numbers[i]);

      g_assert_true (lk_mask_fits (masked, numbers[i]));
    }
}

static void
test_match_by_number (void)
{
  const LkRosterRow other_name = { 1, "2021210007", "王小明", "341200200001010017", "1", "", "20213401007" };
  const LkRosterRow other_document = { 1, "2021210007", "张小明", "341200200001010025", "1", "", "20213401007" };
  const LkRosterRow bare = { 1, "2021210007", "张小明", "", "1", "", "20213401007" };

  g_assert_cmpint (lk_collection_code_match (&code, &ming, &ming, NULL), ==, LK_CODE_MATCH_SAME);
  g_assert_cmpint (lk_collection_code_match (&code, &ming, NULL, NULL), ==, LK_CODE_MATCH_SAME);
  g_assert_cmpint (lk_collection_code_match (&code, &bare, &bare, NULL), ==, LK_CODE_MATCH_SAME);
  /* the number is somebody's, but not the one's who sends it */
  g_assert_cmpint (lk_collection_code_match (&code, &ming, &hong, NULL), ==, LK_CODE_MATCH_CONFLICT);
  g_assert_cmpint (lk_collection_code_match (&code, NULL, &hong, NULL), ==, LK_CODE_MATCH_CONFLICT);
  /* the number fits, the rest does not */
  g_assert_cmpint (lk_collection_code_match (&code, &other_name, &other_name, NULL), ==, LK_CODE_MATCH_CONFLICT);
  g_assert_cmpint (lk_collection_code_match (&code, &other_document, NULL, NULL), ==, LK_CODE_MATCH_CONFLICT);
  g_assert_cmpint (lk_collection_code_match (&code, NULL, NULL, NULL), ==, LK_CODE_MATCH_NOT_IN_ROSTER);
}

/* A roster made before the numbers were known. */
static void
test_match_by_text (void)
{
  const LkRosterRow numberless = { 1, "2021210007", "张小明", "341200200001010017", "1", "", "" };
  const LkRosterRow only_name = { 1, "2021210007", "张小明", "", "1", "", "" };
  const LkRosterRow other = { 1, "2021210009", "张大力", "341200200001010017", "1", "", "" };
  const LkCollectionCode silent = { "20213401007", "", "", "0102", 2026, 1000 * DAY };

  g_assert_cmpint (lk_collection_code_match (&code, NULL, &numberless, NULL), ==, LK_CODE_MATCH_PLAUSIBLE);
  g_assert_cmpint (lk_collection_code_match (&code, NULL, &only_name, NULL), ==, LK_CODE_MATCH_NOT_IN_ROSTER);
  g_assert_cmpint (lk_collection_code_match (&silent, NULL, &numberless, NULL), ==, LK_CODE_MATCH_NOT_IN_ROSTER);
  g_assert_cmpint (lk_collection_code_match (&code, NULL, &other, NULL), ==, LK_CODE_MATCH_CONFLICT);
}

static void
test_held (void)
{
  g_assert_cmpint (lk_collection_code_match (&code, &ming, &ming, "2021210007"), ==, LK_CODE_MATCH_SAME);
  g_assert_cmpint (lk_collection_code_match (&code, &ming, &ming, "2021210008"), ==, LK_CODE_MATCH_HELD);
  /* somebody else's code is a conflict first */
  g_assert_cmpint (lk_collection_code_match (&code, &ming, &hong, "2021210007"), ==, LK_CODE_MATCH_CONFLICT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/collection-code/time", test_time);
  g_test_add_func ("/collection-code/mask-fits", test_mask_fits);
  g_test_add_func ("/collection-code/own-masks", test_own_masks);
  g_test_add_func ("/collection-code/match-by-number", test_match_by_number);
  g_test_add_func ("/collection-code/match-by-text", test_match_by_text);
  g_test_add_func ("/collection-code/held", test_held);
  return g_test_run ();
}
