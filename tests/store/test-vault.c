/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/error.h"
#include "sample.h"
#include "store/passphrase.h"
#include "store/vault.h"
#include "wait.h"

/* Keys: in a real password store on a bus of its own (tests/tools/with-key-ring), and of passphrases where there is
 * none. */

static void
open_vault (LkVault *vault)
{
  g_autoptr (GAsyncResult) result = NULL;

  lk_vault_open_async (vault, NULL, keep_result, &result);
  wait_until (result != NULL);
  g_assert_true (lk_vault_open_finish (vault, result, NULL));
}

static gboolean
unlock (LkVault *vault, const char *passphrase, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lk_vault_unlock_async (vault, passphrase, NULL, keep_result, &result);
  wait_until (result != NULL);
  return lk_vault_unlock_finish (vault, result, error);
}

static void
test_seal (void)
{
  guint8 bytes[LK_SEAL_KEY_BYTES] = { 7 };
  g_autoptr (LkSeal) seal = lk_seal_new (bytes);
  g_autofree char *sealed = lk_seal_text (seal, "here", "李*明");
  g_autofree char *again = lk_seal_text (seal, "here", "李*明");
  g_autofree char *name = lk_seal_name (seal, "a");
  g_autofree char *same = lk_seal_name (seal, "a");
  g_autofree char *plain = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (sealed, !=, again);
  g_assert_cmpstr (name, ==, same);
  g_assert_null (strstr (sealed, "李"));
  plain = lk_seal_open_text (seal, "here", sealed, &error);
  g_assert_cmpstr (plain, ==, "李*明");
  g_assert_null (lk_seal_open_text (seal, "there", sealed, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_CORRUPT);
  g_clear_error (&error);
  sealed[20] ^= 1;
  g_assert_null (lk_seal_open_text (seal, "here", sealed, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_null (lk_seal_open (seal, "here", "short", 5, &error));
  g_assert_null (lk_seal_new_from_text ("not a key"));
}

/* The key is made once, found again by another vault of the same folder, and gone once it is forgotten. */
static void
test_key_ring (void)
{
  g_autofree char *dir = sample_dir ();
  g_autoptr (LkVault) vault = lk_vault_new (dir);
  g_autoptr (LkVault) later = lk_vault_new (dir);
  g_autoptr (LkVault) other = lk_vault_new ("/elsewhere");
  g_autofree char *sealed = NULL;
  g_autofree char *plain = NULL;

  open_vault (vault);
  g_assert_cmpint (lk_vault_get_state (vault), ==, LK_VAULT_OPEN);
  sealed = lk_seal_text (lk_vault_get_seal (vault), "here", "text");
  open_vault (later);
  plain = lk_seal_open_text (lk_vault_get_seal (later), "here", sealed, NULL);
  g_assert_cmpstr (plain, ==, "text");
  open_vault (other);
  g_assert_null (lk_seal_open_text (lk_vault_get_seal (other), "here", sealed, NULL));
  lk_vault_forget (other);

  lk_vault_forget (vault);
  g_assert_null (lk_vault_get_seal (vault));
  wait_ms (200); /* it is done on the way */
  open_vault (vault);
  g_assert_null (lk_seal_open_text (lk_vault_get_seal (vault), "here", sealed, NULL));
  lk_vault_forget (vault);
  wait_ms (200);
  sample_dir_remove (dir);
}

static void
test_passphrase (void)
{
  g_autofree char *dir = sample_dir ();
  g_autoptr (LkVault) vault = lk_vault_new (dir);
  g_autoptr (LkVault) later = lk_vault_new (dir);
  g_autofree char *sealed = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *path = g_build_filename (dir, "lock.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  open_vault (vault);
  g_assert_cmpint (lk_vault_get_state (vault), ==, LK_VAULT_NEW);
  g_assert_null (lk_vault_get_seal (vault));
  g_assert_true (unlock (vault, "三个 quiet words", &error));
  g_assert_no_error (error);
  g_assert_cmpint (lk_vault_get_state (vault), ==, LK_VAULT_OPEN);
  sealed = lk_seal_text (lk_vault_get_seal (vault), "here", "text");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, "quiet"));

  open_vault (later);
  g_assert_cmpint (lk_vault_get_state (later), ==, LK_VAULT_LOCKED);
  g_assert_false (unlock (later, "three quiet words", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_WRONG_PASSPHRASE);
  g_clear_error (&error);
  g_assert_cmpint (lk_vault_get_state (later), ==, LK_VAULT_LOCKED);
  g_assert_true (unlock (later, "三个 quiet words", &error));
  plain = lk_seal_open_text (lk_vault_get_seal (later), "here", sealed, NULL);
  g_assert_cmpstr (plain, ==, "text");

  /* a file that was changed costs neither an hour nor all memory */
  g_assert_true (g_file_set_contents (path, "{\"salt\":\"00\",\"passes\":1000000,\"memory\":8192,\"proof\":\"\"}", -1, NULL));
  g_assert_false (unlock (later, "三个 quiet words", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_CORRUPT);
  lk_vault_forget (later);
  g_assert_false (lk_passphrase_is_set (dir));
  sample_dir_remove (dir);
}

static void
test_password (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *print = lk_password_print ("correct horse", &error);

  g_assert_no_error (error);
  g_assert_null (strstr (print, "horse"));
  g_assert_true (lk_password_fits (print, "correct horse"));
  g_assert_false (lk_password_fits (print, "correct house"));
  g_assert_false (lk_password_fits ("nothing", "correct horse"));
}

int
main (int argc, char *argv[])
{
  gboolean with_key_ring = argc > 1 && g_str_equal (argv[1], "--key-ring");

  if (!with_key_ring)
    g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  g_test_init (&argc, &argv, NULL);
  if (with_key_ring)
    {
      g_test_add_func ("/store/vault/key-ring", test_key_ring);
      return g_test_run ();
    }
  g_test_add_func ("/store/vault/seal", test_seal);
  g_test_add_func ("/store/vault/passphrase", test_passphrase);
  g_test_add_func ("/store/vault/password", test_password);
  return g_test_run ();
}
