/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/decoder.h"

#include <fcntl.h>
#include <lcms2.h>
#include <png.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/error.h"
#include "make-heic.h"
#include "make-picture.h"
#include "photo/decoder-private.h"
#include "photo/lockdown.h"

static const LkSpec spec = { .max_bytes = 4 << 20, .max_pixels = 2000000 };

static GBytes *
make_file (int width, int height)
{
  g_autoptr (LkPixels) pixels = make_pixels (width, height);
  JpegOptions options = { .orientation = 6 };

  return make_jpeg (pixels, &options);
}

static void
assert_same_pixels (LkPixels *a, LkPixels *b)
{
  g_assert_nonnull (a);
  g_assert_nonnull (b);
  g_assert_cmpint (a->width, ==, b->width);
  g_assert_cmpint (a->height, ==, b->height);
  g_assert_cmpmem (a->data, (gsize) a->width * a->height * 3, b->data, (gsize) b->width * b->height * 3);
}

static void
assert_same_info (const LkFileInfo *a, const LkFileInfo *b)
{
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpint (a->width, ==, b->width);
  g_assert_cmpint (a->height, ==, b->height);
  g_assert_cmpint (a->orientation, ==, b->orientation);
  g_assert_cmpint (a->components, ==, b->components);
  g_assert_cmpint (a->quality, ==, b->quality);
  g_assert_cmpuint (a->bytes, ==, b->bytes);
}

/* One photo goes through; what every test ends with. */
static void
assert_works (LkDecoder *decoder)
{
  g_autoptr (GBytes) file = make_file (96, 64);
  g_autoptr (GError) error = NULL;
  g_autoptr (LkPixels) here = lk_decode (file, &spec, NULL, NULL);
  g_autoptr (LkPixels) there = lk_decoder_decode (decoder, file, &spec, 0, 0, NULL, &error);

  g_assert_no_error (error);
  assert_same_pixels (here, there);
}

static void
test_same_as_here (void)
{
  g_autoptr (LkDecoder) decoder = lk_decoder_new ();
  g_autoptr (LkPixels) drawn = make_pixels (300, 200);
  PngOptions png = { .colour_type = PNG_COLOR_TYPE_RGB, .bits = 8, .orientation = 3 };
  GBytes *files[] = { make_file (640, 480), make_png (300, 200, drawn->data, 300 * 3, &png), make_file (1200, 1600) };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    for (int min = 0; min <= 150; min += 75)
      {
        g_autoptr (GError) error = NULL;
        LkFileInfo here_info, there_info, only_info;
        g_autoptr (LkPixels) whole = lk_decode (files[i], &spec, &here_info, &error);
        g_autoptr (LkPixels) small = lk_decode_at_least (files[i], &spec, min, min, &error);
        g_autoptr (LkPixels) there = lk_decoder_decode (decoder, files[i], &spec, min, min, &there_info, &error);

        g_assert_no_error (error);
        assert_same_pixels (min == 0 ? whole : small, there);
        assert_same_info (&here_info, &there_info);
        g_assert_true (lk_decoder_info (decoder, files[i], &spec, &only_info, &error));
        assert_same_info (&here_info, &only_info);
      }
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    g_bytes_unref (files[i]);
}

/* The colour library wants the time of day for the profiles it makes. */
static void
test_profile (void)
{
  g_autoptr (LkDecoder) decoder = lk_decoder_new ();
  g_autoptr (LkPixels) drawn = make_pixels (120, 160);
  cmsHPROFILE srgb = cmsCreate_sRGBProfile ();
  cmsUInt32Number size = 0;
  g_autofree guint8 *data = NULL;
  g_autoptr (GBytes) profile = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LkPixels) here = NULL;
  g_autoptr (LkPixels) there = NULL;

  g_assert_true (cmsSaveProfileToMem (srgb, NULL, &size));
  data = g_malloc (size);
  g_assert_true (cmsSaveProfileToMem (srgb, data, &size));
  cmsCloseProfile (srgb);
  profile = g_bytes_new (data, size);
  file = make_jpeg (drawn, &(JpegOptions) { .profile = profile });
  here = lk_decode (file, &spec, NULL, NULL);
  there = lk_decoder_decode (decoder, file, &spec, 0, 0, NULL, &error);
  g_assert_no_error (error);
  assert_same_pixels (here, there);
}

