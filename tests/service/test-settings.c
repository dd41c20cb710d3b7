/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "fixture.h"
#include "service/settings.h"

static LkSettings *
read_conf (const char *folder, const char *text, GPtrArray *problems)
{
  g_autofree char *path = g_build_filename (folder, LK_SETTINGS_NAME, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return lk_settings_load (path, problems);
}

typedef struct
{
  char *folder;
  GPtrArray *problems;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = lk_test_temporary_folder ();
  place->problems = lk_setting_problems_new ();
}

static void
tear_down (Place *place, gconstpointer data)
{
  lk_test_remove_folder (place->folder);
  g_free (place->folder);
  g_ptr_array_unref (place->problems);
}

static void
test_shipped (Place *place, gconstpointer data)
{
  g_autofree char *path = g_build_filename (place->folder, "none.conf", NULL);
  g_autoptr (LkSettings) settings = lk_settings_load (path, place->problems);

  g_assert_cmpint (place->problems->len, ==, 0);
  g_assert_cmpint (lk_settings_number (settings, "server", "port"), ==, 8640);
  g_assert_cmpint (lk_settings_number (NULL, "server", "port"), ==, 8640);
  g_assert_cmpstr (lk_settings_text (NULL, "server", "listen"), ==, "127.0.0.1");
  g_assert_cmpstr (lk_settings_list (NULL, "metrics", "allow")[1], ==, "::1");
  g_assert_null (lk_settings_text (settings, "desk", "phone"));
  g_assert_false (lk_settings_is_set (settings, "server", "port"));
}

static void
test_read (Place *place, gconstpointer data)
{
  g_autofree char *key = g_build_filename (place->folder, "a.key", NULL);
  g_autoptr (LkSettings) settings = NULL;
  LkServiceConfig config = { .lease_seconds = 600, .undo_seconds = 600, .second = { .by_rule = TRUE, .approvals = 5 } };

  g_assert_true (g_file_set_contents (key, "x", -1, NULL));
  settings = read_conf (place->folder,
                        "# our campus\n\n[server]\nlisten = ::1\nport=0\ncertificate=a.key\nprivate_key=a.key\n[desk]\n"
                        "hours=工作日 8:30\\s\n[metrics]\nallow = 10.0.0.1 ; ::1\n[limits]\nlease_seconds=120\n"
                        "[second_review]\nby_rule=false\napprovals_percent=0\n", place->problems);
  g_assert_cmpint (place->problems->len, ==, 0);
  g_assert_cmpstr (lk_settings_text (settings, "server", "listen"), ==, "::1");
  g_assert_cmpint (lk_settings_number (settings, "server", "port"), ==, 0);
  g_assert_cmpstr (lk_settings_text (settings, "server", "private_key"), ==, key);
  g_assert_cmpstr (lk_settings_text (settings, "desk", "hours"), ==, "工作日 8:30");
  g_assert_cmpstr (lk_settings_list (settings, "metrics", "allow")[0], ==, "10.0.0.1");
  g_assert_null (lk_settings_list (settings, "metrics", "allow")[2]);
  lk_settings_apply (settings, &config);
  g_assert_cmpint (config.lease_seconds, ==, 120);
  g_assert_cmpint (config.undo_seconds, ==, 600);
  g_assert_cmpint (config.second.approvals, ==, 0);
  g_assert_false (config.second.by_rule);
}

/* Each mistake by itself: its line, its key and the sentence about it. */
static const struct
{
  const char *text;
  guint line;
  const char *key, *part;
} mistakes[] = {
  { "[server]\nport=80800\n", 2, "port", "from 0 to 65535" },
  { "[server]\nport=80a\n", 2, "port", "80a" },
  { "[server]\nport=\n", 2, "port", "missing" },
  { "[server]\n\n# a\nlisten=campus\n", 4, "listen", "network address" },
  { "[server]\nlisten=\\x\n", 2, "listen", "backslash" },
  { "[server]\ncertificate=none\nprivate_key=none\n", 2, "certificate", "not there" },
  { "[server]\ncertificate=likenessd.conf\n", 2, "certificate", "private_key" },
  { "[server]\nlisten_on=::1\n", 2, "listen_on", "no such key" },
  { "[sever]\nport=1\n", 2, "port", "no such section" },
  { "[server]\nport=1\nport=2\n", 3, "port", "line 2" },
  { "port=1\n", 1, NULL, "before the first section" },
  { "[server]\nport 1\n", 2, NULL, "no key with a value" },
  { "[log]\nlevel=loud\n", 2, "level", "error warning info debug" },
  { "[metrics]\nallow=127.0.0.1;me\n", 2, "allow", "“me”" },
  { "[second_review]\nby_rule=yes\n", 2, "by_rule", "neither true nor false" },
  { "[desk]\nphone=\xff\xfe\n", 0, NULL, "UTF-8" },
};

static void
test_mistakes (Place *place, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (GPtrArray) problems = lk_setting_problems_new ();
      g_autoptr (LkSettings) settings = read_conf (place->folder, mistakes[i].text, problems);
      const LkSettingProblem *problem;

      g_assert_cmpint (problems->len, >=, 1);
      problem = problems->pdata[0];
      g_test_message ("%s", problem->sentence);
      g_assert_cmpint (problem->line, ==, mistakes[i].line);
      g_assert_cmpstr (problem->key, ==, mistakes[i].key);
      g_assert_nonnull (strstr (problem->sentence, mistakes[i].part));
      g_assert_true (g_str_has_suffix (problem->sentence, "."));
      /* what is wrong is not used */
      g_assert_cmpint (lk_settings_number (settings, "server", "port"), <=, G_MAXUINT16);
    }
}

