/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/face.h"

G_BEGIN_DECLS

/* How the head is turned, degrees: yaw positive towards the picture's right, pitch positive downwards, roll positive clockwise. */
typedef struct
{
  double yaw, pitch, roll;
} LkPose;

/* The rotation that lays the neutral face onto the mesh with the least weighted squares. */
LkPose lk_pose_measure (const LkCanonicalFace *canonical, const LkLandmarks *face);

G_END_DECLS
