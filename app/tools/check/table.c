/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/table.h"

#include <string.h>
#include <unistd.h>

#include "tools/check/text.h"

typedef struct
{
  LkColour colour;
  char **cells;
} Row;

struct _LkTable
{
  char *alignment;
  guint n_columns, indent;
  int *widths;
  GArray *rows;                 /* of Row */
};

enum { GAP = 2 };

static const char *const colour_codes[] = {
  [LK_COLOUR_PLAIN] = "",
  [LK_COLOUR_GREEN] = "\033[32m",
  [LK_COLOUR_YELLOW] = "\033[33m",
  [LK_COLOUR_RED] = "\033[31m",
  [LK_COLOUR_GREY] = "\033[2m",
  [LK_COLOUR_BOLD] = "\033[1m",
};

static void
clear_row (gpointer data)
{
  g_strfreev (((Row *) data)->cells);
}

LkTable *
lk_table_new (const char *alignment, guint indent)
{
  LkTable *self = g_new0 (LkTable, 1);

  self->alignment = g_strdup (alignment);
  self->n_columns = (guint) strlen (alignment);
  self->indent = indent;
  self->widths = g_new0 (int, self->n_columns);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (self->rows, clear_row);
  return self;
}

void
lk_table_free (LkTable *self)
{
  g_array_unref (self->rows);
  g_free (self->alignment);
  g_free (self->widths);
  g_free (self);
}

void
lk_table_set_least (LkTable *self, guint column, int width)
{
  self->widths[column] = MAX (self->widths[column], width);
}

void
lk_table_add_row (LkTable *self, LkColour colour, const char *const *cells)
{
  Row row = { colour, g_new0 (char *, self->n_columns + 1) };

  for (guint i = 0; i < self->n_columns; i++)
    {
      row.cells[i] = g_strdup (cells[i] != NULL ? cells[i] : "");
      lk_table_set_least (self, i, lk_text_width (row.cells[i]));
    }
  g_array_append_val (self->rows, row);
}

/* How many cells of a row have to be written: those behind the last full one are only spaces. */
static guint
count_cells (const LkTable *self, const Row *row)
{
  guint n = self->n_columns;

  while (n > 0 && row->cells[n - 1][0] == '\0')
    n--;
  return n;
}

static void
append_cell (GString *text, const LkTable *self, const Row *row, guint column, gboolean is_last)
{
  gboolean to_the_right = self->alignment[column] == 'r';
  int width = is_last && !to_the_right ? 0 : self->widths[column];

  lk_text_append_padded (text, row->cells[column], width, to_the_right);
}

static void
append_row (GString *text, const LkTable *self, const Row *row, gboolean in_colour)
{
  guint n = count_cells (self, row);
  gboolean coloured = in_colour && row->colour != LK_COLOUR_PLAIN;

  g_string_append_printf (text, "%*s", n > 0 ? (int) self->indent : 0, "");
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_printf (text, "%*s", GAP, "");
      if (i == 0 && coloured)
        g_string_append (text, colour_codes[row->colour]);
      append_cell (text, self, row, i, i == n - 1);
      if (i == 0 && coloured)
        g_string_append (text, "\033[0m");
    }
  g_string_append_c (text, '\n');
}

char *
lk_table_to_text (const LkTable *self, gboolean in_colour)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->rows->len; i++)
    append_row (text, self, &g_array_index (self->rows, Row, i), in_colour);
  return g_string_free (text, FALSE);
}

char *
lk_colour_text (LkColour colour, const char *text, gboolean in_colour)
{
  if (!in_colour || colour == LK_COLOUR_PLAIN)
    return g_strdup (text);
  return g_strconcat (colour_codes[colour], text, "\033[0m", NULL);
}

gboolean
lk_colour_wanted (const char *when)
{
  const char *no_color = g_getenv ("NO_COLOR");

  if (g_strcmp0 (when, "always") == 0)
    return TRUE;
  if (g_strcmp0 (when, "never") == 0 || (no_color != NULL && no_color[0] != '\0'))
    return FALSE;
  return g_log_writer_supports_color (STDOUT_FILENO);
}
