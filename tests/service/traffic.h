/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fixture.h"

G_BEGIN_DECLS

/* Reviewers who decide and students who send photos, all at once, at a service that may go away at any moment; each repeats a call under
 * its key until it is answered. What was answered is remembered, and looked for afterwards. */

typedef struct
{
  int n_reviewers;
  int n_rows;                   /* submissions waiting; there must be more than will be decided */
  int n_submits;                /* students with a photo that passed its checks, who send it in, one after another */
  int n_uploads;                /* students who upload an original, one after another */
  int pause_us;                 /* of a student, after each */

  gsize (*place) (gpointer data);       /* noted with every answer; NULL: 0 */
  gpointer place_data;
} LkTrafficOptions;

typedef enum
{
  LK_ACK_DECISION,
  LK_ACK_SUBMISSION,
  LK_ACK_UPLOAD,
} LkAckKind;
#define LK_N_ACK_KINDS (LK_ACK_UPLOAD + 1)

typedef struct
{
  int acked[LK_N_ACK_KINDS];    /* answered up to the place asked about */
  int lost[LK_N_ACK_KINDS];     /* of these, not there */
  int doubled;                  /* there twice */
  int repeated;                 /* answered only when repeated */
  int unlike;                   /* rows that do not fit each other, photo files that are missing or damaged */
  gboolean whole;               /* the database and its audit */
} LkTrafficReport;

typedef struct _LkTraffic LkTraffic;

/* Makes the campus. */
LkTraffic  *lk_traffic_new (const LkTrafficOptions *options);
void        lk_traffic_free (LkTraffic *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkTraffic, lk_traffic_free)
const char *lk_traffic_get_folder (LkTraffic *self);

/* Everybody goes on at this port; the first time they sign in and start. */
void        lk_traffic_go   (LkTraffic *self, guint16 port);
void        lk_traffic_stop (LkTraffic *self);
/* Whether there were answers of every kind. */
gboolean    lk_traffic_has_all (LkTraffic *self);
/* Whether there were so many answers, and all students are through. */
gboolean    lk_traffic_is_done (LkTraffic *self, int n_answers);

/* Looks into a campus folder, where no service runs, for what was answered up to a place. */
void        lk_traffic_check (LkTraffic *self, const char *folder, gsize place, LkTrafficReport *report);

G_END_DECLS
