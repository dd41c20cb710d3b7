/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/photo-info.h"
#include "core/standing.h"
#include "core/state.h"

G_BEGIN_DECLS

/* A photo that a student sent before the one in review, and what became of it. */
typedef struct
{
  LkPhotoInfo *photo;
  LkState state;
  gint64 submitted_at;          /* µs UTC */
  LkStandingDecision *decision; /* NULL: there is none */
} LkEarlier;

void lk_earlier_free (LkEarlier *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkEarlier, lk_earlier_free)

/* The service's answer, the latest first; array of LkEarlier. LK_ERROR_BAD_REQUEST. */
GPtrArray *lk_earlier_list_from_json (const cJSON *json, GError **error);

G_END_DECLS
