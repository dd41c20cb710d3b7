/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/code-text.h"

#include <sodium.h>
#include <string.h>

#include "core/error.h"
#include "service/code-payload.h"

enum
{
  MARK_SIZE = sizeof LK_CODE_TEXT_PREFIX,       /* with the letter in place of the NUL */
  HEAD_SIZE = MARK_SIZE + LK_CODE_KEY_ID_SIZE,  /* what sealing binds the payload to */
  SEALED_AT = HEAD_SIZE + LK_CODE_NONCE_SIZE,
  PAYLOAD_MAX = 192,
};

/* -- writing -- */

static char *
to_text (char letter, const guint8 *body, gsize n)
{
  gsize size = sodium_base64_ENCODED_LEN (n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  g_autofree char *base64 = g_malloc (size);

  sodium_bin2base64 (base64, size, body, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return g_strdup_printf (LK_CODE_TEXT_PREFIX "%c%s", letter, base64);
}

char *
lk_code_text_write (const LkCollectionCode *code, const LkCodeKey *key, const guint8 *nonce, GError **error)
{
  guint8 bytes[SEALED_AT + PAYLOAD_MAX + LK_CODE_TAG_SIZE + LK_CODE_SIGNATURE_SIZE];
  char letter = lk_code_suite_get_letter (key->suite);
  g_autoptr (GBytes) payload = lk_code_payload_write (code, error);
  g_autoptr (GBytes) head = NULL;
  gsize n;

  g_return_val_if_fail (key->can_issue, NULL);

  if (payload == NULL)
    return NULL;
  memcpy (bytes, LK_CODE_TEXT_PREFIX, MARK_SIZE - 1);
  bytes[MARK_SIZE - 1] = (guint8) letter;
  memcpy (bytes + MARK_SIZE, key->id, LK_CODE_KEY_ID_SIZE);
  if (nonce != NULL)
    memcpy (bytes + HEAD_SIZE, nonce, LK_CODE_NONCE_SIZE);
  else
    randombytes_buf (bytes + HEAD_SIZE, LK_CODE_NONCE_SIZE);
  head = g_bytes_new (bytes, HEAD_SIZE);
  n = SEALED_AT + g_bytes_get_size (payload) + LK_CODE_TAG_SIZE;
  if (lk_code_suite_seal (key->suite, key->secret, bytes + HEAD_SIZE, head, payload, bytes + SEALED_AT) &&
      lk_code_suite_sign (key->suite, key->public, key->private, bytes, n, bytes + n))
    return to_text (letter, bytes + MARK_SIZE, n + LK_CODE_SIGNATURE_SIZE - MARK_SIZE);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_FAILED, "the code cannot be sealed and signed");
  return NULL;
}

/* -- reading -- */

static gpointer
refuse (int code, const char *why, GError **error)
{
  g_set_error_literal (error, LK_ERROR, code, why);
  return NULL;
}

/* libsodium takes some bytes above 127 for letters: a code would have more than one text. */
static gboolean
is_base64url (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && *text != '-' && *text != '_')
      return FALSE;
  return TRUE;
}

/* The mark and the bytes behind it, as they were signed; 0 when the text is none of ours. */
static gsize
to_bytes (const char *text, guint8 bytes[LK_CODE_TEXT_MAX])
{
  gsize length = strlen (text);
  size_t n;

  if (length > LK_CODE_TEXT_MAX || length <= MARK_SIZE || !g_str_has_prefix (text, LK_CODE_TEXT_PREFIX) ||
      !is_base64url (text + MARK_SIZE) ||
      sodium_base642bin (bytes + MARK_SIZE, LK_CODE_TEXT_MAX - MARK_SIZE, text + MARK_SIZE, length - MARK_SIZE, NULL, &n, NULL,
                         sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
    return 0;
  memcpy (bytes, text, MARK_SIZE);
  n += MARK_SIZE;
  return n > SEALED_AT + LK_CODE_TAG_SIZE + LK_CODE_SIGNATURE_SIZE && n <= SEALED_AT + PAYLOAD_MAX + LK_CODE_TAG_SIZE + LK_CODE_SIGNATURE_SIZE
           ? n
           : 0;
}

LkCollectionCode *
lk_code_text_read (const char *text, GPtrArray *keys, GError **error)
{
  guint8 bytes[LK_CODE_TEXT_MAX], payload[PAYLOAD_MAX];
  gsize n = to_bytes (text, bytes);
  const LkCodeSuite *suite = n > 0 ? lk_code_suite_find (text[MARK_SIZE - 1]) : NULL;
  const LkCodeKey *key;
  g_autoptr (GBytes) head = NULL;
  LkCollectionCode *code;

  if (suite == NULL)
    return refuse (LK_ERROR_CODE_TEXT, "the text is no collection code", error);
  key = lk_code_keys_find (keys, suite, bytes + MARK_SIZE);
  if (key == NULL)
    return refuse (LK_ERROR_CODE_KEY, "the collection code is by an issuer unknown here", error);
  n -= LK_CODE_SIGNATURE_SIZE;
  head = g_bytes_new (bytes, HEAD_SIZE);
  if (!lk_code_suite_verify (suite, key->public, bytes, n, bytes + n) ||
      !lk_code_suite_open (suite, key->secret, bytes + HEAD_SIZE, head, bytes + SEALED_AT, n - SEALED_AT, payload))
    return refuse (LK_ERROR_CODE_SIGNATURE, "the collection code is not genuine", error);
  code = lk_code_payload_read (payload, n - SEALED_AT - LK_CODE_TAG_SIZE);
  return code != NULL ? code : refuse (LK_ERROR_CODE_TEXT, "the collection code is signed but malformed", error);
}
