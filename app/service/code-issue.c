/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/code-issue.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <sodium.h>

#include "core/collection-code.h"
#include "core/error.h"
#include "core/mask.h"
#include "photo/qr-write.h"
#include "service/code-day.h"
#include "service/code-payload.h"
#include "service/code-text.h"

#define LIST_NAME "codes.csv"

/* Large enough to be printed or shown on a telephone as it is, px. */
enum { MODULE = 8 };

static char *
make_code_id (void)
{
  guint8 id[LK_CODE_ID_SIZE];
  char *hex = g_malloc (2 * sizeof id + 1);

  randombytes_buf (id, sizeof id);
  return sodium_bin2hex (hex, 2 * sizeof id + 1, id, sizeof id);
}

static const char *
unique_no_of (const LkRosterRow *row)
{
  return *row->unique_no != '\0' ? row->unique_no : row->student_no;
}

char *
lk_code_issue_text (const LkCodeIssue *self, const LkRosterRow *row, char **code_id, GError **error)
{
  g_autoptr (LkCollectionCode) code = g_new0 (LkCollectionCode, 1);
  char *text;

  code->unique_no = g_strdup (unique_no_of (row));
  code->name = lk_mask_name (row->name);
  code->document_no = lk_mask_document (row->document_no);
  code->code_id = make_code_id ();
  code->graduation_year = self->graduation_year;
  code->expires_us = lk_code_day_end (self->last_day);
  text = lk_code_text_write (code, self->key, NULL, error);
  if (text != NULL && code_id != NULL)
    *code_id = g_steal_pointer (&code->code_id);
  return text;
}

static gboolean
write_file (const char *folder, const char *name, gconstpointer data, gsize n, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_set_contents_full (path, data, (gssize) n, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/* FALSE with an error when the folder cannot be written; a student who gets no code is only told of. */
static gboolean
issue_one (const LkCodeIssue *self, const LkRosterRow *row, const char *folder, GString *list, int *n_issued, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *code_id = NULL;
  g_autofree char *text = lk_code_issue_text (self, row, &code_id, &cause);
  g_autoptr (GBytes) png = text != NULL ? lk_qr_write_png (text, MODULE, &cause) : NULL;
  g_autofree char *name = g_strconcat (row->student_no, ".png", NULL);
  g_autofree char *day = lk_code_day_to_text (self->last_day);

  if (png == NULL)
    {
      /* Translators: %d is a line of the roster, the first %s a student number, the second the technical cause */
      g_printerr (_("Line %d: student %s gets no code (%s).\n"), row->line, row->student_no, cause->message);
      return TRUE;
    }
  if (!write_file (folder, name, g_bytes_get_data (png, NULL), g_bytes_get_size (png), error))
    return FALSE;
  g_string_append_printf (list, "%s,%s,%s,%s,%s\r\n", row->student_no, unique_no_of (row), code_id, day, name);
  ++*n_issued;
  return TRUE;
}

int
lk_code_issue_all (const LkCodeIssue *self, const LkRoster *roster, const char *folder, GError **error)
{
  g_autoptr (GString) list = g_string_new ("student_no,unique_no,code_id,last_day,file\r\n");
  int n_issued = 0;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", folder, g_strerror (errno));
      return -1;
    }
  for (guint i = 0; i < roster->rows->len; i++)
    if (!issue_one (self, roster->rows->pdata[i], folder, list, &n_issued, error))
      return -1;
  return write_file (folder, LIST_NAME, list->str, list->len, error) ? n_issued : -1;
}