static void
test_all_at_once (Place *place, gconstpointer data)
{
  g_autoptr (LkSettings) settings = read_conf (place->folder, "nonsense\n[server]\nport=-1\nhost=a\n[log]\nlevel=debug\n", place->problems);
  g_autofree char *text = NULL;

  g_assert_cmpint (place->problems->len, ==, 3);
  text = lk_setting_problem_text (place->problems->pdata[1], "likenessd.conf");
  g_assert_cmpstr (text, ==, "likenessd.conf, line 3, port in [server]: “-1” is not a whole number from 0 to 65535.");
  g_assert_cmpstr (lk_settings_text (settings, "log", "level"), ==, "debug");
}

/* The example names every key of the table, and each as shipped: with its comment signs gone it is still right, but for files and
 * programs that only a college has, and for what is empty. */
static void
test_example (Place *place, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_getenv ("LIKENESS_DATA_DIR"), "likenessd.conf.example", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) set = g_string_new (NULL);
  g_autoptr (LkSettings) settings = NULL;
  g_auto (GStrv) lines = NULL;
  LkServiceConfig shipped, config;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      gboolean is_key = lines[i][0] == '#' && g_ascii_islower (lines[i][1]) && strchr (lines[i], '=') != NULL;
      g_string_append_printf (set, "%s\n", lines[i] + (is_key ? 1 : 0));
    }
  lk_settings_free (lk_settings_load (path, place->problems));
  g_assert_cmpint (place->problems->len, ==, 0);
  settings = read_conf (place->folder, set->str, place->problems);
  for (guint i = 0; i < place->problems->len; i++)
    {
      const char *sentence = ((LkSettingProblem *) place->problems->pdata[i])->sentence;

      g_test_message ("%s", sentence);
      g_assert_true (strstr (sentence, "is not there") != NULL || strstr (sentence, "program that can be run") != NULL ||
                     strstr (sentence, "value is missing") != NULL);
    }
  g_assert_true (lk_service_config_load (&shipped, NULL));
  config = shipped;
  lk_settings_apply (settings, &config);
  for (const LkSettingInfo *info = lk_setting_table; info->group != NULL; info++)
    {
      g_autofree char *line = g_strdup_printf ("\n#%s=", info->key);

      g_test_message ("%s in [%s]", info->key, info->group);
      g_assert_nonnull (strstr (text, line));
      if (info->fallback != NULL)
        g_assert_cmpstr (lk_settings_text (settings, info->group, info->key), ==, info->fallback);
      if (info->is_limit)
        g_assert_cmpint (G_STRUCT_MEMBER (int, &config, info->limit), ==, G_STRUCT_MEMBER (int, &shipped, info->limit));
    }
}

static void
test_check_config (Place *place, gconstpointer data)
{
  const char *const words[] = { "check-config", "--data", place->folder, NULL };
  const char *const nothing[] = { "check-config", NULL };
  g_autofree char *out = NULL, *err = NULL, *wrong = NULL;
  g_autoptr (LkSettings) settings = read_conf (place->folder, "[server]\nport=8641\n[limits]\nlease_seconds=90\n", place->problems);
  g_autoptr (LkSettings) bad = NULL;

  g_assert_cmpint (lk_test_run (words, NULL, &out, &err), ==, 0);
  g_assert_nonnull (strstr (out, "\nport=8641\n"));
  g_assert_nonnull (strstr (out, "\nlease_seconds=90\n"));
  g_assert_nonnull (strstr (out, "\nundo_seconds=600\n"));
  g_assert_nonnull (strstr (out, "\n#phone=\n"));
  bad = read_conf (place->folder, "[server]\nport=a\n", place->problems);
  g_assert_cmpint (lk_test_run (words, NULL, NULL, &wrong), ==, 1);
  g_assert_nonnull (strstr (wrong, "likenessd.conf, line 2, port in [server]: "));
  g_assert_cmpint (lk_test_run (nothing, NULL, NULL, NULL), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/service/settings/shipped", Place, NULL, set_up, test_shipped, tear_down);
  g_test_add ("/service/settings/read", Place, NULL, set_up, test_read, tear_down);
  g_test_add ("/service/settings/mistakes", Place, NULL, set_up, test_mistakes, tear_down);
  g_test_add ("/service/settings/all-at-once", Place, NULL, set_up, test_all_at_once, tear_down);
  g_test_add ("/service/settings/example", Place, NULL, set_up, test_example, tear_down);
  g_test_add ("/service/settings/check-config", Place, NULL, set_up, test_check_config, tear_down);
  return g_test_run ();
}
