/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/checker.h"
#include "service/import-files.h"
#include "service/service.h"

G_BEGIN_DECLS

/* What was found out about one student's files before anything is written to the database. */
typedef struct
{
  gboolean unknown_student;
  GError *failure;                              /* of the database or the store: the whole group is lost */
  GError *errors[LK_N_IMPORT_KINDS];            /* why a file is not taken */
  gboolean has[LK_N_IMPORT_KINDS];
  LkPhotoFile files[LK_N_IMPORT_KINDS];
  gboolean has_blue;
  LkPhotoFile blue;                             /* the photo with its background replaced, where it was not blue */
  GPtrArray *checks;                            /* of the photo, of LkCheck */
  LkTrace *trace;                               /* of the photo; NULL without a face or an engine */
  int spec_version;
} LkImportFindings;

void lk_import_findings_clear (LkImportFindings *self);

/* Reads the files of a group, runs the checks and stores what can be taken in the blob store. Files are decoded as the checker
 * does it. Any thread. */
void lk_import_examine (LkService *service, const LkSpec *spec, LkChecker *checker, const char *folder, const LkImportGroup *group,
                        LkImportFindings *findings);

/* The checks in short, for the audit: [["G3_eye_line", 1, "pass", 252.1], ...]. */
char *lk_import_brief (GPtrArray *checks);

G_END_DECLS
