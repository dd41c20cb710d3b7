/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/application.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "core/spec.h"
#include "flow/account.h"
#include "ui/appearance.h"
#include "ui/key-map.h"
#include "ui/preferences.h"
#include "ui/settings.h"
#include "ui/window.h"

static const char application_id[] = "io.github.likeness.Likeness";

struct _LkApplication
{
  AdwApplication parent_instance;

  char *service;
  char *user;
  char *password_file;
  char *data_dir;

  LkAccount *account;
  LkSpec *spec;
  GSettings *settings;
  gboolean language_refused;    /* the preferences have yet to say so */
};

G_DEFINE_FINAL_TYPE (LkApplication, lk_application, ADW_TYPE_APPLICATION)

static int
lk_application_handle_local_options (GApplication *application,
                                     GVariantDict *options)
{
  LkApplication *self = LK_APPLICATION (application);

  g_variant_dict_lookup (options, "service", "s", &self->service);
  g_variant_dict_lookup (options, "user", "s", &self->user);
  g_variant_dict_lookup (options, "password-file", "^ay", &self->password_file);
  g_variant_dict_lookup (options, "data-dir", "^ay", &self->data_dir);
  /* another folder is another workstation: it does not raise the window of the first */
  if (self->data_dir != NULL)
    g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  return -1;
}

static void
show_about (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  GtkApplication *application = user_data;

  adw_show_about_window (gtk_application_get_active_window (application),
                         "application-name", _("Likeness"),
                         "application-icon", application_id,
                         "version", LK_VERSION,
                         "comments", _("Review of graduation photos against the standard"),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         NULL);
}

static void
show_window (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  g_application_activate (user_data);
}

static GtkWindow *
find_window (LkApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (LK_IS_REVIEW_WINDOW (l->data))
      return l->data;
  return NULL;
}

/* Said in the preferences, where the language was chosen. */
static void
say_language_refused (void)
{
  const char *text = _("Please have the locale zh_CN.UTF-8 installed first.");
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (LK_IS_PREFERENCES (l->data))
      adw_preferences_window_add_toast (l->data, adw_toast_new (text));
}

/* The windows are made anew in the other language; the work goes on in them. Afterwards, so that the row that was changed
 * has finished with its own signal. */
static gboolean
change_language (gpointer user_data)
{
  LkApplication *self = user_data;
  GtkWindow *window = find_window (self);

  if (!lk_appearance_use_language (self->settings))
    {
      /* which comes here once more */
      self->language_refused = TRUE;
      g_settings_set_string (self->settings, "language", "system");
      return G_SOURCE_REMOVE;
    }
  if (window != NULL)
    {
      GtkWidget *renewed = lk_review_window_renew (LK_REVIEW_WINDOW (window));

      gtk_widget_activate_action (renewed, "win.preferences", NULL);
    }
  if (self->language_refused)
    say_language_refused ();
  self->language_refused = FALSE;
  return G_SOURCE_REMOVE;
}

static void
on_language_changed (LkApplication *self)
{
  g_idle_add (change_language, self);
}

static void
quit (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  g_application_quit (user_data);
}

static void
lk_application_startup (GApplication *application)
{
  LkApplication *self = LK_APPLICATION (application);
  const GActionEntry entries[] = {
    { .name = "about", .activate = show_about },
    { .name = "show", .activate = show_window },
    { .name = "quit", .activate = quit },
  };
  const char *const quit_accels[] = { "<Control>q", NULL };
  g_autofree char *data_dir = NULL;
  g_autoptr (GError) error = NULL;

  G_APPLICATION_CLASS (lk_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit", quit_accels);
  gtk_window_set_default_icon_name (application_id);

  data_dir = self->data_dir != NULL ? g_strdup (self->data_dir)
                                    : g_build_filename (g_get_user_data_dir (), "likeness", NULL);
  self->account = lk_account_new (data_dir);
  self->settings = lk_settings_new ();
  lk_appearance_use_language (self->settings);
  lk_appearance_follow (self->settings);
  lk_key_map_set_settings (lk_key_map_get_default (), self->settings);
  if (self->settings != NULL)
    g_signal_connect_object (self->settings, "changed::language", G_CALLBACK (on_language_changed), self, G_CONNECT_SWAPPED);
  self->spec = lk_spec_load_default (&error);
  if (self->spec == NULL)
    g_warning ("no grid without the photo standard: %s", error->message);
}

/* The first line of the file; NULL when it cannot be read, then the sign-in page asks. */
static char *
read_password (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return NULL;
  if (!g_file_get_contents (path, &text, NULL, &error))
    {
      g_warning ("no password: %s", error->message);
      return NULL;
    }
  text[strcspn (text, "\r\n")] = '\0';
  return g_steal_pointer (&text);
}

static void
lk_application_activate (GApplication *application)
{
  LkApplication *self = LK_APPLICATION (application);
  GtkWindow *window = find_window (self);
  g_autofree char *password = NULL;

  if (window == NULL)
    {
      window = GTK_WINDOW (lk_review_window_new (GTK_APPLICATION (self), self->account, self->spec, self->settings));
      password = read_password (self->password_file);
      gtk_window_present (window);
      lk_review_window_start (LK_REVIEW_WINDOW (window), self->service, self->user, password);
      return;
    }
  gtk_window_present (window);
}

static void
lk_application_finalize (GObject *object)
{
  LkApplication *self = LK_APPLICATION (object);

  g_free (self->service);
  g_free (self->user);
  g_free (self->password_file);
  g_free (self->data_dir);
  g_clear_object (&self->account);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->spec, lk_spec_free);

  G_OBJECT_CLASS (lk_application_parent_class)->finalize (object);
}

static void
lk_application_class_init (LkApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lk_application_finalize;
  application_class->startup = lk_application_startup;
  application_class->activate = lk_application_activate;
  application_class->handle_local_options = lk_application_handle_local_options;
}

static void
lk_application_init (LkApplication *self)
{
  const GOptionEntry options[] = {
    { "service", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Address of the campus service"), N_("URL") },
    { "user", 0, 0, G_OPTION_ARG_STRING, NULL, N_("User name"), N_("NAME") },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("File with the password in its first line"), N_("FILE") },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Folder for decisions and photos of this workstation"), N_("FOLDER") },
    { NULL }
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

LkApplication *
lk_application_new (void)
{
  return g_object_new (LK_TYPE_APPLICATION,
                       "application-id", application_id,
                       "resource-base-path", "/io/github/likeness/Likeness",
                       NULL);
}
