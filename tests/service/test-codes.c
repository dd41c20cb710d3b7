/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "core/error.h"
#include "fixture.h"
#include "photo/qr-write.h"
#include "service/code-day.h"
#include "service/code-issue.h"
#include "service/code-payload.h"
#include "service/code-text.h"
#include "service/code.h"

typedef struct
{
  char *folder;
  LkServiceConfig config;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  place->folder = lk_test_temporary_folder ();
  g_assert_true (lk_service_config_load (&place->config, &error));
}

static void
tear_down (Place *place, gconstpointer data)
{
  lk_test_remove_folder (place->folder);
  g_free (place->folder);
}

static LkCollectionCode *
make_code (const char *unique_no, const char *name, const char *document_no)
{
  LkCollectionCode *code = g_new0 (LkCollectionCode, 1);

  *code = (LkCollectionCode) { g_strdup (unique_no), g_strdup (name), g_strdup (document_no), g_strdup ("0011223344556677"), 2026,
                               lk_code_day_end (20665) };
  return code;
}

static void
assert_same (const LkCollectionCode *a, const LkCollectionCode *b)
{
  g_assert_nonnull (a);
  g_assert_cmpstr (a->unique_no, ==, b->unique_no);
  g_assert_cmpstr (a->name, ==, b->name);
  g_assert_cmpstr (a->document_no, ==, b->document_no);
  g_assert_cmpstr (a->code_id, ==, b->code_id);
  g_assert_cmpint (a->graduation_year, ==, b->graduation_year);
  g_assert_cmpint (a->expires_us, ==, b->expires_us);
}

/* -- days -- */

