/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/decision.h"
#include "core/json.h"
#include "core/photo-info.h"
#include "core/state.h"

G_BEGIN_DECLS

/* A photo that a student sent before the one in review, and what became of it. */
typedef struct
{
  LkPhotoInfo *photo;
  LkState state;
  gint64 submitted_at;          /* µs UTC */
  gboolean is_decided;          /* the rest is set */
  LkVerdict verdict;
  char **reasons;               /* codes, NULL-terminated */
  char *note;                   /* "" for none */
  char *by;                     /* masked */
  gint64 decided_at;            /* µs UTC */
} LkEarlier;

void lk_earlier_free (LkEarlier *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkEarlier, lk_earlier_free)

/* The service's answer, the latest first; array of LkEarlier. LK_ERROR_BAD_REQUEST. */
GPtrArray *lk_earlier_list_from_json (const cJSON *json, GError **error);

G_END_DECLS
