/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/grid-overlay.h"

#include <math.h>

#include "ui/grid-paint.h"

/* How far a face reaches above and below the line of the eyes, in face widths; only says where no line is drawn. */
static const double face_above = 0.45, face_below = 0.86;
/* Room left free around it, as a fraction of the photo's width. */
static const double face_margin = 0.015;
/* Ticks and brackets, as fractions of the photo's width or height. */
static const double tick = 0.022;

struct _LkGridOverlay
{
  const LkSpec *spec;
  GArray *lines;
  GArray *labels;
  graphene_rect_t face;
};

static void
clear_label (gpointer data)
{
  LkGridLabel *label = data;

  g_free (label->title);
  g_free (label->text);
}

LkGridOverlay *
lk_grid_overlay_new (const LkSpec *spec)
{
  LkGridOverlay *self = g_new0 (LkGridOverlay, 1);

  self->spec = spec;
  self->lines = g_array_new (FALSE, FALSE, sizeof (LkGridLine));
  self->labels = g_array_new (FALSE, FALSE, sizeof (LkGridLabel));
  g_array_set_clear_func (self->labels, clear_label);
  return self;
}

void
lk_grid_overlay_free (LkGridOverlay *self)
{
  g_array_unref (self->lines);
  g_array_unref (self->labels);
  g_free (self);
}

const GArray *
lk_grid_overlay_get_lines (LkGridOverlay *self)
{
  return self->lines;
}

const GArray *
lk_grid_overlay_get_labels (LkGridOverlay *self)
{
  return self->labels;
}

graphene_rect_t
lk_grid_overlay_get_face (LkGridOverlay *self)
{
  return self->face;
}

/* From the measured eyes and cheeks; from the standard where they were not measured. */
static graphene_rect_t
find_face (LkGridOverlay *self,
           GPtrArray     *checks)
{
  double aspect = (double) self->spec->frame_width / self->spec->frame_height;
  double width = self->spec->target_face_width / self->spec->frame_width;
  double x = (1 - width) / 2;
  double eyes = self->spec->target_eye_line / self->spec->frame_height;
  LkCheck *width_check = checks != NULL ? lk_checks_find (checks, "G4_face_width") : NULL;
  LkCheck *eye_check = checks != NULL ? lk_checks_find (checks, "G3_eye_line") : NULL;

  if (width_check != NULL && lk_check_get_region (width_check)->kind == LK_REGION_SPAN)
    {
      const LkRegion *region = lk_check_get_region (width_check);

      x = MIN (region->x0, region->x1);
      width = fabs (region->x1 - region->x0);
    }
  if (eye_check != NULL && lk_check_get_region (eye_check)->kind == LK_REGION_ROW)
    eyes = lk_check_get_region (eye_check)->y0;

  return GRAPHENE_RECT_INIT (x - face_margin, eyes - face_above * width * aspect,
                             width + 2 * face_margin, (face_above + face_below) * width * aspect);
}

static void
add_line (LkGridOverlay *self,
          LkGridStroke   stroke,
          LkOutcome      outcome,
          double         x0,
          double         y0,
          double         x1,
          double         y1)
{
  LkGridLine line = { stroke, x0, y0, x1, y1, outcome };

  if (x1 > x0 || y1 > y0)
    g_array_append_val (self->lines, line);
}

/* A level line over the whole width, left out where the face is. */
static void
add_row (LkGridOverlay *self,
         LkGridStroke   stroke,
         LkOutcome      outcome,
         double         y)
{
  const graphene_rect_t *face = &self->face;

  if (y < face->origin.y || y > face->origin.y + face->size.height)
    {
      add_line (self, stroke, outcome, 0, y, 1, y);
      return;
    }
  add_line (self, stroke, outcome, 0, y, MAX (0, face->origin.x), y);
  add_line (self, stroke, outcome, MIN (1, face->origin.x + face->size.width), y, 1, y);
}

static void
add_column (LkGridOverlay *self,
            LkGridStroke   stroke,
            LkOutcome      outcome,
            double         x)
{
  const graphene_rect_t *face = &self->face;

  if (x < face->origin.x || x > face->origin.x + face->size.width)
    {
      add_line (self, stroke, outcome, x, 0, x, 1);
      return;
    }
  add_line (self, stroke, outcome, x, 0, x, MAX (0, face->origin.y));
  add_line (self, stroke, outcome, x, MIN (1, face->origin.y + face->size.height), x, 1);
}

static void
add_label (LkGridOverlay *self,
           LkCheck       *check,
           LkGridSide     side,
           double         y)
{
  g_autofree char *value = lk_check_dup_value_text (check);
  g_autofree char *limit = lk_check_dup_limit_text (check);
  LkGridLabel label = { side, y, lk_check_dup_title (check), NULL, lk_check_get_outcome (check) };

  label.text = value[0] != '\0' ? g_strdup_printf ("%s  %s", value, limit) : g_steal_pointer (&limit);
  g_array_append_val (self->labels, label);
}

