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
};

G_END_DECLS
