/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lk_lockdown:
 * @memory: how much address space this process may have, bytes; not used in builds with the address sanitizer, which
 *   reserves terabytes
 *
 * Takes everything from the calling process that decoding a picture does not need, for good: it can no longer open a
 * file or a socket, start a process, map code, signal anybody else or gain rights. Of its descriptors only
 * LK_DECODER_SOCKET_FD (decoder-private.h) can be read and written, and standard error written. The first other system
 * call ends it (SIGSYS). Libraries and whatever else comes from files must be loaded before.
 *
 * Errors: LK_ERROR_NO_DECODER where the system cannot do this; then nothing untrusted may be decoded.
 */
gboolean lk_lockdown (gsize memory, GError **error);

G_END_DECLS
