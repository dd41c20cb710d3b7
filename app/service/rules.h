/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/deadline.h"
#include "core/reason.h"

G_BEGIN_DECLS

/**
 * LkRules:
 *
 * What a college sets in data/ and the service goes by: the photo standard, the catalogue of reasons and the
 * calendar. They can be read again while the service runs; whoever uses one meanwhile keeps what it has. Any thread.
 */
typedef struct _LkRules LkRules;

/* LK_ERROR_BAD_SPEC, with file and line, when one of them cannot be used. */
LkRules *lk_rules_new  (GError **error);
void     lk_rules_free (LkRules *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkRules, lk_rules_free)

/* Reads the files again. One that cannot be used is logged with line and reason, and the old one stays. */
void lk_rules_reload (LkRules *self);

/* A reference of the caller's own. */
LkReasonCatalogue *lk_rules_get_reasons (LkRules *self);
LkCalendar        *lk_rules_get_calendar (LkRules *self);

int lk_rules_get_spec_version (LkRules *self);

/* Both files as they are in force: {"reasons": ..., "photo_spec": ...}. Free with g_free. */
char *lk_rules_dup_json (LkRules *self);

G_END_DECLS