/* Its decoder takes more from the system than the others: libraries found at run time, a thread. */
static void
test_heic (void)
{
  g_autoptr (LkDecoder) decoder = lk_decoder_new ();
  g_autoptr (LkPixels) drawn = make_pixels (1200, 900);
  g_autoptr (GBytes) file = can_make_heic () ? make_heic (drawn) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;
  g_autoptr (LkPixels) here = NULL;
  g_autoptr (LkPixels) there = NULL;
  LkFileInfo info;

  if (file == NULL)
    {
      g_test_skip ("libheif has no HEVC encoder or decoder here");
      return;
    }
  here = lk_decode_original (file, &spec, NULL, &error);
  g_assert_no_error (error);
  there = lk_decoder_decode_original (decoder, file, &spec, &info, &error);
  g_assert_no_error (error);
  assert_same_pixels (here, there);
  g_assert_cmpint (info.kind, ==, LK_FILE_HEIC);
  g_assert_null (lk_decoder_decode (decoder, file, &spec, 0, 0, NULL, &refused));
  g_assert_error (refused, LK_ERROR, LK_ERROR_PICTURE_KIND);
  assert_works (decoder);
}

static void
assert_same_error (LkDecoder *decoder, GBytes *file, const LkSpec *limits)
{
  g_autoptr (GError) here = NULL;
  g_autoptr (GError) there = NULL;
  g_autoptr (GError) only_info = NULL;
  LkFileInfo info;

  g_assert_null (lk_decode (file, limits, NULL, &here));
  g_assert_null (lk_decoder_decode (decoder, file, limits, 0, 0, NULL, &there));
  g_assert_error (there, here->domain, here->code);
  g_assert_cmpstr (there->message, ==, here->message);
  if (!lk_decoder_info (decoder, file, limits, &info, &only_info))
    g_assert_error (only_info, here->domain, here->code);
}

static void
test_same_errors (void)
{
  g_autoptr (LkDecoder) decoder = lk_decoder_new ();
  g_autoptr (GBytes) whole = make_file (96, 64);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 2);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) text = g_bytes_new_static ("not a picture", 13);
  g_autoptr (GBytes) gif = g_bytes_new_static ("GIF89a\1\0\1\0", 10);
  guint8 row[2500] = { 0 };
  PngOptions options = { .colour_type = PNG_COLOR_TYPE_GRAY, .bits = 1 };
  g_autoptr (GBytes) bomb = make_png (20000, 20000, row, 0, &options);
  LkSpec few_bytes = { .max_bytes = 100, .max_pixels = 2000000 };

  assert_same_error (decoder, half, &spec);
  assert_same_error (decoder, empty, &spec);
  assert_same_error (decoder, text, &spec);
  assert_same_error (decoder, gif, &spec);
  assert_same_error (decoder, bomb, &spec);
  assert_same_error (decoder, whole, &few_bytes);
  assert_works (decoder);
}

/* The limits may grow while a helper waits. */
static void
test_larger_spec (void)
{
  g_autoptr (LkDecoder) decoder = lk_decoder_new ();
  LkSpec small = { .max_bytes = 50000, .max_pixels = 10000 };
  g_autoptr (GBytes) file = make_file (1000, 1500);
  g_autoptr (GError) refused = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LkPixels) pixels = NULL;
  LkSpec large = { .max_bytes = g_bytes_get_size (file), .max_pixels = 1500000 };

  g_assert_true (lk_decoder_start (decoder, &small, &error));
  g_assert_no_error (error);
  g_assert_null (lk_decoder_decode (decoder, file, &small, 0, 0, NULL, &refused));
  g_assert_error (refused, LK_ERROR, LK_ERROR_PICTURE_BYTES);
  pixels = lk_decoder_decode (decoder, file, &large, 0, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (pixels->width, ==, 1500);
}

