/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/command-account.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/error.h"
#include "core/key.h"
#include "service/campus-db-account.h"
#include "service/password.h"

static const struct
{
  const char *name;
  int (*run) (int argc, char **argv);
} parts[] = {
  { "add", lk_account_command_add },
  { "list", lk_account_command_list },
  { "change", lk_account_command_change },
  { "disable", lk_account_command_disable },
  { "enable", lk_account_command_enable },
  { "reset-password", lk_account_command_reset_password },
  { "relative", lk_account_command_relative },
  { "totp", lk_account_command_totp },
};

int
lk_command_account (int argc, char **argv)
{
  for (gsize i = 0; argc >= 2 && i < G_N_ELEMENTS (parts); i++)
    if (strcmp (argv[1], parts[i].name) == 0)
      return parts[i].run (argc - 1, argv + 1);
  g_printerr (_("“account” is followed by add, list, change, disable, enable, reset-password, relative or totp.\n"));
  return LK_EXIT_USAGE;
}

/* -- options -- */

void
lk_account_options_clear (LkAccountOptions *options)
{
  g_free (options->folder);
  g_free (options->role);
  g_free (options->name);
  g_free (options->outside);
  g_free (options->student);
  g_free (options->image);
  g_strfreev (options->sites);
  g_strfreev (options->classes);
}

static gboolean
is_named (const char *names, const char *name)
{
  g_auto (GStrv) list = g_strsplit (names, " ", -1);

  return g_strv_contains ((const char *const *) list, name);
}

gboolean
lk_account_options_read (LkAccountOptions *o, const char *names, int argc, char **argv, char **user)
{
  const GOptionEntry all[] = {
    { "role", 0, 0, G_OPTION_ARG_STRING, &o->role,
      N_("What the person may do: reviewer, lead, adviser, desk, registrar or auditor"), "ROLE" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &o->name, N_("Name shown to colleagues"), "NAME" },
    { "site", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->sites,
      N_("Only students of this site; may be given several times"), "SITE" },
    { "class", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->classes,
      N_("Only students of this class, or SITE/CLASS; may be given several times"), "CLASS" },
    { "everything", 0, 0, G_OPTION_ARG_NONE, &o->everything, N_("Students of all sites and classes again"), NULL },
    { "outside", 0, 0, G_OPTION_ARG_STRING, &o->outside, N_("Who it is for the college's own sign-in; empty for nobody"), "NAME" },
    { "no-password", 0, 0, G_OPTION_ARG_NONE, &o->no_password, N_("The account signs in through the college only"), NULL },
    { "student", 0, 0, G_OPTION_ARG_STRING, &o->student, N_("Student number of the person or of a relative"), "NUMBER" },
    { "end", 0, 0, G_OPTION_ARG_NONE, &o->end, N_("The relation was declared by mistake"), NULL },
    { "off", 0, 0, G_OPTION_ARG_NONE, &o->off, N_("No code at sign-in any more"), NULL },
    { "image", 0, 0, G_OPTION_ARG_FILENAME, &o->image, N_("Write the QR code into this PNG file"), "FILE" },
  };
  GOptionEntry entries[G_N_ELEMENTS (all) + 2] = { { "data", 0, 0, G_OPTION_ARG_FILENAME, &o->folder, N_("Folder of the campus"), "DIR" } };
  g_auto (GStrv) words = NULL;
  gsize n = 1;

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (is_named (names, all[i].long_name))
      entries[n++] = all[i];
  if (!lk_command_parse (argc, argv, user != NULL ? "USER" : NULL, entries, user != NULL ? 1 : 0, &words) ||
      !lk_command_need (o->folder, "--data"))
    return FALSE;
  if (user != NULL)
    *user = g_strdup (words[0]);
  return TRUE;
}

int
lk_account_complain (const GError *error, const char *folder, const char *user)
{
  if (g_error_matches (error, LK_ERROR, LK_ERROR_NOT_FOUND))
    g_printerr (_("There is no account %s.\n"), user);
  else if (g_error_matches (error, LK_ERROR, LK_ERROR_NOT_IN_ROSTER))
    g_printerr (_("There is no such student in the roster.\n"));
  else if (g_error_matches (error, LK_ERROR, LK_ERROR_STATE))
    g_printerr (_("Another account has this name at the college's sign-in already.\n"));
  else
    lk_command_complain (error, folder);
  return LK_EXIT_FAILED;
}

/* -- what is said of an account -- */

static gboolean
read_role (const char *word, LkRole *role)
{
  const guint staff = LK_ROLE_REVIEWER | LK_ROLE_LEAD | LK_ROLE_ADVISER | LK_ROLE_DESK | LK_ROLE_REGISTRAR | LK_ROLE_AUDITOR;

  if (lk_role_from_word (word, role) && (*role & staff) != 0)
    return TRUE;
  g_printerr (_("The role must be reviewer, lead, adviser, desk, registrar or auditor.\n"));
  return FALSE;
}

