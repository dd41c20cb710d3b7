/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/json.h"
#include "tool.h"

/* likeness-check duplicates: the same file, and what it says without finding anything. */

static void
copy (const char *from, const char *to)
{
  g_autofree char *source = tool_path (from);
  g_autofree char *target = tool_path (to);
  g_autofree char *folder = g_path_get_dirname (target);
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (source, &bytes, &size, NULL));
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (target, bytes, (gssize) size, NULL));
}

/* Lines of JSON that have this kind and these two files, in this order. */
static int
count_pairs (const char *output, const char *kind, const char *a, const char *b)
{
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);
  int n = 0;

  for (int i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (cJSON) json = cJSON_Parse (lines[i]);
      g_auto (GStrv) files = json != NULL ? lk_json_strv (json, "files") : NULL;

      if (files != NULL && g_strcmp0 (lk_json_string (json, "kind"), kind) == 0 && g_str_has_suffix (files[0], a)
          && g_str_has_suffix (files[1], b))
        n++;
    }
  return n;
}

/* One shot in two files, one file twice, somebody else, and one that is no picture. */
static void
test_found (void)
{
  g_auto (ToolRun) json = tool_run (NULL, "duplicates", "--json", "found", NULL);
  g_auto (ToolRun) words = tool_run (NULL, "duplicates", "found", NULL);
  g_auto (ToolRun) chinese = tool_run ("zh_CN", "duplicates", "found", NULL);

  g_assert_cmpint (json.status, ==, 1);
  g_assert_cmpint (count_pairs (json.output, "same-file", "/1.jpg", "/2.jpg"), ==, 1);
  g_assert_cmpint (count_pairs (json.output, "near-copy", "/1.jpg", "/3.jpg"), ==, 1);
  g_assert_null (strstr (json.output, "4.jpg"));
  g_assert_cmpint (words.status, ==, 1);
  g_assert_nonnull (strstr (words.output, "Photos: 4; same file: 1; same picture: 1; same face, other name: 0; without a face: 0; "
                                          "could not be read: 0."));
  g_assert_cmpint (chinese.status, ==, 1);
}

static void
test_nothing (void)
{
  g_auto (ToolRun) nothing = tool_run (NULL, "duplicates", "nothing", NULL);
  g_auto (ToolRun) unread = tool_run (NULL, "duplicates", "--json", "nothing", "text.jpg", NULL);
  g_auto (ToolRun) missing = tool_run (NULL, "duplicates", "no-such-folder", NULL);
  g_auto (ToolRun) usage = tool_run (NULL, "duplicates", NULL);

  g_assert_cmpint (nothing.status, ==, 0);
  g_assert_cmpint (unread.status, ==, 3);
  g_assert_nonnull (strstr (unread.output, "\"error\""));
  g_assert_cmpint (missing.status, ==, 3);
  g_assert_cmpint (usage.status, ==, 2);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  if (!tool_has_models ())
    return 0;
  tool_init (argc, argv);
  tool_draw ("found/1.jpg", 11, NULL);
  copy ("found/1.jpg", "found/2.jpg");
  tool_draw ("found/3.jpg", 11, "F3_bytes");
  tool_draw ("found/4.jpg", 12, NULL);
  copy ("found/1.jpg", "nothing/1.jpg");
  copy ("found/4.jpg", "nothing/4.jpg");
  g_free (tool_write ("text.jpg", "this is no picture"));
  g_test_add_func ("/check-tool/duplicates/found", test_found);
  g_test_add_func ("/check-tool/duplicates/nothing", test_nothing);
  status = g_test_run ();
  tool_remove_folder ();
  return status;
}
