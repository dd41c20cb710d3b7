/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What may be on a disk after a power cut. What was synced is there. Of what was not, any half of the sectors of 512 bytes that were
 * written may be, whatever their order; of the names in a folder that were not synced, the first few. */
typedef struct _LkPowerCut LkPowerCut;

/* log: of disk-recorder.c; before: a copy of the folder as it was when the recording began. */
LkPowerCut *lk_power_cut_new  (const char *log, const char *before);
void        lk_power_cut_free (LkPowerCut *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkPowerCut, lk_power_cut_free)

gsize       lk_power_cut_get_length (LkPowerCut *self);          /* bytes of the log */

/* Puts into an empty or missing folder what is left when the power goes at this byte of the log; places only grow. Returns how many
 * sectors were lost. */
guint       lk_power_cut_at (LkPowerCut *self, gsize place, GRand *random, const char *folder);

G_END_DECLS
