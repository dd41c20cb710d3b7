/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of a request as lines: its framing, and what the service reads out of the values. */
#include <string.h>

#include "fuzz.h"
#include "service/framing.h"
#include "service/http-peer.h"
#include "service/http-range.h"
#include "service/language.h"

enum { FIELDS_MAX = 64 };

static void
check_framing (GStrv lines)
{
  g_auto (GStrv) words = g_strsplit (lines[0] != NULL ? lines[0] : "", " ", 3);
  gboolean whole = g_strv_length (words) == 3;
  LkHeaderField fields[FIELDS_MAX];
  LkHead head = { whole ? words[0] : "GET", whole ? words[1] : "/", whole ? words[2] : "HTTP/1.1", fields, 0, 0 };
  const char *reason = NULL;
  LkFraming framing;

  for (gsize i = 1; lines[0] != NULL && lines[i] != NULL && head.n_fields < FIELDS_MAX; i++)
    {
      gsize name = strcspn (lines[i], ":");
      const char *value = lines[i][name] != '\0' ? lines[i] + name + 1 : lines[i] + name;

      fields[head.n_fields++] = (LkHeaderField) { lines[i], value, name, strlen (value) };
    }
  framing = lk_framing_check (&head, &reason);
  if ((framing == LK_FRAMING_GOOD) != (reason == NULL))
    g_error ("a head is refused without a reason, or with one taken");
}

static void
check_range (const char *value)
{
  static const guint64 sizes[] = { 0, 1, 500, G_MAXUINT64 / 2 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      guint64 first = 0, length = 0;

      if (lk_http_range_parse (value, sizes[i], &first, &length) == LK_RANGE_PART &&
          (length == 0 || first >= sizes[i] || length > sizes[i] - first))
        g_error ("a part outside of what there is");
    }
}

static void
check_peer (const char *value)
{
  const char *const trusted[] = { "127.0.0.1", "::1", NULL };
  g_autofree char *near = lk_http_peer_behind ("127.0.0.1", value, trusted);
  g_autofree char *far = lk_http_peer_behind ("192.0.2.1", value, trusted);

  if (strspn (near, "0123456789abcdef.:%") != strlen (near) || strcmp (far, "192.0.2.1") != 0)
    g_error ("a peer that is no address, or that was made up");
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", FIELDS_MAX + 1);

  check_framing (lines);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      LkLanguage language = lk_language_from_header (lines[i]);

      if (language != LK_LANGUAGE_ZH && language != LK_LANGUAGE_EN)
        g_error ("no language");
      check_range (lines[i]);
      check_peer (lines[i]);
    }
  return 0;
}
