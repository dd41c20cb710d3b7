/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/service.h"

G_BEGIN_DECLS

/* What an import did, in files. */
typedef struct
{
  int taken;                    /* photos that are in the queue now, and comparison photos */
  int known;                    /* there already: nothing to do */
  int refused;
} LkImportCounts;

/**
 * lk_import:
 * @roster: a CSV file
 * @photos: (nullable): a folder; see import-files.h for the names in it
 * @codes: (nullable): a CSV file with the unique numbers of the collection codes that came with the photos
 *
 * Puts students into the roster and their photos into the review queue, running all checks. Says one translated sentence a file: what
 * was taken on standard output, what was not on standard error; a bad file never stops the rest. Every readable photo goes to PENDING
 * whatever its checks say: it exists already, so it is a person who decides, with the failing checks before them.
 *
 * Errors: what makes the whole import impossible, said to the user already.
 */
gboolean lk_import (LkService *service, const char *roster, const char *photos, const char *codes, LkImportCounts *counts);

G_END_DECLS
