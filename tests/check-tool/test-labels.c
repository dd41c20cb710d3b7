/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib.h>

#include "tools/check/labels.h"

static LkLabels *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return lk_labels_parse (bytes, error);
}

static LkLabels *
parse_good (const char *text)
{
  g_autoptr (GError) error = NULL;
  LkLabels *labels = parse (text, &error);

  g_assert_no_error (error);
  return labels;
}

static void
assert_label (const LkLabels *labels, const char *file, const char *id, LkLabel label)
{
  g_test_message ("%s %s", file, id);
  g_assert_cmpint (lk_labels_get (labels, file, id), ==, label);
}

static void
test_ids (void)
{
  g_autoptr (LkLabels) labels = parse_good ("a.jpg\nb.jpg,E1_eyes,G6_roll\nclass 1/c.jpg,\"E1_eyes G6_roll:1\"\n");

  assert_label (labels, "a.jpg", "E1_eyes", LK_LABEL_GOOD);
  assert_label (labels, "b.jpg", "E1_eyes", LK_LABEL_FAULTY);
  assert_label (labels, "b.jpg", "G6_roll", LK_LABEL_FAULTY);
  assert_label (labels, "b.jpg", "E2_mouth", LK_LABEL_GOOD);
  assert_label (labels, "class 1/c.jpg", "G6_roll", LK_LABEL_FAULTY);
  /* by its last part, but not the other way round */
  assert_label (labels, "class 2/b.jpg", "E1_eyes", LK_LABEL_FAULTY);
  assert_label (labels, "c.jpg", "G6_roll", LK_LABEL_UNKNOWN);
  assert_label (labels, "d.jpg", "E1_eyes", LK_LABEL_UNKNOWN);
  g_assert_true (lk_labels_has (labels, "class 2/b.jpg"));
  g_assert_false (lk_labels_has (labels, "d.jpg"));
}

/* The table a drawn set comes with: numbers beside the faults say nothing. */
static void
test_faults_column (void)
{
  g_autoptr (LkLabels) labels = parse_good ("file,width,faults\n1.jpg,480,\n2.jpg,480,\"E1_eyes,Q4_sharp\"\n");

  assert_label (labels, "1.jpg", "E1_eyes", LK_LABEL_GOOD);
  assert_label (labels, "2.jpg", "E1_eyes", LK_LABEL_FAULTY);
  assert_label (labels, "2.jpg", "Q4_sharp", LK_LABEL_FAULTY);
}

static void
test_columns (void)
{
  g_autoptr (LkLabels) labels = parse_good ("文件,E1_eyes,备注,Q4_sharp\n1.jpg,1,很好,\n2.jpg,,,是\n3.jpg,?,,0\n");

  assert_label (labels, "1.jpg", "E1_eyes", LK_LABEL_FAULTY);
  assert_label (labels, "1.jpg", "Q4_sharp", LK_LABEL_GOOD);
  assert_label (labels, "2.jpg", "E1_eyes", LK_LABEL_GOOD);
  assert_label (labels, "2.jpg", "Q4_sharp", LK_LABEL_FAULTY);
  assert_label (labels, "3.jpg", "E1_eyes", LK_LABEL_UNKNOWN);
  assert_label (labels, "3.jpg", "Q4_sharp", LK_LABEL_GOOD);
}

/* What Excel writes on a Chinese computer. */
static void
test_gb18030 (void)
{
  gsize length;
  g_autofree char *text = g_convert ("文件,E1_eyes\n王芳.jpg,是\n", -1, "GB18030", "UTF-8", NULL, &length, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (LkLabels) labels = lk_labels_parse (bytes, &error);

  g_assert_no_error (error);
  assert_label (labels, "王芳.jpg", "E1_eyes", LK_LABEL_FAULTY);
}

static void
assert_refused (const char *text, const char *sentence)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkLabels) labels = parse (text, &error);

  g_assert_null (labels);
  g_assert_cmpstr (error->message, ==, sentence);
}

static void
test_refused (void)
{
  assert_refused ("a.jpg\nb.jpg,E9_nose\n", "The labels cannot be used, line 2: There is no check “E9_nose”.");
  assert_refused ("file,E1_eyes\na.jpg,maybe\n", "The labels cannot be used, line 2: “maybe” is neither 1 nor 0 nor ?.");
  assert_refused ("a.jpg\na.jpg,E1_eyes\n", "The labels cannot be used, line 2: a.jpg stands there twice.");
  assert_refused ("file\n,E1_eyes\n", "The labels cannot be used, line 2: The first column must be the photo's file.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check-tool/labels/ids", test_ids);
  g_test_add_func ("/check-tool/labels/faults-column", test_faults_column);
  g_test_add_func ("/check-tool/labels/columns", test_columns);
  g_test_add_func ("/check-tool/labels/gb18030", test_gb18030);
  g_test_add_func ("/check-tool/labels/refused", test_refused);
  return g_test_run ();
}
