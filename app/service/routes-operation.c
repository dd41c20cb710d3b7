/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

/* The students' pages, and figures for who runs the service. */
const LkRoute lk_operation_routes[] = {
  { NULL },
};
