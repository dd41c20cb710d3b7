/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fixture.h"

G_BEGIN_DECLS

/* A campus in the middle of a round, its service, and students with a collection code and a portrait who talk to it by HTTP: for tests
 * and benchmarks. Portraits are drawn; whoever checks one needs the models. */

#define LK_STAGE_SITE "合肥校本部"
#define LK_STAGE_POINT "芜湖教学点"

typedef struct
{
  LkTestCampus *campus;
  LkTestServer *server;         /* NULL while it does not run */
  guint n_students;
  char *codes;                  /* folder: one PNG a student */
  char *clock;                  /* the file that says what time it is */
} LkStage;

/* Students 2025000001... with unique numbers U1... It is 16 June 2025, 09:00 in China, and the window of the main campus is open; the last
 * student is of the teaching point, whose window is not. Reviewers as in lk_test_campus_new(). */
LkStage *lk_stage_new   (guint n_students);
void     lk_stage_free  (LkStage *self);

/* The campus in this process, while no service runs on it. */
LkService *lk_stage_open (LkStage *self);

/* The service runs from here; limits: JSON that is laid over service.json, NULL for none. */
void     lk_stage_start (LkStage *self, const char *limits);
void     lk_stage_stop  (LkStage *self);                /* and it must end well */
void     lk_stage_kill  (LkStage *self);

/* "2025-06-16T09:10:00" as written in China; the running service follows. */
void     lk_stage_set_time (LkStage *self, const char *local);

char    *lk_stage_number (guint student);
GBytes  *lk_stage_code   (LkStage *self, guint student);        /* a PNG */

/* An uncropped studio original as JPEG; the same seed is the same person. */
GBytes  *lk_stage_original (guint seed, int width, int height);
GBytes  *lk_stage_ready    (guint seed, int width, int height);          /* cropped already, and not blue */
GBytes  *lk_stage_nobody   (int width, int height);      /* the same without a face */

/* A client as this student, signed in with the code. */
LkTestClient *lk_stage_enter (LkStage *self, guint student);
/* The request alone. extra query: "" or "&...". */
LkTestAnswer *lk_stage_sign_in (LkTestClient *client, const char *consent, const char *face, const char *number, const char *type,
                                GBytes *code);

/* With a new Idempotency-Key; body NULL for an empty object. */
LkTestAnswer *lk_stage_post   (LkTestClient *client, const char *path, const char *body);
LkTestAnswer *lk_stage_upload (LkTestClient *client, GBytes *photo);
/* What a photo comes to: asks until no job is open any more. */
LkTestAnswer *lk_stage_settle (LkTestClient *client, const char *photo);
LkTestAnswer *lk_stage_get    (LkTestClient *client, const char *path);

LkTestAnswer *lk_stage_photo_post (LkTestClient *client, const char *photo, const char *what, const char *body);

/* Comes in without agreeing to face comparison; consent NULL: to the notice's version. */
LkTestAnswer *lk_stage_come (LkTestClient *client, const char *consent, const char *number, const char *type, GBytes *code);

/* Takes the answer. */
void lk_stage_assert_refused (LkTestAnswer *answer, int status, const char *code);
void lk_stage_assert_state   (LkTestAnswer *answer, const char *state);
/* which: "original", "cropped", "blue". */
void lk_stage_assert_image   (LkTestClient *client, const char *photo, const char *which, int status);

/* {"crop": the photo's proposal}. */
char *lk_stage_crop (const cJSON *photo);

G_END_DECLS