/* -- helpers that fail -- */

static GPid
start (LkDecoder *decoder)
{
  g_autoptr (GError) error = NULL;
  GPid pid;

  g_assert_true (lk_decoder_start (decoder, &spec, &error));
  g_assert_no_error (error);
  pid = lk_decoder_get_next_pid (decoder);
  g_assert_cmpint (pid, >, 0);
  return pid;
}

static void
assert_photo_refused (LkDecoder *decoder)
{
  g_autoptr (GBytes) file = make_file (96, 64);
  g_autoptr (GError) error = NULL;

  g_assert_null (lk_decoder_decode (decoder, file, &spec, 0, 0, NULL, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_PICTURE_CUT_OFF);
}

/* It is no photo's fault when a helper ends while it waits. */
static void
test_killed_while_waiting (void)
{
  g_autoptr (LkDecoder) decoder = lk_decoder_new ();
  GPid pid = start (decoder);
  siginfo_t info;

  kill (pid, SIGKILL);
  g_assert_cmpint (waitid (P_PID, pid, &info, WEXITED | WNOWAIT), ==, 0);
  assert_works (decoder);
  g_assert_cmpint (lk_decoder_get_next_pid (decoder), !=, pid);
}

static gpointer
kill_soon (gpointer pid)
{
  g_usleep (50000);             /* most likely in the middle of the photo; the outcome is the same if not */
  kill (GPOINTER_TO_INT (pid), SIGSEGV);
  kill (GPOINTER_TO_INT (pid), SIGCONT);
  return NULL;
}

static void
test_crash (void)
{
  g_autoptr (LkDecoder) decoder = lk_decoder_new ();
  GPid pid = start (decoder);
  GThread *thread;

  kill (pid, SIGSTOP);          /* so that the photo is still there when it ends */
  thread = g_thread_new ("kill", kill_soon, GINT_TO_POINTER (pid));
  assert_photo_refused (decoder);
  g_thread_join (thread);
  assert_works (decoder);
}

static void
test_hang (void)
{
  g_autoptr (LkDecoder) decoder = lk_decoder_new ();
  GPid pid = start (decoder);

  kill (pid, SIGSTOP);
  lk_decoder_set_time_limit (decoder, 100);
  assert_photo_refused (decoder);
  g_assert_cmpint (kill (pid, 0), ==, -1);      /* it is gone, and nobody has to wait for it */
  lk_decoder_set_time_limit (decoder, 60000);
  assert_works (decoder);
}

static void
test_replaced_in_time (void)
{
  g_autoptr (LkDecoder) decoder = lk_decoder_new ();
  g_autoptr (GBytes) file = make_file (16, 16);
  GPid first = start (decoder);
  guint n = 1;

  for (; lk_decoder_get_next_pid (decoder) == first && n < 2 * LK_DECODER_PHOTOS; n++)
    {
      LkFileInfo info;

      g_assert_true (lk_decoder_info (decoder, file, &spec, &info, NULL));
    }
  g_assert_cmpuint (n, >=, LK_DECODER_PHOTOS);
  g_assert_cmpuint (n, <, 2 * LK_DECODER_PHOTOS);
}

/* Never decoded in this process instead. */
static void
test_no_program (void)
{
  static const char *const programs[] = { "/nonexistent/likeness-decoder", "/bin/true" };

  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autoptr (LkDecoder) decoder = lk_decoder_new_for_program (programs[i]);
      g_autoptr (GBytes) file = make_file (96, 64);
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) start_error = NULL;

      g_assert_null (lk_decoder_decode (decoder, file, &spec, 0, 0, NULL, &error));
      g_assert_error (error, LK_ERROR, LK_ERROR_NO_DECODER);
      g_assert_false (lk_decoder_start (decoder, &spec, &start_error));
      g_assert_error (start_error, LK_ERROR, LK_ERROR_NO_DECODER);
    }
}

