/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "traffic.h"

G_BEGIN_DECLS

/* Power cuts at random moments while reviewers decide and students send photos, over the database and the photo files. */

typedef struct
{
  int n_cuts;
  int n_answers;                /* the storm ends after so many */
  gboolean normal;              /* synchronous=NORMAL: must lose */
  int seed;
} LkPowerOptions;

typedef struct
{
  int n_bad_cuts;               /* that lost something answered */
  int n_lost;                   /* together */
  int n_unlike, n_broken;       /* rows and files that do not fit; databases that are not whole */
  gint64 n_sectors;             /* that were dropped */
  int acked[LK_N_ACK_KINDS];    /* by the end */
} LkPowerResult;

/* recorder: disk-recorder.so */
void lk_power_storm (const LkPowerOptions *options, const char *recorder, LkPowerResult *result);

G_END_DECLS
