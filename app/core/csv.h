/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One record of a CSV file (RFC 4180) and the line it starts on. */
typedef struct
{
  int line;                     /* from 1 */
  char **fields;
} LkCsvRecord;

/* Text of a CSV file as UTF-8: takes UTF-8 with or without BOM, UTF-16 with BOM, and GB 18030 (what Excel on a
 * Chinese PC writes). NULL + LK_ERROR_BAD_ROSTER when it is none of them. */
char *lk_csv_to_utf8 (GBytes *file, GError **error);

/* Records of UTF-8 CSV text, empty lines left out. Array of LkCsvRecord *. LK_ERROR_BAD_ROSTER for an open quote. */
GPtrArray *lk_csv_parse (const char *text, GError **error);

G_END_DECLS