static gpointer
decode_many (gpointer decoder)
{
  for (int i = 0; i < 25; i++)
    assert_works (decoder);
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (LkDecoder) decoder = lk_decoder_new ();
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("decode", decode_many, decoder);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* -- what a helper can do -- */

static int n_reached;           /* by the child only */

static void
open_file (void)
{
  if (open ("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0)
    n_reached++;
}

static void
make_socket (void)
{
  if (socket (AF_INET, SOCK_STREAM, 0) >= 0)
    n_reached++;
}

static void
start_process (void)
{
  if (fork () >= 0)
    n_reached++;
}

static void
run_program (void)
{
  execl ("/bin/true", "true", NULL);
  n_reached++;
}

static void
signal_parent (void)
{
  kill (getppid (), 0);
}

static void
make_code (void)
{
  if (mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED)
    n_reached++;
}

static void
write_elsewhere (void)
{
  if (write (STDOUT_FILENO, "!", 1) == 1)
    n_reached++;
}

static void
undo_limits (void)
{
  n_reached++;
  setrlimit (RLIMIT_CPU, &(struct rlimit) { RLIM_INFINITY, RLIM_INFINITY });
}

static void
do_nothing (void)
{
  g_free (g_malloc (50 << 20));
  g_free (g_malloc (100));
}

/* The wait status of a child that locks itself in and then does this. */
static int
status_of (void (*deed) (void))
{
  pid_t pid = fork ();
  int status;

  if (pid == 0)
    {
      if (!lk_lockdown ((gsize) 2 << 30, NULL))
        _exit (100);
      deed ();
      _exit (n_reached > 0 ? 101 : 0);
    }
  g_assert_cmpint (pid, >, 0);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  return status;
}

static void
test_lockdown (void)
{
  void (*const forbidden[]) (void) = { open_file, make_socket, start_process, run_program, signal_parent, make_code,
                                       write_elsewhere, undo_limits };
  int status = status_of (do_nothing);

  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
    {
      g_test_message ("deed %" G_GSIZE_FORMAT, i);
      status = status_of (forbidden[i]);
      g_assert_true (WIFSIGNALED (status));
      g_assert_cmpint (WTERMSIG (status), ==, SIGSYS);
    }
}

static void
take_too_much (void)
{
  if (mmap (NULL, (gsize) 4 << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED)
    n_reached++;
}

static void
test_memory (void)
{
  int status;

  if (g_getenv ("LIKENESS_SANITIZED") != NULL)
    {
      g_test_skip ("the address sanitizer needs the address space");
      return;
    }
  status = status_of (take_too_much);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/photo/decoder/same-as-here", test_same_as_here);
  g_test_add_func ("/photo/decoder/profile", test_profile);
  g_test_add_func ("/photo/decoder/heic", test_heic);
  g_test_add_func ("/photo/decoder/same-errors", test_same_errors);
  g_test_add_func ("/photo/decoder/larger-spec", test_larger_spec);
  g_test_add_func ("/photo/decoder/killed-while-waiting", test_killed_while_waiting);
  g_test_add_func ("/photo/decoder/crash", test_crash);
  g_test_add_func ("/photo/decoder/hang", test_hang);
  g_test_add_func ("/photo/decoder/replaced-in-time", test_replaced_in_time);
  g_test_add_func ("/photo/decoder/no-program", test_no_program);
  g_test_add_func ("/photo/decoder/threads", test_threads);
  g_test_add_func ("/photo/decoder/lockdown", test_lockdown);
  g_test_add_func ("/photo/decoder/memory", test_memory);
  return g_test_run ();
}
