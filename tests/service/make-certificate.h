/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A college's own authority and a server's certificate of it for 127.0.0.1, as PEM files in a folder: NAME-ca.pem, NAME.pem, NAME.key.
 * serial tells certificates apart. */
void make_certificate (const char *folder, const char *name, guint8 serial);
