/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/error-text.h"

#include <glib/gi18n.h>

static const char *
picture_text (LkError code)
{
  switch ((int) code)
    {
    case LK_ERROR_NOT_PICTURE:
      return _("This file is not a picture.");
    case LK_ERROR_PICTURE_KIND:
      return _("This kind of picture cannot be shown.");
    case LK_ERROR_PICTURE_CUT_OFF:
      return _("This photo's file is damaged and cannot be shown.");
    case LK_ERROR_PICTURE_PIXELS:
      return _("This photo has too many pixels to be shown.");
    case LK_ERROR_PICTURE_BYTES:
      return _("This photo's file is too large to be shown.");
    default:
      return NULL;
    }
}

static const char *
input_text (LkError code)
{
  switch ((int) code)
    {
    case LK_ERROR_NO_ENGINE:
      return _("The photo engine is not installed here, so nothing could be measured.");
    case LK_ERROR_NO_DECODER:
      return _("Photos cannot be opened, because a part of Likeness is missing. Please have Likeness installed again.");
    case LK_ERROR_BAD_SPEC:
      return _("A settings file of Likeness cannot be read. Please have Likeness installed again.");
    case LK_ERROR_BAD_ROSTER:
      return _("The roster cannot be read.");
    case LK_ERROR_BAD_NOTE:
      return _("This decision needs a note of at most 200 characters without an ID number.");
    case LK_ERROR_BAD_REASONS:
      return _("Please choose one to three reasons that belong to this decision.");
    case LK_ERROR_BAD_REQUEST:
      return _("The campus service did not understand. Is this its right address?");
    default:
      return NULL;
    }
}

static const char *
account_text (LkError code)
{
  switch ((int) code)
    {
    case LK_ERROR_OFFLINE:
      return _("The campus service cannot be reached. Please check the network and the address.");
    case LK_ERROR_UNTRUSTED:
      return _("The campus service could not prove who it is, so nothing was sent. Please tell your administrator.");
    case LK_ERROR_SIGNED_OUT:
      return _("Your session has ended. Please sign in again; nothing you decided is lost.");
    case LK_ERROR_WRONG_PASSWORD:
      return _("User name or password is not right.");
    case LK_ERROR_TOO_MANY_TRIES:
      return _("Too many tries. Please wait a few minutes, then sign in again.");
    case LK_ERROR_FACTOR_NEEDED:
      return _("Please type the code that your authenticator app shows, too.");
    case LK_ERROR_WRONG_FACTOR:
      return _("The code is not right, or was used already. Please wait for the next one.");
    case LK_ERROR_NO_ACCOUNT:
      return _("The college knows you, but you have no account here. Please ask whoever manages the accounts.");
    case LK_ERROR_COLLEGE_REFUSED:
      return _("The college's sign-in did not confirm who you are. Please begin again.");
    case LK_ERROR_COLLEGE_AWAY:
      return _("The college's sign-in does not answer. Please try later, or use your password.");
    case LK_ERROR_FORBIDDEN:
      return _("Your account may not do this.");
    case LK_ERROR_NOT_FOUND:
      return _("The campus service does not have this any more.");
    default:
      return NULL;
    }
}

static const char *
decision_text (LkError code)
{
  switch ((int) code)
    {
    case LK_ERROR_INVOLVED:
      return _("You are involved in this yourself, so somebody else must decide.");
    case LK_ERROR_LEASE_LOST:
      return _("Somebody else has this photo now.");
    case LK_ERROR_ALREADY_DECIDED:
      return _("Somebody else has decided on this photo already.");
    case LK_ERROR_PHOTO_CHANGED:
      return _("The student has sent another photo in the meantime.");
    case LK_ERROR_TOO_LATE:
      return _("This decision cannot be taken back any more.");
    case LK_ERROR_KEY_REUSED:
      return _("The campus service has another decision under the same number and kept that one.");
    case LK_ERROR_STATE:
      return _("This photo is not waiting for a decision.");
    case LK_ERROR_REFUSED:
      return _("The campus service refused this.");
    default:
      return NULL;
    }
}

static const char *
store_text (LkError code)
{
  switch ((int) code)
    {
    case LK_ERROR_STORE:
      return _("The decision could not be written to this computer's disk. Nothing was changed; please try again.");
    case LK_ERROR_DISK_FULL:
      return _("This computer's disk is full. Please free some space; until then no decision can be kept.");
    case LK_ERROR_LOCKED:
      return _("Earlier decisions on this computer are locked and are not sent until their passphrase is given.");
    case LK_ERROR_WRONG_PASSPHRASE:
      return _("That is not the passphrase. Please try again.");
    case LK_ERROR_CORRUPT:
      return _("The file with your decisions is damaged. Please tell your administrator before you go on.");
    default:
      return NULL;
    }
}

/* Of requests and of students; what only a student's page meets has its sentences there (ui/web/words). */
static const char *
desk_text (LkError code)
{
  switch ((int) code)
    {
    case LK_ERROR_NOT_IN_ROSTER:
      return _("This student is not in the roster.");
    case LK_ERROR_NO_ROUND:
      return _("No round of the collection is running.");
    case LK_ERROR_ATTACHMENTS_MISSING:
      return _("This request needs its attachments first.");
    case LK_ERROR_QUEUE_FULL:
      return _("The campus service has too much to do just now. Please try again in a minute.");
    case LK_ERROR_KEY_IN_WORK:
      return _("The campus service is still working on this. Please look again in a moment.");
    case LK_ERROR_KEY_DONE:
      return _("This was done already. Please look at the list again (F5).");
    default:
      return NULL;
    }
}

const char *
lk_error_text (LkError code)
{
  const char *(*const families[]) (LkError) = {
    picture_text, input_text, account_text, decision_text, store_text, desk_text,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    {
      const char *text = families[i] (code);

      if (text != NULL)
        return text;
    }
  return _("Something went wrong. Please try again.");
}

const char *
lk_error_text_for (const GError *error)
{
  if (error != NULL && error->domain == LK_ERROR)
    return lk_error_text (error->code);
  return lk_error_text (LK_ERROR_FAILED);
}
