/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

/* Signing in through the college. The answers have tokens and secrets, which are never kept under a key. */
const LkRoute lk_account_routes[] = {
  { "POST", "/v1/sessions/college",      LK_ROLES_ALL, LK_PLACE_WORKER, lk_route_college_begin, .key = LK_KEY_NONE },
  { "POST", "/v1/sessions/college/{id}", LK_ROLES_ALL, LK_PLACE_WORKER, lk_route_college_finish, .key = LK_KEY_NONE },
  { NULL },
};
