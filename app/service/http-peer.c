/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/http-peer.h"

#include <gio/gio.h>

/* In the form in which addresses are compared and logged; NULL for no address. */
static char *
regular (const char *text)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  return address != NULL ? g_inet_address_to_string (address) : NULL;
}

static gboolean
is_trusted (const char *address, const char *const *trusted)
{
  for (gsize i = 0; trusted != NULL && trusted[i] != NULL; i++)
    {
      g_autofree char *proxy = regular (trusted[i]);

      if (g_strcmp0 (proxy, address) == 0)
        return TRUE;
    }
  return FALSE;
}

char *
lk_http_peer_behind (const char *peer, const char *forwarded, const char *const *trusted)
{
  g_auto (GStrv) parts = g_strsplit (forwarded != NULL ? forwarded : "", ",", -1);
  g_autofree char *result = g_strdup (peer);

  for (guint i = g_strv_length (parts); i > 0 && is_trusted (result, trusted); i--)
    {
      char *address = regular (g_strstrip (parts[i - 1]));

      if (address == NULL)
        break;
      g_free (result);
      result = address;
    }
  return g_steal_pointer (&result);
}
