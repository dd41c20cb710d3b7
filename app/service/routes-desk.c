/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

/* Students, tickets and lists, for class advisers, the desk and the registrar. */
const LkRoute lk_desk_routes[] = {
  { NULL },
};
