/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/second-review.h"

G_BEGIN_DECLS

/* The limits of the campus service: data/service.json. */
typedef struct
{
  int lease_max, lease_seconds;
  int undo_seconds;
  int shift_seconds;            /* so long what a reviewer skipped comes last */
  LkSecondReview second;
  int decisions_max;            /* in one request */
  int tries_allowed;            /* of a student in a round */
  int session_seconds;
  int student_session_seconds;  /* without being used */
  int result_seconds;           /* from the final submit until a result can be seen */
  int resubmit_days;            /* working days for sending a photo again after it was sent back */
  int student_preview_side;     /* px, the larger side of an original as the page shows it */
  int student_crop_width;       /* px, the most that is kept of a crop */
  int student_uploads, student_upload_seconds;          /* files of one student in so many seconds */
  int code_tries, code_tries_per_address, code_seconds; /* codes that were refused, of one student number and of one address */
  int jobs_workers, jobs_waiting_max;   /* as many as cores, but no more than this */
  int jobs_look_ms, jobs_check_ms;      /* what one takes, until it was measured */
  int jobs_faults, jobs_fault_seconds;  /* so many failures of our own in so many seconds raise the alarm */
  int jobs_again;               /* so often a check that failed through us starts again by itself */

  int ticket_reopen_seconds, ticket_characters;

  int sign_in_tries, sign_in_tries_per_address, sign_in_seconds, sign_in_waiting_max;
  int password_min_length, password_hashes_at_once, password_passes;
  gsize password_memory;        /* bytes one hash needs */

  gsize code_bytes;             /* of a picture of a collection code */
  int code_pixels;              /* in it */
  int code_ms;                  /* of processor time for reading it, once it is decoded */
  int codes_at_once, codes_waiting_max;
  int code_days;                /* that a code we issue is valid, unless said */
  int code_tool_ms;             /* for a college's official tool to answer */

  int changes_wait_max, changes_page, changes_waiting_max;

  gsize body_bytes;             /* of a request */
  gsize photo_bytes, picture_bytes;     /* of one whose body is a photo, or a collection code or an attachment */
  int bytes_per_second;         /* the least rate of a large body */
  gsize uploads_bytes;          /* of all large bodies that are coming in or being worked on */
  int connections, connections_per_address;
  int idle_seconds;             /* without a byte */
  int request_seconds;          /* for a request to arrive whole */
  gsize connection_bytes;       /* memory for one connection's headers */
  int keys_seconds;             /* so long answers are kept under their keys */
  int http_threads, workers, waiting_max;
} LkServiceConfig;

/* Reads the shipped limits. LK_ERROR_BAD_SPEC, naming the member that is missing or not a whole number above 0. */
gboolean lk_service_config_load (LkServiceConfig *config, GError **error);
gboolean lk_service_config_parse (LkServiceConfig *config, const char *json, GError **error);

G_END_DECLS
