/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Made-up people for a demo class list. Nothing here is anybody's data: ID
 * numbers start with 99, which no region has. */

/* A Chinese name of two to four characters, now and then one with a middle dot. */
char *lk_made_up_name (guint64 seed, gboolean female);

/* 18 characters with a right check digit (GB 11643): region 99xxxx, the birth
 * year, an odd order number for men and an even one for women. */
char *lk_made_up_id_number (guint64 seed, gboolean female, int birth_year);

/* The check character of the first 17 digits. */
char lk_id_number_check_digit (const char *digits);