static void
add_scope (GPtrArray *scopes, const char *site, const char *class_name)
{
  LkScope *scope = g_new0 (LkScope, 1);

  scope->site = g_strdup (site);
  scope->class_name = g_strdup (class_name);
  g_ptr_array_add (scopes, scope);
}

/* NULL: nothing is said of it. */
static GPtrArray *
read_scopes (const LkAccountOptions *o)
{
  GPtrArray *scopes;

  if (!o->everything && o->sites == NULL && o->classes == NULL)
    return NULL;
  scopes = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_scope_free);
  for (char **site = o->sites; site != NULL && *site != NULL; site++)
    add_scope (scopes, *site, "");
  for (char **word = o->classes; word != NULL && *word != NULL; word++)
    {
      const char *slash = strchr (*word, '/');
      g_autofree char *site = slash != NULL ? g_strndup (*word, (gsize) (slash - *word)) : g_strdup ("");

      add_scope (scopes, site, slash != NULL ? slash + 1 : *word);
    }
  return scopes;
}

/* -- the parts -- */

static gboolean
add_staff (LkService *service, const LkAccountOptions *o, const char *user, LkRole role, GError **error)
{
  g_autoptr (LkStaff) staff = g_new0 (LkStaff, 1);

  staff->uuid = lk_key_new ();
  staff->user = g_strdup (user);
  staff->name = g_strdup (o->name != NULL && *o->name != '\0' ? o->name : user);
  staff->role = role;
  staff->password = o->no_password ? g_strdup ("") : lk_command_new_password (service);
  return staff->password != NULL && service->db->ops->add_staff (service->db, staff, error);
}

static int
add_account (LkService *service, const LkAccountOptions *o, const char *user, LkRole role)
{
  g_autoptr (GPtrArray) scopes = read_scopes (o);
  g_autoptr (GError) error = NULL;
  LkAccountChange change = { .scopes = scopes, .outside = o->outside };

  if (!add_staff (service, o, user, role, &error))
    {
      if (g_error_matches (error, LK_ERROR, LK_ERROR_STATE))
        g_printerr (_("There is an account %s already.\n"), user);
      else if (error != NULL)
        lk_command_complain (error, service->folder);
      return LK_EXIT_FAILED;
    }
  if ((change.scopes != NULL || change.outside != NULL) && !service->db->accounts->change (service->db, user, &change, &error))
    return lk_account_complain (error, service->folder, user);
  g_print (_("The account %s can sign in now.\n"), user);
  return LK_EXIT_DONE;
}

int
lk_account_command_add (int argc, char **argv)
{
  g_auto (LkAccountOptions) options = { NULL };
  g_autofree char *user = NULL;
  g_autoptr (LkService) service = NULL;
  LkRole role;

  if (!lk_account_options_read (&options, "role name site class outside no-password", argc, argv, &user) ||
      !lk_command_need (options.role, "--role") || !read_role (options.role, &role))
    return LK_EXIT_USAGE;
  if (!lk_user_name_is_valid (user))
    {
      g_printerr (_("A user name has 1 to 32 characters: a to z, 0 to 9, dot, hyphen and underscore.\n"));
      return LK_EXIT_USAGE;
    }
  if (role == LK_ROLE_ADVISER && options.classes == NULL)
    {
      g_printerr (_("An adviser needs at least one class: --class CLASS.\n"));
      return LK_EXIT_USAGE;
    }
  service = lk_command_open (options.folder, FALSE);
  return service != NULL ? add_account (service, &options, user, role) : LK_EXIT_FAILED;
}

static void
print_account (const LkAccountRow *row)
{
  g_autoptr (GString) line = g_string_new (row->staff->user);

  g_string_append_printf (line, "\t%s\t%s", lk_role_to_word (row->staff->role), row->staff->name);
  if (row->disabled)
    g_string_append_printf (line, "\t%s", _("disabled"));
  if (row->second_factor)
    g_string_append_printf (line, "\ttotp+%d", row->n_recovery);
  if (row->outside != NULL)
    g_string_append_printf (line, "\toutside=%s", row->outside);
  for (guint i = 0; i < row->scopes->len; i++)
    {
      const LkScope *scope = row->scopes->pdata[i];

      g_string_append_printf (line, "\t%s/%s", *scope->site != '\0' ? scope->site : "*",
                              *scope->class_name != '\0' ? scope->class_name : "*");
    }
  for (guint i = 0; i < row->related->len; i++)
    g_string_append_printf (line, "\trelative=%s", (const char *) row->related->pdata[i]);
  g_print ("%s\n", line->str);
}

