/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/json.h"
#include "service/campus-db-desk.h"

G_BEGIN_DECLS

/* The answers to advisers, the desk, registrars and auditors, as docs/protocol.md has them: names and document numbers masked. */

cJSON *lk_ticket_row_to_json  (const LkTicketRow *row);
cJSON *lk_student_row_to_json (const LkStudentRow *row);
cJSON *lk_decision_row_to_json (const LkDecisionRow *row);
cJSON *lk_class_row_to_json   (const LkClassRow *row);
cJSON *lk_audit_row_to_json   (const LkAuditRow *row);

/* [{"kind": "crop", "id": "UUID"}]: of LkTicketAttachment; NULL when it is missing or malformed. */
GPtrArray *lk_attachments_from_json (const cJSON *array);

G_END_DECLS
