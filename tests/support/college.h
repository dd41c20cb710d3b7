/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A college's own sign-in for tests, CAS 3 and OpenID Connect in one, on loopback and in a thread of its own. Everybody who comes to it is
 * signed in at once, as the person set. It can be made to say what no honest one says. */
typedef struct _College College;

typedef enum
{
  COLLEGE_HONEST,
  COLLEGE_AWAY,                 /* every answer is 500 */
  COLLEGE_DENIES,               /* the person pressed cancel there */
  COLLEGE_OTHER_ISSUER,
  COLLEGE_OTHER_CLIENT,
  COLLEGE_TWO_CLIENTS,          /* the token is for two, and does not say which of them asked */
  COLLEGE_OTHER_NONCE,
  COLLEGE_EXPIRED,
  COLLEGE_FUTURE,
  COLLEGE_TAMPERED,             /* the content was changed after it was signed */
  COLLEGE_UNSIGNED,             /* alg none */
  COLLEGE_CONFUSED,             /* alg HS256, the issuer's public key as the secret */
  COLLEGE_OTHER_KEY,            /* signed with a key that is not published */
  COLLEGE_NO_TOKEN,
} CollegeFault;

College *college_new  (void);
void     college_free (College *self);
char    *college_dup_url (College *self);

/* Who comes: sub and CAS user, and the attribute "employee_number". */
void college_set_person (College *self, const char *user, const char *number);
void college_set_fault  (College *self, CollegeFault fault);
/* ES256 instead of RS256. */
void college_set_elliptic (College *self, gboolean elliptic);
/* New keys from now on; the old ones are not published any more. */
void college_change_keys (College *self);

/* What a browser does with an address that somebody opens: asks, and is sent on. Where to; NULL when it is not. */
char *college_browse (const char *url);

/* One of the query's values, unescaped; NULL when it is not there. */
char *college_query (const char *url, const char *name);

G_END_DECLS
