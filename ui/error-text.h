/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "core/error.h"

G_BEGIN_DECLS

/* One whole sentence for a person, translated: what happened and, where there is something to do, what. Never NULL. */
const char *lk_error_text (LkError code);

/* The same for any GError; an error of another domain is described in general words, its message goes to the log only. */
const char *lk_error_text_for (const GError *error);

G_END_DECLS
