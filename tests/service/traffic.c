/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "traffic.h"

#include <sqlite3.h>
#include <string.h>

#include "core/key.h"
#include "core/round.h"
#include "service/campus-db-student.h"
#include "service/clock.h"
#include "service/db-sqlite.h"
#include "service/student-auth.h"

#define DAY (24 * G_TIME_SPAN_HOUR)

enum { MAKERS = 8, RETRY_US = 2000 };

typedef struct
{
  LkAckKind kind;
  char id[LK_UUID_SIZE];        /* of a decision its key */
  char sha256[LK_SHA256_SIZE];  /* of an upload */
  gsize place;
} Ack;

typedef struct
{
  char *token;
  char draft[LK_UUID_SIZE];     /* "" for one who uploads */
} Student;

typedef struct
{
  LkTraffic *traffic;
  LkTestClient *client;
  GThread *thread;
  GArray *acks;                 /* of Ack */
  int n_repeated;
  guint first, end;             /* students */
} Person;

struct _LkTraffic
{
  LkTrafficOptions options;
  LkTestCampus *campus;
  GArray *students;             /* of Student: those who send in, then those who upload */
  Person *people;               /* reviewers, then two for the students */
  int n_people;
  gint port, stopping, n_acked, n_through, n_by_kind[LK_N_ACK_KINDS];
};

/* -- the campus -- */

