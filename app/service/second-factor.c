/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/second-factor.h"

#include <liboath/oath.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { SECRET_BYTES = 20, DIGITS = 6, STEP_SECONDS = 30, STEPS_AROUND = 1, RECOVERY_SIGNS = 16, RECOVERY_GROUP = 4 };

/* No 0 beside o, no 1 beside l or i, no u beside v. */
static const char recovery_signs[] = "23456789abcdefghjkmnpqrstvwxyz";

static void
start_oath (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      oath_init ();
      g_once_init_leave (&once, 1);
    }
}

GBytes *
lk_second_factor_new_secret (void)
{
  guint8 secret[SECRET_BYTES];
  GBytes *bytes;

  randombytes_buf (secret, sizeof secret);
  bytes = g_bytes_new (secret, sizeof secret);
  sodium_memzero (secret, sizeof secret);
  return bytes;
}

static char *
to_base32 (GBytes *secret)
{
  char *text = NULL;
  char *copy;

  start_oath ();
  if (oath_base32_encode (g_bytes_get_data (secret, NULL), g_bytes_get_size (secret), &text, NULL) != OATH_OK)
    g_error ("no memory for a secret");
  copy = g_strndup (text, strcspn (text, "="));
  free (text);
  return copy;
}

char *
lk_second_factor_uri (GBytes *secret, const char *user)
{
  g_autofree char *text = to_base32 (secret);

  return g_strdup_printf ("otpauth://totp/Likeness:%s?secret=%s&issuer=Likeness&algorithm=SHA1&digits=%d&period=%d", user, text, DIGITS,
                          STEP_SECONDS);
}

char *
lk_second_factor_text (GBytes *secret)
{
  g_autofree char *text = to_base32 (secret);
  g_autoptr (GString) groups = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (p != text && (p - text) % 4 == 0)
        g_string_append_c (groups, ' ');
      g_string_append_c (groups, *p);
    }
  return g_string_free (g_steal_pointer (&groups), FALSE);
}

gboolean
lk_second_factor_check (GBytes *secret, const char *code, gint64 now, gint64 *step)
{
  uint64_t counter = 0;
  int distance = 0;

  start_oath ();
  if (strlen (code) != DIGITS || strspn (code, "0123456789") != DIGITS)
    return FALSE;
  if (oath_totp_validate3 (g_bytes_get_data (secret, NULL), g_bytes_get_size (secret), (time_t) now, STEP_SECONDS, 0, STEPS_AROUND,
                           &distance, &counter, code) < 0)
    return FALSE;
  *step = (gint64) counter;
  return TRUE;
}

char *
lk_recovery_code_new (void)
{
  g_autoptr (GString) code = g_string_new (NULL);

  for (int i = 0; i < RECOVERY_SIGNS; i++)
    {
      if (i > 0 && i % RECOVERY_GROUP == 0)
        g_string_append_c (code, '-');
      g_string_append_c (code, recovery_signs[randombytes_uniform (sizeof recovery_signs - 1)]);
    }
  return g_string_free (g_steal_pointer (&code), FALSE);
}

gboolean
lk_recovery_code_hash (const char *code, guint8 hash[LK_RECOVERY_HASH])
{
  char plain[RECOVERY_SIGNS];
  int n = 0;

  for (const char *p = code; *p != '\0'; p++)
    {
      char c = g_ascii_tolower (*p);

      if (c == '-' || c == ' ')
        continue;
      if (n == RECOVERY_SIGNS || strchr (recovery_signs, c) == NULL)
        return FALSE;
      plain[n++] = c;
    }
  if (n != RECOVERY_SIGNS)
    return FALSE;
  crypto_hash_sha256 (hash, (const guint8 *) plain, sizeof plain);
  return TRUE;
}
