/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/submission.h"
#include "ui/texture.h"

G_BEGIN_DECLS

/* A check as a test wants it; NAN for no value or limit. */
LkCheck *fixture_check (const char *id, LkCheckKind kind, LkOutcome outcome, double value, double low, double high);

/* Crop checks that passed, with their places on a 480 x 640 photo: hair 80, eyes 250, face 120..360. */
GPtrArray *fixture_crop_checks (void);

/* A submission with these checks (taken); the number makes id and hash. */
LkSubmission *fixture_submission (int number, GPtrArray *checks);

/* A window on the screen with this child and size, its first frames drawn. */
GtkWidget *fixture_window (GtkWidget *child, int width, int height);

/* Waits until so many frames were drawn. */
void fixture_wait_frames (GtkWidget *widget, int n_frames);

/* The widget as it is drawn, width * height pixels B, G, R, A. Free with g_free. */
guchar *fixture_pixels (GtkWidget *widget, int *width, int *height);

/* The first widget of this type in a tree, itself included, or NULL. */
GtkWidget *fixture_find (GtkWidget *widget, GType type);

/* Presses keys on the window in front, as xdotool names them ("a", "1", "Return"), and lets them be handled. */
void fixture_press (GtkWidget *window, const char *keys);

/* Holds a key down for so long that it repeats. */
void fixture_hold (GtkWidget *window, const char *key);

/* Pictures of one colour: blue 200, green 100, red 50; at once. */
LkPicture *fixture_picture (const char *hash, int box_width, int box_height, double scale, gpointer user_data);

G_END_DECLS
