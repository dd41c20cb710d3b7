/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/review-looking.h"

static const double zoom_step = 1.25;
static const double pan_step = 80;      /* widget px */
static const double fade_step = 0.1;

static LkAreaFunc area_of;

static void
zoom_in (LkPhotoArea *area)
{
  lk_photo_area_zoom_by (area, zoom_step);
}

static void
zoom_out (LkPhotoArea *area)
{
  lk_photo_area_zoom_by (area, 1 / zoom_step);
}

static void
fade_less (LkPhotoArea *area)
{
  lk_photo_area_fade_by (area, -fade_step);
}

static void
fade_more (LkPhotoArea *area)
{
  lk_photo_area_fade_by (area, fade_step);
}

static void
close_look (LkPhotoArea *area)
{
  lk_photo_area_close (area);
}

static const struct
{
  const char *action;
  void (*look) (LkPhotoArea *area);
} looks[] = {
  { "review.zoom-in", zoom_in },
  { "review.zoom-out", zoom_out },
  { "review.zoom-fit", lk_photo_area_zoom_fit },
  { "review.zoom-actual", lk_photo_area_zoom_actual },
  { "review.overlay", lk_photo_area_overlay },
  { "review.blink", lk_photo_area_blink },
  { "review.fade-less", fade_less },
  { "review.fade-more", fade_more },
  { "review.compare-next", lk_photo_area_compare_next },
  { "review.variant", lk_photo_area_next_variant },
  { "review.look-alone", close_look },
};

/* On or off: properties of the page, which are the area's own. */
static const struct
{
  const char *action, *property;
} switches[] = {
  { "review.grid", "show-grid" },
  { "review.loupe", "show-loupe" },
  { "review.compare", "comparing" },
};

static void
on_look (GtkWidget  *page,
         const char *action,
         GVariant   *parameter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    if (g_str_equal (looks[i].action, action))
      looks[i].look (area_of (page));
}

static void
on_compare_with (GtkWidget  *page,
                 const char *action,
                 GVariant   *hash)
{
  lk_photo_area_compare_with (area_of (page), g_variant_get_string (hash, NULL));
}

/* Moves an enlarged photo; on one that is seen whole the arrows go to the next and the one before. */
static void
on_arrow (GtkWidget  *page,
          const char *action,
          GVariant   *parameter)
{
  LkPhotoArea *area = area_of (page);
  const char *where = g_variant_get_string (parameter, NULL);
  gboolean forward = g_str_equal (where, "down") || g_str_equal (where, "right");
  gboolean level = g_str_equal (where, "left") || g_str_equal (where, "right");
  double step = forward ? pan_step : -pan_step;

  if (lk_photo_area_can_pan (area))
    lk_photo_area_pan (area, level ? step : 0, level ? 0 : step);
  else
    gtk_widget_activate_action (page, forward ? "review.next" : "review.previous", NULL);
}

void
lk_review_looking_install (GtkWidgetClass *page_class,
                           LkAreaFunc      get_area)
{
  area_of = get_area;
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_class_install_action (page_class, looks[i].action, NULL, on_look);
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    gtk_widget_class_install_property_action (page_class, switches[i].action, switches[i].property);
  gtk_widget_class_install_action (page_class, "review.arrow", "s", on_arrow);
  gtk_widget_class_install_action (page_class, "review.compare-with", "s", on_compare_with);
}

void
lk_review_looking_set_enabled (GtkWidget *page,
                               gboolean   enabled)
{
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_action_set_enabled (page, looks[i].action, enabled);
  gtk_widget_action_set_enabled (page, "review.compare", enabled);
  gtk_widget_action_set_enabled (page, "review.compare-with", enabled);
}
