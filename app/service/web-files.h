/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LkWebFiles:
 *
 * The students' pages, read once when the service starts: what is asked for later is looked up by its name in a table, so that no
 * path from a request ever reaches the file system.
 */
typedef struct _LkWebFiles LkWebFiles;

typedef struct
{
  const char *type;             /* of its Content-Type */
  GBytes *bytes;
  char etag[2 + 32 + 1];        /* with its quotes */
} LkWebFile;

/* Everything with a known ending in a folder and those below it, links aside. A folder that is not there gives no files.
 * LK_ERROR_STORE: something in it cannot be read. */
LkWebFiles *lk_web_files_new  (const char *folder, GError **error);
void        lk_web_files_free (LkWebFiles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkWebFiles, lk_web_files_free)

/* name: below the folder, "pages/photo.js"; NULL when there is none. */
const LkWebFile *lk_web_files_find (LkWebFiles *self, const char *name);

G_END_DECLS
