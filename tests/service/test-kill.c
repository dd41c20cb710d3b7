/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/key.h"
#include "fixture.h"

/* kill -9 of the service while four workstations decide; each repeats a decision under the same key until it is answered. In the end
 * every acknowledged decision is there, once, and the audit is whole. */

enum { N_CLIENTS = 4, N_ROUNDS = 20 };

typedef struct
{
  const char *user;
  char device[LK_UUID_SIZE];
  LkTestClient *client;
  GPtrArray *acked;             /* keys */
  int n_repeated;
} Station;

static gint port, stopping;
static gint n_acked;

/* One call, over restarts, until there is an answer; NULL when the test is over. */
static LkTestAnswer *
persist (Station *s, const char *method, const char *path, const char *body)
{
  while (!g_atomic_int_get (&stopping))
    {
      LkTestAnswer *answer;

      s->client->port = (guint16) g_atomic_int_get (&port);
      answer = lk_test_call (s->client, method, path, body, NULL);
      if (answer->status != 0)
        return answer;
      lk_test_answer_free (answer);
      g_usleep (2000);
    }
  return NULL;
}

static gboolean
decide_lease (Station *s, const cJSON *lease)
{
  g_autofree char *key = lk_key_new ();
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  g_autofree char *body = NULL;
  g_autoptr (LkTestAnswer) answer = NULL;
  const char *status;

  cJSON_AddItemToArray (cJSON_AddArrayToObject (json, "decisions"), lk_test_decision (lease, key, "return", "R203"));
  body = lk_json_print (json);
  answer = persist (s, "POST", "/v1/decisions", body);
  if (answer == NULL)
    return FALSE;
  g_assert_cmpint (answer->status, ==, 200);
  status = lk_json_string (lk_test_result (answer, 0), "status");
  g_assert_true (strcmp (status, "accepted") == 0 || strcmp (status, "repeated") == 0);
  s->n_repeated += strcmp (status, "repeated") == 0;
  g_ptr_array_add (s->acked, g_steal_pointer (&key));
  g_atomic_int_inc (&n_acked);
  return TRUE;
}

static gpointer
station_main (gpointer data)
{
  Station *s = data;

  while (!g_atomic_int_get (&stopping))
    {
      g_autoptr (LkTestAnswer) answer = persist (s, "POST", "/v1/leases", "{\"count\":3}");
      const cJSON *lease;

      if (answer == NULL)
        break;
      g_assert_cmpint (answer->status, ==, 200);
      g_assert_cmpint (cJSON_GetArraySize (lk_json_array (answer->json, "leases")), >, 0);
      cJSON_ArrayForEach (lease, lk_json_array (answer->json, "leases"))
        if (!decide_lease (s, lease))
          break;
    }
  return NULL;
}

static void
start_stations (Station *stations, GThread **threads)
{
  for (int i = 0; i < N_CLIENTS; i++)
    {
      Station *s = &stations[i];

      *s = (Station) { .user = i % 2 == 0 ? "lin" : "wang", .acked = g_ptr_array_new_with_free_func (g_free) };
      g_snprintf (s->device, sizeof s->device, "0192f0c0-0000-7000-8000-0000000000d%d", i);
      s->client = lk_test_client_new ((guint16) port);
      lk_test_sign_in (s->client, s->user, s->device);
      threads[i] = g_thread_new ("station", station_main, s);
    }
}

static void
check_acked (Station *stations, const char *folder)
{
  int n_lost = 0, n_repeated = 0;

  for (int i = 0; i < N_CLIENTS; i++)
    {
      for (guint j = 0; j < stations[i].acked->len; j++)
        {
          g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM decision WHERE key = '%s'",
                                                  (const char *) stations[i].acked->pdata[j]);
          n_lost += lk_test_query_int (folder, sql) != 1;
        }
      n_repeated += stations[i].n_repeated;
      g_ptr_array_unref (stations[i].acked);
      lk_test_client_free (stations[i].client);
    }
  g_test_message ("%d kills, %d acknowledged, %d of them only when repeated, %d lost", N_ROUNDS, n_acked, n_repeated, n_lost);
  g_assert_cmpint (n_lost, ==, 0);
}

static void
check_consistent (const char *folder)
{
  const char *const words[] = { "audit", "verify", "--data", folder, NULL };
  g_autofree char *integrity = lk_test_query (folder, "PRAGMA integrity_check");

  g_assert_cmpstr (integrity, ==, "ok");
  g_assert_cmpint (lk_test_query_int (folder, "SELECT count(*) FROM (SELECT 1 FROM decision GROUP BY submission HAVING count(*) > 1)"),
                   ==, 0);
  g_assert_cmpint (lk_test_query_int (folder, "SELECT count(*) FROM decision d JOIN submission s ON s.id = d.submission"
                                              " WHERE s.state <> 'RETURNED'"), ==, 0);
  g_assert_cmpint (lk_test_query_int (folder, "SELECT count(*) FROM submission s WHERE s.state = 'RETURNED'"
                                              " AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.submission = s.id)"), ==, 0);
  g_assert_cmpint (lk_test_query_int (folder, "SELECT (SELECT count(*) FROM decision)"
                                              " - (SELECT count(*) FROM audit WHERE action = 'decision')"), ==, 0);
  g_assert_cmpint (lk_test_run (words, NULL, NULL, NULL), ==, 0);
}

static void
test_kill (void)
{
  g_autoptr (LkTestCampus) campus = lk_test_campus_new (1);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  LkTestServer *server;
  Station stations[N_CLIENTS];
  GThread *threads[N_CLIENTS];

  lk_test_campus_close (campus);
  lk_test_add_rows (campus->folder, 20000);
  server = lk_test_server_start (campus->folder, NULL);
  g_atomic_int_set (&port, server->port);
  start_stations (stations, threads);
  for (int round = 0; round < N_ROUNDS; round++)
    {
      g_usleep ((gulong) g_rand_int_range (random, 5000, 150000));
      lk_test_server_kill (server);
      lk_test_server_free (server);
      server = lk_test_server_start (campus->folder, NULL);
      g_atomic_int_set (&port, server->port);
    }
  g_usleep (50000);
  g_atomic_int_set (&stopping, 1);
  for (int i = 0; i < N_CLIENTS; i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (lk_test_server_stop (server), ==, 0);
  lk_test_server_free (server);
  g_assert_cmpint (n_acked, >, N_ROUNDS);
  check_acked (stations, campus->folder);
  check_consistent (campus->folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/kill", test_kill);
  return g_test_run ();
}
