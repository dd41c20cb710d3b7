/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tools/portrait/write.h"

/* Draws and writes one picture and, when a path is given, its truth (JSON)
 * and its person mask (PNG). */
gboolean lk_draw_picture (const LkPortraitParams *params, const char *path, const char *truth_path, const char *mask_path, GError **error);

/* The folder and those above it. */
gboolean lk_draw_make_folder (const char *path, GError **error);

/* The three sizes of photos in turn. */
void lk_draw_take_next_size (LkPortraitParams *params, int i);

/* A set of `count` portraits with a truth file beside each and a truth.csv
 * over all. With faults, every second portrait has one. */
gboolean lk_draw_set (const char *folder, int count, guint64 seed, gboolean with_faults, GError **error);

/* One picture of many portraits in rows. With id_cards each is followed by
 * its ID photo; with faults every portrait shows one. */
gboolean lk_draw_sheet (const char *path, int count, guint64 seed, gboolean with_faults, gboolean id_cards, GError **error);

/* A class to try the programs on: roster.csv, photos/NUMBER.jpg,
 * photos/NUMBER.id.jpg and truth/NUMBER.json. */
gboolean lk_draw_demo (const char *folder, int students, guint64 seed, GError **error);
