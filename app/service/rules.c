/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/rules.h"

#include "core/data.h"
#include "core/spec.h"
#include "service/log.h"

struct _LkRules
{
  GMutex mutex;
  LkReasonCatalogue *reasons;   /* under the mutex, as what follows */
  LkCalendar *calendar;
  int spec_version;
  char *reasons_text, *spec_text;       /* the files they were read from */
};

/* The text of a file of data/; what it means is found out by its reader, which also names the line of a fault. */
static char *
read_text (const char *name, GError **error)
{
  g_autofree char *path = lk_data_find (name, error);
  char *text = NULL;

  return path != NULL && g_file_get_contents (path, &text, NULL, error) ? text : NULL;
}

static gboolean
read_spec (LkRules *self, GError **error)
{
  g_autoptr (LkSpec) spec = lk_spec_load_default (error);
  g_autofree char *text = spec != NULL ? read_text ("photo-spec.json", error) : NULL;

  if (text == NULL)
    return FALSE;
  g_mutex_lock (&self->mutex);
  self->spec_version = spec->version;
  g_free (self->spec_text);
  self->spec_text = g_steal_pointer (&text);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

static gboolean
read_reasons (LkRules *self, GError **error)
{
  g_autoptr (LkReasonCatalogue) reasons = lk_reason_catalogue_load_default (error);
  g_autofree char *text = reasons != NULL ? read_text ("reasons.json", error) : NULL;

  if (text == NULL)
    return FALSE;
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->reasons, lk_reason_catalogue_unref);
  self->reasons = g_steal_pointer (&reasons);
  g_free (self->reasons_text);
  self->reasons_text = g_steal_pointer (&text);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

static gboolean
read_calendar (LkRules *self, GError **error)
{
  LkCalendar *calendar = lk_calendar_load_default (error), *old;

  if (calendar == NULL)
    return FALSE;
  g_mutex_lock (&self->mutex);
  old = self->calendar;
  self->calendar = calendar;
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&old, lk_calendar_free);
  return TRUE;
}

static const struct
{
  const char *file;
  gboolean (*read) (LkRules *self, GError **error);
} files[] = {
  { "photo-spec.json", read_spec },
  { "calendar.json", read_calendar },
  { "reasons.json", read_reasons },
};

LkRules *
lk_rules_new (GError **error)
{
  g_autoptr (LkRules) self = g_new0 (LkRules, 1);

  g_mutex_init (&self->mutex);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    if (!files[i].read (self, error))
      return NULL;
  return g_steal_pointer (&self);
}

void
lk_rules_free (LkRules *self)
{
  g_clear_pointer (&self->reasons, lk_reason_catalogue_unref);
  g_clear_pointer (&self->calendar, lk_calendar_free);
  g_free (self->reasons_text);
  g_free (self->spec_text);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
lk_rules_reload (LkRules *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;

      if (files[i].read (self, &error))
        lk_log ("rules", "file=%s spec_version=%d", files[i].file, lk_rules_get_spec_version (self));
      else
        lk_log_warning ("rules-refused", "file=%s kept=old message=\"%s\"", files[i].file, error->message);
    }
}

LkReasonCatalogue *
lk_rules_get_reasons (LkRules *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return lk_reason_catalogue_ref (self->reasons);
}

LkCalendar *
lk_rules_get_calendar (LkRules *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return lk_calendar_ref (self->calendar);
}

int
lk_rules_get_spec_version (LkRules *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->spec_version;
}

char *
lk_rules_dup_json (LkRules *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_strdup_printf ("{\"reasons\":%s,\"photo_spec\":%s}", self->reasons_text, self->spec_text);
}
