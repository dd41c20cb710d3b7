/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/options.h"

#include <string.h>

#include <glib/gi18n.h>

/* Students of a large college with several campuses. */
enum { CAMPUS_SIZE = 50000 };

void
lk_tool_options_clear (LkToolOptions *self)
{
  g_strfreev (self->files);
  g_free (self->colour);
  g_free (self->annotate);
  g_free (self->id_photo);
  g_free (self->spec);
  g_free (self->models);
  g_free (self->model_list);
  g_free (self->labels);
  g_free (self->html);
  g_free (self->out);
  g_free (self->size);
}

static gboolean
takes (const LkVerb *verb, const char *name)
{
  g_auto (GStrv) names = g_strsplit (verb->options, " ", -1);

  return g_strv_contains ((const char *const *) names, name);
}

static gboolean
refuse (GError **error, const char *text)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, text);
  return FALSE;
}

static gboolean
check_values (LkToolOptions *self, const LkVerb *verb, GError **error)
{
  static const char *const whens[] = { "always", "never", "auto", NULL };
  guint n;

  if (self->files == NULL)
    self->files = g_new0 (char *, 1);
  n = g_strv_length (self->files);
  if (n < verb->least || n > verb->most)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("After the word %s comes %s; --help shows examples."), verb->name, _(verb->arguments));
      return FALSE;
    }
  if (self->jobs < 0)
    return refuse (error, _("The number of jobs must be at least 1."));
  if (self->attempt < 1)
    return refuse (error, _("The number of the try must be at least 1."));
  if (self->campus_size < 2)
    return refuse (error, _("A campus has at least 2 students."));
  if (self->colour != NULL && !g_strv_contains (whens, self->colour))
    return refuse (error, _("--color takes always, never or auto."));
  return TRUE;
}

gboolean
lk_tool_options_parse (LkToolOptions *self, const LkVerb *verb, int argc, char **argv, GError **error)
{
  const GOptionEntry all[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_("Print one JSON object a file"), NULL },
    { "all", 'a', 0, G_OPTION_ARG_NONE, &self->all, N_("Show the checks that pass, too"), NULL },
    { "color", 0, 0, G_OPTION_ARG_STRING, &self->colour, N_("Use colour: always, never or auto"), "WHEN" },
    { "annotate", 0, 0, G_OPTION_ARG_FILENAME, &self->annotate, N_("Draw what was found on copies of the photos in this folder"), N_("DIR") },
    { "id-photo", 0, 0, G_OPTION_ARG_FILENAME, &self->id_photo, N_("Compare with this ID photo"), N_("FILE") },
    { "labels", 0, 0, G_OPTION_ARG_FILENAME, &self->labels, N_("Table (CSV) of what is wrong with which photo"), N_("FILE") },
    { "html", 0, 0, G_OPTION_ARG_FILENAME, &self->html, N_("Write a report with plots, one HTML file"), N_("FILE") },
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &self->out, N_("Write the photo to this file"), N_("FILE") },
    { "size", 0, 0, G_OPTION_ARG_STRING, &self->size, N_("Size of the finished photo, for example 480x640"), "WxH" },
    { "attempt", 0, 0, G_OPTION_ARG_INT, &self->attempt, N_("Which try: 1 is the first, each cuts out differently"), "N" },
    { "jobs", 'j', 0, G_OPTION_ARG_INT, &self->jobs, N_("How many photos at a time; one for each processor when not given"), "N" },
    { "spec", 0, 0, G_OPTION_ARG_FILENAME, &self->spec, N_("Photo standard to check against"), N_("FILE") },
    { "models", 0, 0, G_OPTION_ARG_FILENAME, &self->models, N_("Folder of the models"), N_("DIR") },
    { "model-list", 0, 0, G_OPTION_ARG_FILENAME, &self->model_list, N_("List of models and their limits, a models.json"), N_("FILE") },
    { "campus-size", 0, 0, G_OPTION_ARG_INT, &self->campus_size, N_("Students of the college, for the proposed search limit (50000)"), "N" },
  };
  GOptionEntry chosen[G_N_ELEMENTS (all) + 2] = { 0 };
  guint n = 0;
  g_autofree char *program = g_strconcat ("likeness-check ", verb->name, NULL);
  g_autoptr (GOptionContext) context = g_option_context_new (_(verb->arguments));
  g_autofree char *examples = g_strdup_printf ("%s\n%s", _("Examples:"), verb->examples);

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (takes (verb, all[i].long_name))
      chosen[n++] = all[i];
  chosen[n] = (GOptionEntry) { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->files, NULL, NULL };
  self->attempt = 1;
  self->campus_size = CAMPUS_SIZE;
  g_set_prgname (program);
  g_option_context_set_summary (context, _(verb->summary));
  g_option_context_set_description (context, examples);
  g_option_context_add_main_entries (context, chosen, GETTEXT_PACKAGE);
  return g_option_context_parse (context, &argc, &argv, error) && check_values (self, verb, error);
}
