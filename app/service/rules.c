/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/rules.h"

#include "core/spec.h"
#include "service/log.h"

struct _LkRules
{
  GMutex mutex;
  LkReasonCatalogue *reasons;   /* under the mutex, as what follows */
  int spec_version;
};

static gboolean
read_spec (LkRules *self, GError **error)
{
  g_autoptr (LkSpec) spec = lk_spec_load_default (error);

  if (spec == NULL)
    return FALSE;
  g_mutex_lock (&self->mutex);
  self->spec_version = spec->version;
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

static gboolean
read_reasons (LkRules *self, GError **error)
{
  LkReasonCatalogue *reasons = lk_reason_catalogue_load_default (error), *old;

  if (reasons == NULL)
    return FALSE;
  g_mutex_lock (&self->mutex);
  old = self->reasons;
  self->reasons = reasons;
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&old, lk_reason_catalogue_unref);
  return TRUE;
}

static const struct
{
  const char *file;
  gboolean (*read) (LkRules *self, GError **error);
} files[] = {
  { "photo-spec.json", read_spec },
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
        lk_log ("rules-refused", "file=%s kept=old message=\"%s\"", files[i].file, error->message);
    }
}

LkReasonCatalogue *
lk_rules_get_reasons (LkRules *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return lk_reason_catalogue_ref (self->reasons);
}

int
lk_rules_get_spec_version (LkRules *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->spec_version;
}
