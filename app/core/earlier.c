/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/earlier.h"

#include "core/error.h"
#include "core/wire.h"

void
lk_earlier_free (LkEarlier *self)
{
  if (self == NULL)
    return;
  lk_photo_info_free (self->photo);
  g_strfreev (self->reasons);
  g_free (self->note);
  g_free (self->by);
  g_free (self);
}

/* A decision of a kind that is not known here is shown as none. */
static void
read_decision (LkEarlier *self, const cJSON *json)
{
  const char *note = lk_json_string (json, "note"), *by = lk_json_string (json, "by");

  self->reasons = lk_json_strv (json, "reasons");
  self->is_decided = self->reasons != NULL && lk_verdict_from_word (lk_json_string (json, "verdict"), &self->verdict)
                     && lk_time_from_text (lk_json_string (json, "at"), &self->decided_at);
  self->note = g_strdup (note != NULL ? note : "");
  self->by = g_strdup (by != NULL ? by : "");
}

static LkEarlier *
read_entry (const cJSON *json)
{
  g_autoptr (LkEarlier) self = g_new0 (LkEarlier, 1);

  self->photo = lk_photo_info_from_json (lk_json_object (json, "photo"));
  if (self->photo == NULL || !lk_state_from_word (lk_json_string (json, "state"), &self->state)
      || !lk_time_from_text (lk_json_string (json, "submitted_at"), &self->submitted_at))
    return NULL;
  read_decision (self, lk_json_object (json, "decision"));
  return g_steal_pointer (&self);
}

GPtrArray *
lk_earlier_list_from_json (const cJSON *json, GError **error)
{
  const cJSON *array = lk_json_array (json, "earlier"), *item;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_earlier_free);

  cJSON_ArrayForEach (item, array)
    {
      LkEarlier *entry = read_entry (item);

      if (entry == NULL)
        array = NULL;
      if (array == NULL)
        break;
      g_ptr_array_add (list, entry);
    }
  if (array != NULL)
    return g_steal_pointer (&list);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_REQUEST, "the list of earlier photos is missing or malformed");
  return NULL;
}
