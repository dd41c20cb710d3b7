/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LkError:
 *
 * The one error domain of Likeness. A code says what kind of thing went wrong, so
 * that a caller can choose what to do next; the message is English, for logs.
 * Sentences for people are made from the code, in ui/error-text.c and in the
 * command-line programs.
 */
typedef enum
{
  LK_ERROR_FAILED,

  /* a picture file */
  LK_ERROR_NOT_PICTURE,         /* not an image at all, whatever its name says */
  LK_ERROR_PICTURE_KIND,        /* an image, but of a kind that is not taken (WebP, GIF, CMYK...) */
  LK_ERROR_PICTURE_CUT_OFF,     /* the file ends before the picture does, or is damaged inside */
  LK_ERROR_PICTURE_PIXELS,      /* more pixels than are taken */
  LK_ERROR_PICTURE_BYTES,       /* more bytes than are taken */

  /* the photo engine */
  LK_ERROR_NO_ENGINE,           /* runtime or model missing: checks are not_run */
  LK_ERROR_NO_DECODER,          /* likeness-decoder missing or not able to run: no file is decoded */

  /* what a person or a file gave us */
  LK_ERROR_BAD_SPEC,            /* a file of data/ cannot be used; the message has line and reason */
  LK_ERROR_BAD_ROSTER,
  LK_ERROR_BAD_NOTE,
  LK_ERROR_BAD_REASONS,         /* none, more than three, or not for this verdict */
  LK_ERROR_BAD_REQUEST,         /* malformed JSON, missing member, unknown id */

  /* why a collection code is refused (LK_ERROR_CODE_REFUSED for the student) */
  LK_ERROR_CODE_TEXT,           /* a text that is no collection code */
  LK_ERROR_CODE_KEY,            /* issued with a key that is unknown here */
  LK_ERROR_CODE_SIGNATURE,      /* not genuine */
  LK_ERROR_CODE_EXPIRED,
  LK_ERROR_CODE_ROUND,          /* genuine, but of a graduation year this round is not held for */
  LK_ERROR_CODE_TOOL,           /* the college's official tool did not answer: our fault, not the student's */

  /* the campus service, as seen by a client */
  LK_ERROR_OFFLINE,             /* not reached, or 5xx: try again later */
  LK_ERROR_UNTRUSTED,           /* certificate not accepted: never retried in silence */
  LK_ERROR_SIGNED_OUT,          /* session unknown or ended: sign in again */
  LK_ERROR_WRONG_PASSWORD,
  LK_ERROR_TOO_MANY_TRIES,      /* sign-in limited for a while */
  LK_ERROR_FACTOR_NEEDED,       /* name and password are right; the code of the second factor is asked for */
  LK_ERROR_WRONG_FACTOR,        /* the code is wrong, old, or used already */
  LK_ERROR_NO_ACCOUNT,          /* known to the college's sign-in, but nobody here */
  LK_ERROR_COLLEGE_REFUSED,     /* the college's own sign-in did not say who it is */
  LK_ERROR_COLLEGE_AWAY,        /* it does not answer the service */
  LK_ERROR_FORBIDDEN,
  LK_ERROR_INVOLVED,            /* their own or a relative's photo, their own rejection or crop: somebody else must decide */
  LK_ERROR_NOT_FOUND,
  LK_ERROR_LEASE_LOST,          /* somebody else holds the submission now */
  LK_ERROR_ALREADY_DECIDED,     /* somebody else has decided */
  LK_ERROR_PHOTO_CHANGED,       /* the photo decided on is not the submission's photo any more */
  LK_ERROR_TOO_LATE,            /* undo after its time, or seen, or exported */
  LK_ERROR_KEY_REUSED,          /* same idempotency key, other content */
  LK_ERROR_STATE,               /* a transition that rules.md section 7 does not have */
  LK_ERROR_REFUSED,             /* any other 4xx */

  /* a student's calls */
  LK_ERROR_CODE_UNREADABLE,     /* no collection code can be read in the picture */
  LK_ERROR_CODE_REFUSED,        /* a code that is not genuine or has run out */
  LK_ERROR_CODE_CONFLICT,       /* the code of another student: R701 */
  LK_ERROR_CODE_HELD,           /* the code came with another student's record already */
  LK_ERROR_NOT_IN_ROSTER,
  LK_ERROR_CONSENT_NEEDED,      /* none, or to an older text */
  LK_ERROR_NO_ROUND,            /* none runs or will */
  LK_ERROR_WINDOW_CLOSED,       /* outside the times of this site, and without the right to send again */
  LK_ERROR_NO_TRIES,            /* all of this round are used */
  LK_ERROR_ATTACHMENTS_MISSING,
  LK_ERROR_QUEUE_FULL,          /* too many wait for their checks: later */

  /* calls with an idempotency key */
  LK_ERROR_KEY_NEEDED,
  LK_ERROR_KEY_IN_WORK,         /* the same call with the same key is being worked on */
  LK_ERROR_KEY_DONE,            /* it was done, but its answer was lost when the service ended */

  /* storage of either program */
  LK_ERROR_STORE,
  LK_ERROR_DISK_FULL,
  LK_ERROR_CORRUPT,

  /* what a workstation keeps sealed */
  LK_ERROR_LOCKED,              /* its passphrase is needed first */
  LK_ERROR_WRONG_PASSPHRASE,
} LkError;

#define LK_ERROR (lk_error_quark ())
GQuark lk_error_quark (void);

/* The word for a code on the wire ("lease-lost"), stable for ever; NULL for a code that never travels. */
const char *lk_error_to_word (LkError code);

/* The code for a word of lk_error_to_word(); LK_ERROR_REFUSED for one this version does not know. */
LkError lk_error_from_word (const char *word);

G_END_DECLS
