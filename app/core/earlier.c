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
  lk_standing_decision_free (self->decision);
  g_free (self);
}

static LkEarlier *
read_entry (const cJSON *json)
{
  g_autoptr (LkEarlier) self = g_new0 (LkEarlier, 1);

  self->photo = lk_photo_info_from_json (lk_json_object (json, "photo"));
  if (self->photo == NULL || !lk_state_from_word (lk_json_string (json, "state"), &self->state)
      || !lk_time_from_text (lk_json_string (json, "submitted_at"), &self->submitted_at))
    return NULL;
  self->decision = lk_standing_decision_from_json (lk_json_object (json, "decision"));
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
