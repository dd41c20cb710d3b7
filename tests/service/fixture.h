/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/json.h"
#include "service/campus-db.h"
#include "service/service.h"

G_BEGIN_DECLS

/* A campus in a temporary folder, a running likenessd on it, and an HTTP client, for tests of the service and of whole journeys. */

#define LK_TEST_PASSWORD "correct horse"

/* -- the campus -- */

typedef struct
{
  char *folder;
  LkService *service;           /* open in this process, NULL after lk_test_campus_close() */
} LkTestCampus;

/* With two reviewers ("lin", "wang"), a lead ("zhao") and n_students with one pending submission each, in the order of their numbers
 * 2021210001...; the photos are a few bytes, not pictures. Every third student has an ID-card photo. Hard checks of every fifth fail. */
LkTestCampus *lk_test_campus_new   (guint n_students);
void          lk_test_campus_close (LkTestCampus *campus);               /* the process lets go of it; the files stay */
void          lk_test_campus_free  (LkTestCampus *campus);               /* removes the files */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkTestCampus, lk_test_campus_free)

/* The limits of second review for the server that is started next; JSON as in data/service.json. A new campus has none: each first
 * decision stands, but for those a reviewer is unsure about, which a second person sees at once. */
#define LK_TEST_NO_SECOND_REVIEW "{\"by_rule\":false,\"first_decisions\":0,\"approvals_percent\":0,\"rejections_percent\":0," \
                                 "\"known_percent\":0,\"after_seconds\":0}"
void  lk_test_set_second_review (const char *folder, const char *json);

void  lk_test_add_staff (LkService *service, const char *user, const char *name, LkRole role);
void  lk_test_add_students (LkService *service, guint first, guint n_students);

/* Pending submissions as rows only, all of the first student and with the first photo: for storms that look at no photo. The campus
 * must have a student and not be open here. */
void  lk_test_add_rows (const char *folder, guint n_rows);

char *lk_test_temporary_folder (void);
void  lk_test_remove_folder (const char *folder);

/* The first value of a query on the campus' database; NULL for none. */
char *lk_test_query (const char *folder, const char *sql);
int   lk_test_query_int (const char *folder, const char *sql);

/* -- the running service -- */

typedef struct
{
  GPid pid;
  guint16 port;
  char *port_file, *log;        /* log: a file with what it wrote on standard error */
} LkTestServer;

/* Starts likenessd serve on a campus and waits until it is ready. arguments: further ones, NULL for none. */
LkTestServer *lk_test_server_start (const char *folder, const char *const *arguments);
int           lk_test_server_stop  (LkTestServer *server);               /* SIGTERM; the exit status */
void          lk_test_server_kill  (LkTestServer *server);               /* SIGKILL */
void          lk_test_server_free  (LkTestServer *server);               /* stops it when it still runs */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkTestServer, lk_test_server_free)

/* Runs likenessd with the words given until it ends; returns its exit status. input, out and err may be NULL. */
int lk_test_run (const char *const *words, const char *input, char **out, char **err);

/* -- the client -- */

typedef struct
{
  guint16 port;
  int fd;                       /* -1 when not connected */
  char *token;
} LkTestClient;

typedef struct
{
  int status;                   /* 0: no answer came */
  char *head, *body;
  gsize length;                 /* of the body */
  cJSON *json;                  /* NULL when the body is none */
} LkTestAnswer;

LkTestClient *lk_test_client_new  (guint16 port);
void          lk_test_client_free (LkTestClient *client);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkTestClient, lk_test_client_free)

/* One request on a connection that is kept. body may be NULL; extra: further header lines, each with CR LF, or NULL. */
LkTestAnswer *lk_test_call      (LkTestClient *client, const char *method, const char *path, const char *body, const char *extra);
/* A body of any type. */
LkTestAnswer *lk_test_post      (LkTestClient *client, const char *path, const char *type, GBytes *body, const char *extra);
void          lk_test_answer_free (LkTestAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkTestAnswer, lk_test_answer_free)

/* The word in "code" of a problem, or "". */
const char   *lk_test_answer_code (LkTestAnswer *answer);

/* Signs in as user with the fixtures' password from a device; asserts that it works. */
void          lk_test_sign_in   (LkTestClient *client, const char *user, const char *device);

/* Leases count submissions; the answer as it came. */
LkTestAnswer *lk_test_lease     (LkTestClient *client, int count);

/* The JSON of a decision on an entry of "leases"; key NULL for a new one. */
cJSON        *lk_test_decision  (const cJSON *lease, const char *key, const char *verdict, const char *reason);

/* Sends one decision (takes it); the answer holds one result. */
LkTestAnswer *lk_test_decide    (LkTestClient *client, cJSON *decision);
const cJSON  *lk_test_result    (LkTestAnswer *answer, int index);

G_END_DECLS
