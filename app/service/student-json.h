/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/campus-db-desk.h"
#include "service/campus-db-student.h"
#include "service/language.h"
#include "service/service.h"

G_BEGIN_DECLS

/* The answers to a student's calls, as docs/protocol.md has them. */

/* A photo of the record's student. */
cJSON *lk_student_photo_to_json  (LkService *service, const LkStudentRecord *record, const LkDraft *draft, LkLanguage language);

/* tickets: of LkTicketRow, or NULL. */
cJSON *lk_student_record_to_json (LkService *service, const LkStudentRecord *record, GPtrArray *tickets, LkLanguage language);

cJSON *lk_student_ticket_to_json (const LkTicketRow *ticket, LkLanguage language);

/* What must be told beside a problem: the times, the desk. */
void   lk_student_times_to_json  (cJSON *json, const LkStudentRecord *record);
cJSON *lk_student_desk_to_json   (LkService *service);

/* Adds "version": the same as long as nothing has changed but times and places in the queue. */
const char *lk_student_json_add_version (cJSON *json);

G_END_DECLS