static void
test_days (Place *place, gconstpointer data)
{
  static const char *const bad[] = { "", "2026-02-30", "2026-7-31", "2026-07-3x", "2026-07-311", "1969-12-31", "9999-01-01", "2026/07/31" };
  g_autofree char *text = lk_code_day_to_text (20665);
  gint64 expected;

  g_assert_cmpstr (text, ==, "2026-07-31");
  g_assert_cmpint (lk_code_day_from_text (text), ==, 20665);
  g_assert_true (lk_time_from_text ("2026-07-31T16:00:00Z", &expected));        /* midnight in China */
  g_assert_cmpint (lk_code_day_end (20665), ==, expected);
  g_assert_cmpint (lk_code_day_of (expected), ==, 20665);
  g_assert_cmpint (lk_code_day_of (expected + 1), ==, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (lk_code_day_from_text (bad[i]), ==, -1);
}

/* -- payload -- */

static void
test_payload (Place *place, gconstpointer data)
{
  static const struct
  {
    const char *unique_no, *name, *document_no;
  } good[] = {
    { "20213401007", "张*明", "341************017" },
    { "1", "", "" },
    { "9999999999999999999", "*", "***" },
    { "99999999999999999999", "王*", "***678" },                 /* too long for a number */
    { "0123", "M*** A** L**", "E1" },                           /* as a number it would lose its zero */
    { "BK20213401009X", "阿***·***", "341************02X" },
    { "A", "*******************************", "********************************" },      /* 31 and 32 stars */
  };
  static const char *const bad[][3] = {
    { "", "张*明", "" }, { "12 3", "", "" }, { "123456789012345678901234567890123", "", "" }, { "1", "a\tb", "" }, { "1", "\xff", "" },
    { "1", "一二三四五六七八九十一二三四五六七八九十一二", "" }, { "1", "", "123456789012345678901234567890123" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (LkCollectionCode) code = make_code (good[i].unique_no, good[i].name, good[i].document_no);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = lk_code_payload_write (code, &error);
      g_autoptr (LkCollectionCode) back = NULL;

      g_assert_no_error (error);
      back = lk_code_payload_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      assert_same (back, code);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (LkCollectionCode) code = make_code (bad[i][0], bad[i][1], bad[i][2]);
      g_autoptr (GError) error = NULL;

      g_assert_null (lk_code_payload_write (code, &error));
      g_assert_error (error, LK_ERROR, LK_ERROR_BAD_REQUEST);
    }
}

/* Changes of each byte, and every length: another code or none, never nonsense. What is read is written the same again. */
static void
test_payload_forms (Place *place, gconstpointer data)
{
  g_autoptr (LkCollectionCode) code = make_code ("20213401007", "张*明", "341************017");
  g_autoptr (GBytes) bytes = lk_code_payload_write (code, NULL);
  gsize n;
  const guint8 *good = g_bytes_get_data (bytes, &n);
  guint n_read = 0;

  for (gsize length = 0; length < n; length++)
    g_assert_null (lk_code_payload_read (good, length));
  for (gsize i = 0; i < n; i++)
    for (int value = (int) i % 3; value < 256; value += 3)
      {
        g_autofree guint8 *changed = g_memdup2 (good, n);
        g_autoptr (LkCollectionCode) read = NULL;
        g_autoptr (GBytes) again = NULL;

        changed[i] = (guint8) value;
        read = lk_code_payload_read (changed, n);
        if (read == NULL)
          continue;
        n_read++;
        again = lk_code_payload_write (read, NULL);
        g_assert_nonnull (again);
        g_assert_cmpmem (g_bytes_get_data (again, NULL), g_bytes_get_size (again), changed, n);
      }
  g_assert_cmpuint (n_read, >, n);
}

/* -- suites and texts -- */

static void
test_round_trip (Place *place, gconstpointer data)
{
  for (const char *letter = "AG"; *letter != '\0'; letter++)
    {
      g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_code_key_free);
      g_autoptr (GError) error = NULL;
      LkCodeKey *key = lk_code_key_make (lk_code_suite_find (*letter), &error);
      g_autoptr (LkCollectionCode) code = make_code ("20213401007", "阿***·***", "341************017");
      g_autofree char *text = NULL;
      g_autofree char *other = NULL;
      g_autoptr (LkCollectionCode) read = NULL;

      g_assert_no_error (error);
      g_ptr_array_add (keys, key);
      text = lk_code_text_write (code, key, NULL, &error);
      other = lk_code_text_write (code, key, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (text, !=, other);                /* a nonce of its own */
      g_assert_cmpuint (strlen (text), <=, 200);
      g_assert_cmpint (text[4], ==, *letter);
      read = lk_code_text_read (text, keys, &error);
      g_assert_no_error (error);
      assert_same (read, code);
    }
}

static void
assert_refused (GPtrArray *keys, const char *text, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lk_code_text_read (text, keys, &error));
  g_assert_error (error, LK_ERROR, code);
}

/* One byte anywhere: never taken. */
static void
test_every_byte (Place *place, gconstpointer data)
{
  static const int changes[] = { 0x01, 0x20, 0x80 };      /* the next, the other case, none of ASCII */

  for (const char *letter = "AG"; *letter != '\0'; letter++)
    {
      g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_code_key_free);
      LkCodeKey *key = lk_code_key_make (lk_code_suite_find (*letter), NULL);
      g_autoptr (LkCollectionCode) code = make_code ("20213401007", "张*明", "341************017");
      g_autofree char *text = lk_code_text_write (code, key, NULL, NULL);

      g_ptr_array_add (keys, key);
      for (gsize i = 0; text[i] != '\0'; i++)
        for (gsize k = 0; k < G_N_ELEMENTS (changes); k++)
          {
            g_autofree char *changed = g_strdup (text);
            g_autoptr (GError) error = NULL;

            changed[i] = (char) (changed[i] ^ changes[k]);
            g_assert_null (lk_code_text_read (changed, keys, &error));
            g_assert_true (g_error_matches (error, LK_ERROR, LK_ERROR_CODE_KEY) ||
                           g_error_matches (error, LK_ERROR, LK_ERROR_CODE_SIGNATURE) ||
                           g_error_matches (error, LK_ERROR, LK_ERROR_CODE_TEXT));
          }
    }
}

