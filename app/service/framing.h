/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The head of a request as the HTTP library understood it. */
typedef struct
{
  const char *name, *value;
  gsize name_size, value_size;
} LkHeaderField;

typedef struct
{
  const char *method;
  const char *target;           /* path and query as they came, not decoded */
  const char *version;          /* "HTTP/1.1" */
  const LkHeaderField *fields;
  gsize n_fields;
  gsize size;                   /* bytes of the whole head as it came, 0 when not known */
} LkHead;

typedef enum
{
  LK_FRAMING_GOOD,
  LK_FRAMING_BAD,               /* ambiguous or malformed: 400, and nothing more is read from the connection */
  LK_FRAMING_NO_LENGTH,         /* a chunked body: 411, no client of ours sends one */
} LkFraming;

/**
 * lk_framing_check:
 * @reason: (out) (nullable): static English words for the log
 *
 * Refuses what two programs in a row could read differently (request smuggling): a body length given twice or in two ways, a repeated
 * or missing Host, control bytes, a target that is not plain ASCII. Bare line feeds and folded lines are gone once the library has
 * parsed the head, but not its size: it must be that of one CR LF a line and at most one space after each colon.
 */
LkFraming lk_framing_check (const LkHead *head, const char **reason);

G_END_DECLS
