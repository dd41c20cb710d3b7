/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/error.h"
#include "core/note.h"

static void
test_fine (void)
{
  static const char *const notes[] = {
    NULL,
    "",
    "请把头发束到耳后,正对镜头重拍",
    "学号 20210107 的照片偏暗",
    "电话 0551-62900011,手机 13800001234",
    "2025-06-16 08:00 — 2025-06-19 17:00",
    "银行卡 6222021234567890123",
    "订单 123456789012345678",                  /* 18 digits, but no day of birth in them */
    "990101199903150",                          /* 15 digits, month 99 */
    "9901011999031500",
    "X",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++)
    g_assert_cmpint (lk_note_check (notes[i]), ==, LK_NOTE_OK);
}

static void
test_id_numbers (void)
{
  static const char *const notes[] = {
    "990101199903150010",
    "身份证990101199903150010,请核对",
    "99010120000229002X",
    "99010120000229002x 本人",
    "990101 19990315 0010",
    "990101-1999-0315-0010",
    "９９０１０１１９９９０３１５００１０",
    "9901 0120 0002 2900 2 Ｘ",
    "990101\xe2\x80\x8b" "199903150010",        /* zero-width space */
    "990102199812311180",                       /* check digit wrong: still somebody's number */
    "12990103200106072433",                     /* stands inside a longer run */
    "990101990315001",                          /* the old form of 15 digits */
    "990101 990315 001",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      g_test_message ("%s", notes[i]);
      g_assert_cmpint (lk_note_check (notes[i]), ==, LK_NOTE_ID_NUMBER);
    }
}

static void
test_length_by_character (void)
{
  g_autoptr (GString) note = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < LK_NOTE_MAX_CHARACTERS; i++)
    g_string_append (note, "照");
  g_assert_true (lk_note_validate (note->str, NULL));
  g_string_append (note, "片");
  g_assert_cmpint (lk_note_check (note->str), ==, LK_NOTE_TOO_LONG);
  g_assert_false (lk_note_validate (note->str, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_BAD_NOTE);
}

static void
test_error_shows_no_number (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (lk_note_validate ("990101199903150010", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_BAD_NOTE);
  g_assert_null (g_strstr_len (error->message, -1, "9901"));
}

/* Of any length, and wherever it stands. */
static void
test_long_text (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < 500; i++)
    g_string_append (text, "照片");
  g_assert_false (lk_note_holds_id_number (text->str));
  g_string_append (text, "990101 19990315 0010。");
  g_assert_true (lk_note_holds_id_number (text->str));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/note/fine", test_fine);
  g_test_add_func ("/core/note/id-numbers", test_id_numbers);
  g_test_add_func ("/core/note/length-by-character", test_length_by_character);
  g_test_add_func ("/core/note/long-text", test_long_text);
  g_test_add_func ("/core/note/error-shows-no-number", test_error_shows_no_number);
  return g_test_run ();
}
