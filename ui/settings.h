/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The settings of this desktop. The installed schema, else that of the build tree; NULL when there is none, and everything is
 * as it is at first. */
GSettings *lk_settings_new (void);

G_END_DECLS
