/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

/* Signing in, accounts and their rights. */
const LkRoute lk_account_routes[] = {
  { NULL },
};
