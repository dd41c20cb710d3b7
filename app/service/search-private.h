/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sodium.h>

#include "photo/face-index.h"
#include "service/search.h"

G_BEGIN_DECLS

struct _LkSearch
{
  LkService *service;
  const LkSpec *spec;
  LkChecker *checker;
  guint8 key[crypto_secretbox_KEYBYTES];
  LkFaceIndex *index;
  GMutex mutex;                 /* over the rest */
  gint64 last;                  /* the last submission whose trace was read from the database */
  GHashTable *own;              /* submissions after that which were added here: gint64 * */
};

/* Reads what others, an import beside a running service, have added meanwhile. Errors of the database. */
gboolean lk_search_follow (LkSearch *self, GError **error);

G_END_DECLS
