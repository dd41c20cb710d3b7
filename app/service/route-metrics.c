/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

#include <gio/gio.h>

#include "core/error.h"
#include "service/metrics.h"

/* A proxy on this machine makes everybody's request come from here; what it passed on says so. */
static gboolean
came_through_proxy (LkRequest *request)
{
  return lk_request_get_header (request, "X-Forwarded-For") != NULL || lk_request_get_header (request, "Forwarded") != NULL;
}

static gboolean
is_allowed (LkCall *call)
{
  const char *const *allowed = lk_settings_list (call->service->settings, "metrics", "allow");
  g_autoptr (GInetAddress) peer = g_inet_address_new_from_string (lk_request_get_peer (call->request));

  if (peer == NULL || came_through_proxy (call->request))
    return FALSE;
  for (gsize i = 0; allowed[i] != NULL; i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (allowed[i]);

      if (address != NULL && g_inet_address_equal (address, peer))
        return TRUE;
    }
  return FALSE;
}

LkResponse *
lk_route_metrics (LkCall *call, GError **error)
{
  char *text;

  if (!is_allowed (call))
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "not for this address");
      return NULL;
    }
  text = lk_metrics_print (call->service, error);
  return text != NULL ? lk_response_new_text (200, "text/plain; version=0.0.4; charset=utf-8", text) : NULL;
}
