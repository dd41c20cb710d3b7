/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/sentence.h"

#include <glib/gi18n.h>
#include <gio/gio.h>

#include "core/error.h"

static const char *
picture_sentence (int code)
{
  switch (code)
    {
    case LK_ERROR_NOT_PICTURE:
      return _("This file is not a picture.");
    case LK_ERROR_PICTURE_KIND:
      return _("This kind of picture is not taken.");
    case LK_ERROR_PICTURE_CUT_OFF:
      return _("This photo's file is damaged or cut off.");
    case LK_ERROR_PICTURE_PIXELS:
      return _("This photo has more pixels than are taken.");
    case LK_ERROR_PICTURE_BYTES:
      return _("This photo's file is larger than is taken.");
    case LK_ERROR_NO_DECODER:
      return _("The program that decodes photos cannot be started.");
    default:
      return NULL;
    }
}

static const char *
file_sentence (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return _("There is no such file.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ACCES))
    return _("This file may not be read.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE) || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    return _("The disk is full.");
  return NULL;
}

char *
lk_sentence_for (const GError *error)
{
  const char *sentence = error->domain == LK_ERROR ? picture_sentence (error->code) : file_sentence (error);

  if (sentence != NULL)
    return g_strdup (sentence);
  if (g_error_matches (error, LK_ERROR, LK_ERROR_NO_ENGINE))
    /* Translators: %s is the cause, in English */
    return g_strdup_printf (_("The models of the automatic check cannot be used: %s"), error->message);
  if (g_error_matches (error, LK_ERROR, LK_ERROR_BAD_SPEC) || g_error_matches (error, LK_ERROR, LK_ERROR_BAD_ROSTER))
    /* Translators: %s names line or member and the reason, in English */
    return g_strdup_printf (_("This file cannot be used: %s"), error->message);
  return g_strdup (error->message);
}

void
lk_complain (const char *what, const GError *error)
{
  g_autofree char *sentence = lk_sentence_for (error);

  if (what != NULL)
    g_printerr ("likeness-check: %s: %s\n", what, sentence);
  else
    g_printerr ("likeness-check: %s\n", sentence);
}
