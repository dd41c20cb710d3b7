/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/college-private.h"

#include <string.h>

#include "core/error.h"
#include "service/fetch.h"

/* CAS protocol 3.0: a ticket in the browser's hand, which is asked about at /p3/serviceValidate. */

static char *
service_of (const LkCollegeLogin *login)
{
  return lk_fetch_with_query (login->back, lk_fetch_form ("state", login->state, NULL));
}

static char *
address (LkSettings *settings, const char *path, char *form)
{
  g_autofree char *base = g_strdup (lk_settings_text (settings, LK_COLLEGE_GROUP, "cas_url"));
  g_autofree char *url = NULL;

  while (g_str_has_suffix (base, "/"))
    base[strlen (base) - 1] = '\0';
  url = g_strconcat (base, path, NULL);
  return lk_fetch_with_query (url, form);
}

char *
lk_cas_begin (LkSettings *settings, const LkCollegeLogin *login)
{
  g_autofree char *service = service_of (login);

  return address (settings, "/login", lk_fetch_form ("service", service, NULL));
}

char *
lk_cas_finish (LkSettings *settings, const LkCollegeLogin *login, const char *ticket, GError **error)
{
  g_autofree char *service = service_of (login);
  g_autofree char *url = address (settings, "/p3/serviceValidate", lk_fetch_form ("service", service, "ticket", ticket, NULL));
  g_autofree char *xml = lk_fetch (&(LkFetch) { .url = url }, error);

  return xml != NULL ? lk_cas_read (xml, lk_settings_text (settings, LK_COLLEGE_GROUP, "attribute"), error) : NULL;
}

/* -- the answer: a plain parser, which knows neither entities of its own nor other documents -- */

typedef struct
{
  const char *attribute;        /* NULL: the user */
  guint depth, success_depth;   /* success_depth 0: not inside of it */
  GString *text;                /* of the element being read; NULL */
  char *found;
  guint n_found;
} Reading;

/* Prefixes are the server's choice. */
static const char *
local_name (const char *name)
{
  const char *colon = strchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

static void
on_start (GMarkupParseContext *context, const char *name, const char **names, const char **values, gpointer data, GError **error)
{
  Reading *reading = data;
  const char *wanted = reading->attribute != NULL ? reading->attribute : "user";
  guint depth = reading->attribute != NULL ? 2 : 1;     /* below authenticationSuccess: attributes/NAME, or user */

  reading->depth++;
  name = local_name (name);
  if (reading->depth == 2 && strcmp (name, "authenticationSuccess") == 0)
    reading->success_depth = reading->depth;
  else if (reading->success_depth != 0 && reading->depth == reading->success_depth + depth && strcmp (name, wanted) == 0 &&
           reading->text == NULL)
    reading->text = g_string_new (NULL);
}

static void
on_text (GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  Reading *reading = data;

  if (reading->text != NULL)
    g_string_append_len (reading->text, text, (gssize) length);
}

static void
on_end (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  Reading *reading = data;

  if (reading->text != NULL)
    {
      g_free (reading->found);
      reading->found = g_strstrip (g_string_free (g_steal_pointer (&reading->text), FALSE));
      reading->n_found++;
    }
  if (reading->depth == reading->success_depth)
    reading->success_depth = 0;
  reading->depth--;
}

char *
lk_cas_read (const char *xml, const char *attribute, GError **error)
{
  static const GMarkupParser parser = { on_start, on_end, on_text, NULL, NULL };
  Reading reading = { .attribute = attribute };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &reading, NULL);
  gboolean whole = g_markup_parse_context_parse (context, xml, -1, NULL) && g_markup_parse_context_end_parse (context, NULL);
  g_autofree char *found = g_steal_pointer (&reading.found);

  if (reading.text != NULL)
    g_string_free (reading.text, TRUE);
  /* an attribute with several values says who somebody is as little as one with none */
  if (whole && reading.n_found == 1 && *found != '\0')
    return g_steal_pointer (&found);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_COLLEGE_REFUSED, "CAS: the ticket was not accepted, or the attribute is missing");
  return NULL;
}
