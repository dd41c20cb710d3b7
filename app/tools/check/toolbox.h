/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/checker.h"
#include "tools/check/options.h"

G_BEGIN_DECLS

/* The standard and the checker that the verbs work with. */
typedef struct
{
  LkSpec *spec;
  LkChecker *checker;
  LkEngine *engine;             /* borrowed from the checker; NULL when the models cannot be used */
} LkToolbox;

/* Loads both and says on standard error when the models are missing; what cannot be used is complained about.
 * Returns: LK_EXIT_GOOD or the status to end with */
int  lk_toolbox_open  (LkToolbox *self, const LkToolOptions *options);
void lk_toolbox_clear (LkToolbox *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LkToolbox, lk_toolbox_clear)

/* The spec that --spec names, or the one that came with the program. */
LkSpec *lk_tool_load_spec (const LkToolOptions *options, GError **error);

G_END_DECLS
