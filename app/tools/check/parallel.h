/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tools/check/progress.h"

G_BEGIN_DECLS

typedef void (*LkIndexFunc) (guint i, gpointer data);

/**
 * lk_parallel_run:
 * @n: how many things there are
 * @jobs: how many threads
 * @work: called for each of 0 to n - 1 on some thread, several at a time
 * @done: (nullable): called for each on the calling thread and in order, as soon as it and all before it are finished
 * @progress: (nullable): told how many are finished
 */
void lk_parallel_run (guint n, guint jobs, LkIndexFunc work, LkIndexFunc done, LkProgress *progress, gpointer data);

/* What --jobs 0 means: one for each processor. */
guint lk_parallel_jobs (int asked);

G_END_DECLS
