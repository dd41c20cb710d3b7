/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <adwaita.h>

#include "ui/outcome-mark.h"

/* Text can be read, and outcomes told apart, in light, dark and high contrast and by everybody: contrasts as in WCAG 2.1,
 * colour vision as in Machado, Oliveira and Fernandes (2009), severity 1. */

static const double text_contrast = 4.5;        /* WCAG 1.4.3 */
static const double mark_contrast = 3.0;        /* WCAG 1.4.11, things that are not text */
static const double most_alike = 0.6;           /* of the ink of two marks, what both have */

enum { MARK_PX = 32 };

typedef struct { double r, g, b; } Linear;

static double
to_linear (double c)
{
  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static Linear
linear (const GdkRGBA *c)
{
  return (Linear) { to_linear (c->red), to_linear (c->green), to_linear (c->blue) };
}

static double
luminance (Linear c)
{
  return 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b;
}

static double
contrast (Linear a,
          Linear b)
{
  double light = MAX (luminance (a), luminance (b)), dark = MIN (luminance (a), luminance (b));

  return (light + 0.05) / (dark + 0.05);
}

static GdkRGBA
over (const GdkRGBA *top,
      const GdkRGBA *below)
{
  double a = top->alpha;

  return (GdkRGBA) { top->red * a + below->red * (1 - a), top->green * a + below->green * (1 - a),
                     top->blue * a + below->blue * (1 - a), 1 };
}

/* Colour vision */

typedef struct
{
  const char *name;
  double m[9];
} Vision;

static const Vision visions[] = {
  { "trichromacy", { 1, 0, 0, 0, 1, 0, 0, 0, 1 } },
  { "protanopia", { 0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998 } },
  { "deuteranopia", { 0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881 } },
  { "tritanopia", { 1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900 } },
};

static Linear
seen (const Vision *vision,
      Linear        c)
{
  const double *m = vision->m;

  return (Linear) { CLAMP (m[0] * c.r + m[1] * c.g + m[2] * c.b, 0, 1), CLAMP (m[3] * c.r + m[4] * c.g + m[5] * c.b, 0, 1),
                    CLAMP (m[6] * c.r + m[7] * c.g + m[8] * c.b, 0, 1) };
}

/* Colours as the style gives them */

static GdkRGBA
named (GtkWidget  *widget,
       const char *name)
{
  GdkRGBA colour;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &colour))
    g_error ("the style has no colour %s", name);
  return colour;
}

/* The text colour of a label with these classes ("status-line fail": a node named so, or classes), in this window. */
static GdkRGBA
text_colour (GtkWidget  *box,
             const char *classes)
{
  GtkWidget *label = gtk_label_new ("x");
  g_auto (GStrv) list = g_strsplit (classes, " ", -1);
  GdkRGBA colour;

  gtk_widget_set_css_classes (label, (const char **) list);
  gtk_box_append (GTK_BOX (box), label);
  gtk_style_context_get_color (gtk_widget_get_style_context (label), &colour);
  gtk_box_remove (GTK_BOX (box), label);
  return colour;
}

static GtkWidget *
open_window (GtkWidget **box)
{
  GtkWidget *window = gtk_window_new ();

  *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_window_set_child (GTK_WINDOW (window), *box);
  return window;
}

static void
assert_readable (const char *what,
                 GdkRGBA     text,
                 GdkRGBA     ground)
{
  GdkRGBA drawn = over (&text, &ground);
  double found = contrast (linear (&drawn), linear (&ground));

  g_test_message ("%s: %.2f", what, found);
  if (found < text_contrast)
    {
      g_test_message ("%s has a contrast of %.2f, less than %.1f", what, found, text_contrast);
      g_test_fail ();
    }
}

