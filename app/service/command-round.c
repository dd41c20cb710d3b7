/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/commands.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/deadline.h"
#include "core/error.h"
#include "service/campus-db-student.h"

static const char *
kind_text (LkRoundKind kind)
{
  return kind == LK_ROUND_MAKEUP ? _("make-up round") : _("regular round");
}

static LkRound *
find_round (GPtrArray *rounds, const char *word)
{
  for (guint i = 0; i < rounds->len; i++)
    {
      LkRound *round = rounds->pdata[i];

      if (strcmp (round->name, word) == 0 || strcmp (round->id, word) == 0)
        return round;
    }
  return NULL;
}

/* -- round add -- */

static int
add (LkService *service, LkRound *round)
{
  LkCampusDb *db = service->db;
  g_autoptr (GError) error = NULL;

  if (db->students->add_round (db, round, NULL, &error))
    {
      g_print (ngettext ("The round “%s” is added, with %u window.\n", "The round “%s” is added, with %u windows.\n",
                         round->windows->len),
               round->name, round->windows->len);
      return LK_EXIT_DONE;
    }
  if (g_error_matches (error, LK_ERROR, LK_ERROR_STATE))
    g_printerr (_("There is a round named “%s” already.\n"), round->name);
  else
    lk_command_complain (error, service->folder);
  return LK_EXIT_FAILED;
}

static int
command_add (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (LkRound) round = NULL;
  g_autoptr (LkService) service = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("Folder of the campus"), "DIR" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!lk_command_parse (argc, argv, "add FILE.json", entries, 1, &words) || !lk_command_need (folder, "--data"))
    return LK_EXIT_USAGE;
  round = lk_round_load (words[0], &error);
  if (round == NULL)
    {
      g_printerr (_("The round cannot be read: %s.\n"), error->message);
      return LK_EXIT_FAILED;
    }
  service = lk_command_open (folder, FALSE);
  return service != NULL ? add (service, round) : LK_EXIT_FAILED;
}

/* -- round list -- */

static void
print_window (const LkRoundWindow *window)
{
  g_autofree char *from = lk_deadline_to_text (window->from, "%Y-%m-%d %H:%M");
  g_autofree char *day = lk_deadline_to_text (window->from, "%Y-%m-%d");
  g_autofree char *end_day = lk_deadline_to_text (window->to, "%Y-%m-%d");
  g_autofree char *to = strcmp (day, end_day) == 0 ? lk_deadline_to_text (window->to, "%H:%M") : g_strdup ("24:00");

  g_print ("    %s–%s  %s\n", from, to, strcmp (window->site, LK_ROUND_ANY_SITE) == 0 ? _("all other sites") : window->site);
}

static void
print_round (const LkRound *round)
{
  g_autofree char *closed = round->closed_at != 0 ? lk_deadline_to_text (round->closed_at, "%Y-%m-%d %H:%M") : NULL;
  g_autofree char *price = g_strdup_printf ("%d.%02d", round->price_cents / 100, round->price_cents % 100);

  g_print ("%s  %s\n", round->name, round->id);
  if (closed != NULL)
    /* Translators: the first %s is “regular round” or “make-up round”, the second a time */
    g_print (_("    %s, closed %s\n"), kind_text (round->kind), closed);
  else
    g_print (_("    %s, not closed\n"), kind_text (round->kind));
  /* Translators: %d is how many free checks a student has, %s what a student pays, in yuan */
  g_print (_("    %d tries, price %s yuan\n"), round->tries_allowed, price);
  for (guint i = 0; i < round->windows->len; i++)
    print_window (round->windows->pdata[i]);
}

static int
command_list (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr (LkService) service = NULL;
  g_autoptr (GPtrArray) rounds = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("Folder of the campus"), "DIR" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!lk_command_parse (argc, argv, "list", entries, 0, NULL) || !lk_command_need (folder, "--data"))
    return LK_EXIT_USAGE;
  service = lk_command_open (folder, FALSE);
  if (service == NULL)
    return LK_EXIT_FAILED;
  rounds = service->db->students->list_rounds (service->db, &error);
  if (rounds == NULL)
    {
      lk_command_complain (error, folder);
      return LK_EXIT_FAILED;
    }
  if (rounds->len == 0)
    g_print (_("There is no round yet. “likenessd round add” makes one.\n"));
  for (guint i = 0; i < rounds->len; i++)
    print_round (rounds->pdata[i]);
  return LK_EXIT_DONE;
}

