/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tools/check/options.h"

G_BEGIN_DECLS

/* What the verbs do; each returns the program's exit status. */
int lk_verb_check     (const LkToolOptions *options);
int lk_verb_compare   (const LkToolOptions *options);
int lk_verb_calibrate (const LkToolOptions *options);
int lk_verb_duplicates (const LkToolOptions *options);
int lk_verb_crop      (const LkToolOptions *options);
int lk_verb_blue      (const LkToolOptions *options);
int lk_verb_spec      (const LkToolOptions *options);

G_END_DECLS
