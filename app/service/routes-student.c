/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

/* What a student does, from the collection code to the approved photo. */
const LkRoute lk_student_routes[] = {
  { NULL },
};
