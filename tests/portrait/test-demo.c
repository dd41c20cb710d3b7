/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The made-up class list, and the demo folder as the command line makes it
 * (its path is the one argument). */
#include <string.h>

#include <gio/gio.h>

#include "tools/portrait/roster.h"

static const char *likeness_draw;

static void
assert_id_number (const char *id_number)
{
  g_assert_cmpuint (strlen (id_number), ==, 18);
  g_assert_true (g_str_has_prefix (id_number, "99"));
  g_assert_cmpint (id_number[17], ==, lk_id_number_check_digit (id_number));
}

/* The worked example of GB 11643. */
static void
test_check_digit (void)
{
  g_assert_cmpint (lk_id_number_check_digit ("11010519491231002"), ==, 'X');
  g_assert_cmpint (lk_id_number_check_digit ("44052418800101001"), ==, '4');
}

static void
test_made_up_people (void)
{
  guint short_names = 0, long_names = 0, dotted = 0;

  for (guint64 seed = 1; seed <= 400; seed++)
    {
      gboolean female = seed % 2 == 0;
      g_autofree char *name = lk_made_up_name (seed, female), *id_number = lk_made_up_id_number (seed, female, 2001);
      glong length = g_utf8_strlen (name, -1);

      assert_id_number (id_number);
      g_assert_cmpint ((id_number[16] - '0') % 2, ==, female ? 0 : 1);
      g_assert_true (g_utf8_validate (name, -1, NULL));
      g_assert_cmpint (length, >=, 2);
      dotted += strstr (name, "·") != NULL;
      short_names += length == 2;
      long_names += length == 4;
    }
  g_assert_cmpuint (short_names, >, 20);
  g_assert_cmpuint (long_names, >, 10);
  g_assert_cmpuint (dotted, >, 5);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (folder, "standard::name", G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFile *child;

  while (children != NULL && g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) && child != NULL)
    {
      g_autofree char *child_path = g_file_get_path (child);

      remove_tree (child_path);
    }
  g_file_delete (folder, NULL, NULL);
}

static void
run_demo (const char *folder, int students)
{
  g_autofree char *count = g_strdup_printf ("%d", students);
  const char *argv[] = { likeness_draw, "demo", folder, "--students", count, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
assert_roster_row (const char *folder, const char *row, GHashTable *numbers)
{
  g_auto (GStrv) fields = g_strsplit (row, ",", -1);
  g_autofree char *photo = NULL, *truth = NULL;

  g_assert_cmpuint (g_strv_length (fields), ==, 6);
  g_assert_true (g_hash_table_add (numbers, g_strdup (fields[0])));
  assert_id_number (fields[2]);
  g_assert_cmpuint (strlen (fields[3]), >, 0);
  g_assert_true (strcmp (fields[4], "合肥校本部") == 0 || g_str_has_suffix (fields[4], "教学点"));
  photo = g_strdup_printf ("%s/photos/%s.jpg", folder, fields[0]);
  truth = g_strdup_printf ("%s/truth/%s.json", folder, fields[0]);
  g_assert_true (g_file_test (photo, G_FILE_TEST_IS_REGULAR));
  g_assert_true (g_file_test (truth, G_FILE_TEST_IS_REGULAR));
}

static void
test_demo_folder (void)
{
  g_autofree char *folder = g_dir_make_tmp ("likeness-demo-XXXXXX", NULL), *roster = g_build_filename (folder, "roster.csv", NULL);
  g_autofree char *diploma = NULL;
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *csv = NULL;
  g_auto (GStrv) rows = NULL;

  run_demo (folder, 6);
  g_assert_true (g_file_get_contents (roster, &csv, NULL, NULL));
  g_assert_true (g_utf8_validate (csv, -1, NULL));
  rows = g_strsplit (csv, "\n", -1);
  g_assert_cmpstr (rows[0], ==, "student_no,name,id_number,class,site,phone");
  for (int i = 1; i <= 6; i++)
    assert_roster_row (folder, rows[i], numbers);
  g_assert_cmpstr (rows[7], ==, "");
  diploma = g_build_filename (folder, "photos", "2023040201.diploma.jpg", NULL);
  g_assert_true (g_file_test (diploma, G_FILE_TEST_IS_REGULAR));
  remove_tree (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  likeness_draw = argv[1];
  g_test_add_func ("/demo/check-digit", test_check_digit);
  g_test_add_func ("/demo/made-up-people", test_made_up_people);
  g_test_add_func ("/demo/folder", test_demo_folder);
  return g_test_run ();
}
