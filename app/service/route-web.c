/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

#include <string.h>

#include "core/error.h"

/* Nothing from anywhere else, and nothing written into the page itself; data: is for the approved photo, which a long
 * press can keep only from an image. */
static void
add_policy (LkCall *call, LkResponse *response)
{
  const char *ancestors = lk_settings_text (call->service->settings, "web", "frame_ancestors");
  g_autofree char *policy = g_strdup_printf ("default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
                                             "form-action 'self'; frame-ancestors %s", ancestors);

  lk_response_add_header (response, "Content-Security-Policy", policy);
}

LkResponse *
lk_route_web (LkCall *call, GError **error)
{
  const LkWebFile *file = lk_web_files_find (call->service->web, call->id != NULL ? call->id : "index.html");
  const char *known = lk_request_get_header (call->request, "If-None-Match");
  LkResponse *response;

  if (file == NULL)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no page of this name");
      return NULL;
    }
  if (known != NULL && strstr (known, file->etag) != NULL)
    response = lk_response_new (304);
  else
    response = lk_response_new_bytes (200, file->type, file->bytes);
  lk_response_add_header (response, "ETag", file->etag);
  /* asked again each time, so that after a new version no page works with an old script */
  lk_response_add_header (response, "Cache-Control", "no-cache");
  add_policy (call, response);
  return response;
}
