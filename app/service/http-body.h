/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/http.h"

G_BEGIN_DECLS

/* The body of a request while it comes in: in memory, or in a file without a name, which is gone whatever happens to the service. */
typedef struct _LkHttpBody LkHttpBody;

/* folder: where the file lies; NULL keeps the body in memory. */
LkHttpBody *lk_http_body_new  (const char *folder, gsize limit);
void        lk_http_body_free (LkHttpBody *self);                        /* what it held is wiped from memory: it may be a password */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkHttpBody, lk_http_body_free)

/* FALSE when it would be longer than the limit. What the disk refuses is told by lk_http_body_finish(). */
gboolean lk_http_body_append (LkHttpBody *self, const char *bytes, gsize size);

/* After the last byte. LK_ERROR_DISK_FULL, _STORE: it could not be written. */
gboolean lk_http_body_finish (LkHttpBody *self, GError **error);

const char       *lk_http_body_get_text (LkHttpBody *self, gsize *length);  /* "" for one that is in a file */
const LkBodyFile *lk_http_body_get_file (LkHttpBody *self);                 /* NULL for one that is in memory */

G_END_DECLS
