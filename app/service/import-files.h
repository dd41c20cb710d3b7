/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  LK_IMPORT_PHOTO,              /* 2021210007.jpg: to be reviewed */
  LK_IMPORT_ID_CARD,            /* 2021210007.id.jpg */
  LK_IMPORT_DIPLOMA,            /* 2021210007.diploma.jpg */
  LK_IMPORT_ORIGINAL,           /* 2021210007.original.jpg: what the photo was cropped from */
  LK_N_IMPORT_KINDS,
} LkImportKind;

/* The files of one student; the extension may be any, what counts is the content. */
typedef struct
{
  char *student_no;
  char *names[LK_N_IMPORT_KINDS];       /* within the folder, NULL for none */
  GPtrArray *surplus;                   /* names of further files of a kind that is there already */
} LkImportGroup;

/* Student number and kind that a file name stands for. */
char *lk_import_parse_name (const char *name, LkImportKind *kind);

/* The files of a folder by student, in the order of their names; hidden files and folders are left out.
 * Array of LkImportGroup *; NULL + G_FILE_ERROR when the folder cannot be read. */
GPtrArray *lk_import_list_files (const char *folder, GError **error);

G_END_DECLS
