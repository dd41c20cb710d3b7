/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/code-suite.h"

G_BEGIN_DECLS

/* A key of collection codes. Each lies in two files of the campus folder's "codes": ID.open.json opens codes and checks who signed them,
 * ID.issue.json signs. A college that only reads codes holds the first alone. */
typedef struct
{
  const LkCodeSuite *suite;
  guint8 id[LK_CODE_KEY_ID_SIZE];
  guint8 secret[LK_CODE_SECRET_MAX];    /* seals and opens */
  guint8 public[LK_CODE_PUBLIC_MAX];
  gboolean can_issue;
  guint8 private[LK_CODE_PRIVATE_SIZE];
  gint64 made_at;               /* us UTC; when can_issue */
} LkCodeKey;

void lk_code_key_free (LkCodeKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkCodeKey, lk_code_key_free)

/* "1a2b3c4d"; newly allocated. */
char *lk_code_key_get_name (const LkCodeKey *self);

/* A new key, in no file yet. */
LkCodeKey *lk_code_key_make (const LkCodeSuite *suite, GError **error);

/* Writes both files, readable for the owner alone. LK_ERROR_STORE, _DISK_FULL. */
gboolean lk_code_key_save (const LkCodeKey *self, const char *folder, GError **error);

/* All keys of a campus folder: of LkCodeKey; empty when there are none. LK_ERROR_BAD_SPEC, naming the file, for one that cannot be used. */
GPtrArray *lk_code_keys_load (const char *folder, GError **error);

/* Changes whenever a key is added or taken away. */
gint64 lk_code_keys_get_stamp (const char *folder);

/* NULL when there is none. */
const LkCodeKey *lk_code_keys_find (GPtrArray *keys, const LkCodeSuite *suite, const guint8 id[LK_CODE_KEY_ID_SIZE]);

/* The newest key of a suite, or of any when it is NULL, that can issue; NULL when there is none. */
const LkCodeKey *lk_code_keys_find_issuer (GPtrArray *keys, const LkCodeSuite *suite);

G_END_DECLS
