/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lk_http_peer_behind:
 * @peer: the address the connection comes from
 * @forwarded: the X-Forwarded-For headers in their order, with commas between; NULL for none
 * @trusted: proxies whose word is taken, NULL-terminated; NULL for none
 *
 * Who asks, when a proxy may stand between: from the right, the first address that is no trusted proxy's. What a proxy of ours did not
 * write is not believed, and from a part that is no address on nothing is.
 */
char *lk_http_peer_behind (const char *peer, const char *forwarded, const char *const *trusted);

G_END_DECLS
