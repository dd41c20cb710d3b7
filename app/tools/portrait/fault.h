/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tools/portrait/params.h"

/* Spoils a portrait. A fault is called like the check of rules.md §3 that should
 * find it, "E1_eyes", or has a name of its own, "gaze_side": the table is in
 * fault.c. The check is noted in params->faults.
 * strength 1 is plainly wrong; below about 0.5 it may be missed. Some faults
 * can be drawn in several ways: "G1_face_count:0" names the first way (no
 * face), ":1" the second (two faces); without a number the style seed picks.
 * Returns FALSE with G_IO_ERROR_NOT_SUPPORTED when the id is unknown. */
gboolean lk_portrait_add_fault (LkPortraitParams *params, const char *fault, double strength, GError **error);

/* NULL-terminated list of the ids that can be drawn; static. */
const char *const *lk_portrait_fault_ids (void);

/* The check of rules.md §3 that should find the fault (no ":1" behind its name); NULL when the fault is unknown. */
const char *lk_portrait_fault_check (const char *fault);
