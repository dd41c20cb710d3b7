/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/service.h"

G_BEGIN_DECLS

/* What the process has done since it started, counted where it happens; any thread. */

/* us: how long it took; -1 for one that waited for news. */
void lk_metrics_count_request  (guint status, gint64 us);

/* A transaction with so many requests in it, and how long it took from its begin until it was durable. */
void lk_metrics_count_commit   (gint64 us, guint requests);

void lk_metrics_count_decision (LkVerdict verdict);

/* The figures as Prometheus reads them (text format 0.0.4), with what the campus has at this moment. */
char *lk_metrics_print (LkService *service, GError **error);

G_END_DECLS