static void
put_roster (LkCampusDb *db, int n)
{
  g_autoptr (GString) csv = g_string_new ("student_no,name,class,site,unique_no\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (LkRoster) roster = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 1; i <= n; i++)
    g_string_append_printf (csv, "2025%06d,李小明,会计学2班,合肥校本部,U%d\n", i, i);
  bytes = g_bytes_new (csv->str, csv->len);
  roster = lk_roster_parse (bytes, &error);
  g_assert_no_error (error);
  db->ops->put_roster (db, roster->rows, NULL, &error);
  g_assert_no_error (error);
}

static void
open_round (LkCampusDb *db)
{
  g_autoptr (LkRound) round = lk_round_new ();
  g_autoptr (GError) error = NULL;

  round->name = g_strdup ("storm");
  lk_round_add_window (round, LK_ROUND_ANY_SITE, lk_clock_now () - DAY, lk_clock_now () + 7 * DAY);
  db->students->add_round (db, round, NULL, &error);
  g_assert_no_error (error);
}

static void
put_photo (LkService *service, const char *what, int number, LkPhotoFile *file)
{
  g_autofree char *text = g_strdup_printf ("%s of student %d", what, number);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  *file = (LkPhotoFile) { .type = "image/jpeg", .width = 480, .height = 640, .bytes = (gint64) strlen (text) };
  lk_blobs_put (service->blobs, bytes, file->sha256, &error);
  g_assert_no_error (error);
}

static gint64
come_in (LkCampusDb *db, int number, Student *student)
{
  g_autofree char *student_no = g_strdup_printf ("2025%06d", number), *unique_no = g_strdup_printf ("U%d", number);
  g_autofree char *code_id = g_strdup_printf ("code %d", number);
  LkCollectionCode code = { .unique_no = unique_no, .name = (char *) "", .document_no = (char *) "", .code_id = code_id };
  LkStudentEntry entry = { .student_no = student_no, .code = &code, .consent = "1", .from = "10.0.0.1" };
  LkStudentSession session = { 0 };
  g_autoptr (GError) error = NULL;

  student->token = lk_student_auth_make_token (entry.token);
  db->students->sign_in (db, &entry, &session, &error);
  g_assert_no_error (error);
  return session.student;
}

/* A draft that passed its checks. */
static void
make_draft (LkService *service, int number, gint64 row, char uuid[LK_UUID_SIZE])
{
  LkCampusDb *db = service->db;
  LkPhotoFile upload, cropped;
  g_autoptr (GError) error = NULL;
  LkCheckResult result = {
    .draft = uuid, .passed = TRUE, .cropped = &cropped, .spec_version = 1,
    .checks = "[{\"id\":\"G3_eye_line\",\"version\":1,\"kind\":\"hard\",\"outcome\":\"pass\",\"value\":250}]",
    .brief = "[[\"G3_eye_line\",1,\"pass\",250]]" };

  put_photo (service, "upload", number, &upload);
  put_photo (service, "crop", number, &cropped);
  g_assert_true (db->students->add_draft (db, row, &upload, lk_clock_now (), "10.0.0.1", uuid, &error));
  g_assert_true (db->students->put_look (db, uuid, &upload, NULL, NULL, &error));
  g_assert_true (db->students->ask_check (db, row, uuid, NULL, lk_clock_now (), "10.0.0.1", &error));
  g_assert_true (db->students->start_check (db, uuid, &result.check, &error));
  g_assert_true (db->students->finish_check (db, &result, &error));
}

static void
make_student (gpointer item, gpointer data)
{
  LkTraffic *self = data;
  int number = GPOINTER_TO_INT (item);
  Student *student = &g_array_index (self->students, Student, number - 1);
  gint64 row = come_in (self->campus->service->db, number, student);

  if (number <= self->options.n_submits)
    make_draft (self->campus->service, number, row, student->draft);
}

static void
make_students (LkTraffic *self)
{
  int n = self->options.n_submits + self->options.n_uploads;
  GThreadPool *pool;

  if (n == 0)
    return;
  put_roster (self->campus->service->db, n);
  open_round (self->campus->service->db);
  g_array_set_size (self->students, (guint) n);
  /* several at a time share a commit */
  pool = g_thread_pool_new (make_student, self, MAKERS, TRUE, NULL);
  for (int i = 1; i <= n; i++)
    g_thread_pool_push (pool, GINT_TO_POINTER (i), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
}

LkTraffic *
lk_traffic_new (const LkTrafficOptions *options)
{
  LkTraffic *self = g_new0 (LkTraffic, 1);

  self->options = *options;
  self->students = g_array_new (FALSE, TRUE, sizeof (Student));
  self->campus = lk_test_campus_new (1);
  make_students (self);
  lk_test_campus_close (self->campus);
  lk_test_add_rows (self->campus->folder, (guint) options->n_rows);
  return self;
}

const char *
lk_traffic_get_folder (LkTraffic *self)
{
  return self->campus->folder;
}

/* -- calls -- */

/* Over restarts, until there is an answer; NULL when the traffic is over. */
static LkTestAnswer *
persist (Person *p, const char *method, const char *path, const char *body, const char *extra)
{
  while (!g_atomic_int_get (&p->traffic->stopping))
    {
      LkTestAnswer *answer;

      p->client->port = (guint16) g_atomic_int_get (&p->traffic->port);
      answer = lk_test_call (p->client, method, path, body, extra);
      if (answer->status != 0)
        return answer;
      lk_test_answer_free (answer);
      g_usleep (RETRY_US);
    }
  return NULL;
}

static void
acknowledge (Person *p, LkAckKind kind, const char *id, const char *sha256)
{
  LkTrafficOptions *options = &p->traffic->options;
  Ack ack = { .kind = kind, .place = options->place != NULL ? options->place (options->place_data) : 0 };

  g_strlcpy (ack.id, id, sizeof ack.id);
  g_strlcpy (ack.sha256, sha256, sizeof ack.sha256);
  g_array_append_val (p->acks, ack);
  g_atomic_int_inc (&p->traffic->n_acked);
  g_atomic_int_inc (&p->traffic->n_by_kind[kind]);
}

static gboolean
decide (Person *p, const cJSON *lease)
{
  g_autofree char *key = lk_key_new (), *body = NULL;
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  g_autoptr (LkTestAnswer) answer = NULL;
  const char *status;

  cJSON_AddItemToArray (cJSON_AddArrayToObject (json, "decisions"), lk_test_decision (lease, key, "return", "R203"));
  body = lk_json_print (json);
  answer = persist (p, "POST", "/v1/decisions", body, NULL);
  if (answer == NULL)
    return FALSE;
  g_assert_cmpint (answer->status, ==, 200);
  status = lk_json_string (lk_test_result (answer, 0), "status");
  g_assert_true (strcmp (status, "accepted") == 0 || strcmp (status, "repeated") == 0);
  p->n_repeated += strcmp (status, "repeated") == 0;
  acknowledge (p, LK_ACK_DECISION, key, "");
  return TRUE;
}

static gpointer
reviewer_main (gpointer data)
{
  Person *p = data;

  while (!g_atomic_int_get (&p->traffic->stopping))
    {
      g_autoptr (LkTestAnswer) answer = persist (p, "POST", "/v1/leases", "{\"count\":3}", NULL);
      const cJSON *lease;

      if (answer == NULL)
        break;
      g_assert_cmpint (answer->status, ==, 200);
      g_assert_cmpint (cJSON_GetArraySize (lk_json_array (answer->json, "leases")), >, 0);
      cJSON_ArrayForEach (lease, lk_json_array (answer->json, "leases"))
        if (!decide (p, lease))
          break;
    }
  return NULL;
}

/* A call of a student, under a key. NULL when the traffic is over, or when the work was done but its answer was lost with the service
 * ("key-done"). */
static LkTestAnswer *
call_as (Person *p, const Student *student, const char *path, const char *body, int expected)
{
  g_autofree char *key = lk_key_new (), *extra = NULL;
  g_autoptr (LkTestAnswer) answer = NULL;

  g_free (p->client->token);
  p->client->token = g_strdup (student->token);
  extra = g_strdup_printf ("Idempotency-Key: %s\r\n", key);
  answer = persist (p, "POST", path, body, extra);
  if (answer == NULL || strcmp (lk_test_answer_code (answer), "key-done") == 0)
    return NULL;
  if (answer->status != expected)
    g_error ("POST %s: %d %s", path, answer->status, answer->body);
  p->n_repeated += strcasestr (answer->head, "Idempotency-Replayed") != NULL;
  return g_steal_pointer (&answer);
}

static void
send_in (Person *p, const Student *student)
{
  g_autofree char *path = g_strdup_printf ("/v1/student/photos/%s/submit", student->draft);
  g_autoptr (LkTestAnswer) answer = call_as (p, student, path, "{}", 200);

  if (answer != NULL)
    acknowledge (p, LK_ACK_SUBMISSION, student->draft, "");
}

/* It looks like a JPEG from outside; nobody will ever decode it. */
static void
upload (Person *p, const Student *student, guint number)
{
  g_autofree char *body = g_strdup_printf ("\xff\xd8\xff upload %u %0*d", number, (int) (number % 7) * 300 + 1, 0);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, body, -1);
  g_autoptr (LkTestAnswer) answer = call_as (p, student, "/v1/student/photos", body, 202);

  if (answer != NULL)
    acknowledge (p, LK_ACK_UPLOAD, lk_json_string (answer->json, "id"), sha256);
}

static gpointer
student_main (gpointer data)
{
  Person *p = data;

  for (guint i = p->first; i < p->end && !g_atomic_int_get (&p->traffic->stopping); i++)
    {
      const Student *student = &g_array_index (p->traffic->students, Student, i);

      if (*student->draft != '\0')
        send_in (p, student);
      else
        upload (p, student, i);
      g_usleep ((gulong) p->traffic->options.pause_us);
    }
  g_atomic_int_inc (&p->traffic->n_through);
  return NULL;
}

/* -- everybody -- */

static void
start_person (LkTraffic *self, int i, GThreadFunc main, guint first, guint n)
{
  Person *p = &self->people[i];

  *p = (Person) { .traffic = self, .client = lk_test_client_new ((guint16) self->port), .first = first, .end = first + n };
  p->acks = g_array_new (FALSE, FALSE, sizeof (Ack));
  if (main == reviewer_main)
    {
      g_autofree char *device = g_strdup_printf ("0192f0c0-0000-7000-8000-0000000000%02x", i);
      lk_test_sign_in (p->client, i % 2 == 0 ? "lin" : "wang", device);
    }
  p->thread = g_thread_new ("person", main, p);
}

void
lk_traffic_go (LkTraffic *self, guint16 port)
{
  const LkTrafficOptions *o = &self->options;

  g_atomic_int_set (&self->port, port);
  if (self->people != NULL)
    return;
  self->n_people = o->n_reviewers + 2;
  self->people = g_new0 (Person, self->n_people);
  for (int i = 0; i < o->n_reviewers; i++)
    start_person (self, i, reviewer_main, 0, 0);
  start_person (self, o->n_reviewers, student_main, 0, (guint) o->n_submits);
  start_person (self, o->n_reviewers + 1, student_main, (guint) o->n_submits, (guint) o->n_uploads);
}

void
lk_traffic_stop (LkTraffic *self)
{
  g_atomic_int_set (&self->stopping, 1);
  for (int i = 0; i < self->n_people; i++)
    g_thread_join (self->people[i].thread);
}

gboolean
lk_traffic_has_all (LkTraffic *self)
{
  for (int kind = 0; kind < LK_N_ACK_KINDS; kind++)
    if (g_atomic_int_get (&self->n_by_kind[kind]) == 0)
      return FALSE;
  return TRUE;
}

gboolean
lk_traffic_is_done (LkTraffic *self, int n_answers)
{
  return g_atomic_int_get (&self->n_acked) >= n_answers && g_atomic_int_get (&self->n_through) == 2;
}

void
lk_traffic_free (LkTraffic *self)
{
  for (int i = 0; i < self->n_people; i++)
    {
      lk_test_client_free (self->people[i].client);
      g_array_unref (self->people[i].acks);
    }
  for (guint i = 0; i < self->students->len; i++)
    g_free (g_array_index (self->students, Student, i).token);
  g_array_unref (self->students);
  g_free (self->people);
  lk_test_campus_free (self->campus);
  g_free (self);
}

/* -- looking for it -- */

typedef struct
{
  const char *folder;
  sqlite3 *db;
  sqlite3_stmt *find[LK_N_ACK_KINDS];
} Look;

static const char *const find_sql[LK_N_ACK_KINDS] = {
  [LK_ACK_DECISION] = "SELECT count(*) FROM decision WHERE key = ?1",
  [LK_ACK_SUBMISSION] = "SELECT count(*) FROM submission WHERE uuid = ?1",
  [LK_ACK_UPLOAD] = "SELECT count(*) FROM draft WHERE uuid = ?1 AND upload = ?2",
};

static int
ask_number (Look *look, const char *sql)
{
  sqlite3_stmt *stmt = NULL;
  int value = -1;

  if (sqlite3_prepare_v2 (look->db, sql, -1, &stmt, NULL) == SQLITE_OK && sqlite3_step (stmt) == SQLITE_ROW)
    value = sqlite3_column_int (stmt, 0);
  sqlite3_finalize (stmt);
  return value;
}

/* Whether the file of this name is there with the bytes it is named by. */
static gboolean
photo_is_right (Look *look, const char *sha256)
{
  g_autofree char *path = g_strdup_printf ("%s/photos/%.2s/%.2s/%s", look->folder, sha256, sha256 + 2, sha256), *text = NULL, *hash = NULL;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, NULL))
    return FALSE;
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, size);
  return strcmp (hash, sha256) == 0;
}

