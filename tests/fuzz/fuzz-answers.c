/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a campus service answers a workstation. */
#include "core/error.h"
#include "core/json.h"
#include "fuzz.h"
#include "net/campus-answer.h"

#define READ(Type, from_json, free_it)                    \
  {                                                       \
    g_autoptr (GError) error = NULL;                      \
    Type *result = from_json (json, &error);              \
                                                          \
    fuzz_check (result, error);                           \
    g_clear_pointer (&result, free_it);                   \
  }

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (cJSON) json = lk_json_parse ((const char *) data, (gssize) size, LK_ERROR_OFFLINE, NULL);

  if (json == NULL)
    return 0;
  READ (LkCampusMeta, lk_campus_meta_from_json, lk_campus_meta_free)
  READ (LkCampusSession, lk_campus_session_from_json, lk_campus_session_free)
  READ (LkCampusLease, lk_campus_lease_from_json, lk_campus_lease_free)
  READ (LkCampusLeases, lk_campus_leases_from_json, lk_campus_leases_free)
  READ (GPtrArray, lk_campus_answers_from_json, g_ptr_array_unref)
  READ (LkCampusStats, lk_campus_stats_from_json, g_free)
  READ (LkCampusChanges, lk_campus_changes_from_json, lk_campus_changes_free)
  return 0;
}
