/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/commands.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/error.h"
#include "core/mask.h"
#include "service/code-day.h"
#include "service/code-issue.h"
#include "service/code.h"

/* A suite by its letter; says so when there is none. NULL gives the fallback. */
static gboolean
take_suite (const char *letter, const LkCodeSuite *fallback, const LkCodeSuite **suite)
{
  *suite = fallback;
  if (letter == NULL)
    return TRUE;
  *suite = strlen (letter) == 1 ? lk_code_suite_find (letter[0]) : NULL;
  if (*suite == NULL)
    g_printerr (_("“%s” is no suite of codes; A and G are.\n"), letter);
  return *suite != NULL;
}

/* -- codes key add -- */

static int
add_key (const char *folder, const LkCodeSuite *suite)
{
  g_autoptr (LkService) service = lk_command_open (folder, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (LkCodeKey) key = service != NULL ? lk_code_key_make (suite, &error) : NULL;
  g_autofree char *name = NULL;

  if (service == NULL)
    return LK_EXIT_FAILED;
  if (key == NULL || !lk_code_key_save (key, folder, &error))
    {
      lk_command_complain (error, folder);
      return LK_EXIT_FAILED;
    }
  name = lk_code_key_get_name (key);
  /* Translators: %s is the name of the key, then a folder, then the name again */
  g_print (_("Key %s is made. Its files are in %s/codes: %s.issue.json makes codes and must not get into other hands; whoever only reads "
             "codes needs the other one alone.\n"),
           name, folder, name);
  return LK_EXIT_DONE;
}

static int
command_key (int argc, char **argv)
{
  g_autofree char *folder = NULL, *letter = NULL;
  g_auto (GStrv) words = NULL;
  const LkCodeSuite *suite;
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("Folder of the campus"), "DIR" },
    { "suite", 0, 0, G_OPTION_ARG_STRING, &letter, N_("A (AES, Ed25519) or G (SM4, SM2, SM3); A when not given"), "A|G" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!lk_command_parse (argc, argv, "add", entries, 1, &words) || !lk_command_need (folder, "--data") ||
      !take_suite (letter, lk_code_suite_find ('A'), &suite))
    return LK_EXIT_USAGE;
  if (strcmp (words[0], "add") != 0)
    {
      g_printerr (_("“codes key %s” is not known; “codes key add” is.\n"), words[0]);
      return LK_EXIT_USAGE;
    }
  return add_key (folder, suite);
}

/* -- codes issue -- */

typedef struct
{
  const char *folder, *roster, *out;
  const LkCodeSuite *suite;     /* NULL: of any */
  int year, last_day;           /* last_day: -1 for as long as service.json says */
} IssueOptions;

static LkRoster *
load_roster (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = NULL;
  LkRoster *roster = NULL;
  char *data;
  gsize size;

  if (g_file_get_contents (path, &data, &size, &error))
    {
      file = g_bytes_new_take (data, size);
      roster = lk_roster_parse (file, &error);
    }
  if (roster == NULL)
    {
      g_printerr (_("The roster %s cannot be read: %s.\n"), path, error->message);
      return NULL;
    }
  for (guint i = 0; i < roster->problems->len; i++)
    {
      g_autofree char *text = lk_roster_problem_text (roster->problems->pdata[i]);

      g_printerr ("%s\n", text);
    }
  return roster;
}

static int
issue (const IssueOptions *options)
{
  g_autoptr (LkService) service = lk_command_open (options->folder, FALSE);
  g_autoptr (LkRoster) roster = service != NULL ? load_roster (options->roster) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) keys = NULL;
  LkCodeIssue what = { .graduation_year = options->year, .last_day = options->last_day };
  int n;

  if (roster == NULL)
    return LK_EXIT_FAILED;
  keys = lk_code_keys_load (options->folder, &error);
  if (keys == NULL)
    {
      lk_command_complain (error, options->folder);
      return LK_EXIT_FAILED;
    }
  what.key = lk_code_keys_find_issuer (keys, options->suite);
  if (what.key == NULL)
    {
      g_printerr (_("There is no key to issue codes with. “likenessd codes key add” makes one.\n"));
      return LK_EXIT_FAILED;
    }
  if (what.last_day < 0)
    what.last_day = (int) (g_get_real_time () / G_TIME_SPAN_DAY) + service->config.code_days;
  n = lk_code_issue_all (&what, roster, options->out, &error);
  if (n < 0)
    {
      g_printerr (_("The codes cannot be written: %s.\n"), error->message);
      return LK_EXIT_FAILED;
    }
  g_print (ngettext ("%d code is in %s, with the list codes.csv.\n", "%d codes are in %s, with the list codes.csv.\n", n), n, options->out);
  return n == (int) roster->rows->len && roster->problems->len == 0 ? LK_EXIT_DONE : LK_EXIT_FAILED;
}

