/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

#include <string.h>

#include "core/error.h"

/* The name is the hash of the bytes, so that a copy never grows old; but it is a face: no shared cache may keep it. */
static void
add_cache_headers (LkResponse *response, const char *sha256)
{
  g_autofree char *etag = g_strdup_printf ("\"%s\"", sha256);

  lk_response_add_header (response, "ETag", etag);
  lk_response_add_header (response, "Cache-Control", "private, max-age=31536000, immutable");
}

static gboolean
is_known (LkCall *call)
{
  const char *header = lk_request_get_header (call->request, "If-None-Match");

  return header != NULL && strstr (header, call->id) != NULL;
}

LkResponse *
lk_route_image (LkCall *call, GError **error)
{
  LkService *service = call->service;
  LkPhotoFile photo;
  LkResponse *response;
  guint64 size = 0;
  int fd;

  if (!lk_sha256_is_valid (call->id))
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no photo has such a name");
      return NULL;
    }
  if (!service->db->ops->find_photo (service->db, &call->who->actor, call->id, &photo, error))
    return NULL;
  if (is_known (call))
    response = lk_response_new (304);
  else if ((fd = lk_blobs_open (service->blobs, call->id, &size, error)) >= 0)
    response = lk_response_new_part (call->request, photo.type, fd, size);
  else
    return NULL;
  add_cache_headers (response, call->id);
  return response;
}
