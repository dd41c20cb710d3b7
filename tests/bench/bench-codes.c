/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many bad pictures of collection codes are read, how many wrongly, and in what time: every change of tests/support/bad-code.c for
 * texts of three lengths, three of each. Ours have at most 200 characters, CHSI's may be longer. */
#include <math.h>
#include <string.h>

#include "bad-code.h"
#include "core/error.h"
#include "core/spec.h"
#include "figures.h"
#include "photo/decoder.h"
#include "photo/qr-ladder.h"

enum { LIMIT_MS = 3000 };

static const LkSpec limits = { .max_bytes = 8 << 20, .max_pixels = 50000000 };

static const guint lengths[] = { 90, 200, 380 };

enum { N_SEEDS = 3, STEPS_MAX = 16 };

typedef struct
{
  LkDecoder *decoder;
  guint n, n_read, n_wrong;
  guint steps[STEPS_MAX];
  double sum_ms, worst_ms;
} Count;

static gboolean
try_one (LkFigures *figures, Count *count, guint change, guint length, guint32 seed, GError **error)
{
  g_autofree char *text = bad_code_text (length, seed);
  g_autoptr (LkGrey) grey = bad_code_draw (text, change, seed);
  g_autoptr (GBytes) png = bad_code_to_png (grey);
  g_autofree char *series = g_strdup_printf ("%u characters", length);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GError) cause = NULL;
  g_autofree char *read = lk_decoder_read_code (count->decoder, png, &limits, LIMIT_MS, &cause);
  double ms = (double) (g_get_monotonic_time () - start) / 1000;
  guint step = 0;

  if (read == NULL && cause->code != LK_ERROR_CODE_UNREADABLE)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  lk_figures_add (figures, series, "ms", ms);
  count->n++;
  count->sum_ms += ms;
  count->worst_ms = MAX (count->worst_ms, ms);
  count->n_read += g_strcmp0 (read, text) == 0;
  count->n_wrong += read != NULL && strcmp (read, text) != 0;
  if (read == NULL)
    g_print ("not read: %s, %u characters, number %u\n", bad_code_change_name (change), length, seed);
  else
    {
      g_autofree char *again = lk_qr_ladder_read (grey, LIMIT_MS, &step);

      count->steps[again != NULL ? MIN (step, STEPS_MAX - 1) : STEPS_MAX - 1]++;
    }
  return TRUE;
}

static gboolean
run (LkFigures *figures, gpointer data, GError **error)
{
  g_autoptr (LkDecoder) decoder = lk_decoder_new ();
  Count count = { .decoder = decoder };

  if (!lk_decoder_start (decoder, &limits, error))
    return FALSE;
  for (gsize l = 0; l < G_N_ELEMENTS (lengths); l++)
    for (guint32 seed = 1; seed <= N_SEEDS; seed++)
      for (guint change = 0; change < bad_code_n_changes (); change++)
        if (!try_one (figures, &count, change, lengths[l], seed, error))
          return FALSE;
  lk_figures_note (figures, "pictures", "%u", count.n);
  lk_figures_note (figures, "read", "%u (%.1f %%)", count.n_read, 100.0 * count.n_read / count.n);
  lk_figures_note (figures, "wrong", "%u", count.n_wrong);
  lk_figures_note (figures, "mean", "%.1f ms", count.sum_ms / count.n);
  lk_figures_note (figures, "worst", "%.0f ms", count.worst_ms);
  for (guint step = 0; lk_qr_ladder_get_step (step) != NULL; step++)
    lk_figures_note (figures, lk_qr_ladder_get_step (step), "reads %u", count.steps[step]);
  return TRUE;
}

int
main (int argc, char **argv)
{
  return lk_bench_main (argc, argv, "codes", "bad pictures of collection codes", NULL, run, NULL);
}
