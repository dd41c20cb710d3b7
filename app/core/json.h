/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cjson/cJSON.h>
#include <glib.h>

G_BEGIN_DECLS

/* Small helpers over cJSON, shared by the readers of data/ and of the wire. */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cJSON, cJSON_Delete)

/* Parses text (depth <= 16). On failure a GError in LK_ERROR with code and "line N: ..." as message. */
cJSON *lk_json_parse (const char *text, gssize length, int code, GError **error);
cJSON *lk_json_load  (const char *path, int code, GError **error);

/* Makes something of a parsed file; NULL with error, after lk_json_blame(), when it cannot be used. */
typedef gpointer (*LkJsonReader) (const cJSON *root, GError **error);

/* Reads a whole file of data/ with a reader. The message of any error names file and line: "PATH: line N: ...". */
gpointer lk_json_read_file (const char *path, LkJsonReader reader, int code, GError **error);

/* A reader says which member of an object cannot be used, so that its line can be told; of one that is missing, and without a name,
 * it is the object's line. The first one said counts. */
void lk_json_blame (const cJSON *object, const char *name);

/* The line of the text on which a value of its parsed form begins; 0 when it is not of it. */
int lk_json_line (const char *text, const cJSON *root, const cJSON *value);

/* Compact text of a value; newly allocated with GLib. */
char *lk_json_print (const cJSON *value);

/* Members of an object; NULL, the fallback or NAN when missing or of another type. Borrowed. */
const char *lk_json_string  (const cJSON *object, const char *name);
double      lk_json_number  (const cJSON *object, const char *name, double fallback);
gint64      lk_json_int     (const cJSON *object, const char *name, gint64 fallback);
gboolean    lk_json_boolean (const cJSON *object, const char *name, gboolean fallback);
cJSON      *lk_json_array   (const cJSON *object, const char *name);
cJSON      *lk_json_object  (const cJSON *object, const char *name);
char      **lk_json_strv    (const cJSON *object, const char *name);     /* newly allocated; NULL when missing or not all strings */

/* The strings of a JSON array given as text; empty, never NULL, when it is none. Newly allocated. */
char **lk_json_parse_strv (const char *text);

/* Adds a string member when text is not NULL, a number when it is not NAN, an array of strings. */
void lk_json_add_string (cJSON *object, const char *name, const char *text);
void lk_json_add_number (cJSON *object, const char *name, double value);
void lk_json_add_int    (cJSON *object, const char *name, gint64 value);
/* A whole number for an object that is only printed: the same text, without cJSON's way over a double and back. Not found there by
 * lk_json_int(). */
void lk_json_add_digits (cJSON *object, const char *name, gint64 value);
void lk_json_add_strv   (cJSON *object, const char *name, const char *const *strings);

/* RFC 3339 in UTC with microseconds where there are any ("2025-06-16T01:10:00Z") and back; FALSE when malformed. */
char    *lk_time_to_text   (gint64 time_us);
gboolean lk_time_from_text (const char *text, gint64 *time_us);

G_END_DECLS
