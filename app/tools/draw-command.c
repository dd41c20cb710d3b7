/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-command.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>

#include "tools/draw-output.h"
#include "tools/portrait/fault.h"

typedef struct
{
  gint64 seed;
  char **faults, **settings;
  char *size, *truth, *mask;
  double strength;
  int count, students;
  gboolean with_faults, id_cards, other;
} Options;

static gboolean
fail (GError **error, const char *text)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, text);
  return FALSE;
}

static gboolean
apply_size (LkPortraitParams *params, const char *size, GError **error)
{
  int width, height;

  if (size == NULL)
    return TRUE;
  if (sscanf (size, "%dx%d", &width, &height) != 2 || width < 64 || height < 64 || width > 8000 || height > 8000)
    return fail (error, _("The size is written as WIDTHxHEIGHT, for example 480x640."));
  lk_portrait_params_set_size (params, width, height);
  return TRUE;
}

static gboolean
apply_settings (LkPortraitParams *params, char **settings, GError **error)
{
  for (int i = 0; settings != NULL && settings[i] != NULL; i++)
    {
      const char *equals = strchr (settings[i], '=');
      g_autofree char *name = equals != NULL ? g_strndup (settings[i], (gsize) (equals - settings[i])) : NULL;

      if (name == NULL)
        return fail (error, _("A parameter is written as NAME=VALUE."));
      if (!lk_portrait_params_set (params, name, g_ascii_strtod (equals + 1, NULL), error))
        return FALSE;
    }
  return TRUE;
}

static LkPortraitParams *
make_params (const Options *options, GError **error)
{
  g_autoptr (LkPortraitParams) params = lk_portrait_params_random ((guint64) options->seed);

  for (int i = 0; options->faults != NULL && options->faults[i] != NULL; i++)
    if (!lk_portrait_add_fault (params, options->faults[i], options->strength, error))
      return NULL;
  if (!apply_size (params, options->size, error) || !apply_settings (params, options->settings, error))
    return NULL;
  return g_steal_pointer (&params);
}

static gboolean
run_one (const char *path, const Options *options, GError **error)
{
  g_autoptr (LkPortraitParams) params = make_params (options, error);

  return params != NULL && lk_draw_picture (params, path, options->truth, options->mask, error);
}

static gboolean
run_id (const char *path, const Options *options, GError **error)
{
  g_autoptr (LkPortraitParams) params = make_params (options, error);
  g_autoptr (LkPortraitParams) card = NULL;

  if (params == NULL)
    return FALSE;
  card = lk_portrait_id_card (params, !options->other);
  return lk_draw_picture (card, path, options->truth, options->mask, error);
}

static gboolean
run_set (const char *path, const Options *options, GError **error)
{
  return lk_draw_set (path, options->count, (guint64) options->seed, options->with_faults, error);
}

static gboolean
run_sheet (const char *path, const Options *options, GError **error)
{
  return lk_draw_sheet (path, options->count, (guint64) options->seed, options->with_faults, options->id_cards, error);
}

static gboolean
run_demo (const char *path, const Options *options, GError **error)
{
  return lk_draw_demo (path, options->students, (guint64) options->seed, error);
}

static const struct
{
  const char *name;
  gboolean (*run) (const char *path, const Options *options, GError **error);
} commands[] = {
  { "one", run_one }, { "id", run_id }, { "set", run_set }, { "sheet", run_sheet }, { "demo", run_demo },
};

static char *
describe (void)
{
  g_autofree char *ids = g_strjoinv (" ", (char **) lk_portrait_fault_ids ());
  g_autofree char *parameters = lk_portrait_params_describe ();

  return g_strdup_printf ("%s\n"
                          "  likeness-draw one OUT.jpg --seed 7 --fault E1_eyes --truth OUT.json\n"
                          "  likeness-draw one OUT.jpg --size 960x1280 --param roll=5 --param background=2\n"
                          "  likeness-draw id OUT.jpg --seed 7\n"
                          "  likeness-draw set DIR --count 60 --seed 1 --faults\n"
                          "  likeness-draw sheet OUT.png --count 30\n"
                          "  likeness-draw demo DIR --students 40\n\n"
                          "%s\n  %s\n\n%s\n%s",
                          _("Examples:"), _("Faults, by the check that should find them:"), ids, _("Parameters and their ranges:"), parameters);
}

static gboolean
parse (int *argc, char ***argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "seed", 's', 0, G_OPTION_ARG_INT64, &options->seed, N_("Number of the person; the same number gives the same picture"), "N" },
    { "fault", 'f', 0, G_OPTION_ARG_STRING_ARRAY, &options->faults, N_("Add a fault; may be given several times"), "ID" },
    { "strength", 0, 0, G_OPTION_ARG_DOUBLE, &options->strength, N_("How bad the faults are; 1 is plainly wrong"), "X" },
    { "param", 'p', 0, G_OPTION_ARG_STRING_ARRAY, &options->settings, N_("Set one parameter"), "NAME=VALUE" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &options->size, N_("Size in pixels"), "WxH" },
    { "truth", 't', 0, G_OPTION_ARG_FILENAME, &options->truth, N_("Write what is on the picture as JSON"), "FILE" },
    { "mask", 'm', 0, G_OPTION_ARG_FILENAME, &options->mask, N_("Write the outline of the person as a grey PNG"), "FILE" },
    { "count", 'n', 0, G_OPTION_ARG_INT, &options->count, N_("How many portraits"), "N" },
    { "students", 0, 0, G_OPTION_ARG_INT, &options->students, N_("How many students"), "N" },
    { "faults", 0, 0, G_OPTION_ARG_NONE, &options->with_faults, N_("Mix in portraits with faults"), NULL },
    { "id-cards", 0, 0, G_OPTION_ARG_NONE, &options->id_cards, N_("Show the ID photo beside each portrait"), NULL },
    { "other", 0, 0, G_OPTION_ARG_NONE, &options->other, N_("Draw the ID photo of somebody else"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("one|id|set|sheet|demo OUT");
  g_autofree char *description = describe ();

  g_option_context_set_summary (context, _("Draws made-up portraits together with the exact truth about them."));
  g_option_context_set_description (context, description);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return g_option_context_parse (context, argc, argv, error);
}

static gboolean
run (int argc, char **argv, const Options *options, GError **error)
{
  if (argc != 3)
    return fail (error, _("Say what to draw and where to put it; --help shows examples."));
  if (options->count < 1 || options->students < 1 || options->count > 100000 || options->students > 9999)
    return fail (error, _("The number of portraits must be at least 1."));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (argv[1], commands[i].name) == 0)
      return commands[i].run (argv[2], options, error);
  return fail (error, _("The first word must be one, id, set, sheet or demo."));
}

static void
clear_options (Options *options)
{
  g_strfreev (options->faults);
  g_strfreev (options->settings);
  g_free (options->size);
  g_free (options->truth);
  g_free (options->mask);
}

gboolean
lk_draw_command (int argc, char **argv, const char *program)
{
  Options options = { .seed = 1, .strength = 1, .count = 30, .students = 40 };
  g_autoptr (GError) error = NULL;
  gboolean done;

  g_set_prgname (program);
  done = parse (&argc, &argv, &options, &error) && run (argc, argv, &options, &error);
  if (!done)
    g_printerr ("%s: %s\n", program, error->message);
  clear_options (&options);
  return done;
}