int
lk_account_command_list (int argc, char **argv)
{
  g_auto (LkAccountOptions) options = { NULL };
  g_autoptr (LkService) service = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  if (!lk_account_options_read (&options, "", argc, argv, NULL))
    return LK_EXIT_USAGE;
  service = lk_command_open (options.folder, FALSE);
  rows = service != NULL ? service->db->accounts->list (service->db, &error) : NULL;
  if (error != NULL)
    lk_command_complain (error, options.folder);
  if (rows == NULL)
    return LK_EXIT_FAILED;
  for (guint i = 0; i < rows->len; i++)
    print_account (rows->pdata[i]);
  return LK_EXIT_DONE;
}

int
lk_account_command_change (int argc, char **argv)
{
  g_auto (LkAccountOptions) options = { NULL };
  g_autofree char *user = NULL;
  g_autoptr (LkService) service = NULL;
  g_autoptr (GPtrArray) scopes = NULL;
  g_autoptr (GError) error = NULL;
  LkAccountChange change = { NULL };

  if (!lk_account_options_read (&options, "role name site class everything outside no-password", argc, argv, &user) ||
      (options.role != NULL && !read_role (options.role, &change.role)))
    return LK_EXIT_USAGE;
  scopes = read_scopes (&options);
  change.name = options.name;
  change.scopes = scopes;
  change.outside = options.outside;
  change.password = options.no_password ? "" : NULL;
  service = lk_command_open (options.folder, FALSE);
  if (service == NULL)
    return LK_EXIT_FAILED;
  if (!service->db->accounts->change (service->db, user, &change, &error))
    return lk_account_complain (error, options.folder, user);
  g_print (_("The account %s is changed.\n"), user);
  return LK_EXIT_DONE;
}

static int
set_disabled (int argc, char **argv, gboolean disabled)
{
  g_auto (LkAccountOptions) options = { NULL };
  g_autofree char *user = NULL;
  g_autoptr (LkService) service = NULL;
  g_autoptr (GError) error = NULL;

  if (!lk_account_options_read (&options, "", argc, argv, &user))
    return LK_EXIT_USAGE;
  service = lk_command_open (options.folder, FALSE);
  if (service == NULL)
    return LK_EXIT_FAILED;
  if (!service->db->accounts->set_disabled (service->db, user, disabled, &error))
    return lk_account_complain (error, options.folder, user);
  if (disabled)
    g_print (_("The account %s cannot sign in any more, and its sessions have ended.\n"), user);
  else
    g_print (_("The account %s can sign in now.\n"), user);
  return LK_EXIT_DONE;
}

int
lk_account_command_disable (int argc, char **argv)
{
  return set_disabled (argc, argv, TRUE);
}

int
lk_account_command_enable (int argc, char **argv)
{
  return set_disabled (argc, argv, FALSE);
}

int
lk_account_command_reset_password (int argc, char **argv)
{
  g_auto (LkAccountOptions) options = { NULL };
  g_autofree char *user = NULL, *hash = NULL;
  g_autoptr (LkService) service = NULL;
  g_autoptr (GError) error = NULL;
  LkAccountChange change = { NULL };

  if (!lk_account_options_read (&options, "", argc, argv, &user))
    return LK_EXIT_USAGE;
  service = lk_command_open (options.folder, FALSE);
  if (service == NULL || (hash = lk_command_new_password (service)) == NULL)
    return LK_EXIT_FAILED;
  change.password = hash;
  if (!service->db->accounts->change (service->db, user, &change, &error))
    return lk_account_complain (error, options.folder, user);
  g_print (_("The account %s has a new password, and its sessions have ended.\n"), user);
  return LK_EXIT_DONE;
}

int
lk_account_command_relative (int argc, char **argv)
{
  g_auto (LkAccountOptions) options = { NULL };
  g_autofree char *user = NULL;
  g_autoptr (LkService) service = NULL;
  g_autoptr (GError) error = NULL;

  if (!lk_account_options_read (&options, "student end", argc, argv, &user) || !lk_command_need (options.student, "--student"))
    return LK_EXIT_USAGE;
  service = lk_command_open (options.folder, FALSE);
  if (service == NULL)
    return LK_EXIT_FAILED;
  if (!service->db->accounts->set_related (service->db, user, options.student, !options.end, &error))
    return lk_account_complain (error, options.folder, user);
  if (options.end)
    g_print (_("%s may decide on photos of student %s again.\n"), user, options.student);
  else
    g_print (_("%s does not decide on photos of student %s any more.\n"), user, options.student);
  return LK_EXIT_DONE;
}