/* A measure counted from the top edge: hair top or eye line. */
static void
add_height (LkGridOverlay *self,
            LkCheck       *check,
            double         target)
{
  double height = self->spec->frame_height;
  double low = lk_check_get_low (check) / height;
  double high = lk_check_get_high (check) / height;
  LkOutcome outcome = lk_check_get_outcome (check);
  const LkRegion *region = lk_check_get_region (check);
  double y = target / height;

  add_row (self, LK_GRID_STANDARD, outcome, y);
  if (!isnan (low) && !isnan (high))
    {
      add_line (self, LK_GRID_BRACKET, outcome, 0, low, 0, high);
      add_line (self, LK_GRID_BRACKET, outcome, 1, low, 1, high);
    }
  if (region->kind == LK_REGION_ROW)
    {
      y = region->y0;
      add_row (self, LK_GRID_MEASURED, outcome, y);
    }
  add_label (self, check, LK_GRID_LEFT, y);
}

static void
add_face_width (LkGridOverlay *self,
                LkCheck       *check)
{
  double width = self->spec->frame_width;
  double target = self->spec->target_face_width / width / 2;
  double low = lk_check_get_low (check) / width / 2;
  double high = lk_check_get_high (check) / width / 2;
  LkOutcome outcome = lk_check_get_outcome (check);
  const LkRegion *region = lk_check_get_region (check);
  double y = self->face.origin.y + self->face.size.height / 2;

  add_column (self, LK_GRID_STANDARD, outcome, 0.5 - target);
  add_column (self, LK_GRID_STANDARD, outcome, 0.5 + target);
  if (!isnan (low) && !isnan (high))
    {
      add_line (self, LK_GRID_BRACKET, outcome, 0.5 - high, 1, 0.5 - low, 1);
      add_line (self, LK_GRID_BRACKET, outcome, 0.5 + low, 1, 0.5 + high, 1);
    }
  if (region->kind == LK_REGION_SPAN)
    {
      y = (region->y0 + region->y1) / 2;
      add_line (self, LK_GRID_MEASURED, outcome, region->x0, y - tick, region->x0, y + tick);
      add_line (self, LK_GRID_MEASURED, outcome, region->x1, y - tick, region->x1, y + tick);
      add_line (self, LK_GRID_MEASURED, outcome, region->x0, 1 - 2 * tick, region->x0, 1);
      add_line (self, LK_GRID_MEASURED, outcome, region->x1, 1 - 2 * tick, region->x1, 1);
    }
  add_label (self, check, LK_GRID_RIGHT, y);
}

static void
add_centre (LkGridOverlay *self,
            LkCheck       *check)
{
  double width = self->spec->frame_width;
  LkOutcome outcome = lk_check_get_outcome (check);
  const LkRegion *region = lk_check_get_region (check);
  double low = lk_check_get_low (check) / width;
  double high = lk_check_get_high (check) / width;

  add_column (self, LK_GRID_STANDARD, outcome, 0.5);
  if (!isnan (low) && !isnan (high))
    add_line (self, LK_GRID_BRACKET, outcome, 0.5 + low, 0, 0.5 + high, 0);
  if (region->kind == LK_REGION_COLUMN)
    {
      add_line (self, LK_GRID_MEASURED, outcome, region->x0, 0, region->x0, 2 * tick);
      add_line (self, LK_GRID_MEASURED, outcome, region->x0, 1 - 2 * tick, region->x0, 1);
    }
  add_label (self, check, LK_GRID_RIGHT, tick);
}

void
lk_grid_overlay_set_checks (LkGridOverlay *self,
                            GPtrArray     *checks)
{
  LkCheck *check;

  g_array_set_size (self->lines, 0);
  g_array_set_size (self->labels, 0);
  self->face = find_face (self, checks);
  if (checks == NULL)
    return;

  if ((check = lk_checks_find (checks, "G2_hair_top")) != NULL)
    add_height (self, check, self->spec->target_hair_top);
  if ((check = lk_checks_find (checks, "G3_eye_line")) != NULL)
    add_height (self, check, self->spec->target_eye_line);
  if ((check = lk_checks_find (checks, "G5_centre")) != NULL)
    add_centre (self, check);
  if ((check = lk_checks_find (checks, "G4_face_width")) != NULL)
    add_face_width (self, check);
}

void
lk_grid_overlay_snapshot (LkGridOverlay         *self,
                          GtkWidget             *widget,
                          GtkSnapshot           *snapshot,
                          const graphene_rect_t *photo,
                          LkCheck               *pointed)
{
  lk_grid_paint_lines (snapshot, self->lines, photo);
  lk_grid_paint_labels (widget, snapshot, self->labels, photo, pointed);
  if (pointed != NULL)
    lk_grid_paint_pointed (widget, snapshot, pointed, photo);
}
