/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/command-account.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "photo/qr-write.h"
#include "service/second-factor.h"

enum { N_RECOVERY = 10, QR_MODULE = 6 };

/* For the camera of a telephone, as a picture in a file or as signs in the terminal. */
static gboolean
show_code (const char *uri, const char *image)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *signs = NULL;
  g_autoptr (GBytes) png = NULL;

  if (image == NULL)
    {
      signs = lk_qr_write_text (uri, &error);
      g_print ("%s\n", signs != NULL ? signs : "");
      return signs != NULL;
    }
  png = lk_qr_write_png (uri, QR_MODULE, &error);
  if (png != NULL && g_file_set_contents_full (image, g_bytes_get_data (png, NULL), (gssize) g_bytes_get_size (png),
                                               G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    return TRUE;
  g_printerr (_("%s cannot be written: %s.\n"), image, error->message);
  return FALSE;
}

/* Somebody who types it in has an app that works. From a script nobody is asked. */
static gboolean
prove (GBytes *secret)
{
  g_autofree char *code = NULL;
  gint64 step;

  if (!isatty (STDIN_FILENO))
    return TRUE;
  g_printerr ("%s", _("The code that the app shows now: "));
  code = lk_command_read_line ();
  if (code != NULL && lk_second_factor_check (secret, g_strstrip (code), g_get_real_time () / G_USEC_PER_SEC, &step))
    return TRUE;
  g_printerr (_("That is not the code. Nothing was changed; check the clock of the telephone and of this computer.\n"));
  return FALSE;
}

/* Prints new recovery codes; the result has their hashes. */
static GBytes *
make_recovery (void)
{
  g_autoptr (GByteArray) hashes = g_byte_array_new ();

  g_print (_("Each of these codes stands once for the code of the app. Print them and lock them away:\n"));
  for (int i = 0; i < N_RECOVERY; i++)
    {
      g_autofree char *code = lk_recovery_code_new ();
      guint8 hash[LK_RECOVERY_HASH];

      g_print ("  %s\n", code);
      lk_recovery_code_hash (code, hash);
      g_byte_array_append (hashes, hash, sizeof hash);
      sodium_memzero (code, strlen (code));
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&hashes));
}

static int
enrol (LkService *service, const char *user, const char *image)
{
  g_autoptr (GBytes) secret = lk_second_factor_new_secret ();
  g_autofree char *uri = lk_second_factor_uri (secret, user);
  g_autofree char *text = lk_second_factor_text (secret);
  g_autoptr (GBytes) recovery = NULL;
  g_autoptr (GError) error = NULL;

  if (!show_code (uri, image))
    return LK_EXIT_FAILED;
  /* Translators: %s is a key of 32 letters and digits, for an authenticator app that cannot read the QR code */
  g_print (_("Read the code with an authenticator app, or type this key into it: %s\n"), text);
  if (!prove (secret))
    return LK_EXIT_FAILED;
  recovery = make_recovery ();
  if (!service->db->accounts->set_second_factor (service->db, user, secret, recovery, &error))
    return lk_account_complain (error, service->folder, user);
  g_print (_("%s is asked for a code at each sign-in from now on.\n"), user);
  return LK_EXIT_DONE;
}

int
lk_account_command_totp (int argc, char **argv)
{
  g_auto (LkAccountOptions) options = { NULL };
  g_autofree char *user = NULL;
  g_autoptr (LkService) service = NULL;
  g_autoptr (GError) error = NULL;

  if (!lk_account_options_read (&options, "off image", argc, argv, &user))
    return LK_EXIT_USAGE;
  service = lk_command_open (options.folder, FALSE);
  if (service == NULL)
    return LK_EXIT_FAILED;
  if (!options.off)
    return enrol (service, user, options.image);
  if (!service->db->accounts->set_second_factor (service->db, user, NULL, NULL, &error))
    return lk_account_complain (error, options.folder, user);
  g_print (_("%s signs in without a code from now on.\n"), user);
  return LK_EXIT_DONE;
}
