/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/earlier.h"
#include "core/agreement.h"
#include "core/json.h"
#include "core/queue-filter.h"
#include "core/submission.h"

G_BEGIN_DECLS

/* What the campus service answers, as plain structures (docs/protocol.md); each reader gives NULL and LK_ERROR_OFFLINE
 * when a member it cannot do without is missing: then it is no answer of a campus service. */

typedef struct
{
  char *version;
  char *college; /* what the button for the college's own sign-in says; NULL: there is none */
  int lease_max, lease_seconds;
  int undo_seconds;
} LkCampusMeta;

LkCampusMeta *lk_campus_meta_from_json (const cJSON *json, GError **error);
void lk_campus_meta_free (LkCampusMeta *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkCampusMeta, lk_campus_meta_free)

typedef struct
{
  char *token;
  int expires_in; /* seconds */
  char *account, *user, *name, *role;
} LkCampusSession;

LkCampusSession *lk_campus_session_from_json (const cJSON *json, GError **error);
void lk_campus_session_free (LkCampusSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkCampusSession, lk_campus_session_free)

/* A sign-in through the college that has begun. */
typedef struct
{
  char *id, *url; /* what it is ended with; what to open in the browser */
  char *state;    /* what the answer carries */
  int expires_in; /* seconds */
} LkCampusCollege;

LkCampusCollege *lk_campus_college_from_json (const cJSON *json, GError **error);
void lk_campus_college_free (LkCampusCollege *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkCampusCollege, lk_campus_college_free)

typedef struct
{
  char *id;
  int expires_in;           /* seconds from the answer */
  LkSubmission *submission; /* carries the lease's id; NULL in the answer to a renewal or undo */
} LkCampusLease;

LkCampusLease *lk_campus_lease_from_json (const cJSON *json, GError **error);
void lk_campus_lease_free (LkCampusLease *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkCampusLease, lk_campus_lease_free)

typedef struct
{
  GPtrArray *leases; /* of LkCampusLease */
  int pending;       /* submissions that nobody holds */
} LkCampusLeases;

LkCampusLeases *lk_campus_leases_from_json (const cJSON *json, GError **error);
void lk_campus_leases_free (LkCampusLeases *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkCampusLeases, lk_campus_leases_free)

typedef enum
{
  LK_ANSWER_ACCEPTED, /* also "repeated": the service had it already */
  LK_ANSWER_CONFLICT,
  LK_ANSWER_REFUSED,
} LkAnswerStatus;

typedef struct
{
  char *key;
  LkAnswerStatus status;
  int code; /* LkError of a conflict or refusal; 0 otherwise */
  char *by; /* masked name of who was first, or NULL */
} LkCampusAnswer;

GPtrArray *lk_campus_answers_from_json (const cJSON *json, GError **error); /* of LkCampusAnswer */
void lk_campus_answer_free (LkCampusAnswer *self);

GPtrArray *lk_campus_earlier_from_json (const cJSON *json, GError **error); /* of LkEarlier */

typedef struct
{
  int pending, in_review, decided_today, mine_today;
  int oldest_seconds;
  int held, second_review;
  gint64 next_due; /* µs UTC; 0 when nothing waits */
  gint64 closes_at, opens_at; /* µs UTC: until when students can send photos, else from when on; 0 when it is not known */
} LkCampusStats;

LkCampusStats *lk_campus_stats_from_json (const cJSON *json, GError **error); /* g_free() */

LkQueueFacets *lk_campus_facets_from_json (const cJSON *json, GError **error);
LkAgreementFigure *lk_campus_agreement_from_json (const cJSON *json, GError **error);
LkAgreementFigures *lk_campus_agreements_from_json (const cJSON *json, GError **error);

typedef struct
{
  char *submission;
  LkState state;
} LkCampusChange;

typedef struct
{
  char *cursor;
  gboolean more;
  GPtrArray *changes; /* of LkCampusChange */
} LkCampusChanges;

LkCampusChanges *lk_campus_changes_from_json (const cJSON *json, GError **error);
void lk_campus_changes_free (LkCampusChanges *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkCampusChanges, lk_campus_changes_free)

G_END_DECLS
