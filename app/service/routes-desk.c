/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

#define HANDLERS (LK_ROLE_DESK | LK_ROLE_REGISTRAR)
#define NO_REVIEWERS (LK_ROLES_STAFF & ~(guint) LK_ROLE_REVIEWER)

/* Students, tickets and lists, for class advisers, the desk and the registrar. What of it somebody sees is in the statements. */
const LkRoute lk_desk_routes[] = {
  { "GET",  "/v1/tickets",                 NO_REVIEWERS,                              LK_PLACE_WORKER, lk_route_tickets },
  { "POST", "/v1/tickets",                 HANDLERS | LK_ROLE_LEAD | LK_ROLE_ADVISER, LK_PLACE_WRITER, lk_route_new_ticket },
  { "GET",  "/v1/tickets/{id}",            NO_REVIEWERS,                              LK_PLACE_WORKER, lk_route_ticket },
  { "POST", "/v1/tickets/{id}/steps",      HANDLERS | LK_ROLE_LEAD,                   LK_PLACE_WRITER, lk_route_ticket_step },
  { "GET",  "/v1/students",                NO_REVIEWERS,                              LK_PLACE_WORKER, lk_route_students },
  { "GET",  "/v1/classes",                 NO_REVIEWERS & ~(guint) LK_ROLE_DESK,      LK_PLACE_WORKER, lk_route_classes },
  { "POST", "/v1/students/{id}/tries",     HANDLERS,                                  LK_PLACE_WRITER, lk_route_grant_tries },
  { "POST", "/v1/students/{id}/attachments", HANDLERS | LK_ROLE_ADVISER,              LK_PLACE_WORKER, lk_route_attach, LK_BODY_PICTURE },
  { "POST", "/v1/students/{id}/unmask",    HANDLERS | LK_ROLE_LEAD | LK_ROLE_ADVISER, LK_PLACE_WORKER, lk_route_unmask,
    .key = LK_KEY_NONE },
  { "POST", "/v1/submissions/{id}/reopen", LK_ROLE_LEAD,                              LK_PLACE_WRITER, lk_route_reopen },
  { "GET",  "/v1/audit",                   LK_ROLES_STAFF & ~(guint) LK_ROLE_ADVISER, LK_PLACE_WORKER, lk_route_audit },
  { "GET",  "/v1/audit/head",              LK_ROLE_LEAD | LK_ROLE_REGISTRAR | LK_ROLE_AUDITOR, LK_PLACE_WORKER, lk_route_audit_head },
  { NULL },
};
