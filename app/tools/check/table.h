/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A table for people in a terminal: columns as wide as their widest cell, Chinese counted as two. */
typedef struct _LkTable LkTable;

typedef enum
{
  LK_COLOUR_PLAIN,
  LK_COLOUR_GREEN,
  LK_COLOUR_YELLOW,
  LK_COLOUR_RED,
  LK_COLOUR_GREY,
  LK_COLOUR_BOLD,
} LkColour;

/**
 * lk_table_new:
 * @alignment: one letter a column, 'l' or 'r': where its text stands
 * @indent: spaces before each line
 */
LkTable *lk_table_new  (const char *alignment, guint indent);
void     lk_table_free (LkTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkTable, lk_table_free)

/* Makes a column at least this wide, so that tables printed one after the other agree. */
void lk_table_set_least (LkTable *self, guint column, int width);

/* Adds a row of as many cells as there are columns (copied; NULL is empty); the first is coloured. */
void lk_table_add_row (LkTable *self, LkColour colour, const char *const *cells);

/* All rows as lines; nothing is written after the last cell of a line. */
char *lk_table_to_text (const LkTable *self, gboolean in_colour);

/* Text in a colour, or a plain copy of it. */
char *lk_colour_text (LkColour colour, const char *text, gboolean in_colour);

/**
 * lk_colour_wanted:
 * @when: "always", "never" or "auto"
 *
 * Whether standard output should have colour: with auto on a terminal that knows it, unless NO_COLOR is set.
 */
gboolean lk_colour_wanted (const char *when);

G_END_DECLS
