/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <stdio.h>

#include <jpeglib.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"

/* likenessd import and its sisters, on files as people have them. */

typedef struct
{
  char *folder, *campus, *photos, *roster;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  const char *words[] = { "init", "--data", NULL, NULL };

  f->folder = lk_test_temporary_folder ();
  f->campus = g_build_filename (f->folder, "campus", NULL);
  f->photos = g_build_filename (f->folder, "photos", NULL);
  f->roster = g_build_filename (f->folder, "roster.csv", NULL);
  g_mkdir (f->photos, 0700);
  words[2] = f->campus;
  g_assert_cmpint (lk_test_run (words, NULL, NULL, NULL), ==, 0);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  lk_test_remove_folder (f->folder);
  g_free (f->folder);
  g_free (f->campus);
  g_free (f->photos);
  g_free (f->roster);
}

static int
import (Fixture *f, char **out, char **err)
{
  const char *const words[] = { "import", "--roster", f->roster, "--photos", f->photos, "--data", f->campus, NULL };

  return lk_test_run (words, NULL, out, err);
}

static void
write_roster (Fixture *f, const char *text)
{
  g_assert_true (g_file_set_contents (f->roster, text, -1, NULL));
}

static void
write_photo (Fixture *f, const char *name, const void *bytes, gsize size)
{
  g_autofree char *path = g_build_filename (f->photos, name, NULL);

  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
}

/* A grey 480 x 640 JPEG that differs by its shade. */
static GBytes *
make_jpeg (guint8 shade)
{
  struct jpeg_compress_struct info;
  struct jpeg_error_mgr errors;
  guint8 row[480 * 3];
  JSAMPROW rows[] = { row };
  unsigned char *data = NULL;
  unsigned long size = 0;

  memset (row, shade, sizeof row);
  info.err = jpeg_std_error (&errors);
  jpeg_create_compress (&info);
  jpeg_mem_dest (&info, &data, &size);
  info.image_width = 480;
  info.image_height = 640;
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults (&info);
  jpeg_start_compress (&info, TRUE);
  for (int y = 0; y < 640; y++)
    jpeg_write_scanlines (&info, rows, 1);
  jpeg_finish_compress (&info);
  jpeg_destroy_compress (&info);
  return g_bytes_new_with_free_func (data, size, free, data);
}

static void
write_jpeg (Fixture *f, const char *name, guint8 shade)
{
  g_autoptr (GBytes) bytes = make_jpeg (shade);
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  write_photo (f, name, data, size);
}

/* The head and the first bytes of a PNG of 20,000 x 20,000 px: whoever believes it would need 1.2 GB. */
static void
write_huge_png (Fixture *f, const char *name)
{
  static const guint8 head[] = {
    0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20, 8, 2, 0, 0, 0,
    0x6c, 0x12, 0xd1, 0x6e, 0, 0, 0, 4, 'I', 'D', 'A', 'T', 0x78, 0x9c, 3, 0, 0, 0, 0, 0,
  };

  write_photo (f, name, head, sizeof head);
}

static int
count_lines_with (const char *text, const char *word)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  int n = 0;

  for (int i = 0; lines[i] != NULL; i++)
    n += strstr (lines[i], word) != NULL;
  return n;
}

static void
test_good (Fixture *f, gconstpointer unused)
{
  g_autofree char *out = NULL, *again = NULL;

  write_roster (f, "学号,姓名,身份证号,班级,教学点\n2021210001,王芳,990101199903150010,会计学2班,合肥校本部\n2021210002,李小明,,,\n");
  write_jpeg (f, "2021210001.jpg", 100);
  write_jpeg (f, "2021210001.id.jpg", 110);
  write_jpeg (f, "2021210002.JPEG", 120);
  g_assert_cmpint (import (f, &out, NULL), ==, 0);
  g_assert_cmpint (count_lines_with (out, "2021210001.jpg: taken"), ==, 1);
  g_assert_cmpint (count_lines_with (out, "2021210001.id.jpg: taken"), ==, 1);
  g_assert_cmpint (count_lines_with (out, "2021210002.JPEG: taken"), ==, 1);
  g_assert_cmpint (lk_test_query_int (f->campus, "SELECT count(*) FROM submission WHERE state = 'PENDING'"), ==, 2);
  g_assert_cmpint (lk_test_query_int (f->campus, "SELECT count(*) FROM student WHERE id_card IS NOT NULL"), ==, 1);
  /* a grey field has no face on it, or nothing looked: either way the checks are there */
  g_assert_cmpint (lk_test_query_int (f->campus, "SELECT min (json_array_length (checks)) FROM report"), >, 10);
  /* a second time changes nothing */
  g_assert_cmpint (import (f, &again, NULL), ==, 0);
  g_assert_cmpint (count_lines_with (again, "there already"), ==, 3);
  g_assert_cmpint (lk_test_query_int (f->campus, "SELECT count(*) FROM submission"), ==, 2);
}

