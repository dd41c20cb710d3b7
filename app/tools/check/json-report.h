/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/checker.h"

G_BEGIN_DECLS

/* One line of JSON: what was found on the photo, or, with report NULL, why it could not be read. Newly allocated. */
char *lk_json_report (const char *path, const LkReport *report, const GError *error);

G_END_DECLS
