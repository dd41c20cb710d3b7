/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One short exchange of the service with another one of the college. Certificates are always checked, redirects are not followed, plain
 * http is for this machine only. */

typedef struct
{
  const char *url;
  const char *form;             /* application/x-www-form-urlencoded, for a POST; NULL: a GET */
  const char *user, *password;  /* HTTP Basic; NULL for none */
} LkFetch;

/* The body of a 200, at most 1 MiB. LK_ERROR_COLLEGE_AWAY: no such answer came. Blocks up to ten seconds. Any thread. */
char *lk_fetch (const LkFetch *fetch, GError **error);

/* Whether an address may be asked: https, or http on this machine. */
gboolean lk_fetch_may_ask (const char *url);

/* "a=1&b=..." with values escaped: name, value, name, value, NULL. A NULL value is left out. */
char *lk_fetch_form (const char *name, ...) G_GNUC_NULL_TERMINATED;

/* The form as the query of an address that may have one already; takes form. */
char *lk_fetch_with_query (const char *url, char *form);

G_END_DECLS
