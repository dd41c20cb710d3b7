/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "service/framing.h"

#define FIELD(name, value) { name, value, sizeof name - 1, sizeof value - 1 }

typedef struct
{
  const char *what;
  const char *method, *target, *version;
  LkHeaderField fields[4];
  gsize n_fields;
  int extra;                    /* bytes more than one CR LF a line and no space after the colon */
  LkFraming expected;
} Case;

static const Case cases[] = {
  { "plain", "GET", "/v1/meta", "HTTP/1.1", { FIELD ("Host", "a") }, 1, 1, LK_FRAMING_GOOD },
  { "no space after the colon", "GET", "/v1/meta", "HTTP/1.1", { FIELD ("Host", "a") }, 1, 0, LK_FRAMING_GOOD },
  { "with a length", "POST", "/v1/leases", "HTTP/1.1", { FIELD ("Host", "a"), FIELD ("Content-Length", "12") }, 2, 2, LK_FRAMING_GOOD },
  { "with a query", "GET", "/v1/changes?cursor=1&wait=25", "HTTP/1.1", { FIELD ("Host", "a") }, 1, 1, LK_FRAMING_GOOD },
  { "chunked", "POST", "/v1/leases", "HTTP/1.1", { FIELD ("Host", "a"), FIELD ("Transfer-Encoding", "chunked") }, 2, 2,
    LK_FRAMING_NO_LENGTH },
  { "length and coding", "POST", "/", "HTTP/1.1",
    { FIELD ("Host", "a"), FIELD ("Content-Length", "3"), FIELD ("transfer-encoding", "chunked") }, 3, 3, LK_FRAMING_BAD },
  { "two lengths", "POST", "/", "HTTP/1.1", { FIELD ("Host", "a"), FIELD ("Content-Length", "3"), FIELD ("content-length", "5") }, 3, 3,
    LK_FRAMING_BAD },
  { "two equal lengths", "POST", "/", "HTTP/1.1", { FIELD ("Host", "a"), FIELD ("Content-Length", "3"), FIELD ("Content-Length", "3") },
    3, 3, LK_FRAMING_BAD },
  { "length is negative", "POST", "/", "HTTP/1.1", { FIELD ("Host", "a"), FIELD ("Content-Length", "-1") }, 2, 2, LK_FRAMING_BAD },
  { "length is hexadecimal", "POST", "/", "HTTP/1.1", { FIELD ("Host", "a"), FIELD ("Content-Length", "0x10") }, 2, 2, LK_FRAMING_BAD },
  { "length is a list", "POST", "/", "HTTP/1.1", { FIELD ("Host", "a"), FIELD ("Content-Length", "3, 3") }, 2, 2, LK_FRAMING_BAD },
  { "length is empty", "POST", "/", "HTTP/1.1", { FIELD ("Host", "a"), FIELD ("Content-Length", "") }, 2, 2, LK_FRAMING_BAD },
  { "length overflows", "POST", "/", "HTTP/1.1", { FIELD ("Host", "a"), FIELD ("Content-Length", "99999999999999999999") }, 2, 2,
    LK_FRAMING_BAD },
  { "no Host", "GET", "/", "HTTP/1.1", { FIELD ("Accept", "*") }, 1, 1, LK_FRAMING_BAD },
  { "two Hosts", "GET", "/", "HTTP/1.1", { FIELD ("Host", "a"), FIELD ("host", "b") }, 2, 2, LK_FRAMING_BAD },
  { "NUL in a value", "GET", "/", "HTTP/1.1", { FIELD ("Host", "a"), FIELD ("X", "a\0b") }, 2, 2, LK_FRAMING_BAD },
  { "CR in a value", "GET", "/", "HTTP/1.1", { FIELD ("Host", "a"), FIELD ("X", "a\rb") }, 2, 2, LK_FRAMING_BAD },
  { "DEL in a value", "GET", "/", "HTTP/1.1", { FIELD ("Host", "a"), FIELD ("X", "\177") }, 2, 2, LK_FRAMING_BAD },
  { "space in a name", "GET", "/", "HTTP/1.1", { FIELD ("Host", "a"), FIELD ("X ", "1") }, 2, 2, LK_FRAMING_BAD },
  { "NUL in a name", "GET", "/", "HTTP/1.1", { FIELD ("Host", "a"), FIELD ("X\0Y", "1") }, 2, 2, LK_FRAMING_BAD },
  { "empty name", "GET", "/", "HTTP/1.1", { FIELD ("Host", "a"), FIELD ("", "1") }, 2, 2, LK_FRAMING_BAD },
  { "target is no path", "GET", "http://a/", "HTTP/1.1", { FIELD ("Host", "a") }, 1, 1, LK_FRAMING_BAD },
  { "target with bytes above ASCII", "GET", "/\xc3\xa9", "HTTP/1.1", { FIELD ("Host", "a") }, 1, 1, LK_FRAMING_BAD },
  { "target with a tab", "GET", "/a\tb", "HTTP/1.1", { FIELD ("Host", "a") }, 1, 1, LK_FRAMING_BAD },
  { "other version", "GET", "/", "HTTP/1.2", { FIELD ("Host", "a") }, 1, 1, LK_FRAMING_BAD },
  { "bare line feeds", "GET", "/", "HTTP/1.1", { FIELD ("Host", "a"), FIELD ("X", "1") }, 2, -2, LK_FRAMING_BAD },
  { "folded line", "GET", "/", "HTTP/1.1", { FIELD ("Host", "a"), FIELD ("X", "1 2") }, 2, 5, LK_FRAMING_BAD },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  LkHead head = { c->method, c->target, c->version, c->fields, c->n_fields, 0 };
  const char *reason = NULL;
  gsize size = strlen (c->method) + strlen (c->target) + strlen (c->version) + 6;

  for (gsize i = 0; i < c->n_fields; i++)
    size += c->fields[i].name_size + c->fields[i].value_size + 3;
  head.size = (gsize) ((gssize) size + c->extra);
  g_assert_cmpint (lk_framing_check (&head, &reason), ==, c->expected);
  g_assert_true ((reason == NULL) == (c->expected == LK_FRAMING_GOOD));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/service/framing/%s", cases[i].what);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