static void
test_not_ours (Place *place, gconstpointer data)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_code_key_free);
  LkCodeKey *key = lk_code_key_make (lk_code_suite_find ('A'), NULL);
  g_autoptr (LkCodeKey) stranger = lk_code_key_make (lk_code_suite_find ('A'), NULL);
  g_autoptr (LkCollectionCode) code = make_code ("20213401007", "张*明", "341************017");
  g_autofree char *text = lk_code_text_write (code, key, NULL, NULL);
  g_autofree char *strange = lk_code_text_write (code, stranger, NULL, NULL);
  g_autofree char *padded = g_strconcat (text, "=", NULL);
  g_autofree char *longer = g_strconcat (text, text + 5, text + 5, NULL);
  g_autofree char *cut = g_strndup (text, 100);
  g_autofree char *forged = NULL;

  g_ptr_array_add (keys, key);
  assert_refused (keys, "", LK_ERROR_CODE_TEXT);
  assert_refused (keys, "https://example.org/", LK_ERROR_CODE_TEXT);
  assert_refused (keys, "CC1.", LK_ERROR_CODE_TEXT);
  assert_refused (keys, "CC1.A", LK_ERROR_CODE_TEXT);
  assert_refused (keys, "CC1.A====", LK_ERROR_CODE_TEXT);
  assert_refused (keys, padded, LK_ERROR_CODE_TEXT);
  assert_refused (keys, longer, LK_ERROR_CODE_TEXT);
  assert_refused (keys, cut, LK_ERROR_CODE_TEXT);
  assert_refused (keys, strange, LK_ERROR_CODE_KEY);
  text[4] = 'G';                /* the same bytes said to be of the other suite */
  assert_refused (keys, text, LK_ERROR_CODE_KEY);
  text[4] = 'B';
  assert_refused (keys, text, LK_ERROR_CODE_TEXT);

  /* whoever has the secret but not the private key can seal, and is not believed */
  memcpy (stranger->id, key->id, sizeof key->id);
  memcpy (stranger->secret, key->secret, sizeof key->secret);
  forged = lk_code_text_write (code, stranger, NULL, NULL);
  assert_refused (keys, forged, LK_ERROR_CODE_SIGNATURE);
}

/* -- the published vectors -- */

static void
take_hex (const cJSON *json, const char *name, guint8 *data, gsize n)
{
  const char *hex = lk_json_string (json, name);

  g_assert_nonnull (hex);
  g_assert_cmpuint (strlen (hex), ==, 2 * n);
  for (gsize i = 0; i < n; i++)
    data[i] = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
}

static GPtrArray *
take_keys (const cJSON *root)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_code_key_free);
  const cJSON *json;

  cJSON_ArrayForEach (json, lk_json_array (root, "keys"))
    {
      LkCodeKey *key = g_new0 (LkCodeKey, 1);
      guint8 id[LK_CODE_KEY_ID_SIZE];

      key->suite = lk_code_suite_find (lk_json_string (json, "suite")[0]);
      g_assert_nonnull (key->suite);
      take_hex (json, "secret", key->secret, lk_code_suite_get_secret_size (key->suite));
      take_hex (json, "public", key->public, lk_code_suite_get_public_size (key->suite));
      take_hex (json, "private", key->private, sizeof key->private);
      take_hex (json, "id", key->id, sizeof key->id);
      key->can_issue = TRUE;
      g_assert_true (lk_code_suite_make_id (key->suite, key->public, id));
      g_assert_cmpmem (id, sizeof id, key->id, sizeof key->id);
      g_ptr_array_add (keys, key);
    }
  return keys;
}

static LkCollectionCode *
take_code (const cJSON *json)
{
  LkCollectionCode *code = g_new0 (LkCollectionCode, 1);

  code->unique_no = g_strdup (lk_json_string (json, "unique_no"));
  code->name = g_strdup (lk_json_string (json, "name"));
  code->document_no = g_strdup (lk_json_string (json, "document_no"));
  code->code_id = g_strdup (lk_json_string (json, "code_id"));
  code->graduation_year = (int) lk_json_int (json, "graduation_year", 0);
  code->expires_us = lk_code_day_end (lk_code_day_from_text (lk_json_string (json, "last_day")));
  return code;
}