/* An original is kept with the photo that was cropped from it, and not without. */
static void
test_original (Fixture *f, gconstpointer unused)
{
  g_autofree char *out = NULL, *err = NULL;

  write_roster (f, "student_no,name\n1,A\n2,B\n");
  write_jpeg (f, "1.jpg", 100);
  write_jpeg (f, "1.original.jpg", 105);
  write_jpeg (f, "2.original.jpg", 106);
  g_assert_cmpint (import (f, &out, &err), ==, 0);
  g_assert_cmpint (count_lines_with (out, "1.original.jpg: taken as the uncropped original"), ==, 1);
  g_assert_cmpint (count_lines_with (err, "2.original.jpg: not taken, there is no photo that was cropped from it"), ==, 1);
  g_assert_cmpint (lk_test_query_int (f->campus, "SELECT count(*) FROM variant WHERE kind = 'original'"), ==, 1);
}

static void
test_bad_photos (Fixture *f, gconstpointer unused)
{
  g_autoptr (GBytes) jpeg = make_jpeg (90);
  g_autofree char *out = NULL, *err = NULL;

  write_roster (f, "student_no,name\n1,A\n2,B\n3,C\n4,D\n5,E\n");
  write_photo (f, "1.jpg", "this is text", 12);
  write_photo (f, "2.jpg", g_bytes_get_data (jpeg, NULL), g_bytes_get_size (jpeg) / 2);
  write_huge_png (f, "3.png");
  write_jpeg (f, "4.jpg", 130);
  write_jpeg (f, "4.png", 131);
  write_photo (f, "5.jpg", "", 0);
  write_jpeg (f, "9.jpg", 140);
  write_photo (f, ".hidden", "x", 1);
  g_assert_cmpint (import (f, &out, &err), ==, 0);
  g_assert_cmpint (count_lines_with (err, "1.jpg: not taken, this is no picture"), ==, 1);
  g_assert_cmpint (count_lines_with (err, "2.jpg: not taken, the picture is cut off"), ==, 1);
  g_assert_cmpint (count_lines_with (err, "3.png: not taken, the picture has too many pixels"), ==, 1);
  g_assert_cmpint (count_lines_with (out, "4.jpg: taken"), ==, 1);
  g_assert_cmpint (count_lines_with (err, "4.png: not taken, there is another file"), ==, 1);
  g_assert_cmpint (count_lines_with (err, "5.jpg: not taken"), ==, 1);
  g_assert_cmpint (count_lines_with (err, "9.jpg: not taken, no student in the roster has the number 9"), ==, 1);
  g_assert_null (strstr (err, "hidden"));
  g_assert_cmpint (count_lines_with (out, "taken: 1, there already: 0, not taken: 6"), ==, 1);
  g_assert_cmpint (lk_test_query_int (f->campus, "SELECT count(*) FROM submission"), ==, 1);
}

static void
test_gb18030 (Fixture *f, gconstpointer unused)
{
  gsize size;
  g_autofree char *text = g_convert ("学号,姓名,班级\n2021210001,王芳,会计学2班\n", -1, "GB18030", "UTF-8", NULL, &size, NULL);
  g_autofree char *name = NULL;

  g_assert_true (g_file_set_contents (f->roster, text, (gssize) size, NULL));
  write_jpeg (f, "2021210001.jpg", 100);
  g_assert_cmpint (import (f, NULL, NULL), ==, 0);
  name = lk_test_query (f->campus, "SELECT name FROM student");
  g_assert_cmpstr (name, ==, "王芳");
}

static void
test_bad_rosters (Fixture *f, gconstpointer unused)
{
  g_autofree char *empty = NULL, *headings = NULL, *missing = NULL, *duplicate = NULL;

  write_jpeg (f, "1.jpg", 100);
  g_assert_cmpint (import (f, NULL, &missing), ==, 1);
  g_assert_cmpint (count_lines_with (missing, "cannot be read"), ==, 1);
  write_roster (f, "");
  g_assert_cmpint (import (f, NULL, &empty), ==, 1);
  g_assert_cmpint (count_lines_with (empty, "is empty"), ==, 1);
  write_roster (f, "a,b\n1,2\n");
  g_assert_cmpint (import (f, NULL, &headings), ==, 1);
  g_assert_cmpint (count_lines_with (headings, "headings"), ==, 1);
  write_roster (f, "student_no,name\n1,A\n1,B\n");
  g_assert_cmpint (import (f, NULL, &duplicate), ==, 0);
  g_assert_cmpint (count_lines_with (duplicate, "3"), ==, 1);
  g_assert_cmpint (lk_test_query_int (f->campus, "SELECT count(*) FROM student"), ==, 1);
}

