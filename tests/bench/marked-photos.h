/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Marks on the blue above the head, beside every line of the crop grid: a magenta square that can be found, then two squares
 * whose colours (three bits each) are the photo's code. Places and sizes in px of the 480 x 640 frame. */
enum
{
  LK_MARK_X = 128,              /* left edge of the first square */
  LK_MARK_Y = 10,
  LK_MARK_SIZE = 18,             /* small enough to leave the background checks as they are */
  LK_MARK_STEP = 24,            /* from square to square */
  LK_MARK_N_CODES = 62,         /* 1 to 62: 0 and 63 are what a plain dark or light page looks like */
};

/* The code on photo i (from 0). */
int lk_marked_photos_code (int i);

/* The student's number of photo i, by which its file is named. */
char *lk_marked_photos_dup_number (int i);

/**
 * lk_marked_photos_write:
 *
 * Draws n_photos standard portraits with their ID photos into folder, as roster.csv and photos/NUMBER.jpg, in the order of the
 * numbers; A few faces are drawn and used again with other marks: the bytes differ,
 * the work of showing them does not.
 */
gboolean lk_marked_photos_write (const char *folder, int n_photos, int width, int height, GError **error);

G_END_DECLS
