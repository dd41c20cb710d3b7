/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  LK_RANGE_WHOLE,               /* no range, several, or one that is malformed: the whole is sent */
  LK_RANGE_PART,
  LK_RANGE_OUTSIDE,             /* 416 */
} LkRange;

/* What a Range header (NULL for none) asks of something of so many bytes (RFC 9110, section 14); for a part, *first and *length. */
LkRange lk_http_range_parse (const char *header, guint64 size, guint64 *first, guint64 *length);

G_END_DECLS
