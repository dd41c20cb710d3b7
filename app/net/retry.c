/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/retry.h"

enum
{
  FIRST_DELAY_MS = 500,
  LONGEST_DELAY_MS = 15000,
  SPREAD = 5, /* up to a fifth on top */
};

guint
lk_retry_delay (guint n_failures, guint retry_after, guint32 random)
{
  guint doublings = MIN (MAX (n_failures, 1) - 1, 8);
  guint delay = MIN ((guint) FIRST_DELAY_MS << doublings, (guint) LONGEST_DELAY_MS);

  delay = MAX (delay, MIN (retry_after, 3600) * 1000);
  return delay + random % (delay / SPREAD);
}
