/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LkLabels:
 *
 * What a person says is wrong with which photo: a CSV table whose first column is the file, below the folder or by its last
 * part. Three forms are read:
 * - no heading, or the heading "file": the other columns hold the ids of the checks that should find something, any number;
 * - a column headed "faults": the ids, separated by commas, semicolons or spaces (the truth.csv of drawn sets);
 * - columns headed by check ids: 1, x, yes, 是 (faulty); 0, no, 否 or empty (good); ? (not said).
 *
 * A photo that stands in the table without a fault is a good one.
 */
typedef struct _LkLabels LkLabels;

typedef enum
{
  LK_LABEL_UNKNOWN,
  LK_LABEL_GOOD,
  LK_LABEL_FAULTY,
} LkLabel;

/* LK_ERROR_BAD_REQUEST with a translated sentence naming the line. */
LkLabels *lk_labels_load  (const char *path, GError **error);
LkLabels *lk_labels_parse (GBytes *file, GError **error);
void      lk_labels_free  (LkLabels *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkLabels, lk_labels_free)

/* What is said of one check of one photo. */
LkLabel lk_labels_get (const LkLabels *self, const char *file, const char *check_id);

/* Whether anything is said of the photo. */
gboolean lk_labels_has (const LkLabels *self, const char *file);

G_END_DECLS
