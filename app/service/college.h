/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/settings.h"

G_BEGIN_DECLS

/**
 * LkCollege:
 *
 * The college's own sign-in (统一身份认证): OpenID Connect with PKCE, or CAS 3. The person signs in there in the system's browser; the
 * answer comes to a port of the workstation and from there to the service, which asks the college whether it is true. Any thread.
 */
typedef struct _LkCollege LkCollege;

/* NULL when none is set in likenessd.conf. */
LkCollege *lk_college_new  (LkSettings *settings);
void       lk_college_free (LkCollege *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkCollege, lk_college_free)

/* What the button says. */
const char *lk_college_get_title (LkCollege *self);

enum { LK_COLLEGE_SECONDS = 600 };      /* from the begin of a sign-in to its end */

/**
 * lk_college_begin:
 * @back: where the browser brings the answer: http://127.0.0.1:PORT/signed-in
 * @id: (out): what the workstation ends the sign-in with; a secret of its own
 * @url: (out): what to open in the browser
 * @state: (out): what the answer will carry, by which the workstation knows it
 *
 * Errors: LK_ERROR_BAD_REQUEST, _COLLEGE_AWAY, _TOO_MANY_TRIES (too many have begun).
 */
gboolean lk_college_begin (LkCollege *self, const char *device, const char *from, const char *back, char **id, char **url, char **state,
                           GError **error);

/* What came back to the workstation. */
typedef struct
{
  const char *state;
  const char *code, *ticket;    /* of OpenID Connect, of CAS; the other is NULL */
} LkCollegeAnswer;

/* Who it is for the college: the claim or attribute that is set. A sign-in ends once, whatever came of it.
 * LK_ERROR_COLLEGE_REFUSED, _COLLEGE_AWAY. */
char *lk_college_finish (LkCollege *self, const char *id, const char *device, const LkCollegeAnswer *answer, GError **error);

G_END_DECLS
