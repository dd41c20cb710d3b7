/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A bar on standard error that says how much is done; shown only on a terminal and only for many photos. */
typedef struct _LkProgress LkProgress;

LkProgress *lk_progress_new  (guint of);
void        lk_progress_free (LkProgress *self);          /* and takes the bar away */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkProgress, lk_progress_free)

void lk_progress_set (LkProgress *self, guint done);

/* Takes the bar away before something is printed; the next lk_progress_set() brings it back. */
void lk_progress_hide (LkProgress *self);

G_END_DECLS
