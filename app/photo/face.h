/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/engine.h"
#include "photo/sample.h"

G_BEGIN_DECLS

/* Finding faces and their points. All coordinates are photo coordinates (sample.h), px of the upright photo. */

#define LK_MAX_FACES 8
#define LK_EYE_POINTS 76

/* Points of the mesh that have a name. Left and right are the picture's, as the viewer sees them. */
enum
{
  LK_MESH_FOREHEAD = 10,        /* middle of the mesh's upper edge, below the hairline */
  LK_MESH_BETWEEN_BROWS = 9,
  LK_MESH_NOSE_ROOT = 168,
  LK_MESH_NOSE_TIP = 4,
  LK_MESH_CHIN = 152,
  LK_MESH_CHEEK_LEFT = 234,
  LK_MESH_CHEEK_RIGHT = 454,
  LK_MESH_LEFT_EYE_OUTER = 33,
  LK_MESH_LEFT_EYE_INNER = 133,
  LK_MESH_RIGHT_EYE_INNER = 362,
  LK_MESH_RIGHT_EYE_OUTER = 263,
  LK_MESH_MOUTH_LEFT = 61,
  LK_MESH_MOUTH_RIGHT = 291,
  LK_MESH_LIP_UPPER = 13,       /* inner edges */
  LK_MESH_LIP_LOWER = 14,
  LK_MESH_BELOW_LIP = 17,
};

/* Points of an eye. */
enum
{
  LK_EYE_OUTER = 0,             /* 0 to 8: the lower lid from corner to corner */
  LK_EYE_INNER = 8,
  LK_EYE_LOWER_FIRST = 2,       /* the lids away from the corners */
  LK_EYE_LOWER_LAST = 6,
  LK_EYE_UPPER_FIRST = 10,      /* 9 to 15: the upper lid */
  LK_EYE_UPPER_LAST = 14,
  LK_EYE_PUPIL = 71,
};

typedef struct
{
  float x0, y0, x1, y1;
} LkBox;

/* A confirmed face. */
typedef struct
{
  LkBox box;                            /* around the mesh */
  float mesh[LK_MESH_POINTS][3];        /* x, y, and depth on the same scale, smaller is nearer */
  float eyes[2][LK_EYE_POINTS][2];      /* [0] on the picture's left */
} LkLandmarks;

typedef struct
{
  guint n_faces;                        /* confirmed, at most LK_MAX_FACES */
  LkBox boxes[LK_MAX_FACES];            /* of all of them, the largest first */
  LkLandmarks main;                     /* of the largest */
} LkFaces;

/* Finds the faces of a photo; the largest is measured exactly. Eyes are left out where they are not needed (ID photo). */
gboolean lk_faces_find (LkEngine *engine, const LkPyramid *photo, gboolean with_eyes, LkFaces *faces, GError **error);

float lk_landmarks_distance (const LkLandmarks *self, int a, int b);

/* The mesh points where the face is widest, along the line of the eyes: on the picture's left and right. */
void lk_landmarks_widest (const LkLandmarks *self, int *left, int *right);

G_END_DECLS
