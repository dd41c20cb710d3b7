/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mask.h"

typedef char *(*MaskFunc) (const char *text);

static void
assert_mask (MaskFunc mask, const char *text, const char *wanted)
{
  g_autofree char *masked = mask (text);

  g_assert_cmpstr (masked, ==, wanted);
}

static void
test_names (void)
{
  /* rules.md section 9 */
  assert_mask (lk_mask_name, "王芳", "王*");
  assert_mask (lk_mask_name, "李小明", "李*明");
  assert_mask (lk_mask_name, "欧阳小明", "欧**明");
  assert_mask (lk_mask_name, "阿依古丽·买买提", "阿***·***");
  assert_mask (lk_mask_name, "MARY ANN LEE", "M*** A** L**");
}

static void
test_unusual_names (void)
{
  assert_mask (lk_mask_name, NULL, "");
  assert_mask (lk_mask_name, "", "");
  assert_mask (lk_mask_name, "王", "*");
  /* written with a space between, so that lists line up */
  assert_mask (lk_mask_name, "王 芳", "王*");
  assert_mask (lk_mask_name, " 王　芳 ", "王*");
  assert_mask (lk_mask_name, "𠮷田", "𠮷*");
  assert_mask (lk_mask_name, "古力•娜扎", "古*•**");
  assert_mask (lk_mask_name, "Zoë", "Z**");
  assert_mask (lk_mask_name, "Zoe\xcc\x88", "Z**");
  assert_mask (lk_mask_name, "O'Neil Smith-Jones", "O***** S**********");
  assert_mask (lk_mask_name, "\xff\xfe", "\xef\xbf\xbd*");
}

static void
test_documents (void)
{
  assert_mask (lk_mask_document, "990101199903150010", "990************010");
  assert_mask (lk_mask_document, "99010120000229002X", "990************02X");
  assert_mask (lk_mask_document, "E12345678", "******678");
  assert_mask (lk_mask_document, "123456789012345", "************345");
  assert_mask (lk_mask_document, "99010120000229002A", "***************02A");
  assert_mask (lk_mask_document, "123", "***");
  assert_mask (lk_mask_document, NULL, "");
}

static void
test_phones (void)
{
  assert_mask (lk_mask_phone, "13800001234", "138****1234");
  assert_mask (lk_mask_phone, "6290001", "*******");
  assert_mask (lk_mask_phone, NULL, "");
}

static void
test_student_numbers (void)
{
  assert_mask (lk_mask_student_no, "2021001107", "2021****07");
  assert_mask (lk_mask_student_no, "202107", "****07");
  assert_mask (lk_mask_student_no, "7", "*");
  assert_mask (lk_mask_student_no, NULL, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/mask/names", test_names);
  g_test_add_func ("/core/mask/unusual-names", test_unusual_names);
  g_test_add_func ("/core/mask/documents", test_documents);
  g_test_add_func ("/core/mask/phones", test_phones);
  g_test_add_func ("/core/mask/student-numbers", test_student_numbers);
  return g_test_run ();
}
