/* SPDX-License-Identifier: GPL-3.0-or-later */
/* likeness-draw: made-up portraits, on the command line. */
#include "core/data.h"
#include "tools/draw-command.h"

int
main (int argc, char **argv)
{
  lk_locale_init ();
  return lk_draw_command (argc, argv, "likeness-draw") ? 0 : 1;
}
