/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tools/portrait/params.h"

/* The face of the made-up person with this number: the same number is the
 * same person in every photo. */
LkFace lk_face_random (guint64 seed);

/* Somebody of the same sex who cannot be taken for this person. */
LkFace lk_face_unlike (const LkFace *face);

/* A person in the middle of all ranges. */
LkFace lk_face_average (void);
