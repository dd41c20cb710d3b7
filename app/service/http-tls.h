/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

struct MHD_OptionItem;

G_BEGIN_DECLS

/* TLS 1.2 and 1.3 for the server, with a certificate that can be exchanged while it runs. The library asks for the certificate without
 * saying for whom: there is one a process. */

/* Reads a certificate with its chain and its key, both PEM, for all connections from now on. Any thread. LK_ERROR_BAD_SPEC: they cannot be
 * read or do not belong together; what was there stays. */
gboolean lk_http_tls_load  (const char *certificate, const char *key, GError **error);
void     lk_http_tls_clear (void);

/* The options of the daemon, ending with MHD_OPTION_END: room for three. */
void     lk_http_tls_options (struct MHD_OptionItem *options);

G_END_DECLS
