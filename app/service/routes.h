/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/json.h"
#include "service/http.h"
#include "service/service.h"
#include "service/student-auth.h"

G_BEGIN_DECLS

/* One call of docs/protocol.md in work. */
typedef struct
{
  LkService *service;
  const struct _LkRoute *route;
  LkRequest *request;
  LkSignedIn *who;              /* NULL for calls that anybody may make, and for students */
  LkStudentIn student;          /* of calls for LK_ROLE_STUDENT, which are for nobody else */
  gint64 arrived_at;            /* when the head had come, µs UTC by lk_clock_now() */
  char *owner;                  /* whose idempotency keys these are: "staff UUID", "student ROW"; NULL: of a network address */
  LkKeyScope *scope;            /* NULL for a call without a key */
  LkResponse *answer;           /* until the transaction is durable */
  char *id;                     /* what stands for {id} or {path}, NULL for none */
} LkCall;

/* Answers a call: a response; NULL with error for a problem; or NULL without error when the handler keeps the call and will
 * end it with lk_call_reply(). */
typedef LkResponse *(*LkCallHandler) (LkCall *call, GError **error);

/* Replies and frees the call. */
void lk_call_reply (LkCall *call, LkResponse *response);

/* What a new session is answered with. */
cJSON *lk_session_to_json (const char *token, const LkStaff *staff, int seconds);

LkResponse *lk_response_new_json (guint status, const cJSON *json);

/* The body as a JSON object; LK_ERROR_BAD_REQUEST. */
cJSON *lk_call_read_json (LkCall *call, GError **error);

/* Where a call is worked on. */
typedef enum
{
  LK_PLACE_HERE,                /* at once, on the server's thread: touches no disk */
  LK_PLACE_WORKER,
  LK_PLACE_WRITER,              /* inside a transaction, answered when it is durable; short, and never keeps the call */
  LK_PLACE_READER,              /* pictures: decoding one, or reading a collection code, takes long, so only as many as cores */
  LK_PLACE_HASHER,              /* sign-ins: one hash needs 64 MiB and 0.1 s, so only a few run at a time */
} LkPlace;

/* What the body may be; rights are checked before any of it is read. */
typedef enum
{
  LK_BODY_SMALL,                /* in memory, up to http.body_bytes of data/service.json */
  LK_BODY_PICTURE,              /* in a file, up to http.picture_bytes: lk_request_get_body_file() */
  LK_BODY_PHOTO,                /* in a file, up to http.photo_bytes */
} LkBodyKind;

/* Whether a POST is to come with an Idempotency-Key. Its answer is kept for 30 days when it is a success. */
typedef enum
{
  LK_KEY_NEEDED,
  LK_KEY_WELCOME,               /* may be left out */
  LK_KEY_NONE,                  /* the body has one, or the answer has a token, which is never kept */
} LkKeyRule;

/* Rows name what they need; the rest is 0. */
typedef struct _LkRoute
{
  const char *method, *path;    /* {id} stands for one part of the path, {path} for one or several */
  guint roles;                  /* who may; LK_ROLES_ALL: anybody, signed in or not */
  LkPlace place;
  LkCallHandler handler;
  LkBodyKind body;
  LkKeyRule key;
} LkRoute;

#define LK_ROLES_ALL 0
#define LK_ROLES_REVIEW (LK_ROLE_REVIEWER | LK_ROLE_LEAD)
#define LK_ROLES_STAFF (LK_ROLES_REVIEW | LK_ROLE_ADVISER | LK_ROLE_DESK | LK_ROLE_REGISTRAR | LK_ROLE_AUDITOR)

/* The tables, in routes-*.c; each ends with a row without a method. */
extern const LkRoute lk_review_routes[];
extern const LkRoute lk_student_routes[];
extern const LkRoute lk_account_routes[];
extern const LkRoute lk_desk_routes[];
extern const LkRoute lk_operation_routes[];

/* Carries requests to the handlers of the tables, each on the pool that suits it. */
typedef struct _LkRouter LkRouter;