static void
test_nothing (Fixture *f, gconstpointer unused)
{
  g_autofree char *err = NULL;

  write_roster (f, "student_no,name\n1,A\n");
  g_assert_cmpint (import (f, NULL, NULL), ==, 1);
  g_rmdir (f->photos);
  g_assert_cmpint (import (f, NULL, &err), ==, 1);
  g_assert_nonnull (strstr (err, "cannot be read"));
}

/* A returned student's new photo replaces the old one; a waiting one stays. */
static void
test_second_photo (Fixture *f, gconstpointer unused)
{
  g_autofree char *err = NULL, *out = NULL;

  write_roster (f, "student_no,name\n1,A\n");
  write_jpeg (f, "1.jpg", 100);
  g_assert_cmpint (import (f, NULL, NULL), ==, 0);
  write_jpeg (f, "1.jpg", 101);
  g_assert_cmpint (import (f, NULL, &err), ==, 1);
  g_assert_nonnull (strstr (err, "another photo that is waiting or approved"));
  g_free (lk_test_query (f->campus, "UPDATE submission SET state = 'RETURNED'"));
  g_assert_cmpint (import (f, &out, NULL), ==, 0);
  g_assert_cmpint (lk_test_query_int (f->campus, "SELECT count(*) FROM submission WHERE state = 'SUPERSEDED'"), ==, 1);
  g_assert_cmpint (lk_test_query_int (f->campus, "SELECT count(*) FROM submission WHERE state = 'PENDING'"), ==, 1);
}

static void
test_accounts (Fixture *f, gconstpointer unused)
{
  const char *words[] = { "account", "add", "lin", "--role", "reviewer", "--data", f->campus, NULL };
  g_autofree char *status = NULL, *err = NULL;
  const char *const status_words[] = { "status", "--data", f->campus, NULL };

  g_assert_cmpint (lk_test_run (words, "short\n", NULL, &err), ==, 1);
  g_assert_nonnull (strstr (err, "8"));
  g_assert_cmpint (lk_test_run (words, "", NULL, NULL), ==, 1);
  g_assert_cmpint (lk_test_run (words, "long enough\n", NULL, NULL), ==, 0);
  g_assert_cmpint (lk_test_run (words, "long enough\n", NULL, NULL), ==, 1);
  words[2] = "林";
  g_assert_cmpint (lk_test_run (words, "long enough\n", NULL, NULL), ==, 2);
  words[2] = "wang";
  words[4] = "student";
  g_assert_cmpint (lk_test_run (words, "long enough\n", NULL, NULL), ==, 2);
  g_assert_cmpint (lk_test_run (status_words, NULL, &status, NULL), ==, 0);
  g_assert_nonnull (strstr (status, "Accounts: 1"));
}

static void
test_usage (void)
{
  const char *const help[] = { "--help", NULL }, *const version[] = { "--version", NULL }, *const nothing[] = { NULL };
  const char *const unknown[] = { "brew", NULL }, *const no_data[] = { "status", NULL };
  const char *const no_campus[] = { "status", "--data", "/nonexistent/campus", NULL };
  g_autofree char *out = NULL, *err = NULL;

  g_assert_cmpint (lk_test_run (help, NULL, &out, NULL), ==, 0);
  g_assert_nonnull (strstr (out, "Examples"));
  g_assert_cmpint (lk_test_run (version, NULL, NULL, NULL), ==, 0);
  g_assert_cmpint (lk_test_run (nothing, NULL, NULL, NULL), ==, 2);
  g_assert_cmpint (lk_test_run (unknown, NULL, NULL, NULL), ==, 2);
  g_assert_cmpint (lk_test_run (no_data, NULL, NULL, NULL), ==, 2);
  g_assert_cmpint (lk_test_run (no_campus, NULL, NULL, &err), ==, 1);
  g_assert_nonnull (strstr (err, "There is no campus"));
}

#define ADD(path, func) g_test_add ("/service/import/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("good", test_good);
  ADD ("original", test_original);
  ADD ("bad-photos", test_bad_photos);
  ADD ("gb18030", test_gb18030);
  ADD ("bad-rosters", test_bad_rosters);
  ADD ("nothing", test_nothing);
  ADD ("second-photo", test_second_photo);
  ADD ("accounts", test_accounts);
  g_test_add_func ("/service/import/usage", test_usage);
  return g_test_run ();
}
