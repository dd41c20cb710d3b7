/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tools/portrait/params.h"

/* The face of the made-up person with this number: the same number is the
 * same person in every photo. */
LkFace lk_face_random (guint64 seed);

/* A person in the middle of all ranges. */
LkFace lk_face_average (void);
