/* SPDX-License-Identifier: GPL-3.0-or-later */
/* likenessd codes, as it is typed. */
#include <string.h>

#include "fixture.h"
#include "photo/qr-write.h"

typedef struct
{
  char *folder, *roster, *out;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  g_autofree char *top = lk_test_temporary_folder ();

  place->folder = g_build_filename (top, "campus", NULL);
  place->roster = g_build_filename (top, "students.csv", NULL);
  place->out = g_build_filename (top, "out", NULL);
  g_assert_true (g_file_set_contents (place->roster,
                                      "学号,姓名,身份证号,唯一号\n"
                                      "2021210007,张小明,341200200001010017,20213401007\n"
                                      "2021210008,李红,341200200002020028,\n",
                                      -1, NULL));
  g_assert_cmpint (lk_test_run ((const char *[]) { "init", "--data", place->folder, NULL }, NULL, NULL, NULL), ==, 0);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_autofree char *top = g_path_get_dirname (place->folder);

  lk_test_remove_folder (top);
  g_free (place->folder);
  g_free (place->roster);
  g_free (place->out);
}

static int
issue (Place *place, const char *suite, char **err)
{
  return lk_test_run ((const char *[]) { "codes", "issue", "--roster", place->roster, "--out", place->out, "--suite", suite, "--data",
                                         place->folder, NULL },
                      NULL, NULL, err);
}

static int
read_file (Place *place, const char *path, char **out, char **err)
{
  return lk_test_run ((const char *[]) { "codes", "read", path, "--data", place->folder, NULL }, NULL, out, err);
}

static void
test_whole_way (Place *place, gconstpointer suite)
{
  g_autofree char *picture = g_build_filename (place->out, "2021210007.png", NULL);
  g_autofree char *err = NULL;
  g_autofree char *said = NULL;

  g_assert_cmpint (issue (place, suite, &err), ==, 1);
  g_assert_nonnull (strstr (err, "codes key add"));
  g_assert_cmpint (lk_test_run ((const char *[]) { "codes", "key", "add", "--suite", suite, "--data", place->folder, NULL }, NULL, NULL, NULL),
                   ==, 0);
  g_assert_cmpint (issue (place, suite, NULL), ==, 0);
  g_assert_cmpint (read_file (place, picture, &said, NULL), ==, 0);
  g_assert_nonnull (strstr (said, "张*明"));
  g_assert_nonnull (strstr (said, "341************017"));
  g_assert_null (strstr (said, "20213401007"));         /* masked */
  g_assert_null (strstr (said, "小"));
}

static void
test_refusals (Place *place, gconstpointer data)
{
  g_autofree char *path = g_build_filename (place->folder, "other.png", NULL);
  g_autoptr (GBytes) png = lk_qr_write_png ("https://example.org/", 4, NULL);
  g_autofree char *other = NULL;
  g_autofree char *none = NULL;
  g_autofree char *missing = NULL;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (png, NULL), g_bytes_get_size (png), NULL));
  g_assert_cmpint (read_file (place, path, NULL, &other), ==, 1);
  g_assert_nonnull (strstr (other, "no collection code"));
  g_assert_cmpint (read_file (place, place->roster, NULL, &none), ==, 1);
  g_assert_nonnull (strstr (none, "no JPEG, PNG or HEIC"));
  g_assert_cmpint (read_file (place, "/nowhere.png", NULL, &missing), ==, 1);
  g_assert_nonnull (strstr (missing, "/nowhere.png"));
}

static void
test_usage (Place *place, gconstpointer data)
{
  const char *const wrong[][10] = {
    { "codes" },
    { "codes", "make" },
    { "codes", "key", "remove", "--data", place->folder },
    { "codes", "key", "add", "--suite", "B", "--data", place->folder },
    { "codes", "key", "add" },
    { "codes", "read", "--data", place->folder },
    { "codes", "issue", "--data", place->folder, "--roster", place->roster },
    { "codes", "issue", "--data", place->folder, "--roster", place->roster, "--out", place->out, "--last-day=31.7.2026" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_cmpint (lk_test_run (wrong[i], NULL, NULL, NULL), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/codes-command/whole-way/A", Place, "A", set_up, test_whole_way, tear_down);
  g_test_add ("/codes-command/whole-way/G", Place, "G", set_up, test_whole_way, tear_down);
  g_test_add ("/codes-command/refusals", Place, NULL, set_up, test_refusals, tear_down);
  g_test_add ("/codes-command/usage", Place, NULL, set_up, test_usage, tear_down);
  return g_test_run ();
}