static void
check_vector (const cJSON *json, GPtrArray *keys)
{
  const char *text = lk_json_string (json, "text");
  g_autoptr (LkCollectionCode) code = take_code (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (LkCollectionCode) read = lk_code_text_read (text, keys, &error);
  g_autoptr (GBytes) payload = lk_code_payload_write (code, NULL);
  g_autofree guint8 *expected = g_malloc (g_bytes_get_size (payload));
  guint8 nonce[LK_CODE_NONCE_SIZE], id[LK_CODE_KEY_ID_SIZE];
  g_autofree char *written = NULL;

  g_assert_no_error (error);
  assert_same (read, code);
  take_hex (json, "payload", expected, g_bytes_get_size (payload));
  g_assert_cmpmem (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload), expected, g_bytes_get_size (payload));
  take_hex (json, "nonce", nonce, sizeof nonce);
  take_hex (json, "key", id, sizeof id);
  written = lk_code_text_write (code, lk_code_keys_find (keys, lk_code_suite_find (text[4]), id), nonce, &error);
  g_assert_no_error (error);
  /* all of it, or where signatures are made with a random number, all before the signature */
  if (text[4] == 'A')
    g_assert_cmpstr (written, ==, text);
  else
    {
      gsize n_same = 5 + (LK_CODE_KEY_ID_SIZE + LK_CODE_NONCE_SIZE + g_bytes_get_size (payload) + LK_CODE_TAG_SIZE) * 8 / 6;

      g_assert_cmpint (strncmp (written, text, n_same), ==, 0);
      g_assert_cmpuint (strlen (written), ==, strlen (text));
    }
}

static void
test_vectors (Place *place, gconstpointer data)
{
  static const struct
  {
    const char *word;
    int code;
  } words[] = { { "text", LK_ERROR_CODE_TEXT }, { "key", LK_ERROR_CODE_KEY }, { "signature", LK_ERROR_CODE_SIGNATURE } };
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "docs", "collection-code-vectors.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (cJSON) root = lk_json_load (path, LK_ERROR_FAILED, &error);
  g_autoptr (GPtrArray) keys = NULL;
  const cJSON *json;

  g_assert_no_error (error);
  keys = take_keys (root);
  g_assert_cmpint (keys->len, ==, 2);
  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (root, "codes")), >=, 6);
  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (root, "refused")), >=, 6);
  cJSON_ArrayForEach (json, lk_json_array (root, "codes"))
    check_vector (json, keys);
  cJSON_ArrayForEach (json, lk_json_array (root, "refused"))
    for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
      if (g_strcmp0 (words[i].word, lk_json_string (json, "reason")) == 0)
        assert_refused (keys, lk_json_string (json, "text"), words[i].code);
}

/* -- keys on disk -- */

