/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The texts of the sources in both languages at once, whatever the locale of the process: for the service, whose answers go to
 * people of either. The words are those of the message catalogue that the workstation shows. */

/* Chinese for a source string; the string itself when there is no translation or no catalogue. Static, any thread. */
const char *lk_text_zh (const char *english);

/* Reads a catalogue as msgfmt makes it: source string -> translation, both in bytes' memory, which the table keeps. What is no catalogue
 * gives an empty table. */
GHashTable *lk_text_read_catalogue (GBytes *bytes);

G_END_DECLS
