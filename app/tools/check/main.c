/* SPDX-License-Identifier: GPL-3.0-or-later */
/* likeness-check: the automatic checks of photo files, on the command line. */
#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>

#include "core/data.h"
#include "tools/check/table.h"
#include "tools/check/verbs.h"
#include "tools/draw-command.h"

static const LkVerb verbs[] = {
  { "check", N_("FILE|DIR…"), N_("Runs the automatic checks on photos."),
    "json all color annotate id-photo spec models model-list jobs",
    "  likeness-check check photo.jpg\n"
    "  likeness-check check --json PHOTOS/ >results.jsonl\n"
    "  likeness-check check --annotate OUT/ PHOTOS/\n"
    "  likeness-check check --id-photo card.jpg photo.jpg",
    1, G_MAXUINT, lk_verb_check },
  { "compare", N_("A B"), N_("Says how much the faces on two photos are alike."),
    "json spec models model-list",
    "  likeness-check compare photo.jpg card.jpg",
    2, 2, lk_verb_compare },
  { "calibrate", N_("DIR"), N_("Measures how well the limits fit a college's own photos."),
    "labels html spec models model-list jobs color campus-size",
    "  likeness-check calibrate PHOTOS/\n"
    "  likeness-check calibrate PHOTOS/ --labels labels.csv --html report.html",
    1, 1, lk_verb_calibrate },
  { "duplicates", N_("DIR…"), N_("Finds one picture or one face under several names."),
    "json color spec models model-list jobs",
    "  likeness-check duplicates PHOTOS/\n"
    "  likeness-check duplicates --json THIS-YEAR/ LAST-YEAR/",
    1, G_MAXUINT, lk_verb_duplicates },
  { "crop", N_("ORIGINAL"), N_("Proposes a crop of an uncropped photo and writes the finished one."),
    "out size json spec models model-list",
    "  likeness-check crop original.jpg --out photo.jpg",
    1, 1, lk_verb_crop },
  { "blue", N_("PHOTO"), N_("Replaces the background by the blue of the standard."),
    "out attempt json color spec models model-list",
    "  likeness-check blue photo.jpg --out blue.jpg",
    1, 1, lk_verb_blue },
  { "spec", N_("FILE"), N_("Says whether a photo standard or a list of models can be used."),
    "",
    "  likeness-check spec photo-spec.json\n"
    "  likeness-check spec models.json",
    1, 1, lk_verb_spec },
  { "draw", N_("one|id|set|sheet|demo OUT"), N_("Draws made-up portraits, as likeness-draw does."),
    NULL,
    "  likeness-check draw set PORTRAITS/ --count 60 --faults",
    0, 0, NULL },
};

static void
print_help (void)
{
  g_autoptr (LkTable) table = lk_table_new ("lll", 2);
  g_autofree char *lines = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    lk_table_add_row (table, LK_COLOUR_PLAIN, (const char *[]) { verbs[i].name, _(verbs[i].arguments), _(verbs[i].summary) });
  lines = lk_table_to_text (table, FALSE);
  g_print ("%s\n  likeness-check %s\n\n%s\n%s\n%s\n", _("Usage:"), _("VERB [OPTION…] FILE…"), _("Verbs:"), lines, _("Examples:"));
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_print ("%s\n", verbs[i].examples);
  g_print ("\n%s\n%s\n", _("likeness-check VERB --help shows the options of a verb."),
           _("Exit status: 0 all photos pass or only warn, 1 a photo failed, 2 wrong use, 3 something could not be read."));
}

static const LkVerb *
find_verb (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].name, name) == 0)
      return &verbs[i];
  return NULL;
}

static int
run_verb (const LkVerb *verb, int argc, char **argv)
{
  g_auto (LkToolOptions) options = { 0 };
  g_autoptr (GError) error = NULL;

  if (verb->options == NULL)
    return lk_draw_command (argc, argv, "likeness-check draw") ? LK_EXIT_GOOD : LK_EXIT_USAGE;
  if (lk_tool_options_parse (&options, verb, argc, argv, &error))
    return verb->run (&options);
  g_printerr ("likeness-check: %s\n", error->message);
  return LK_EXIT_USAGE;
}

int
main (int argc, char **argv)
{
  const LkVerb *verb;

  lk_locale_init ();
  if (argc < 2 || strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0 || strcmp (argv[1], "help") == 0)
    {
      print_help ();
      return argc < 2 ? LK_EXIT_USAGE : LK_EXIT_GOOD;
    }
  if (strcmp (argv[1], "--version") == 0)
    {
      g_print ("likeness-check %s\n", LK_VERSION);
      return LK_EXIT_GOOD;
    }
  verb = find_verb (argv[1]);
  if (verb == NULL)
    {
      g_printerr ("likeness-check: ");
      g_printerr (_("There is no verb “%s”; --help shows what there is."), argv[1]);
      g_printerr ("\n");
      return LK_EXIT_USAGE;
    }
  return run_verb (verb, argc - 1, argv + 1);
}
