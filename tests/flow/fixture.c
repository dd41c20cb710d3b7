/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "wait.h"

void
fixture_serve (Fixture *f)
{
  campus_start (f->campus);
  fault_proxy_set_target (f->proxy, campus_get_port (f->campus));
}

void
fixture_set_up (Fixture *f, gconstpointer options)
{
  f->campus = campus_new (options);
  f->proxy = fault_proxy_new ();
  f->url = fault_proxy_dup_url (f->proxy);
  f->lin = station_new ();
  fixture_serve (f);
}

void
fixture_tear_down (Fixture *f, gconstpointer options)
{
  station_free (f->lin);
  fault_proxy_free (f->proxy);
  campus_free (f->campus);
  g_free (f->url);
}

void
fixture_cut (Fixture *f)
{
  fault_proxy_set_fault (f->proxy, FAULT_CUT);
  station_wait_offline (f->lin);
}

void
fixture_mend (Fixture *f)
{
  fault_proxy_set_fault (f->proxy, FAULT_NONE);
  lk_sync_poke (station_sync (f->lin));
}

int
fixture_count (Fixture *f, const char *format, const char *id)
{
  g_autofree char *sql = NULL;
  g_auto (GStrv) parts = g_strsplit (format, "%s", -1);

  sql = g_strjoinv (id, parts);
  return campus_number (f->campus, sql);
}

void
fixture_assert_state (Fixture *f, const char *id, const char *state)
{
  g_autofree char *sql = g_strdup_printf ("SELECT state FROM submission WHERE uuid = '%s'", id);
  g_autofree char *found = campus_text (f->campus, sql);

  g_assert_cmpstr (found, ==, state);
}
