/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "traffic.h"

G_BEGIN_DECLS

/* kill -9 of the service, again and again, while reviewers decide and students send photos. */

typedef struct
{
  int n_kills;
  LkTrafficReport report;
  GArray *ready_ms;             /* of double, one a start after a kill: until it answers */
} LkKillResult;

void lk_kill_storm (int n_kills, LkKillResult *result);
void lk_kill_result_clear (LkKillResult *result);

G_END_DECLS