LkRouter   *lk_router_new    (LkService *service);
LkResponse *lk_router_admit  (LkRequest *request, LkBodyPlan *plan, gpointer router);  /* an LkHttpAdmit: path, method and rights */
void        lk_router_handle (LkRequest *request, gpointer router);                    /* an LkHttpHandler */
void        lk_router_free   (LkRouter *self);                                         /* waits for calls in work */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkRouter, lk_router_free)

/* The handlers, in route-*.c. */
LkResponse *lk_route_meta           (LkCall *call, GError **error);
LkResponse *lk_route_rules          (LkCall *call, GError **error);
LkResponse *lk_route_healthz        (LkCall *call, GError **error);
LkResponse *lk_route_readyz         (LkCall *call, GError **error);
LkResponse *lk_route_stats          (LkCall *call, GError **error);
LkResponse *lk_route_sign_in        (LkCall *call, GError **error);
LkResponse *lk_route_sign_out       (LkCall *call, GError **error);
LkResponse *lk_route_lease          (LkCall *call, GError **error);
LkResponse *lk_route_renew_lease    (LkCall *call, GError **error);
LkResponse *lk_route_return_lease   (LkCall *call, GError **error);
LkResponse *lk_route_skip_lease     (LkCall *call, GError **error);
LkResponse *lk_route_facets         (LkCall *call, GError **error);
LkResponse *lk_route_agreement      (LkCall *call, GError **error);
LkResponse *lk_route_own_agreement  (LkCall *call, GError **error);
LkResponse *lk_route_decide         (LkCall *call, GError **error);
LkResponse *lk_route_revert         (LkCall *call, GError **error);
LkResponse *lk_route_changes        (LkCall *call, GError **error);
LkResponse *lk_route_earlier        (LkCall *call, GError **error);
LkResponse *lk_route_image          (LkCall *call, GError **error);
LkResponse *lk_route_web            (LkCall *call, GError **error);
LkResponse *lk_route_student_notice   (LkCall *call, GError **error);
LkResponse *lk_route_student_sign_in  (LkCall *call, GError **error);
LkResponse *lk_route_student_sign_out (LkCall *call, GError **error);
LkResponse *lk_route_student_look     (LkCall *call, GError **error);
LkResponse *lk_route_student_upload   (LkCall *call, GError **error);
LkResponse *lk_route_student_check    (LkCall *call, GError **error);
LkResponse *lk_route_student_redo     (LkCall *call, GError **error);
LkResponse *lk_route_student_submit   (LkCall *call, GError **error);
LkResponse *lk_route_student_original (LkCall *call, GError **error);
LkResponse *lk_route_student_cropped  (LkCall *call, GError **error);
LkResponse *lk_route_student_blue     (LkCall *call, GError **error);
LkResponse *lk_route_student_approved (LkCall *call, GError **error);
LkResponse *lk_route_student_attach   (LkCall *call, GError **error);
LkResponse *lk_route_student_ask      (LkCall *call, GError **error);
LkResponse *lk_route_student_tickets  (LkCall *call, GError **error);
LkResponse *lk_route_college_begin  (LkCall *call, GError **error);
LkResponse *lk_route_college_finish (LkCall *call, GError **error);
LkResponse *lk_route_tickets        (LkCall *call, GError **error);
LkResponse *lk_route_new_ticket     (LkCall *call, GError **error);
LkResponse *lk_route_ticket         (LkCall *call, GError **error);
LkResponse *lk_route_ticket_step    (LkCall *call, GError **error);
LkResponse *lk_route_attach         (LkCall *call, GError **error);
LkResponse *lk_route_students       (LkCall *call, GError **error);
LkResponse *lk_route_classes        (LkCall *call, GError **error);
LkResponse *lk_route_grant_tries    (LkCall *call, GError **error);
LkResponse *lk_route_unmask         (LkCall *call, GError **error);
LkResponse *lk_route_reopen         (LkCall *call, GError **error);
LkResponse *lk_route_audit          (LkCall *call, GError **error);
LkResponse *lk_route_audit_head     (LkCall *call, GError **error);
LkResponse *lk_route_metrics        (LkCall *call, GError **error);

G_END_DECLS
