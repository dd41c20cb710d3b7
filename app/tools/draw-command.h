/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * lk_draw_command:
 * @argv: the program's name, then what to draw and the options
 * @program: how it is called in help and messages
 *
 * Draws made-up portraits with exact truth, for tests, the demo and benchmarks. What went wrong is said on standard error.
 */
gboolean lk_draw_command (int argc, char **argv, const char *program);
