/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/json.h"
#include "photo/checker.h"

G_BEGIN_DECLS

/* An array of LkCheck as on the wire (core/wire.h), each with its unit, which who reads only this cannot know otherwise. */
cJSON *lk_json_checks (GPtrArray *checks);

/* One line of JSON (data/schema-json/check-report.schema.json): what was found on the photo, or, with report NULL, why it could not be read. Newly allocated. */
char *lk_json_report (const char *path, const LkReport *report, const GError *error);

G_END_DECLS
