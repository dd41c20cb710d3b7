/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/check.h"
#include "core/json.h"

G_BEGIN_DECLS

typedef enum
{
  LK_QUEUE_AGE_ANY,
  LK_QUEUE_AGE_OVERDUE,         /* the time for the review has run out */
  LK_QUEUE_AGE_DUE_TODAY,       /* runs out before midnight, or has */
  LK_QUEUE_AGE_NEW,             /* sent in within the last day */
} LkQueueAge;

/* Which of the waiting submissions a reviewer wants. All zero but "outcome": all of them; every member set narrows. */
typedef struct
{
  gboolean second;              /* what waits for a second person (rules.md section 8.3), instead of what waits for the first */
  char *site, *class_name;
  int outcome;                  /* LkOutcome, the worst of the checks; LK_QUEUE_ANY_OUTCOME */
  LkQueueAge age;
  gboolean returned_before;     /* an earlier photo of the student was sent back */
  char *reason;                 /* code that a failing or warning check suggests */
  char *student_no;             /* the whole number, or its end: at least LK_QUEUE_SEARCH_MIN characters */
} LkQueueFilter;

enum { LK_QUEUE_ANY_OUTCOME = -1, LK_QUEUE_SEARCH_MIN = 3 };

LkQueueFilter *lk_queue_filter_new   (void);                             /* all */
LkQueueFilter *lk_queue_filter_copy  (const LkQueueFilter *self);
void           lk_queue_filter_free  (LkQueueFilter *self);
gboolean       lk_queue_filter_equal (const LkQueueFilter *a, const LkQueueFilter *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkQueueFilter, lk_queue_filter_free)

/* Whether it leaves something out of the queue that "second" names. */
gboolean lk_queue_filter_narrows (const LkQueueFilter *self);

/* The wire form (docs/protocol.md), with only the members that are set; reading gives LK_ERROR_BAD_REQUEST for words that are
 * none and for too short a search. NULL JSON reads as all. */
cJSON         *lk_queue_filter_to_json   (const LkQueueFilter *self);
LkQueueFilter *lk_queue_filter_from_json (const cJSON *json, GError **error);

/* How what waits is spread: so many with this site, class, outcome or suggested reason. */
typedef struct
{
  char *name;
  int pending;
} LkQueueFacet;

typedef struct
{
  GPtrArray *sites, *classes, *outcomes, *reasons;       /* of LkQueueFacet, by name */
} LkQueueFacets;

LkQueueFacets *lk_queue_facets_new  (void);
void           lk_queue_facets_free (LkQueueFacets *self);
void           lk_queue_facets_add  (GPtrArray *facets, const char *name, int pending);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkQueueFacets, lk_queue_facets_free)

G_END_DECLS
