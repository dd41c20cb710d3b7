/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Figures of one run of a benchmark: a table for people, JSON for comparing runs. */
typedef struct _LkFigures LkFigures;

LkFigures *lk_figures_new  (const char *benchmark);
void       lk_figures_free (LkFigures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkFigures, lk_figures_free)

/* A fact about the run that is worth keeping with it ("window", "1280x800"). */
void lk_figures_note (LkFigures *self, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* One more measured value of a series, which is made at its first value; unit as "ms". */
void lk_figures_add (LkFigures *self, const char *series, const char *unit, double value);

/* How many values a series has. */
guint lk_figures_count (LkFigures *self, const char *series);

/* The value below which this share (0..1) of a sorted array lies; NAN when it is empty. */
double lk_percentile (const double *sorted, guint n_values, double share);

/* That of a series; NAN when there is none. */
double lk_figures_percentile (LkFigures *self, const char *name, double share);

/* Prints notes and, for each series, n, p50, p90, p95, p99, min, max and which value was the longest. */
void lk_figures_print (LkFigures *self);

/* Writes the same as JSON. */
gboolean lk_figures_write (LkFigures *self, const char *path, GError **error);

/* Measures; data is the caller's. */
typedef gboolean (*LkBenchFunc) (LkFigures *figures, gpointer data, GError **error);

/* The whole of a benchmark's main(): reads its options (NULL-terminated) and --json FILE, measures, prints the table, writes the JSON.
 * Gives the exit status. */
int lk_bench_main (int argc, char **argv, const char *benchmark, const char *summary, const GOptionEntry *options,
                   LkBenchFunc run, gpointer data);

G_END_DECLS
