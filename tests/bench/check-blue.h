/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/spec.h"
#include "photo/engine.h"

G_BEGIN_DECLS

enum { LK_BLUE_WALLS = 4 };

/* How well people are cut out, by what stands behind them. */
typedef struct
{
  const char *wall;
  GArray *overlaps;             /* of double, sorted: found and drawn person, what is of both by what is of either */
  GArray *halos;                /* of double, sorted: mean distance from the blue just outside the person, sRGB steps */
} LkBlueWall;

typedef struct
{
  LkBlueWall walls[LK_BLUE_WALLS];
} LkBlueRun;

/* Draws so many portraits before each wall and replaces it. Says on standard error how far it is. */
LkBlueRun *lk_blue_run_new  (LkEngine *engine, const LkSpec *spec, guint n_each, guint64 seed, guint jobs);
void       lk_blue_run_free (LkBlueRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkBlueRun, lk_blue_run_free)

G_END_DECLS
