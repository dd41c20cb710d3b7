/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts of collection codes, and the bytes that would be sealed in one. The keys are those of docs/collection-code-vectors.json: a text that
 * is taken and does not stand there is a forgery. */
#include <string.h>

#include "core/json.h"
#include "fuzz.h"
#include "service/code-payload.h"
#include "service/code-text.h"

static cJSON *vectors;
static GPtrArray *keys;

static void
take_hex (const cJSON *json, const char *name, guint8 *data)
{
  const char *hex = lk_json_string (json, name);

  for (gsize i = 0; hex[2 * i] != '\0'; i++)
    data[i] = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
}

static void
load (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("LIKENESS_DATA_DIR"), "..", "docs", "collection-code-vectors.json", NULL);
  g_autoptr (GError) error = NULL;
  const cJSON *json;

  vectors = lk_json_load (path, 0, &error);
  if (vectors == NULL)
    g_error ("%s", error->message);
  keys = g_ptr_array_new ();
  cJSON_ArrayForEach (json, lk_json_array (vectors, "keys"))
    {
      LkCodeKey *key = g_new0 (LkCodeKey, 1);

      key->suite = lk_code_suite_find (lk_json_string (json, "suite")[0]);
      take_hex (json, "id", key->id);
      take_hex (json, "secret", key->secret);
      take_hex (json, "public", key->public);
      g_ptr_array_add (keys, key);
    }
}

static gboolean
is_known (const char *text)
{
  const cJSON *json;

  cJSON_ArrayForEach (json, lk_json_array (vectors, "codes"))
    if (g_strcmp0 (lk_json_string (json, "text"), text) == 0)
      return TRUE;
  return FALSE;
}

static void
read_payload (const guint8 *data, gsize size)
{
  g_autoptr (LkCollectionCode) code = lk_code_payload_read (data, size);
  g_autoptr (GBytes) again = code != NULL ? lk_code_payload_write (code, NULL) : NULL;

  if (code == NULL)
    return;
  if (again == NULL || g_bytes_get_size (again) != size || memcmp (g_bytes_get_data (again, NULL), data, size) != 0)
    g_error ("a payload has two forms");
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (LkCollectionCode) code = NULL;

  if (vectors == NULL)
    load ();
  code = lk_code_text_read (text, keys, &error);
  fuzz_check (code, error);
  if (code != NULL && !is_known (text))
    g_error ("a forged code was taken");
  read_payload (data, size);
  return 0;
}