static int
command_issue (int argc, char **argv)
{
  g_autofree char *folder = NULL, *roster = NULL, *out = NULL, *letter = NULL, *last_day = NULL;
  IssueOptions options = { .last_day = -1 };
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("Folder of the campus"), "DIR" },
    { "roster", 0, 0, G_OPTION_ARG_FILENAME, &roster, N_("Table of the students"), "FILE.csv" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, N_("Folder for the pictures of the codes and their list"), "DIR" },
    { "suite", 0, 0, G_OPTION_ARG_STRING, &letter, N_("Use the newest key of this suite; of any when not given"), "A|G" },
    { "year", 0, 0, G_OPTION_ARG_INT, &options.year, N_("Graduation year the codes are for; any when not given"), "YYYY" },
    { "last-day", 0, 0, G_OPTION_ARG_STRING, &last_day, N_("Last day on which the codes are valid"), "YYYY-MM-DD" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!lk_command_parse (argc, argv, NULL, entries, 0, NULL) || !lk_command_need (folder, "--data") ||
      !lk_command_need (roster, "--roster") || !lk_command_need (out, "--out") || !take_suite (letter, NULL, &options.suite))
    return LK_EXIT_USAGE;
  if (last_day != NULL && (options.last_day = lk_code_day_from_text (last_day)) < 0)
    {
      g_printerr (_("“%s” is no day; write it like 2026-07-31.\n"), last_day);
      return LK_EXIT_USAGE;
    }
  options.folder = folder;
  options.roster = roster;
  options.out = out;
  return issue (&options);
}

/* -- codes read -- */

static const char *
refusal_text (LkError code)
{
  switch ((int) code)
    {
    case LK_ERROR_CODE_UNREADABLE:
      return _("No code can be read in it. Save the original picture by pressing long on the code: a screenshot may not be readable.");
    case LK_ERROR_CODE_TEXT:
      return _("It holds a QR code, but that is no collection code.");
    case LK_ERROR_CODE_KEY:
      return _("The collection code was issued with a key that is unknown here.");
    case LK_ERROR_CODE_SIGNATURE:
      return _("The collection code is not genuine.");
    case LK_ERROR_CODE_EXPIRED:
      return _("The collection code has expired.");
    case LK_ERROR_CODE_TOOL:
      return _("The tool that opens collection codes did not answer as it should.");
    case LK_ERROR_NOT_PICTURE:
    case LK_ERROR_PICTURE_KIND:
      return _("It is no JPEG, PNG or HEIC picture.");
    case LK_ERROR_PICTURE_BYTES:
    case LK_ERROR_PICTURE_PIXELS:
      return _("The picture is larger than is taken.");
    case LK_ERROR_NO_DECODER:
      return _("Pictures cannot be opened, because a part of Likeness is missing.");
    default:
      return NULL;
    }
}

static void
say_refusal (const char *file, const GError *error)
{
  const char *text = error->domain == LK_ERROR ? refusal_text ((LkError) error->code) : NULL;

  /* Translators: a file, what is wrong with it, and the technical cause */
  if (text != NULL)
    g_printerr (_("%s: %s (%s)\n"), file, text, error->message);
  else
    g_printerr (_("This did not work in %s: %s.\n"), file, error->message);
}

static void
print_code (const LkCollectionCode *code)
{
  g_autofree char *unique_no = lk_mask_student_no (code->unique_no);
  int day = lk_code_day_of (code->expires_us);
  g_autofree char *last_day = day >= 0 ? lk_code_day_to_text (day) : NULL;

  g_print (_("Unique number: %s\n"), unique_no);
  g_print (_("Name: %s\n"), code->name);
  g_print (_("Document number: %s\n"), code->document_no);
  if (code->graduation_year != 0)
    g_print (_("Graduation year: %d\n"), code->graduation_year);
  g_print (_("Code: %s\n"), code->code_id);
  if (last_day != NULL)
    g_print (_("Valid to the end of: %s\n"), last_day);
}

static LkCollectionCode *
read_code (LkService *service, const char *path, GError **error)
{
  g_autoptr (LkCodes) codes = lk_codes_new (service->folder, &service->config, service->settings, error);
  g_autoptr (GBytes) file = NULL;
  g_autofree char *text = NULL;
  char *data;
  gsize size;

  if (codes == NULL || !g_file_get_contents (path, &data, &size, error))
    return NULL;
  file = g_bytes_new_take (data, size);
  text = lk_code_read_image (codes, file, error);
  return text != NULL ? lk_code_open (codes, text, g_get_real_time (), 0, error) : NULL;
}

static int
command_read (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (LkService) service = NULL;
  g_autoptr (LkCollectionCode) code = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("Folder of the campus"), "DIR" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!lk_command_parse (argc, argv, "FILE", entries, 1, &words) || !lk_command_need (folder, "--data"))
    return LK_EXIT_USAGE;
  service = lk_command_open (folder, FALSE);
  if (service == NULL)
    return LK_EXIT_FAILED;
  code = read_code (service, words[0], &error);
  if (code == NULL)
    {
      say_refusal (words[0], error);
      return LK_EXIT_FAILED;
    }
  print_code (code);
  return LK_EXIT_DONE;
}

int
lk_command_codes (int argc, char **argv)
{
  const struct
  {
    const char *name;
    int (*run) (int argc, char **argv);
  } commands[] = { { "key", command_key }, { "issue", command_issue }, { "read", command_read } };

  for (gsize i = 0; argc >= 2 && i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, argv[1]) == 0)
      return commands[i].run (argc - 1, argv + 1);
  g_printerr (_("“codes” needs to know what: “codes key add”, “codes issue” or “codes read”.\n"));
  return LK_EXIT_USAGE;
}