/* -- round close -- */

typedef struct
{
  gboolean preview, even_open;
} CloseWords;

static void
print_closing (const LkRoundClosing *closing)
{
  g_print (_("Students with an approved photo: %d\n"), closing->done);
  g_print (_("Students without one, who have missed the round: %d\n"), closing->missed);
  g_print (_("Photos that expire: %d, of which %d are not decided yet and %d may still be sent again\n"), closing->expired,
           closing->undecided, closing->rights);
}

/* Only counts first: photos that students still wait for do not expire by a slip. */
static int
close_round (LkService *service, const LkRound *round, const CloseWords *words)
{
  LkCampusDb *db = service->db;
  LkRoundClosing closing;
  g_autoptr (GError) error = NULL;
  gboolean open;

  if (!db->students->close_round (db, round->id, TRUE, NULL, &closing, &error))
    {
      if (g_error_matches (error, LK_ERROR, LK_ERROR_STATE))
        g_printerr (_("The round “%s” is closed already.\n"), round->name);
      else
        lk_command_complain (error, service->folder);
      return LK_EXIT_FAILED;
    }
  open = closing.undecided > 0 || closing.rights > 0;
  print_closing (&closing);
  if (words->preview)
    return LK_EXIT_DONE;
  if (open && !words->even_open)
    {
      g_printerr (_("The round “%s” is not closed: students still wait for a decision or may send again. --even-open closes it "
                    "nevertheless.\n"), round->name);
      return LK_EXIT_FAILED;
    }
  if (!db->students->close_round (db, round->id, FALSE, NULL, &closing, &error))
    {
      lk_command_complain (error, service->folder);
      return LK_EXIT_FAILED;
    }
  g_print (_("The round “%s” is closed.\n"), round->name);
  return LK_EXIT_DONE;
}

static int
command_close (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_auto (GStrv) words = NULL;
  CloseWords close_words = { FALSE, FALSE };
  g_autoptr (LkService) service = NULL;
  g_autoptr (GPtrArray) rounds = NULL;
  g_autoptr (GError) error = NULL;
  const LkRound *round;
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("Folder of the campus"), "DIR" },
    { "preview", 0, 0, G_OPTION_ARG_NONE, &close_words.preview, N_("Only say what closing would do"), NULL },
    { "even-open", 0, 0, G_OPTION_ARG_NONE, &close_words.even_open, N_("Also when photos are not decided or may be sent again"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!lk_command_parse (argc, argv, "close NAME", entries, 1, &words) || !lk_command_need (folder, "--data"))
    return LK_EXIT_USAGE;
  service = lk_command_open (folder, FALSE);
  if (service == NULL)
    return LK_EXIT_FAILED;
  rounds = service->db->students->list_rounds (service->db, &error);
  if (rounds == NULL)
    {
      lk_command_complain (error, folder);
      return LK_EXIT_FAILED;
    }
  round = find_round (rounds, words[0]);
  if (round != NULL)
    return close_round (service, round, &close_words);
  g_printerr (_("There is no round named “%s”. “likenessd round list” names them all.\n"), words[0]);
  return LK_EXIT_FAILED;
}

int
lk_command_round (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    int (*run) (int argc, char **argv);
  } verbs[] = { { "add", command_add }, { "list", command_list }, { "close", command_close } };

  for (gsize i = 0; argc >= 2 && i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].name, argv[1]) == 0)
      return verbs[i].run (argc - 1, argv + 1);
  if (argc >= 2 && argv[1][0] != '-')
    g_printerr (_("“round %s” is not known; “round add”, “round list” and “round close” are.\n"), argv[1]);
  else
    g_print (_("Usage:\n"
               "  likenessd round add FILE.json --data DIR\n"
               "  likenessd round list --data DIR\n"
               "  likenessd round close NAME [--preview] [--even-open] --data DIR\n"));
  return argc >= 2 && strcmp (argv[1], "--help") == 0 ? LK_EXIT_DONE : LK_EXIT_USAGE;
}
