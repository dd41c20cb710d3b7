/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/desk.h"
#include "core/json.h"

G_BEGIN_DECLS

/* Classes, students and tickets out of the service's answers (docs/protocol.md). LK_ERROR_OFFLINE when the answer is not of a campus
 * service, as for its other answers; entries of a kind that this version does not know are left out. */
GPtrArray *lk_classes_from_json  (const cJSON *json, GError **error);    /* of LkClassProgress */
GPtrArray *lk_students_from_json (const cJSON *json, GError **error);    /* of LkStudentEntry */
GPtrArray *lk_tickets_from_json  (const cJSON *json, GError **error);    /* of LkTicket */
LkTicket  *lk_ticket_from_json   (const cJSON *json, GError **error);

G_END_DECLS
