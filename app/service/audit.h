/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The audit trail of rules.md section 11: append only, each line carrying the hash of the line before. */

enum { LK_AUDIT_HASH_SIZE = 32 };

typedef struct
{
  gint64 seq;                   /* from 1, without gaps */
  gint64 at;                    /* µs UTC */
  const char *action;           /* "decision", "lease", "sign-in"... */
  gint64 submission;            /* row, 0 for none */
  const char *state;            /* the submission's new state, NULL for none */
  const char *body;             /* JSON: who, from where, before, after and what belongs to the action */
} LkAuditLine;

/* The hash of a line that follows one with the hash @before (all zero for the first). Covers every column. */
void lk_audit_hash (const guint8 before[LK_AUDIT_HASH_SIZE], const LkAuditLine *line, guint8 hash[LK_AUDIT_HASH_SIZE]);

G_END_DECLS
