/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/csv.h"
#include "core/error.h"
#include "core/roster.h"

enum { MAX_NUMBER = 32 };

/* A sheet may have a title and a remark above its headings. */
enum { HEADING_LINES = 5 };

typedef enum
{
  COLUMN_STUDENT_NO,
  COLUMN_NAME,
  COLUMN_DOCUMENT_NO,
  COLUMN_CLASS,
  COLUMN_SITE,
  COLUMN_UNIQUE_NO,
} Column;
#define N_COLUMNS (COLUMN_UNIQUE_NO + 1)

/* As simplify() leaves them: no spaces, underscores, hyphens or brackets, lower case. */
static const char *const headings[N_COLUMNS][12] = {
  [COLUMN_STUDENT_NO] = { "学号", "学生号", "学生学号", "学生编号", "studentno", "studentnumber", "studentid" },
  [COLUMN_NAME] = { "姓名", "学生姓名", "name", "studentname", "fullname" },
  [COLUMN_DOCUMENT_NO] = { "身份证号", "身份证号码", "身份证", "居民身份证号", "公民身份号码", "证件号", "证件号码",
                           "idnumber", "idno", "idcard", "documentno" },
  [COLUMN_CLASS] = { "班级", "班级名称", "所在班级", "行政班", "行政班级", "class", "classname" },
  [COLUMN_SITE] = { "教学点", "教学点名称", "校外教学点", "教学站点", "函授站", "站点", "校区", "site", "teachingpoint",
                    "campus" },
  [COLUMN_UNIQUE_NO] = { "唯一号", "采集码", "采集码唯一号", "学籍唯一号", "采集码号", "uniqueno", "uniquenumber", "collectioncode", "code" },
};

/* Compatibility forms (full-width letters and digits) become the plain ones. Newly allocated, without space around. */
static char *
clean (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  const char *start = normal != NULL ? normal : "";
  const char *end = start + strlen (start);

  while (*start != '\0' && g_unichar_isspace (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  while (end > start && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  return g_strndup (start, end - start);
}

/* Spreadsheets keep long numbers from becoming 2.02E+10 with '2021... or ="2021...". */
static char *
clean_number (const char *text)
{
  g_autofree char *number = clean (text);
  gsize length = strlen (number);

  if (number[0] == '\'')
    return g_strdup (number + 1);
  if (length >= 3 && g_str_has_prefix (number, "=\"") && number[length - 1] == '"')
    return g_strndup (number + 2, length - 3);
  return g_steal_pointer (&number);
}

/* "Student No. (required)" -> "studentno" */
static char *
simplify (const char *heading)
{
  g_autofree char *plain = clean (heading);
  g_autofree char *lower = g_utf8_strdown (plain, -1);
  GString *simple = g_string_new (NULL);

  for (const char *p = lower; *p != '\0' && *p != '(' && *p != '['; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (simple, c);
    }
  return g_string_free (simple, FALSE);
}

/* Which field each column stands in, -1 where there is none; the student number and a second one are needed. */
static gboolean
find_columns (const LkCsvRecord *record, Column second, int columns[N_COLUMNS])
{
  for (int c = 0; c < N_COLUMNS; c++)
    columns[c] = -1;
  for (int i = 0; record->fields[i] != NULL; i++)
    {
      g_autofree char *heading = simplify (record->fields[i]);

      for (int c = 0; c < N_COLUMNS; c++)
        if (columns[c] < 0 && g_strv_contains (headings[c], heading))
          columns[c] = i;
    }
  return columns[COLUMN_STUDENT_NO] >= 0 && columns[second] >= 0;
}

static const char *
field (const LkCsvRecord *record, int column)
{
  return column >= 0 && (guint) column < g_strv_length (record->fields) ? record->fields[column] : "";
}

static gboolean
is_number (const char *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]))
      return FALSE;
  return length <= MAX_NUMBER;
}

static void
row_free (gpointer data)
{
  LkRosterRow *row = data;

  g_free (row->student_no);
  g_free (row->name);
  g_free (row->document_no);
  g_free (row->class_name);
  g_free (row->site);
  g_free (row->unique_no);
  g_free (row);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkRosterRow, row_free)

static void
problem_free (gpointer data)
{
  LkRosterProblem *problem = data;

  g_free (problem->student_no);
  g_free (problem);
}

static LkRosterRow *
read_row (const LkCsvRecord *record, const int columns[N_COLUMNS])
{
  LkRosterRow *row = g_new (LkRosterRow, 1);

  row->line = record->line;
  row->student_no = clean_number (field (record, columns[COLUMN_STUDENT_NO]));
  row->name = clean (field (record, columns[COLUMN_NAME]));
  row->document_no = clean_number (field (record, columns[COLUMN_DOCUMENT_NO]));
  row->class_name = clean (field (record, columns[COLUMN_CLASS]));
  row->site = clean (field (record, columns[COLUMN_SITE]));
  row->unique_no = clean_number (field (record, columns[COLUMN_UNIQUE_NO]));
  return row;
}

