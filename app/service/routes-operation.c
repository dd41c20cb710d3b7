/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

/* The students' pages, and figures for who runs the service. */
const LkRoute lk_operation_routes[] = {
  { "GET",    "/",                             LK_ROLES_ALL,    LK_PLACE_HERE,   lk_route_web },
  { "GET",    "/web/{path}",                   LK_ROLES_ALL,    LK_PLACE_HERE,   lk_route_web },
  { "GET",    "/metrics",                      LK_ROLES_ALL,    LK_PLACE_WORKER, lk_route_metrics },
  { NULL },
};
