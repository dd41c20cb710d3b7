/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/loupe.h"

#include <math.h>

#include "ui/texture.h"

enum { GAP = 10, CAPTION_HEIGHT = 18, MOST_FACTOR = 6 };

/* From here on, as a fraction of the photo's height, no label stands beside the photo: they end with the eye line. */
static const double below_labels = 0.56;

/* What is seen of an eye, in distances between the eyes: at least the eye itself, at most with brow and bag. */
static const double least_width = 0.5, most_width = 0.9, height_of_width = 0.72;

static double
eye_distance (const LkPhotoInfo *info)
{
  return hypot ((info->eyes.right_x - info->eyes.left_x) * info->width, (info->eyes.right_y - info->eyes.left_y) * info->height);
}

int
lk_loupe_get_boxes (const LkPhotoInfo     *info,
                    const graphene_rect_t *photo,
                    int                    scale_factor,
                    graphene_rect_t        boxes[2])
{
  double room = (floor (photo->origin.x) - 2 * GAP) * scale_factor;
  double top = floor (photo->origin.y + below_labels * photo->size.height);
  double height_room = ((photo->origin.y + photo->size.height - top - 2 * GAP) / 2 - CAPTION_HEIGHT) * scale_factor;
  double distance = eye_distance (info);

  if (!info->eyes.known)
    return 0;
  for (int factor = MOST_FACTOR; factor >= 1; factor--)
    {
      double width = floor (MIN (room, most_width * distance * factor));
      double height = floor (MIN (height_room, width * height_of_width));

      if (width < least_width * distance * factor || height < least_width * least_width * distance * factor)
        continue;
      width = floor (width / scale_factor);
      height = floor (height / scale_factor);
      for (int i = 0; i < 2; i++)
        boxes[i] = GRAPHENE_RECT_INIT (floor (photo->origin.x) - GAP - width,
                                       top + i * (height + CAPTION_HEIGHT + GAP), width, height);
      return factor;
    }
  return 0;
}

/* The photo px under the middle of the box, so that photo px and device px fall together. */
static void
snapshot_eye (GtkWidget             *widget,
              GtkSnapshot           *snapshot,
              GdkTexture            *texture,
              const LkPhotoInfo     *info,
              const graphene_rect_t *box,
              double                 eye_x,
              double                 eye_y,
              double                 scale)
{
  double left = round (eye_x * info->width - box->size.width / scale / 2);
  double top = round (eye_y * info->height - box->size.height / scale / 2);

  gtk_snapshot_push_clip (snapshot, box);
  lk_texture_append (widget, snapshot, texture,
                     &GRAPHENE_RECT_INIT (box->origin.x - left * scale, box->origin.y - top * scale, info->width * scale,
                                          info->height * scale));
  gtk_snapshot_pop (snapshot);
}

static void
snapshot_caption (GtkWidget             *widget,
                  GtkSnapshot           *snapshot,
                  const graphene_rect_t *box,
                  int                    factor)
{
  const GdkRGBA colour = { 1, 1, 1, 0.72f };
  g_autofree char *text = g_strdup_printf ("%d:1", factor);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (box->origin.x, box->origin.y + box->size.height + 1));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

void
lk_loupe_snapshot (GtkWidget             *widget,
                   GtkSnapshot           *snapshot,
                   const LkPhotoInfo     *info,
                   GdkTexture            *texture,
                   const graphene_rect_t *photo)
{
  const double eyes[2][2] = { { info->eyes.left_x, info->eyes.left_y }, { info->eyes.right_x, info->eyes.right_y } };
  const GdkRGBA edge = { 1, 1, 1, 0.4f };
  const float widths[4] = { 1, 1, 1, 1 };
  const GdkRGBA colours[4] = { edge, edge, edge, edge };
  int scale_factor = gtk_widget_get_scale_factor (widget);
  graphene_rect_t boxes[2];
  int factor = lk_loupe_get_boxes (info, photo, scale_factor, boxes);

  for (int i = 0; factor > 0 && i < 2; i++)
    {
      GskRoundedRect outline;

      snapshot_eye (widget, snapshot, texture, info, &boxes[i], eyes[i][0], eyes[i][1], (double) factor / scale_factor);
      gsk_rounded_rect_init_from_rect (&outline, &boxes[i], 0);
      gtk_snapshot_append_border (snapshot, &outline, widths, colours);
    }
  if (factor > 0)
    snapshot_caption (widget, snapshot, &boxes[1], factor);
}
