/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/face.h"

G_BEGIN_DECLS

enum { LK_FINGERPRINT_SIDE = 16, LK_FINGERPRINT_BITS = LK_FINGERPRINT_SIDE * LK_FINGERPRINT_SIDE };

/**
 * LkFingerprint:
 *
 * What makes one shot recognisable again after it was scaled, cropped, compressed, tinted, brightened or put before another
 * background. All photos of this kind look alike as a whole, so only the face is looked at, laid on its eyes: the luma
 * there, with light and contrast of each part evened out, as its lowest frequencies.
 *
 * The bits are for looking through many fast; the shape says whether two that are near really are the same shot.
 */
typedef struct
{
  guint64 bits[LK_FINGERPRINT_BITS / 64];       /* whether each frequency is above their median */
  gint8 shape[LK_FINGERPRINT_BITS];             /* the frequencies, the strongest scaled to 127; [0] is 0 */
} LkFingerprint;

/* Of a face that was found with its eyes. FALSE when there is nothing in the picture to recognise: a blank field. */
gboolean lk_fingerprint_make (LkFingerprint *self, const LkPyramid *photo, const LkLandmarks *face);

/* Bits that differ, 0 to 256; two strangers have about 112. */
int lk_fingerprint_distance (const LkFingerprint *a, const LkFingerprint *b);

/* How alike the shapes are, -1 to 1; the same shot has almost 1. */
double lk_fingerprint_compare (const LkFingerprint *a, const LkFingerprint *b);

/* When two photos are the same shot; of the check D1_resubmitted in data/photo-spec.json. */
typedef struct
{
  int most_bits;                /* distance at most */
  double least_shape;           /* and shapes at least as alike */
} LkCopyLimits;

gboolean lk_fingerprint_is_copy (const LkFingerprint *a, const LkFingerprint *b, const LkCopyLimits *limits);

/* SHA-256 of a file's bytes as 64 lower-case hex digits: for the very same file. */
enum { LK_FILE_HASH_SIZE = 65 };
void lk_file_hash (GBytes *file, char hash[LK_FILE_HASH_SIZE]);

G_END_DECLS
