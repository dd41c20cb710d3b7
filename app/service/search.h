/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/checker.h"
#include "service/service.h"

G_BEGIN_DECLS

/**
 * LkSearch:
 *
 * Finds photos that are there already, under the same or another student: all traces of the campus in memory, read from the
 * database, where they lie encrypted. The key is a file of 32 bytes, search.key, in the campus folder, for the owner alone;
 * it is made with the first campus that needs it.
 */
typedef struct _LkSearch LkSearch;

/* checker: with the models in use; kept by the caller. LK_ERROR_LOCKED when the key file is missing or another one. */
LkSearch *lk_search_new  (LkService *service, const LkSpec *spec, LkChecker *checker, GError **error);
void      lk_search_free (LkSearch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkSearch, lk_search_free)

guint     lk_search_get_size (LkSearch *self);

/* A photo that is about to be submitted. */
typedef struct
{
  const char *student_no, *sha256;
  const LkTrace *trace;         /* NULL when there is no face or no engine, or the student said no */
  gboolean is_refused;          /* the student did not agree to automatic face comparison */
} LkSearchSubject;

/**
 * lk_search_run:
 * @checks: gets I1_code_match, D1_resubmitted and D2_other_student, in their places of rules.md
 *
 * Returns: matches for LkNewSubmission, of LkNewMatch; NULL + errors of the database
 */
GArray *lk_search_run (LkSearch *self, const LkSearchSubject *subject, GPtrArray *checks, GError **error);

/* The trace as it is stored. NULL when there is none. */
GBytes *lk_search_seal (LkSearch *self, const LkTrace *trace);

/* And back; NULL when there is none, or it was sealed with another key. */
LkTrace *lk_search_unseal (LkSearch *self, GBytes *sealed);

/* A submission that was taken is found from now on. */
void    lk_search_add (LkSearch *self, gint64 submission, gint64 student, const LkTrace *trace);

/* Whether the key file belongs to the campus, without reading all. LK_ERROR_LOCKED when it does not. */
gboolean lk_search_check_key (LkService *service, GError **error);

G_END_DECLS