static void
add_problem (LkRoster *self, const LkRosterRow *row, LkRosterProblemKind kind, int first_line)
{
  LkRosterProblem *problem = g_new (LkRosterProblem, 1);

  problem->line = row->line;
  problem->first_line = first_line;
  problem->kind = kind;
  problem->student_no = g_strdup (row->student_no);
  g_ptr_array_add (self->problems, problem);
}

/* Takes the record as a row or says why not. taken: student number -> line of the row that has it. */
static void
add_record (LkRoster *self, const LkCsvRecord *record, Column second, const int columns[N_COLUMNS], GHashTable *taken)
{
  g_autoptr (LkRosterRow) row = read_row (record, columns);
  int first_line = GPOINTER_TO_INT (g_hash_table_lookup (taken, row->student_no));

  if (row->student_no[0] == '\0')
    add_problem (self, row, LK_ROSTER_NO_NUMBER, 0);
  else if (!is_number (row->student_no))
    add_problem (self, row, LK_ROSTER_BAD_NUMBER, 0);
  else if (first_line != 0)
    add_problem (self, row, LK_ROSTER_DUPLICATE, first_line);
  else if (second == COLUMN_NAME && row->name[0] == '\0')
    add_problem (self, row, LK_ROSTER_NO_NAME, 0);
  else if (second == COLUMN_UNIQUE_NO && row->unique_no[0] == '\0')
    add_problem (self, row, LK_ROSTER_NO_CODE, 0);
  else
    {
      g_hash_table_insert (taken, row->student_no, GINT_TO_POINTER (row->line));
      g_ptr_array_add (self->rows, g_steal_pointer (&row));
    }
}

static LkRoster *
read_records (GPtrArray *records, guint first, Column second, const int columns[N_COLUMNS])
{
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  LkRoster *self = g_new (LkRoster, 1);

  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->problems = g_ptr_array_new_with_free_func (problem_free);
  for (guint i = first; i < records->len; i++)
    add_record (self, records->pdata[i], second, columns, taken);
  return self;
}

static LkRoster *
parse (GBytes *file, Column second, GError **error)
{
  g_autofree char *text = lk_csv_to_utf8 (file, error);
  g_autoptr (GPtrArray) records = text != NULL ? lk_csv_parse (text, error) : NULL;
  int columns[N_COLUMNS];
  guint heading = 0;

  if (records == NULL)
    return NULL;
  if (records->len == 0)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_ROSTER, "the roster is empty");
      return NULL;
    }
  while (heading < MIN (records->len, HEADING_LINES) && !find_columns (records->pdata[heading], second, columns))
    heading++;
  if (heading == MIN (records->len, HEADING_LINES))
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_ROSTER, second == COLUMN_NAME ? "no line with headings for student number and name"
                                                 : "no line with headings for student number and unique number");
      return NULL;
    }
  if (heading + 1 == records->len)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_ROSTER, "the roster has headings but no students");
      return NULL;
    }
  return read_records (records, heading + 1, second, columns);
}

LkRoster *
lk_roster_parse (GBytes *file, GError **error)
{
  return parse (file, COLUMN_NAME, error);
}

LkRoster *
lk_roster_parse_codes (GBytes *file, GError **error)
{
  return parse (file, COLUMN_UNIQUE_NO, error);
}

void
lk_roster_free (LkRoster *self)
{
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

/* What stands in a wrong column can be long. */
static char *
shorten (const char *text)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= MAX_NUMBER)
    return g_strdup (text);
  start = g_utf8_substring (text, 0, MAX_NUMBER);
  return g_strconcat (start, "…", NULL);
}

char *
lk_roster_problem_text (const LkRosterProblem *problem)
{
  g_autofree char *student_no = shorten (problem->student_no);

  switch (problem->kind)
    {
    case LK_ROSTER_NO_NUMBER:
      return g_strdup_printf (_("Line %d: the student number is missing; the line was left out."), problem->line);
    case LK_ROSTER_NO_NAME:
      /* Translators: the second is a student number */
      return g_strdup_printf (_("Line %d: the name of student %s is missing; the line was left out."), problem->line,
                              student_no);
    case LK_ROSTER_NO_CODE:
      /* Translators: the second is a student number; the unique number is that of the study record (学籍唯一号) */
      return g_strdup_printf (_("Line %d: the unique number of student %s is missing; the line was left out."), problem->line,
                              student_no);
    case LK_ROSTER_BAD_NUMBER:
      return g_strdup_printf (_("Line %d: “%s” is not a student number (letters and digits, at most %d); "
                                "the line was left out."),
                              problem->line, student_no, MAX_NUMBER);
    case LK_ROSTER_DUPLICATE:
      return g_strdup_printf (_("Line %d: the student number %s is on line %d already; that line counts."),
                              problem->line, student_no, problem->first_line);
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}
