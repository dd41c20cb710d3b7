/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The address of a campus service as a person typed it, made regular: "Photo.College.edu.cn/ " becomes
 * "https://photo.college.edu.cn". Plain http is taken for loopback only. LK_ERROR_BAD_REQUEST for anything else. */
char *lk_service_url_parse (const char *text, GError **error);

/* Whether an address of lk_service_url_parse() is this machine. */
gboolean lk_service_url_is_loopback (const char *url);

G_END_DECLS