static void
test_key_files (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) none = lk_code_keys_load (place->folder, &error);
  g_autoptr (LkCodeKey) first = lk_code_key_make (lk_code_suite_find ('A'), NULL);
  g_autoptr (LkCodeKey) second = lk_code_key_make (lk_code_suite_find ('G'), NULL);
  g_autofree char *name = lk_code_key_get_name (first);
  g_autofree char *file = g_strconcat (name, ".issue.json", NULL);
  g_autofree char *path = g_build_filename (place->folder, "codes", file, NULL);
  g_autoptr (GPtrArray) both = NULL;
  g_autoptr (GPtrArray) halves = NULL;
  const LkCodeKey *key;
  GStatBuf info;

  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  first->made_at -= G_USEC_PER_SEC;
  g_assert_true (lk_code_key_save (first, place->folder, &error));
  g_assert_true (lk_code_key_save (second, place->folder, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  both = lk_code_keys_load (place->folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (both->len, ==, 2);
  g_assert_true (lk_code_keys_find_issuer (both, NULL)->suite == second->suite);        /* the newest */
  key = lk_code_keys_find_issuer (both, first->suite);
  g_assert_cmpmem (key->private, sizeof key->private, first->private, sizeof first->private);
  g_assert_cmpmem (key->secret, sizeof key->secret, first->secret, sizeof first->secret);

  /* the open half alone opens */
  g_assert_cmpint (g_unlink (path), ==, 0);
  halves = lk_code_keys_load (place->folder, &error);
  g_assert_null (lk_code_keys_find_issuer (halves, first->suite));
  g_assert_nonnull (lk_code_keys_find (halves, first->suite, first->id));
}

static void
test_bad_key_files (Place *place, gconstpointer data)
{
  static const char *const bad[] = {
    "", "{}", "{\"suite\":\"B\"}",
    "{\"suite\":\"A\",\"id\":\"00000000\",\"secret\":\"AA\",\"public\":\"AA\"}",
    "{\"suite\":\"A\",\"id\":\"00000000\",\"secret\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\","
    "\"public\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
  };
  g_autofree char *folder = g_build_filename (place->folder, "codes", NULL);
  g_autofree char *path = g_build_filename (folder, "00000000.open.json", NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, bad[i], -1, NULL));
      g_assert_null (lk_code_keys_load (place->folder, &error));
      g_assert_error (error, LK_ERROR, LK_ERROR_BAD_SPEC);
      g_assert_nonnull (strstr (error->message, "00000000.open.json"));
    }
}

/* -- the service's two calls -- */

