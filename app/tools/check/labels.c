/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/labels.h"

#include <string.h>

#include <glib/gi18n.h>
#include <gio/gio.h>

#include "core/check.h"
#include "core/csv.h"
#include "core/error.h"

struct _LkLabels
{
  GHashTable *photos;           /* file -> GHashTable of check id -> LkLabel */
  char **columns;               /* the heading, or NULL */
  int faults_column;            /* -1: none */
  gboolean by_columns;          /* the heading names checks */
};

static const char *const file_words[] = { "file", "File", "文件", "文件名", "照片" };
static const char *const faulty_words[] = { "1", "x", "X", "yes", "Yes", "YES", "true", "是", "✓" };
static const char *const good_words[] = { "", "0", "no", "No", "NO", "false", "否" };

static gboolean
is_one_of (const char *word, const char *const *words, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (word, words[i]))
      return TRUE;
  return FALSE;
}

#define IS_ONE_OF(word, words) is_one_of (word, words, G_N_ELEMENTS (words))

/* Takes the sentence. */
static gboolean
refuse (GError **error, int line, char *sentence)
{
  g_autofree char *text = sentence;

  /* Translators: of a table of labels; %s is a whole sentence */
  g_set_error (error, LK_ERROR, LK_ERROR_BAD_REQUEST, _("The labels cannot be used, line %d: %s"), line, text);
  return FALSE;
}

static void
set_label (GHashTable *photo, const char *id, LkLabel label)
{
  g_hash_table_insert (photo, (gpointer) lk_check_info_find (id)->id, GINT_TO_POINTER (label));
}

/* Ids in one field; ":2" after an id says which way a drawn portrait fails it. */
static gboolean
read_ids (GHashTable *photo, int line, const char *field, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (field, ",; \t", -1);

  for (char **word = words; *word != NULL; word++)
    {
      char *colon = strchr (*word, ':');

      if (colon != NULL)
        *colon = '\0';
      if (**word == '\0')
        continue;
      if (lk_check_info_find (*word) == NULL)
        return refuse (error, line, g_strdup_printf (_("There is no check “%s”."), *word));
      set_label (photo, *word, LK_LABEL_FAULTY);
    }
  return TRUE;
}

static gboolean
read_cell (GHashTable *photo, int line, const char *id, char *field, GError **error)
{
  g_strstrip (field);
  if (IS_ONE_OF (field, faulty_words))
    set_label (photo, id, LK_LABEL_FAULTY);
  else if (g_str_equal (field, "?"))
    set_label (photo, id, LK_LABEL_UNKNOWN);
  else if (!IS_ONE_OF (field, good_words))
    return refuse (error, line, g_strdup_printf (_("“%s” is neither 1 nor 0 nor ?."), field));
  return TRUE;
}

static gboolean
read_field (LkLabels *self, GHashTable *photo, const LkCsvRecord *record, int column, GError **error)
{
  char *field = record->fields[column];
  const char *heading;

  if (self->columns == NULL || (!self->by_columns && self->faults_column < 0))
    return read_ids (photo, record->line, field, error);
  if (column == self->faults_column)
    return read_ids (photo, record->line, field, error);
  heading = column < (int) g_strv_length (self->columns) ? self->columns[column] : "";
  /* other columns, such as remarks, say nothing to us */
  return lk_check_info_find (heading) == NULL || read_cell (photo, record->line, heading, field, error);
}

static gboolean
read_record (LkLabels *self, const LkCsvRecord *record, GError **error)
{
  GHashTable *photo = g_hash_table_new (g_str_hash, g_str_equal);
  char *file = g_strstrip (record->fields[0]);

  if (file[0] == '\0')
    {
      g_hash_table_unref (photo);
      return refuse (error, record->line, g_strdup (_("The first column must be the photo's file.")));
    }
  if (!g_hash_table_insert (self->photos, g_strdup (file), photo))
    return refuse (error, record->line, g_strdup_printf (_("%s stands there twice."), file));
  for (int i = 1; record->fields[i] != NULL; i++)
    if (!read_field (self, photo, record, i, error))
      return FALSE;
  return TRUE;
}

static void
read_heading (LkLabels *self, const LkCsvRecord *record)
{
  self->columns = g_strdupv (record->fields);
  for (int i = 0; self->columns[i] != NULL; i++)
    {
      g_strstrip (self->columns[i]);
      if (g_str_equal (self->columns[i], "faults"))
        self->faults_column = i;
      self->by_columns |= lk_check_info_find (self->columns[i]) != NULL;
    }
}

LkLabels *
lk_labels_parse (GBytes *file, GError **error)
{
  g_autofree char *text = lk_csv_to_utf8 (file, error);
  g_autoptr (GPtrArray) records = text != NULL ? lk_csv_parse (text, error) : NULL;
  g_autoptr (LkLabels) self = NULL;
  guint first = 0;

  if (records == NULL)
    return NULL;
  self = g_new0 (LkLabels, 1);
  self->photos = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  self->faults_column = -1;
  if (records->len > 0)
    {
      const LkCsvRecord *record = records->pdata[0];

      if (IS_ONE_OF (g_strstrip (record->fields[0]), file_words))
        {
          read_heading (self, record);
          first = 1;
        }
    }
  for (guint i = first; i < records->len; i++)
    if (!read_record (self, records->pdata[i], error))
      return NULL;
  return g_steal_pointer (&self);
}

LkLabels *
lk_labels_load (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, error);

  return bytes != NULL ? lk_labels_parse (bytes, error) : NULL;
}

void
lk_labels_free (LkLabels *self)
{
  g_hash_table_unref (self->photos);
  g_strfreev (self->columns);
  g_free (self);
}

static GHashTable *
find_photo (const LkLabels *self, const char *file)
{
  GHashTable *photo = g_hash_table_lookup (self->photos, file);
  g_autofree char *last = NULL;

  if (photo != NULL)
    return photo;
  last = g_path_get_basename (file);
  return g_hash_table_lookup (self->photos, last);
}

gboolean
lk_labels_has (const LkLabels *self, const char *file)
{
  return find_photo (self, file) != NULL;
}

LkLabel
lk_labels_get (const LkLabels *self, const char *file, const char *check_id)
{
  GHashTable *photo = find_photo (self, file);
  gpointer label;

  if (photo == NULL)
    return LK_LABEL_UNKNOWN;
  /* what is not marked was looked at and found good */
  if (!g_hash_table_lookup_extended (photo, check_id, NULL, &label))
    return LK_LABEL_GOOD;
  return GPOINTER_TO_INT (label);
}
