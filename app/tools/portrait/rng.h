/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A small repeatable source of numbers (splitmix64): the same seed gives the
 * same portrait on every machine and GLib version. */
typedef struct
{
  guint64 state;
} LkRng;

/* Starts a stream; streams of one seed do not disturb each other. */
static inline LkRng
lk_rng (guint64 seed, guint64 stream)
{
  return (LkRng) { seed * G_GUINT64_CONSTANT (0xD1342543DE82EF95) + stream * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15) };
}

static inline guint64
lk_rng_next (LkRng *rng)
{
  guint64 z = (rng->state += G_GUINT64_CONSTANT (0x9E3779B97F4A7C15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94D049BB133111EB);
  return z ^ (z >> 31);
}

/* Even spread over [low, high). */
static inline double
lk_rng_range (LkRng *rng, double low, double high)
{
  return low + (high - low) * ((double) (lk_rng_next (rng) >> 11) / 9007199254740992.0);
}

/* Bell-shaped about 0, never beyond +-2, standard deviation near 0.58. */
static inline double
lk_rng_bell (LkRng *rng)
{
  return lk_rng_range (rng, -1, 1) + lk_rng_range (rng, -1, 1) * 0.5 + lk_rng_range (rng, -1, 1) * 0.5;
}

static inline gboolean
lk_rng_chance (LkRng *rng, double probability)
{
  return lk_rng_range (rng, 0, 1) < probability;
}

/* 0 … n-1 */
static inline int
lk_rng_pick (LkRng *rng, int n)
{
  return (int) (lk_rng_next (rng) % (guint64) n);
}
