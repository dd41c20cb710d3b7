/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-exchange.h"

#include <stdio.h>
#include <string.h>

enum { EACH_MAX = 15, ALL_MAX = 2000 };

static GMutex mutex;
static FILE *file;
static int n_all;
static GHashTable *counts;      /* kind of exchange -> how many */

static gboolean
open_file (void)
{
  const char *folder = g_getenv ("LIKENESS_EXCHANGES");
  g_autofree char *program = NULL, *name = NULL, *path = NULL;

  if (file != NULL || folder == NULL)
    return file != NULL;
  program = g_path_get_basename (g_get_prgname ());
  name = g_strconcat (program, ".jsonl", NULL);
  path = g_build_filename (folder, name, NULL);
  g_mkdir_with_parents (folder, 0700);
  file = fopen (path, "w");
  counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return file != NULL;
}

/* Method, status and what stands in the path for ids left out. */
static char *
kind_of (const char *method, const char *path, int status)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *plain = g_strndup (path, strcspn (path, "?"));
  GString *kind = g_string_new (NULL);

  parts = g_strsplit (plain, "/", -1);
  g_string_append_printf (kind, "%s %d", method, status);
  for (gsize i = 0; parts[i] != NULL; i++)
    g_string_append_printf (kind, "/%s", strpbrk (parts[i], "0123456789%.") != NULL && i > 1 ? "" : parts[i]);
  return g_string_free (kind, FALSE);
}

static gboolean
is_enough (const char *method, const char *path, int status)
{
  g_autofree char *kind = kind_of (method, path, status);
  int n = GPOINTER_TO_INT (g_hash_table_lookup (counts, kind));

  if (n < EACH_MAX)
    g_hash_table_insert (counts, g_steal_pointer (&kind), GINT_TO_POINTER (n + 1));
  return n >= EACH_MAX || ++n_all > ALL_MAX;
}

static char *
content_type (const LkTestAnswer *answer)
{
  const char *at = strcasestr (answer->head, "\r\nContent-Type: ");

  return at != NULL ? g_strndup (at + 16, strcspn (at + 16, "\r;")) : g_strdup ("");
}

static void
write_exchange (const char *method, const char *path, const LkTestAnswer *answer)
{
  g_autofree char *type = content_type (answer), *line = NULL;
  g_autoptr (cJSON) json = cJSON_CreateObject ();

  lk_json_add_string (json, "method", method);
  lk_json_add_string (json, "path", path);
  lk_json_add_int (json, "status", answer->status);
  lk_json_add_string (json, "type", type);
  if (answer->json != NULL)
    cJSON_AddItemToObject (json, "body", cJSON_Duplicate (answer->json, TRUE));
  line = lk_json_print (json);
  fprintf (file, "%s\n", line);
  fflush (file);
}

void
lk_test_keep_exchange (const char *method, const char *path, const LkTestAnswer *answer)
{
  g_mutex_lock (&mutex);
  if (open_file () && g_utf8_validate (path, -1, NULL) && !is_enough (method, path, answer->status))
    write_exchange (method, path, answer);
  g_mutex_unlock (&mutex);
}
