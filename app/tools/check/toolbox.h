/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/checker.h"
#include "tools/check/options.h"

G_BEGIN_DECLS

/* What the verbs work with. */
typedef struct
{
  LkSpec *spec;
  LkDecoder *decoder;           /* the photos come from other people */
  LkChecker *checker;
  LkEngine *engine;             /* borrowed from the checker; NULL when the models cannot be used */
} LkToolbox;

/* Loads them and says on standard error when the models are missing; what cannot be used is complained about.
 * Returns: LK_EXIT_GOOD or the status to end with */
int  lk_toolbox_open  (LkToolbox *self, const LkToolOptions *options);
void lk_toolbox_clear (LkToolbox *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LkToolbox, lk_toolbox_clear)

G_END_DECLS
