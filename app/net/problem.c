/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/problem.h"

#include "core/error.h"

static cJSON *
parse_body (const LkHttpResponse *response)
{
  gsize size;
  const char *text = g_bytes_get_data (response->body, &size);

  return size > 0 ? lk_json_parse (text, (gssize) size, LK_ERROR_OFFLINE, NULL) : NULL;
}

static LkError
code_for (const LkHttpResponse *response, const char *word)
{
  if (word != NULL && lk_error_from_word (word) == LK_ERROR_COLLEGE_AWAY)
    return LK_ERROR_COLLEGE_AWAY; /* the service is there, and says so */
  if (response->status >= 500 || response->status < 400 || word == NULL)
    return LK_ERROR_OFFLINE;
  if (response->status == 429 && lk_error_from_word (word) != LK_ERROR_TOO_MANY_TRIES)
    return LK_ERROR_OFFLINE;
  return lk_error_from_word (word);
}

gboolean
lk_problem_check (const LkHttpResponse *response, GError **error)
{
  g_autoptr (cJSON) problem = NULL;
  const char *word = NULL;
  const char *title = NULL;

  if (response->status >= 200 && response->status < 300)
    return TRUE;
  if (g_str_has_prefix (response->content_type, "application/problem+json"))
    problem = parse_body (response);
  if (cJSON_IsObject (problem))
    {
      word = lk_json_string (problem, "code");
      title = lk_json_string (problem, "title");
    }
  g_set_error (error, LK_ERROR, code_for (response, word), "status %u: %s", response->status,
               title != NULL ? title : "not an answer of a campus service");
  return FALSE;
}

cJSON *
lk_problem_parse_answer (const LkHttpResponse *response, GError **error)
{
  g_autoptr (cJSON) json = parse_body (response);

  if (cJSON_IsObject (json))
    return g_steal_pointer (&json);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_OFFLINE, "the answer is not of a campus service");
  return NULL;
}
