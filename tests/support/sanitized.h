/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The sanitizers look for wrong memory, which a few drawn photos show as well as many: under them (./dev test sets LIKENESS_SANITIZED)
 * statistics are taken of few. The plain run takes all. */

static inline gboolean
is_sanitized (void)
{
  return g_getenv ("LIKENESS_SANITIZED") != NULL;
}

/* How many of n are taken. */
static inline int
few_if_sanitized (int n, int few)
{
  if (!is_sanitized () || few >= n)
    return n;
  g_test_message ("with the sanitizers %d of %d", few, n);
  return few;
}

G_END_DECLS