static gboolean
is_there (Look *look, const Ack *ack)
{
  sqlite3_stmt *stmt = look->find[ack->kind];
  gboolean found;

  sqlite3_reset (stmt);
  sqlite3_bind_text (stmt, 1, ack->id, -1, SQLITE_STATIC);
  if (ack->kind == LK_ACK_UPLOAD)
    sqlite3_bind_text (stmt, 2, ack->sha256, -1, SQLITE_STATIC);
  found = sqlite3_step (stmt) == SQLITE_ROW && sqlite3_column_int (stmt, 0) == 1;
  return found && (ack->kind != LK_ACK_UPLOAD || photo_is_right (look, ack->sha256));
}

static void
look_for_acks (LkTraffic *self, Look *look, gsize place, LkTrafficReport *report)
{
  for (int i = 0; i < self->n_people; i++)
    {
      const Person *p = &self->people[i];

      for (guint j = 0; j < p->acks->len; j++)
        {
          const Ack *ack = &g_array_index (p->acks, Ack, j);

          if (ack->place > place)
            break;
          report->acked[ack->kind]++;
          report->lost[ack->kind] += !is_there (look, ack);
        }
      report->repeated += p->n_repeated;
    }
}

/* What must be so whatever was answered: a decision and its line, a state and its decision, a row and its photo file. */
static void
look_for_unlike (Look *look, LkTrafficReport *report)
{
  static const char *const none[] = {
    "SELECT count(*) FROM decision d JOIN submission s ON s.id = d.submission WHERE s.state <> 'RETURNED'",
    "SELECT count(*) FROM submission WHERE state = 'RETURNED' AND id NOT IN (SELECT submission FROM decision)",
    "SELECT abs ((SELECT count(*) FROM decision) - (SELECT count(*) FROM audit WHERE action = 'decision'))",
    "SELECT count(*) FROM draft d WHERE d.submission IS NOT NULL AND NOT EXISTS (SELECT 1 FROM submission s WHERE s.id = d.submission)",
  };
  sqlite3_stmt *stmt = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    report->unlike += ask_number (look, none[i]);
  report->doubled += ask_number (look, "SELECT count(*) FROM (SELECT 1 FROM decision GROUP BY submission HAVING count(*) > 1)");
  report->doubled += ask_number (look, "SELECT count(*) FROM (SELECT 1 FROM audit WHERE action = 'submitted' GROUP BY submission"
                                       " HAVING count(*) > 1)");
  sqlite3_prepare_v2 (look->db, "SELECT upload FROM draft", -1, &stmt, NULL);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    report->unlike += !photo_is_right (look, (const char *) sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
}

static gboolean
is_whole (const char *path)
{
  const LkDbOptions options = { .lease_seconds = 600, .undo_seconds = 600 };
  g_autoptr (LkCampusDb) db = lk_db_sqlite_open (path, FALSE, &options, NULL);
  g_autoptr (GPtrArray) files = db != NULL ? lk_db_sqlite_list_files (path, NULL) : NULL;       /* checks every page */
  LkAuditReport audit;

  return files != NULL && db->ops->verify_audit (db, &audit, NULL) && audit.first_bad == 0;
}

void
lk_traffic_check (LkTraffic *self, const char *folder, gsize place, LkTrafficReport *report)
{
  g_autofree char *path = g_build_filename (folder, "campus.db", NULL);
  Look look = { .folder = folder };

  memset (report, 0, sizeof *report);
  report->whole = is_whole (path);
  g_assert_cmpint (sqlite3_open (path, &look.db), ==, SQLITE_OK);
  if (report->whole)
    {
      for (int i = 0; i < LK_N_ACK_KINDS; i++)
        g_assert_cmpint (sqlite3_prepare_v2 (look.db, find_sql[i], -1, &look.find[i], NULL), ==, SQLITE_OK);
      look_for_acks (self, &look, place, report);
      look_for_unlike (&look, report);
    }
  for (int i = 0; i < LK_N_ACK_KINDS; i++)
    sqlite3_finalize (look.find[i]);
  sqlite3_close (look.db);
}
