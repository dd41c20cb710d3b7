/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <sched.h>
#include <sys/socket.h>

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>

#include <gio/gio.h>

#include "screen.h"

enum { POLL_US = 300, WATCH_US = 2000, ASK_AGAIN_MS = 10, GIVE_UP_MS = 3000 };

struct _LkScreen
{
  Display *display;
  Window root;
  Window window;                /* the one taken */
  int x, y, width;              /* px of the root: from the centre of the first code square to that of the second */
};

/* A program that is measured may end at any moment, and its window with it: that is its own fault, and no reason to end. */
static int
ignore_error (Display *display, XErrorEvent *event)
{
  return 0;
}

LkScreen *
lk_screen_open (GError **error)
{
  Display *display = XOpenDisplay (NULL);
  LkScreen *self;

  if (display == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "there is no X display (tests/tools/with-desktop makes one)");
      return NULL;
    }
  XSetErrorHandler (ignore_error);
  self = g_new0 (LkScreen, 1);
  self->display = display;
  self->root = DefaultRootWindow (display);
  return self;
}

void
lk_screen_close (LkScreen *self)
{
  XCloseDisplay (self->display);
  g_free (self);
}

double
lk_screen_now (void)
{
  return (double) g_get_monotonic_time () / 1000.0;
}

gboolean
lk_screen_run_first (LkScreen *self)
{
  struct sched_param priority = { .sched_priority = 1 };
  struct ucred server;
  socklen_t size = sizeof server;

  if (sched_setscheduler (0, SCHED_RR, &priority) != 0)
    return FALSE;
  return getsockopt (ConnectionNumber (self->display), SOL_SOCKET, SO_PEERCRED, &server, &size) == 0 &&
         sched_setscheduler (server.pid, SCHED_RR, &priority) == 0;
}

/* The number in a window's cardinal property, or 0. */
static unsigned long
read_cardinal (LkScreen *self, Window window, const char *property)
{
  Atom type;
  int format;
  unsigned long n_items, left, value = 0;
  unsigned char *data = NULL;

  if (XGetWindowProperty (self->display, window, XInternAtom (self->display, property, False), 0, 1, False, XA_CARDINAL, &type,
                          &format, &n_items, &left, &data) == Success &&
      data != NULL && n_items == 1)
    value = *(unsigned long *) (gpointer) data;
  if (data != NULL)
    XFree (data);
  return value;
}

static Window
find_window (LkScreen *self, pid_t pid)
{
  Window root, parent, found = None;
  Window *children = NULL;
  unsigned int n_children = 0;

  if (!XQueryTree (self->display, self->root, &root, &parent, &children, &n_children))
    return None;
  for (unsigned int i = 0; i < n_children && found == None; i++)
    {
      XWindowAttributes attributes;

      if (XGetWindowAttributes (self->display, children[i], &attributes) && attributes.map_state == IsViewable &&
          read_cardinal (self, children[i], "_NET_WM_PID") == (unsigned long) pid)
        found = children[i];
    }
  if (children != NULL)
    XFree (children);
  return found;
}

gboolean
lk_screen_take_window (LkScreen *self, pid_t pid, int width, int height, double seconds)
{
  double end = lk_screen_now () + seconds * 1000;
  Window window;

  while ((window = find_window (self, pid)) == None)
    {
      if (lk_screen_now () > end)
        return FALSE;
      g_usleep (5000);
    }
  self->window = window;
  XMoveResizeWindow (self->display, window, 0, 0, (unsigned) width, (unsigned) height);
  lk_screen_raise (self);
  return TRUE;
}

void
lk_screen_raise (LkScreen *self)
{
  XRaiseWindow (self->display, self->window);
  XSetInputFocus (self->display, self->window, RevertToParent, CurrentTime);
  XSync (self->display, False);
}

void
lk_screen_press (LkScreen *self, const char *key)
{
  KeyCode code = XKeysymToKeycode (self->display, XStringToKeysym (key));

  XTestFakeKeyEvent (self->display, code, True, CurrentTime);
  XTestFakeKeyEvent (self->display, code, False, CurrentTime);
  XFlush (self->display);
}

static unsigned long
pixel_at (LkScreen *self, int x, int y)
{
  XImage *image = XGetImage (self->display, self->root, x, y, 1, 1, AllPlanes, ZPixmap);
  unsigned long pixel = XGetPixel (image, 0, 0) & 0xffffff;

  XDestroyImage (image);
  return pixel;
}

gboolean
lk_screen_has_pixels (LkScreen *self)
{
  static const int points[][2] = { { 30, 30 }, { 300, 25 }, { 500, 300 }, { 100, 200 }, { 550, 500 } };

  for (gsize i = 0; i < G_N_ELEMENTS (points); i++)
    if (pixel_at (self, points[i][0], points[i][1]) != 0)
      return TRUE;
  return FALSE;
}

