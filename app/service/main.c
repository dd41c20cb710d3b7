/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>

#include "core/data.h"
#include "service/commands.h"

static const struct
{
  const char *name;
  int (*run) (int argc, char **argv);
} commands[] = {
  { "init", lk_command_init },
  { "account", lk_command_account },
  { "import", lk_command_import },
  { "serve", lk_command_serve },
  { "check-config", lk_command_check_config },
  { "backup", lk_command_backup },
  { "restore", lk_command_restore },
  { "status", lk_command_status },
  { "audit", lk_command_audit },
  { "known", lk_command_known },
  { "round", lk_command_round },
  { "calendar", lk_command_calendar },
  { "tries", lk_command_tries },
  { "codes", lk_command_codes },
};

static void
print_help (void)
{
  g_print ("%s", _("likenessd: the campus service of Likeness\n"
                   "\n"
                   "  likenessd init --data DIR\n"
                   "      Make a campus in a folder.\n"
                   "  likenessd account add USER --role ROLE [--name NAME] [--site SITE] [--class CLASS] --data DIR\n"
                   "      Make an account; the password is asked for or read from standard input.\n"
                   "  likenessd account list|change|disable|enable|reset-password|totp|relative [USER] --data DIR\n"
                   "      See and change accounts, their second factor, and on whose photos they do not decide.\n"
                   "  likenessd import --roster FILE.csv [--photos DIR] --data DIR\n"
                   "      Put students and their photos into the review queue.\n"
                   "  likenessd serve --data DIR [--config FILE] [--listen ADDRESS] [--port N] [--port-file FILE]\n"
                   "      Serve the campus to the workstations.\n"
                   "  likenessd check-config --data DIR [--config FILE]\n"
                   "      Say what is wrong in likenessd.conf, and what is in force.\n"
                   "  likenessd backup DIR --data DIR [--with-keys] [--copy]\n"
                   "      Make a backup of the campus, which may be served meanwhile.\n"
                   "  likenessd restore DIR --data DIR\n"
                   "      Make a campus out of a backup.\n"
                   "  likenessd status --data DIR\n"
                   "      Say how many wait and how many are decided.\n"
                   "  likenessd round add FILE.json | list | close NAME --data DIR\n"
                   "      Rounds and the times in which each site may send photos.\n"
                   "  likenessd calendar import FILE.json --data DIR\n"
                   "      Take over holidays and working weekends.\n"
                   "  likenessd tries give STUDENT N --reason TEXT --data DIR\n"
                   "      Give a student further tries in this round.\n"
                   "  likenessd known keep STUDENT --name NAME --number NUMBER --data DIR\n"
                   "      Show a photo on which two people agreed to reviewers again, as a test.\n"
                   "  likenessd codes key add [--suite A|G] --data DIR\n"
                   "      Make a key for collection codes of the college's own.\n"
                   "  likenessd codes issue --roster FILE.csv --out DIR [--suite A|G] --data DIR\n"
                   "      Make a collection code for each student.\n"
                   "  likenessd codes read FILE --data DIR\n"
                   "      Tell what the collection code in a picture says.\n"
                   "  likenessd audit verify [--head HASH] --data DIR\n"
                   "      Prove that no line of the audit trail was changed, and with a hash kept from earlier that none was cut off.\n"
                   "\n"
                   "Photos are named by student number: 2021210007.jpg, the ID-card photo beside it\n"
                   "2021210007.id.jpg, the diploma photo 2021210007.diploma.jpg.\n"
                   "\n"
                   "Examples:\n"
                   "  likenessd init --data campus\n"
                   "  likenessd account add lin --role reviewer --name 林老师 --data campus\n"
                   "  likenessd import --roster students.csv --photos photos --data campus\n"
                   "  likenessd serve --data campus --port 8640\n"
                   "\n"
                   "“likenessd COMMAND --help” tells more of a command.\n"));
}

int
main (int argc, char **argv)
{
  umask (077);                  /* faces and passwords are for the owner of the campus alone */
  lk_locale_init ();
  if (argc >= 2 && strcmp (argv[1], "--version") == 0)
    {
      g_print ("likenessd %s\n", LK_VERSION);
      return LK_EXIT_DONE;
    }
  if (argc >= 2 && (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0))
    {
      print_help ();
      return LK_EXIT_DONE;
    }
  for (gsize i = 0; argc >= 2 && i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, argv[1]) == 0)
      return commands[i].run (argc - 1, argv + 1);
  if (argc >= 2)
    g_printerr (_("“%s” is not a command of likenessd. “likenessd --help” names them all.\n"), argv[1]);
  else
    print_help ();
  return LK_EXIT_USAGE;
}
