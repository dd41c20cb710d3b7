/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tools/portrait/params.h"

/* Spoils a portrait so that the named check of rules.md §3 should find it.
 * strength 1 is plainly wrong; below about 0.5 it may be missed. Some checks
 * can be failed in several ways: "G1_face_count:0" names the first way (no
 * face), ":1" the second (two faces); without a number the style seed picks.
 * Returns FALSE with G_IO_ERROR_NOT_SUPPORTED when the id is unknown. */
gboolean lk_portrait_add_fault (LkPortraitParams *params, const char *fault, double strength, GError **error);

/* NULL-terminated list of the ids that can be drawn; static. */
const char *const *lk_portrait_fault_ids (void);
