/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Four numbers that are worked on together: planes of a picture, or a colour and its weight. */
typedef float LkQuad __attribute__ ((vector_size (16)));

/* The mean of the (2 * radius + 1) squared places around each place; what would lie outside does not count. In place,
 * at a cost per place that does not depend on the radius. */
void lk_box_blur (LkQuad *quads, int width, int height, int radius);

G_END_DECLS
