/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/check.h"
#include "core/spec.h"

G_BEGIN_DECLS

/* What is drawn about the crop: dashed standard lines, solid measured lines, brackets for what is accepted, words beside the
 * photo. Nothing of it lies on the face: lines stop at its edge. Coordinates are fractions 0..1 of the photo. */

typedef enum
{
  LK_GRID_STANDARD,             /* thin, dashed */
  LK_GRID_MEASURED,             /* solid */
  LK_GRID_BRACKET,              /* the accepted range, at the photo's edge */
} LkGridStroke;

typedef struct
{
  LkGridStroke stroke;
  float x0, y0, x1, y1;         /* level or upright */
  LkOutcome outcome;            /* of the check it belongs to */
} LkGridLine;

typedef enum
{
  LK_GRID_LEFT,
  LK_GRID_RIGHT,
} LkGridSide;

typedef struct
{
  LkGridSide side;
  float y;                      /* of the thing it names */
  char *title, *text;           /* "Eye line", "252 px  200–300" */
  LkOutcome outcome;
} LkGridLabel;

typedef struct _LkGridOverlay LkGridOverlay;

/* spec is borrowed and outlives the overlay. */
LkGridOverlay *lk_grid_overlay_new  (const LkSpec *spec);
void           lk_grid_overlay_free (LkGridOverlay *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkGridOverlay, lk_grid_overlay_free)

/* Makes the lines for these checks (array of LkCheck; NULL for none). */
void lk_grid_overlay_set_checks (LkGridOverlay *self, GPtrArray *checks);

/* The lines and labels; arrays of LkGridLine and LkGridLabel, borrowed. */
const GArray *lk_grid_overlay_get_lines  (LkGridOverlay *self);
const GArray *lk_grid_overlay_get_labels (LkGridOverlay *self);

/* Where the face is, which stays free of lines. */
graphene_rect_t lk_grid_overlay_get_face (LkGridOverlay *self);

/* Draws over a photo that lies at `photo` (widget px) in a widget of this size; labels only where there is room beside it. pointed: the check
 * somebody points at in the list, or NULL. */
void lk_grid_overlay_snapshot (LkGridOverlay *self, GtkWidget *widget, GtkSnapshot *snapshot,
                               const graphene_rect_t *photo, LkCheck *pointed);

/* Room a label needs beside the photo, widget px. */
enum { LK_GRID_LABEL_WIDTH = 122 };

G_END_DECLS
