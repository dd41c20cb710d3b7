/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

#include <string.h>

/* How far first and second decisions agree, for the lead and for each reviewer. */

static LkReviewerAgreement *
reviewer_for (LkAgreementReport *report, sqlite3_stmt *stmt)
{
  gint64 staff = sqlite3_column_int64 (stmt, 0);
  LkReviewerAgreement *reviewer;

  for (guint i = 0; i < report->reviewers->len; i++)
    if (((LkReviewerAgreement *) report->reviewers->pdata[i])->staff == staff)
      return report->reviewers->pdata[i];
  reviewer = g_new0 (LkReviewerAgreement, 1);
  reviewer->staff = staff;
  reviewer->name = g_strdup (lk_column_text (stmt, 1));
  reviewer->user = g_strdup (lk_column_text (stmt, 2));
  g_ptr_array_add (report->reviewers, reviewer);
  return reviewer;
}

/* A pair of decisions with its reasons, kept until it is known which reasons there are. */
typedef struct
{
  char **first, **second;
  double weight;
} Pair;

static void
pair_clear (gpointer data)
{
  g_strfreev (((Pair *) data)->first);
  g_strfreev (((Pair *) data)->second);
}

static void
add_pair (LkAgreementReport *report, GArray *pairs, sqlite3_stmt *stmt)
{
  Pair pair = { lk_json_parse_strv (lk_column_text (stmt, 4)), lk_json_parse_strv (lk_column_text (stmt, 6)),
                sqlite3_column_double (stmt, 7) };
  LkVerdict first, second;

  if (lk_verdict_from_word (lk_column_text (stmt, 3), &first) && lk_verdict_from_word (lk_column_text (stmt, 5), &second))
    lk_agreement_add (&reviewer_for (report, stmt)->verdicts, first, second, pair.weight);
  g_array_append_val (pairs, pair);
}

static gboolean
gives (char **reasons, const char *code)
{
  return g_strv_contains ((const char *const *) reasons, code);
}

static int
compare_codes (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(LkReasonAgreement *const *) a)->code, (*(LkReasonAgreement *const *) b)->code);
}

static void
note_codes (LkAgreementReport *report, GHashTable *seen, char **codes)
{
  for (gsize i = 0; codes[i] != NULL; i++)
    if (g_hash_table_add (seen, codes[i]))
      {
        LkReasonAgreement *reason = g_new0 (LkReasonAgreement, 1);

        reason->code = g_strdup (codes[i]);
        g_ptr_array_add (report->reasons, reason);
      }
}

static void
add_reasons (LkAgreementReport *report, GArray *pairs)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < pairs->len; i++)
    {
      note_codes (report, seen, g_array_index (pairs, Pair, i).first);
      note_codes (report, seen, g_array_index (pairs, Pair, i).second);
    }
  g_ptr_array_sort (report->reasons, compare_codes);
  for (guint k = 0; k < report->reasons->len; k++)
    {
      LkReasonAgreement *reason = report->reasons->pdata[k];

      for (guint i = 0; i < pairs->len; i++)
        {
          const Pair *pair = &g_array_index (pairs, Pair, i);

          lk_agreement_add (&reason->given, gives (pair->first, reason->code), gives (pair->second, reason->code), pair->weight);
        }
    }
}

static gboolean
read_pairs (LkConn *conn, LkAgreementReport *report, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_AGREEMENT_PAIRS, error, "");
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  int step = -1;

  g_array_set_clear_func (pairs, pair_clear);
  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    add_pair (report, pairs, stmt);
  add_reasons (report, pairs);
  return step == 0;
}

static gboolean
read_known (LkConn *conn, LkAgreementReport *report, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_AGREEMENT_KNOWN, error, "");
  int step = -1;

  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    {
      LkReviewerAgreement *reviewer = reviewer_for (report, stmt);

      reviewer->n_known = (guint) sqlite3_column_int64 (stmt, 3);
      reviewer->n_right = (guint) sqlite3_column_int64 (stmt, 4);
    }
  return step == 0;
}

LkAgreementReport *
lk_db_agreement (LkCampusDb *base, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (LkAgreementReport) report = g_new0 (LkAgreementReport, 1);

  report->reviewers = g_ptr_array_new ();
  report->reasons = g_ptr_array_new ();
  return conn != NULL && read_pairs (conn, report, error) && read_known (conn, report, error) ? g_steal_pointer (&report) : NULL;
}

gboolean
lk_db_own_agreement (LkCampusDb *base, const LkActor *actor, gint64 *n_pairs, gint64 *n_equal, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (sqlite3_stmt) stmt = conn != NULL ? lk_conn_query (conn, LK_SQL_AGREEMENT_OWN, error, "i", actor->staff) : NULL;

  if (stmt == NULL || lk_conn_step (conn, stmt, error) != 1)
    return FALSE;
  *n_pairs = sqlite3_column_int64 (stmt, 0);
  *n_equal = sqlite3_column_int64 (stmt, 1);
  return TRUE;
}
