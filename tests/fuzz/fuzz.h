/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Each program here reads what others wrote: libFuzzer calls this with one input after the other. It must return 0. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What a reader must never do: fail without saying why, or say why and succeed. */
void fuzz_check (gconstpointer result, const GError *error);

G_END_DECLS
