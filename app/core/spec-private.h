/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/json.h"
#include "core/spec.h"

G_BEGIN_DECLS

/* Shared by the readers of the parts of a spec file. */

/* Sets LK_ERROR_BAD_SPEC, "where: reason"; always FALSE. */
gboolean lk_spec_refuse (GError **error, const char *where, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* spec-making.c: the members about what is made from a photo. */
gboolean lk_spec_read_making (LkSpec *self, const cJSON *root, GError **error);

G_END_DECLS
