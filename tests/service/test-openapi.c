/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/json.h"
#include "service/problem.h"
#include "service/routes.h"

/* docs/openapi.json has the calls of the tables, all of them and no others, with who may make them and what they need. */

static const LkRoute *const tables[] = {
  lk_review_routes, lk_student_routes, lk_account_routes, lk_desk_routes, lk_operation_routes,
};

static cJSON *document;

static const cJSON *
find_operation (const LkRoute *route)
{
  g_autofree char *method = g_ascii_strdown (route->method, -1);
  const cJSON *item = lk_json_object (lk_json_object (document, "paths"), route->path);
  const cJSON *operation = lk_json_object (item, method);

  if (operation == NULL)
    g_error ("docs/openapi.json does not have %s %s", route->method, route->path);
  return operation;
}

static void
test_all_there (void)
{
  const cJSON *path, *operation;
  int n_routes = 0, n_operations = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const LkRoute *route = tables[i]; route->method != NULL; route++, n_routes++)
      find_operation (route);
  cJSON_ArrayForEach (path, lk_json_object (document, "paths"))
    cJSON_ArrayForEach (operation, path)
      n_operations++;
  g_assert_cmpint (n_operations, ==, n_routes);
}

static guint
roles_of (const cJSON *operation)
{
  g_auto (GStrv) words = lk_json_strv (operation, "x-roles");
  guint roles = 0;

  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    {
      LkRole role;

      g_assert_true (lk_role_from_word (words[i], &role));
      roles |= role;
    }
  return roles;
}

static gboolean
has_reference (const cJSON *operation, const char *reference)
{
  const cJSON *parameter;

  cJSON_ArrayForEach (parameter, lk_json_array (operation, "parameters"))
    if (g_strcmp0 (lk_json_string (parameter, "$ref"), reference) == 0)
      return TRUE;
  return FALSE;
}

static void
test_rights (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const LkRoute *route = tables[i]; route->method != NULL; route++)
      {
        g_test_message ("%s %s", route->method, route->path);
        g_assert_cmphex (roles_of (find_operation (route)), ==, route->roles);
      }
}

static void
test_keys_and_bodies (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const LkRoute *route = tables[i]; route->method != NULL; route++)
      {
        const cJSON *operation = find_operation (route);
        const cJSON *content = lk_json_object (lk_json_object (operation, "requestBody"), "content");
        gboolean is_post = g_str_equal (route->method, "POST");

        g_test_message ("%s %s", route->method, route->path);
        g_assert_true (has_reference (operation, "#/components/parameters/Key") == (is_post && route->key == LK_KEY_NEEDED));
        g_assert_true (has_reference (operation, "#/components/parameters/OptionalKey") == (is_post && route->key == LK_KEY_WELCOME));
        g_assert_true ((lk_json_object (content, "image/*") != NULL) == (route->body != LK_BODY_SMALL));
      }
}

/* Every word that travels is in the list, and has a sentence of its own. */
static void
test_codes (void)
{
  const cJSON *schema = lk_json_object (lk_json_object (lk_json_object (document, "components"), "schemas"), "Code");
  g_auto (GStrv) words = lk_json_strv (schema, "enum");
  const char *failed = lk_problem_get_title (LK_ERROR_FAILED, LK_LANGUAGE_EN);
  guint n_words = 1;            /* "failed" */

  for (int code = LK_ERROR_FAILED; code <= LK_ERROR_WRONG_PASSPHRASE; code++)
    {
      const char *word = lk_error_to_word ((LkError) code);

      if (word == NULL)
        continue;
      n_words++;
      g_test_message ("%s", word);
      g_assert_true (g_strv_contains ((const char *const *) words, word));
      if (code != LK_ERROR_REFUSED)     /* for words that a client does not know */
        g_assert_cmpstr (lk_problem_get_title ((LkError) code, LK_LANGUAGE_EN), !=, failed);
    }
  g_assert_cmpuint (g_strv_length (words), ==, n_words);
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  path = g_test_build_filename (G_TEST_DIST, "..", "..", "docs", "openapi.json", NULL);
  document = lk_json_load (path, LK_ERROR_BAD_SPEC, &error);
  g_assert_no_error (error);
  g_test_add_func ("/service/openapi/all-there", test_all_there);
  g_test_add_func ("/service/openapi/rights", test_rights);
  g_test_add_func ("/service/openapi/keys-and-bodies", test_keys_and_bodies);
  g_test_add_func ("/service/openapi/codes", test_codes);
  result = g_test_run ();
  cJSON_Delete (document);
  return result;
}
