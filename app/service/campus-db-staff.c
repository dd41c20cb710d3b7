/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/campus-db-account.h"
#include "service/campus-db-desk.h"

/* The rows of campus-db-account.h and campus-db-desk.h. */

void
lk_scope_free (LkScope *scope)
{
  g_free (scope->site);
  g_free (scope->class_name);
  g_free (scope);
}

void
lk_account_row_free (LkAccountRow *row)
{
  lk_staff_free (row->staff);
  g_free (row->outside);
  g_clear_pointer (&row->scopes, g_ptr_array_unref);
  g_clear_pointer (&row->related, g_ptr_array_unref);
  g_free (row);
}

void
lk_second_factor_clear (LkSecondFactor *self)
{
  g_clear_pointer (&self->secret, g_bytes_unref);
}

LkTicketAttachment *
lk_ticket_attachment_new (const char *kind, const char *uuid)
{
  LkTicketAttachment *self = g_new0 (LkTicketAttachment, 1);

  self->kind = g_strdup (kind);
  self->uuid = g_strdup (uuid);
  return self;
}

void
lk_ticket_attachment_free (LkTicketAttachment *self)
{
  g_free (self->kind);
  g_free (self->uuid);
  lk_photo_info_free (self->photo);
  g_free (self);
}

void
lk_ticket_entry_free (LkTicketEntry *self)
{
  g_free (self->name);
  g_free (self->step);
  g_free (self->text);
  g_free (self);
}

void
lk_ticket_row_free (LkTicketRow *row)
{
  g_free (row->uuid);
  g_free (row->name);
  g_free (row->student_no);
  g_free (row->class_name);
  g_free (row->site);
  g_free (row->submission);
  lk_decision_row_free (row->decision);
  g_free (row->text);
  g_clear_pointer (&row->entries, g_ptr_array_unref);
  g_clear_pointer (&row->attachments, g_ptr_array_unref);
  g_free (row);
}

void
lk_student_row_free (LkStudentRow *row)
{
  g_free (row->student_no);
  g_free (row->name);
  g_free (row->document_no);
  g_free (row->class_name);
  g_free (row->site);
  g_free (row->submission);
  g_free (row->photo);
  g_free (row);
}

void
lk_class_row_free (LkClassRow *row)
{
  g_free (row->site);
  g_free (row->class_name);
  g_free (row);
}

void
lk_audit_row_free (LkAuditRow *row)
{
  g_free (row->action);
  g_free (row->submission);
  g_free (row->state);
  g_free (row->body);
  g_free (row->hash);
  g_free (row);
}
