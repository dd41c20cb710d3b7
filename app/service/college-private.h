/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/json.h"
#include "service/college.h"

G_BEGIN_DECLS

/* A sign-in that has begun. */
typedef struct
{
  char *device, *from, *back;
  char *state, *nonce, *verifier;       /* random; the latter two of OpenID Connect */
  gint64 ends_at;               /* monotonic µs */
} LkCollegeLogin;

/* college-oidc.c */
typedef struct _LkOidc LkOidc;
LkOidc *lk_oidc_new    (LkSettings *settings);
void    lk_oidc_free   (LkOidc *self);
char   *lk_oidc_begin  (LkOidc *self, const LkCollegeLogin *login, GError **error);    /* the address to open */
char   *lk_oidc_finish (LkOidc *self, const LkCollegeLogin *login, const char *code, GError **error);

/* college-cas.c */
char   *lk_cas_begin   (LkSettings *settings, const LkCollegeLogin *login);
char   *lk_cas_finish  (LkSettings *settings, const LkCollegeLogin *login, const char *ticket, GError **error);
/* Who an answer of serviceValidate is about: the user, or an attribute. LK_ERROR_COLLEGE_REFUSED. */
char   *lk_cas_read    (const char *xml, const char *attribute, GError **error);

#define LK_COLLEGE_GROUP "college_sign_in"

G_END_DECLS
