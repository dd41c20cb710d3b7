/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/error.h"

G_DEFINE_QUARK (lk-error-quark, lk_error)

/* Codes that travel between service and workstation. Words are never renamed. */
static const struct
{
  LkError code;
  const char *word;
} words[] = {
  { LK_ERROR_NOT_PICTURE, "not-picture" },
  { LK_ERROR_PICTURE_KIND, "picture-kind" },
  { LK_ERROR_PICTURE_CUT_OFF, "picture-cut-off" },
  { LK_ERROR_PICTURE_PIXELS, "picture-pixels" },
  { LK_ERROR_PICTURE_BYTES, "picture-bytes" },
  { LK_ERROR_BAD_NOTE, "bad-note" },
  { LK_ERROR_BAD_REASONS, "bad-reasons" },
  { LK_ERROR_BAD_REQUEST, "bad-request" },
  { LK_ERROR_OFFLINE, "unavailable" },
  { LK_ERROR_SIGNED_OUT, "signed-out" },
  { LK_ERROR_WRONG_PASSWORD, "wrong-password" },
  { LK_ERROR_TOO_MANY_TRIES, "too-many-tries" },
  { LK_ERROR_FACTOR_NEEDED, "factor-needed" },
  { LK_ERROR_WRONG_FACTOR, "wrong-factor" },
  { LK_ERROR_NO_ACCOUNT, "no-account" },
  { LK_ERROR_COLLEGE_REFUSED, "college-refused" },
  { LK_ERROR_COLLEGE_AWAY, "college-away" },
  { LK_ERROR_FORBIDDEN, "forbidden" },
  { LK_ERROR_INVOLVED, "involved" },
  { LK_ERROR_NOT_FOUND, "not-found" },
  { LK_ERROR_LEASE_LOST, "lease-lost" },
  { LK_ERROR_ALREADY_DECIDED, "already-decided" },
  { LK_ERROR_PHOTO_CHANGED, "photo-changed" },
  { LK_ERROR_TOO_LATE, "too-late" },
  { LK_ERROR_KEY_REUSED, "key-reused" },
  { LK_ERROR_STATE, "state" },
  { LK_ERROR_REFUSED, "refused" },
  { LK_ERROR_CODE_UNREADABLE, "code-unreadable" },
  { LK_ERROR_CODE_REFUSED, "code-refused" },
  { LK_ERROR_CODE_CONFLICT, "code-conflict" },
  { LK_ERROR_CODE_HELD, "code-held" },
  { LK_ERROR_NOT_IN_ROSTER, "not-in-roster" },
  { LK_ERROR_CONSENT_NEEDED, "consent-needed" },
  { LK_ERROR_NO_ROUND, "no-round" },
  { LK_ERROR_WINDOW_CLOSED, "window-closed" },
  { LK_ERROR_NO_TRIES, "no-tries" },
  { LK_ERROR_ATTACHMENTS_MISSING, "attachments-missing" },
  { LK_ERROR_QUEUE_FULL, "queue-full" },
  { LK_ERROR_KEY_NEEDED, "key-needed" },
  { LK_ERROR_KEY_IN_WORK, "key-in-work" },
  { LK_ERROR_KEY_DONE, "key-done" },
  { LK_ERROR_STORE, "storage" },
  { LK_ERROR_DISK_FULL, "disk-full" },
};

const char *
lk_error_to_word (LkError code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].code == code)
      return words[i].word;
  return NULL;
}

LkError
lk_error_from_word (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].word, word) == 0)
      return words[i].code;
  return LK_ERROR_REFUSED;
}
