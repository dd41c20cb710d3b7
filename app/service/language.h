/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The languages the service answers in. */
typedef enum
{
  LK_LANGUAGE_ZH,
  LK_LANGUAGE_EN,
} LkLanguage;

/* What an Accept-Language header likes best of the two (RFC 9110, 12.5.4); Chinese for one that likes neither, is malformed or NULL. */
LkLanguage lk_language_from_header (const char *header);

G_END_DECLS
