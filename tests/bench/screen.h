/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/types.h>

#include <glib.h>

#include "marked-photos.h"

G_BEGIN_DECLS

/**
 * LkScreen:
 *
 * The X display as a person has it: keys go in through XTEST, and what is painted is read from the root window, so a time from
 * key to pixel has the whole way in it: X server, toolkit, our code, drawing.
 */
typedef struct _LkScreen LkScreen;

LkScreen *lk_screen_open  (GError **error);
void      lk_screen_close (LkScreen *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkScreen, lk_screen_close)

/* Milliseconds of the monotonic clock. */
double lk_screen_now (void);

/* Asks for the least noise from other work: this process, its later children and the X server run before ordinary ones.
 * FALSE when that is not permitted. */
gboolean lk_screen_run_first (LkScreen *self);

/* Waits up to seconds for a window of this process, puts it at the upper left in front, gives it the focus and the size. */
gboolean lk_screen_take_window (LkScreen *self, pid_t pid, int width, int height, double seconds);

/* Brings the window taken to the front and gives it the focus. */
void lk_screen_raise (LkScreen *self);

void lk_screen_press (LkScreen *self, const char *key);  /* an X keysym name, "j" */

/* Whether anything but the black root is to be seen; looks at a few points only. */
gboolean lk_screen_has_pixels (LkScreen *self);

/* Looks at the whole screen for the marks of the largest photo; the place is kept. FALSE when there are none. */
gboolean lk_screen_find_marks (LkScreen *self);

/* The code painted at that place now, or -1 while it is none. */
int lk_screen_read_code (LkScreen *self);

/* Polls every 0.3 ms until wanted is painted; the time then, or NAN after seconds. */
double lk_screen_wait_code (LkScreen *self, int wanted, double seconds);

/* Presses key and polls every 0.3 ms until wanted is painted: the milliseconds that took, or NAN after seconds. n_blank (may be NULL)
 * grows by the polls that found neither wanted nor what was there before. */
double lk_screen_switch (LkScreen *self, const char *key, int wanted, double seconds, guint *n_blank);

/* A pause of so many milliseconds while wanted is painted: how many of the looks, every 2 ms, found anything else. With answer (may be
 * NULL) the window's program is asked every 10 ms whether it runs (_NET_WM_PING), which its main loop answers (GTK's does): answer is
 * the longest it took, in ms, to 2 ms. */
guint lk_screen_watch (LkScreen *self, int wanted, int milliseconds, double *answer);

G_END_DECLS