static void
test_codes (Place *place, gconstpointer data)
{
  const LkRosterRow row = { 1, "2021210007", "张小明", "341200200001010017", "1", "", "20213401007" };
  g_autoptr (LkCodeKey) key = lk_code_key_make (lk_code_suite_find ('G'), NULL);
  LkCodeIssue issue = { key, 2026, 20665 };
  g_autoptr (GError) error = NULL;
  g_autoptr (LkCodes) codes = lk_codes_new (place->folder, &place->config, NULL, &error);
  g_autofree char *id = NULL;
  g_autofree char *text = lk_code_issue_text (&issue, &row, &id, &error);
  g_autofree char *spaced = g_strconcat (" ", text, "\n", NULL);
  g_autoptr (GBytes) png = lk_qr_write_png (text, 4, &error);
  g_autoptr (GBytes) blank = NULL;
  g_autofree char *read = lk_code_read_image (codes, png, &error);
  g_autoptr (LkCollectionCode) code = NULL;
  gint64 end = lk_code_day_end (20665);

  g_assert_no_error (error);
  g_assert_cmpstr (read, ==, text);
  g_assert_null (lk_code_open (codes, text, end - 1, 0, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_CODE_KEY);
  g_clear_error (&error);

  /* the key is taken up while the service runs */
  g_assert_true (lk_code_key_save (key, place->folder, &error));
  code = lk_code_open (codes, spaced, end - 1, 2026, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (code->unique_no, ==, "20213401007");
  g_assert_cmpstr (code->name, ==, "张*明");
  g_assert_cmpstr (code->code_id, ==, id);
  g_assert_cmpint (lk_collection_code_match (code, &row, &row, NULL), ==, LK_CODE_MATCH_SAME);

  g_assert_null (lk_code_open (codes, text, end, 2026, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_CODE_EXPIRED);
  g_clear_error (&error);
  g_assert_null (lk_code_open (codes, text, end - 1, 2030, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_CODE_ROUND);
  g_clear_error (&error);
  g_assert_null (lk_code_open (codes, "https://example.org", 0, 0, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_CODE_TEXT);
  g_clear_error (&error);

  blank = g_bytes_new_static ("nothing", 7);
  g_assert_null (lk_code_read_image (codes, blank, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_NOT_PICTURE);
}

static gpointer
read_in_thread (gpointer data)
{
  gpointer *both = data;
  g_autofree char *text = lk_code_read_image (both[0], both[1], NULL);

  return GINT_TO_POINTER (g_strcmp0 (text, "CC1.together") == 0);
}

static void
test_threads (Place *place, gconstpointer data)
{
  g_autoptr (LkCodes) codes = lk_codes_new (place->folder, &place->config, NULL, NULL);
  g_autoptr (GBytes) png = lk_qr_write_png ("CC1.together", 4, NULL);
  gpointer both[] = { codes, png };
  GThread *threads[6];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", read_in_thread, both);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_true (GPOINTER_TO_INT (g_thread_join (threads[i])));
}

static void
test_too_many (Place *place, gconstpointer data)
{
  g_autoptr (LkCodes) codes = NULL;
  g_autoptr (GBytes) png = lk_qr_write_png ("CC1.alone", 4, NULL);
  g_autoptr (GError) error = NULL;

  place->config.codes_at_once = place->config.codes_waiting_max = 0;    /* as if all were taken */
  codes = lk_codes_new (place->folder, &place->config, NULL, NULL);
  g_assert_null (lk_code_read_image (codes, png, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_QUEUE_FULL);
}

/* -- the college's tool -- */

/* A shell script as the tool. */
static LkCodes *
codes_with_tool (Place *place, const char *script, gboolean network)
{
  g_autofree char *path = g_build_filename (place->folder, "tool", NULL);
  g_autofree char *conf_path = g_build_filename (place->folder, LK_SETTINGS_NAME, NULL);
  g_autofree char *text = g_strconcat ("#!/bin/sh\n", script, "\n", NULL);
  g_autofree char *conf = g_strdup_printf ("[codes]\ntool=%s\ntool_arguments=--json;two words\ntool_network=%s\n", path,
                                           network ? "true" : "false");
  g_autoptr (GPtrArray) problems = lk_setting_problems_new ();
  LkSettings *settings;
  LkCodes *codes;

  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  g_assert_true (g_file_set_contents (conf_path, conf, -1, NULL));
  settings = lk_settings_load (conf_path, problems);
  g_assert_cmpuint (problems->len, ==, 0);
  codes = lk_codes_new (place->folder, &place->config, settings, NULL);
  lk_settings_free (settings);
  return codes;
}

#define GOOD_ANSWER "{\"ok\":true,\"unique_no\":\"20213401007\",\"name\":\"张*明\",\"document_no\":\"341************017\"," \
                    "\"graduation_year\":2026,\"expires\":\"2026-07-31\"}"

static void
test_tool (Place *place, gconstpointer data)
{
  g_autoptr (LkCodes) codes = codes_with_tool (place,
                                               "read text; [ \"$text\" = OFFICIAL ] && [ \"$1\" = --json ] && [ \"$2\" = 'two words' ] "
                                               "&& [ -z \"$HOME\" ] && [ \"$PWD\" = / ] && echo '" GOOD_ANSWER "'",
                                               FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (LkCollectionCode) code = lk_code_open (codes, "OFFICIAL\n", 0, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (code->unique_no, ==, "20213401007");
  g_assert_cmpstr (code->name, ==, "张*明");
  g_assert_cmpint (code->graduation_year, ==, 2026);
  g_assert_cmpint (code->expires_us, ==, lk_code_day_end (20665));
  g_assert_cmpuint (strlen (code->code_id), ==, 16);    /* of the text: the answer has none */

  /* our own format is not the tool's */
  g_assert_null (lk_code_open (codes, "CC1.A", 0, 0, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_CODE_TEXT);
}

static void
test_tool_answers (Place *place, gconstpointer data)
{
  static const struct
  {
    const char *script;
    int code;
  } cases[] = {
    { "echo '{\"ok\":false,\"reason\":\"text\"}'", LK_ERROR_CODE_TEXT },
    { "echo '{\"ok\":false,\"reason\":\"key\"}'", LK_ERROR_CODE_KEY },
    { "echo '{\"ok\":false,\"reason\":\"signature\"}'; exit 3", LK_ERROR_CODE_SIGNATURE },
    { "echo '{\"ok\":false,\"reason\":\"expired\"}'", LK_ERROR_CODE_EXPIRED },
    { "echo '{\"ok\":false,\"reason\":\"because\"}'", LK_ERROR_CODE_TOOL },
    { "echo '{\"ok\":false}'", LK_ERROR_CODE_TOOL },
    { "echo '{}'", LK_ERROR_CODE_TOOL },
    { "echo '[]'", LK_ERROR_CODE_TOOL },
    { "echo no", LK_ERROR_CODE_TOOL },
    { "exit 1", LK_ERROR_CODE_TOOL },
    { "kill -9 $$", LK_ERROR_CODE_TOOL },
    { "yes", LK_ERROR_CODE_TOOL },                      /* for ever */
    { "echo '{\"ok\":true}'", LK_ERROR_CODE_TOOL },
    { "echo '{\"ok\":true,\"unique_no\":\"../x\",\"name\":\"\",\"document_no\":\"\"}'", LK_ERROR_CODE_TOOL },
    { "echo '{\"ok\":true,\"unique_no\":\"1\",\"name\":\"\",\"document_no\":\"\",\"expires\":\"soon\"}'", LK_ERROR_CODE_TOOL },
    { "echo '{\"ok\":true,\"unique_no\":\"1\",\"name\":\"\",\"document_no\":\"\",\"graduation_year\":1}'", LK_ERROR_CODE_TOOL },
    { "echo '" GOOD_ANSWER "'", LK_ERROR_CODE_EXPIRED },        /* the time counts for the tool's codes, too */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LkCodes) codes = codes_with_tool (place, cases[i].script, FALSE);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].script);
      g_assert_null (lk_code_open (codes, "OFFICIAL", G_MAXINT64 - 1, 0, &error));
      g_assert_error (error, LK_ERROR, cases[i].code);
    }
}

/* It is stopped, with all it has started. */
static void
test_tool_hangs (Place *place, gconstpointer data)
{
  g_autoptr (LkCodes) codes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *pid_file = g_build_filename (place->folder, "pid", NULL);
  g_autofree char *script = g_strdup_printf ("sleep 1000 & echo $! >%s; wait", pid_file);
  g_autofree char *pid = NULL;
  g_autofree char *stat_path = NULL;
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  place->config.code_tool_ms = 300;
  codes = codes_with_tool (place, script, FALSE);
  g_assert_null (lk_code_open (codes, "OFFICIAL", 0, 0, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_CODE_TOOL);
  if (!g_file_get_contents (pid_file, &pid, NULL, NULL) || *pid == '\0')
    return;                     /* a busy machine: it was stopped before it came as far */
  stat_path = g_strdup_printf ("/proc/%d/cmdline", atoi (pid));
  while (g_get_monotonic_time () < end)
    {
      g_autofree char *line = NULL;
      gsize n = 0;

      if (!g_file_get_contents (stat_path, &line, &n, NULL) || n == 0)
        return;                 /* gone, or not yet collected */
      g_usleep (10000);
    }
  g_assert_not_reached ();
}

/* The tool's own program to open a socket: any Python has one. */
#define SOCKET_SCRIPT "/usr/bin/python3 -c 'import socket; socket.socket()' 2>/dev/null && echo '" GOOD_ANSWER "'"

static void
test_tool_network (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkCodes) without = NULL;
  g_autoptr (LkCodes) with = NULL;
  g_autoptr (LkCollectionCode) code = NULL;

  if (!g_file_test ("/usr/bin/python3", G_FILE_TEST_IS_EXECUTABLE))
    {
      g_test_skip ("no Python here");
      return;
    }
  place->config.code_tool_ms = 60000;   /* a busy machine */
  without = codes_with_tool (place, SOCKET_SCRIPT, FALSE);
  g_assert_null (lk_code_open (without, "OFFICIAL", 0, 0, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_CODE_TOOL);
  g_clear_error (&error);
  with = codes_with_tool (place, SOCKET_SCRIPT, TRUE);
  code = lk_code_open (with, "OFFICIAL", 0, 0, &error);
  g_assert_no_error (error);
  g_assert_nonnull (code);
}

/* -- codes for a roster -- */

static void
test_issue (Place *place, gconstpointer data)
{
  g_autoptr (GBytes) file = g_bytes_new_static ("学号,姓名,身份证号,唯一号\n"
                                                "2021210007,张小明,341200200001010017,20213401007\n"
                                                "2021210008,阿依古丽·买买提,34120020000202002X,\n",
                                                strlen ("学号,姓名,身份证号,唯一号\n"
                                                        "2021210007,张小明,341200200001010017,20213401007\n"
                                                        "2021210008,阿依古丽·买买提,34120020000202002X,\n"));
  g_autoptr (GError) error = NULL;
  g_autoptr (LkRoster) roster = lk_roster_parse (file, &error);
  g_autoptr (LkCodeKey) key = lk_code_key_make (lk_code_suite_find ('A'), NULL);
  g_autofree char *out = g_build_filename (place->folder, "out", NULL);
  g_autofree char *list_path = g_build_filename (out, "codes.csv", NULL);
  g_autoptr (LkCodes) codes = NULL;
  g_autoptr (LkRoster) list = NULL;
  g_autoptr (GBytes) list_file = NULL;
  char *list_text;

  g_assert_no_error (error);
  g_assert_true (lk_code_key_save (key, place->folder, &error));
  g_assert_cmpint (lk_code_issue_all (&(LkCodeIssue) { key, 2026, 20665 }, roster, out, &error), ==, 2);
  g_assert_no_error (error);
  codes = lk_codes_new (place->folder, &place->config, NULL, &error);
  for (guint i = 0; i < 2; i++)
    {
      LkRosterRow *row = roster->rows->pdata[i];
      g_autofree char *name = g_strconcat (row->student_no, ".png", NULL);
      g_autofree char *path = g_build_filename (out, name, NULL);
      g_autoptr (GBytes) png = NULL;
      g_autofree char *text = NULL;
      g_autoptr (LkCollectionCode) code = NULL;
      char *png_data;
      gsize n;

      g_assert_true (g_file_get_contents (path, &png_data, &n, &error));
      png = g_bytes_new_take (png_data, n);
      text = lk_code_read_image (codes, png, &error);
      code = lk_code_open (codes, text, 0, 2026, &error);
      g_assert_no_error (error);
      /* whoever has no number yet is found by name and document number */
      g_assert_cmpint (lk_collection_code_match (code, i == 0 ? row : NULL, row, NULL), ==,
                       i == 0 ? LK_CODE_MATCH_SAME : LK_CODE_MATCH_PLAUSIBLE);
    }

  /* the list is a table of codes */
  g_assert_true (g_file_get_contents (list_path, &list_text, NULL, &error));
  list_file = g_bytes_new_take (list_text, strlen (list_text));
  list = lk_roster_parse_codes (list_file, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->rows->len, ==, 2);
  g_assert_cmpstr (((LkRosterRow *) list->rows->pdata[1])->unique_no, ==, "2021210008");
}

int
main (int argc, char **argv)
{
  const struct
  {
    const char *path;
    void (*run) (Place *place, gconstpointer data);
  } tests[] = {
    { "/codes/days", test_days },
    { "/codes/payload", test_payload },
    { "/codes/payload-forms", test_payload_forms },
    { "/codes/round-trip", test_round_trip },
    { "/codes/every-byte", test_every_byte },
    { "/codes/not-ours", test_not_ours },
    { "/codes/vectors", test_vectors },
    { "/codes/key-files", test_key_files },
    { "/codes/bad-key-files", test_bad_key_files },
    { "/codes/codes", test_codes },
    { "/codes/threads", test_threads },
    { "/codes/too-many", test_too_many },
    { "/codes/tool", test_tool },
    { "/codes/tool-answers", test_tool_answers },
    { "/codes/tool-hangs", test_tool_hangs },
    { "/codes/tool-network", test_tool_network },
    { "/codes/issue", test_issue },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Place, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
