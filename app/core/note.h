/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum { LK_NOTE_MAX_CHARACTERS = 200 };   /* rules.md section 4 */

typedef enum
{
  LK_NOTE_OK,
  LK_NOTE_TOO_LONG,
  LK_NOTE_ID_NUMBER,            /* has 18 (or 15) digits that read as an ID number, also with spaces or full-width digits */
} LkNoteProblem;

/* Whether the free text of a decision may be sent. NULL and "" are fine. */
LkNoteProblem lk_note_check (const char *note);

/* The same as an error (LK_ERROR_BAD_NOTE). */
gboolean lk_note_validate (const char *note, GError **error);

/* Whether a text of any length has something in it that reads as an ID number. */
gboolean lk_note_holds_id_number (const char *text);

G_END_DECLS
