/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

/* What reviewers and their leads work with, and what anybody may ask. */
const LkRoute lk_review_routes[] = {
  { "GET",    "/v1/meta",                      LK_ROLES_ALL,    LK_PLACE_HERE,   lk_route_meta },
  { "GET",    "/v1/rules",                     LK_ROLES_STAFF,  LK_PLACE_WORKER, lk_route_rules },
  { "GET",    "/v1/healthz",                   LK_ROLES_ALL,    LK_PLACE_HERE,   lk_route_healthz },
  { "GET",    "/v1/readyz",                    LK_ROLES_ALL,    LK_PLACE_WORKER, lk_route_readyz },
  { "POST",   "/v1/sessions",                  LK_ROLES_ALL,    LK_PLACE_HASHER, lk_route_sign_in, .key = LK_KEY_NONE },
  { "DELETE", "/v1/sessions/current",          LK_ROLES_STAFF,  LK_PLACE_WORKER, lk_route_sign_out },
  { "POST",   "/v1/leases",                    LK_ROLES_REVIEW, LK_PLACE_WRITER, lk_route_lease, .key = LK_KEY_WELCOME },
  { "PUT",    "/v1/leases/{id}",               LK_ROLES_REVIEW, LK_PLACE_WRITER, lk_route_renew_lease },
  { "DELETE", "/v1/leases/{id}",               LK_ROLES_REVIEW, LK_PLACE_WRITER, lk_route_return_lease },
  { "POST",   "/v1/leases/{id}/skip",          LK_ROLES_REVIEW, LK_PLACE_WRITER, lk_route_skip_lease, .key = LK_KEY_WELCOME },
  { "POST",   "/v1/decisions",                 LK_ROLES_REVIEW, LK_PLACE_WRITER, lk_route_decide, .key = LK_KEY_NONE },
  { "POST",   "/v1/decisions/{id}/revert",     LK_ROLES_REVIEW, LK_PLACE_WRITER, lk_route_revert, .key = LK_KEY_NONE },
  { "GET",    "/v1/changes",                   LK_ROLES_STAFF,  LK_PLACE_WORKER, lk_route_changes },
  { "GET",    "/v1/submissions/{id}/earlier",  LK_ROLES_REVIEW, LK_PLACE_WORKER, lk_route_earlier },
  { "GET",    "/v1/images/{id}",               LK_ROLES_STAFF,  LK_PLACE_WORKER, lk_route_image },
  { "GET",    "/v1/queue/stats",               LK_ROLES_REVIEW, LK_PLACE_WORKER, lk_route_stats },
  { "GET",    "/v1/queue/facets",              LK_ROLES_REVIEW, LK_PLACE_WORKER, lk_route_facets },
  { "GET",    "/v1/agreement",                 LK_ROLE_LEAD,    LK_PLACE_WORKER, lk_route_agreement },
  { "GET",    "/v1/agreement/own",             LK_ROLES_REVIEW, LK_PLACE_WORKER, lk_route_own_agreement },
  { NULL },
};
