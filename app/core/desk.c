/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/desk.h"

void
lk_class_progress_free (LkClassProgress *self)
{
  g_free (self->site);
  g_free (self->class_name);
  g_free (self);
}

void
lk_student_entry_free (LkStudentEntry *self)
{
  g_free (self->name);
  g_free (self->number);
  g_free (self->document);
  g_free (self->class_name);
  g_free (self->site);
  g_free (self->submission);
  g_free (self->photo);
  g_free (self);
}

void
lk_ticket_free (LkTicket *self)
{
  g_free (self->id);
  g_clear_pointer (&self->student, lk_student_entry_free);
  g_free (self->submission);
  lk_standing_decision_free (self->decision);
  g_free (self->text);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_free (self);
}