static void
check_texts (gconstpointer scheme)
{
  static const char *const classes[] = { "pass", "warn", "fail", "not-run", "quiet", "section", "numeric", "missing", "band",
                                         "check-value", "check-limit", "more-checks" };
  static const char *const grounds[] = { "window_bg_color", "view_bg_color" };
  static const struct { const char *text, *ground; } pairs[] = {
    { "surround_fg_color", "surround_color" }, { "accent_fg_color", "selected_bg_color" },
    { "error_color", "window_bg_color" }, { "warn_color", "window_bg_color" }, { "pass_color", "window_bg_color" },
    { "accent_color", "window_bg_color" },
  };
  const GdkRGBA approve = { 0x1f / 255.0, 0x7a / 255.0, 0x4d / 255.0, 1 }, white = { 1, 1, 1, 1 };
  GtkWidget *box, *window;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), GPOINTER_TO_INT (scheme));
  window = open_window (&box);
  for (gsize g = 0; g < G_N_ELEMENTS (grounds); g++)
    for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
      assert_readable (classes[i], text_colour (box, classes[i]), named (box, grounds[g]));
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    assert_readable (pairs[i].text, named (box, pairs[i].text), named (box, pairs[i].ground));
  assert_readable ("approve", white, approve);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Ink of a mark: where it stands out from the ground for somebody who sees like that. */
static void
draw_ink (LkOutcome     outcome,
          GdkRGBA       colour,
          GdkRGBA       ground,
          const Vision *vision,
          gboolean     *ink)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, MARK_PX, MARK_PX);
  cairo_t *cr = cairo_create (surface);
  Linear empty = seen (vision, linear (&ground));
  const guchar *data;
  int stride;

  cairo_set_source_rgb (cr, ground.red, ground.green, ground.blue);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, colour.red, colour.green, colour.blue);
  lk_outcome_draw (cr, outcome, 2, 2, MARK_PX - 4);
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  for (int i = 0; i < MARK_PX * MARK_PX; i++)
    {
      const guchar *p = data + i / MARK_PX * stride + i % MARK_PX * 4;
      GdkRGBA pixel = { p[2] / 255.0, p[1] / 255.0, p[0] / 255.0, 1 };

      ink[i] = contrast (seen (vision, linear (&pixel)), empty) >= mark_contrast;
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static double
alike (const gboolean *a,
       const gboolean *b)
{
  int both = 0, any = 0;

  for (int i = 0; i < MARK_PX * MARK_PX; i++)
    {
      both += a[i] && b[i];
      any += a[i] || b[i];
    }
  return any > 0 ? (double) both / any : 1;
}

static int
count (const gboolean *ink)
{
  int n = 0;

  for (int i = 0; i < MARK_PX * MARK_PX; i++)
    n += ink[i];
  return n;
}

static void
check_marks (gconstpointer scheme)
{
  GtkWidget *box, *window;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), GPOINTER_TO_INT (scheme));
  window = open_window (&box);
  for (gsize v = 0; v < G_N_ELEMENTS (visions); v++)
    {
      gboolean ink[4][MARK_PX * MARK_PX];
      GdkRGBA ground = named (box, "window_bg_color");

      for (int i = 0; i < 4; i++)
        {
          GdkRGBA colour = text_colour (box, lk_outcome_get_style_class (i));

          draw_ink (i, over (&colour, &ground), ground, &visions[v], ink[i]);
          if (count (ink[i]) < MARK_PX * 2)
            g_error ("%s: the mark of \"%s\" is hardly seen", visions[v].name, lk_outcome_get_style_class (i));
        }
      for (int i = 0; i < 4; i++)
        for (int k = i + 1; k < 4; k++)
          if (alike (ink[i], ink[k]) > most_alike)
            g_error ("%s: the marks of \"%s\" and \"%s\" are too much alike", visions[v].name, lk_outcome_get_style_class (i),
                     lk_outcome_get_style_class (k));
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GtkCssProvider) provider = NULL;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/io/github/likeness/Likeness/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_test_add_data_func ("/ui/colours/texts/light", GINT_TO_POINTER (ADW_COLOR_SCHEME_FORCE_LIGHT), check_texts);
  g_test_add_data_func ("/ui/colours/texts/dark", GINT_TO_POINTER (ADW_COLOR_SCHEME_FORCE_DARK), check_texts);
  g_test_add_data_func ("/ui/colours/marks/light", GINT_TO_POINTER (ADW_COLOR_SCHEME_FORCE_LIGHT), check_marks);
  g_test_add_data_func ("/ui/colours/marks/dark", GINT_TO_POINTER (ADW_COLOR_SCHEME_FORCE_DARK), check_marks);
  return g_test_run ();
}