/* Three bits of a pixel whose channels are all plainly low or high, else -1. */
static int
pixel_bits (unsigned long pixel)
{
  int bits = 0;

  for (int shift = 16; shift >= 0; shift -= 8)
    {
      int value = (int) (pixel >> shift & 0xff);

      if (value > 70 && value < 185)
        return -1;
      bits = bits << 1 | (value >= 185);
    }
  return bits;
}

static gboolean
is_magenta (XImage *image, int x, int y)
{
  return pixel_bits (XGetPixel (image, x, y)) == 5;
}

/* The widest run of magenta in a row, and how far it goes down. */
static void
find_square (XImage *image, int *left, int *top, int *size)
{
  *size = 0;
  for (int y = 0; y < image->height; y++)
    for (int x = 0; x < image->width; x++)
      {
        int start = x;

        while (x < image->width && is_magenta (image, x, y))
          x++;
        if (x - start > *size)
          {
            *left = start;
            *top = y;
            *size = x - start;
          }
      }
}

gboolean
lk_screen_find_marks (LkScreen *self)
{
  int screen = DefaultScreen (self->display);
  XImage *image = XGetImage (self->display, self->root, 0, 0, (unsigned) DisplayWidth (self->display, screen),
                             (unsigned) DisplayHeight (self->display, screen), AllPlanes, ZPixmap);
  int left = 0, top = 0, size = 0;
  double scale;

  find_square (image, &left, &top, &size);
  XDestroyImage (image);
  scale = (double) size / LK_MARK_SIZE;
  self->x = left + (int) (scale * (LK_MARK_STEP + LK_MARK_SIZE / 2.0));
  self->y = top + size / 2;
  self->width = (int) (scale * LK_MARK_STEP) + 1;
  return size >= 12;            /* smaller ones belong to thumbnails */
}

int
lk_screen_read_code (LkScreen *self)
{
  XImage *image = XGetImage (self->display, self->root, self->x, self->y, (unsigned) self->width, 1, AllPlanes, ZPixmap);
  int high = pixel_bits (XGetPixel (image, 0, 0));
  int low = pixel_bits (XGetPixel (image, self->width - 1, 0));

  XDestroyImage (image);
  return high < 0 || low < 0 ? -1 : high << 3 | low;
}

double
lk_screen_wait_code (LkScreen *self, int wanted, double seconds)
{
  double end = lk_screen_now () + seconds * 1000;
  double now;

  do
    {
      g_usleep (POLL_US);
      if (lk_screen_read_code (self) == wanted)
        return lk_screen_now ();
      now = lk_screen_now ();
    }
  while (now < end);
  return NAN;
}

double
lk_screen_switch (LkScreen *self, const char *key, int wanted, double seconds, guint *n_blank)
{
  int old = lk_screen_read_code (self);
  double start = lk_screen_now ();

  lk_screen_press (self, key);
  while (lk_screen_now () < start + seconds * 1000)
    {
      int code;

      g_usleep (POLL_US);
      code = lk_screen_read_code (self);
      if (code == wanted)
        return lk_screen_now () - start;
      if (code != old && n_blank != NULL)
        (*n_blank)++;
    }
  return NAN;
}

static void
ask (LkScreen *self)
{
  XEvent event = { .xclient = { .type = ClientMessage, .window = self->window, .format = 32 } };

  event.xclient.message_type = XInternAtom (self->display, "WM_PROTOCOLS", False);
  event.xclient.data.l[0] = (long) XInternAtom (self->display, "_NET_WM_PING", False);
  event.xclient.data.l[1] = CurrentTime;
  event.xclient.data.l[2] = (long) self->window;
  XSendEvent (self->display, self->window, False, NoEventMask, &event);
  XFlush (self->display);
}

static gboolean
take_answer (LkScreen *self)
{
  gboolean answered = FALSE;

  while (XPending (self->display) > 0)
    {
      XEvent event;

      XNextEvent (self->display, &event);
      answered = answered || (event.type == ClientMessage && (Window) event.xclient.data.l[2] == self->window);
    }
  return answered;
}

guint
lk_screen_watch (LkScreen *self, int wanted, int milliseconds, double *answer)
{
  double start = lk_screen_now (), asked = start - ASK_AGAIN_MS;
  double now = start;
  gboolean waiting = FALSE;
  guint n_blank = 0;

  if (answer != NULL)
    {
      *answer = 0;
      XSelectInput (self->display, self->root, SubstructureNotifyMask);
    }
  for (; now < start + milliseconds || (waiting && now < asked + GIVE_UP_MS); now = lk_screen_now ())
    {
      if (answer != NULL && !waiting && now < start + milliseconds && now >= asked + ASK_AGAIN_MS)
        {
          asked = now;
          waiting = TRUE;
          ask (self);
        }
      g_usleep (WATCH_US);
      if (waiting && take_answer (self))
        {
          waiting = FALSE;
          *answer = fmax (*answer, lk_screen_now () - asked);
        }
      if (lk_screen_read_code (self) != wanted)
        n_blank++;
    }
  if (answer != NULL)
    XSelectInput (self->display, self->root, NoEventMask);
  if (waiting)
    *answer = lk_screen_now () - asked;
  return n_blank;
}
