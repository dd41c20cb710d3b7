/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The centres of both eyes, as fractions 0..1 of the upright photo's width and height; left and right as they are seen. */
typedef struct
{
  gboolean known;
  double left_x, left_y, right_x, right_y;
} LkEyes;

/* The pictures that may come with a submission beside its photo. */
typedef enum
{
  LK_PHOTO_ID_CARD,             /* to compare with: resident ID card */
  LK_PHOTO_DIPLOMA,             /* to compare with: earlier diploma */
  LK_PHOTO_ORIGINAL,            /* what the photo was cropped from */
  LK_PHOTO_BLUE,                /* the photo with its background replaced by blue; covers the same part */
} LkPhotoKind;
#define LK_N_PHOTO_KINDS (LK_PHOTO_BLUE + 1)

/* A photo by name: enough to fetch it, to know how it lies and to lay it on another. */
typedef struct
{
  char *sha256;                 /* SHA-256 hex of the file */
  int width, height;            /* px, upright */
  LkEyes eyes;
} LkPhotoInfo;

LkPhotoInfo *lk_photo_info_new  (const char *sha256, int width, int height, const LkEyes *eyes);      /* eyes NULL: not known */
LkPhotoInfo *lk_photo_info_copy (const LkPhotoInfo *self);
void         lk_photo_info_free (LkPhotoInfo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkPhotoInfo, lk_photo_info_free)

/* "id_card", "diploma", "original", "blue"; static. */
const char *lk_photo_kind_to_word (LkPhotoKind kind);

/* "[0.41,0.39,0.59,0.39]" and back; not known when NULL or malformed. Newly allocated; NULL when not known. */
char  *lk_eyes_to_text   (const LkEyes *eyes);
LkEyes lk_eyes_from_text (const char *text);

/**
 * LkAlign:
 *
 * How a photo is laid on another so that both eyes coincide: a point of the photo is scaled, turned by angle (radians,
 * clockwise on the screen) about the photo's top left corner, then moved by (x, y). All in px of the upright photos.
 */
typedef struct
{
  double scale, angle, x, y;
} LkAlign;

/* FALSE when the eyes of one of them are not known. */
gboolean lk_align_eyes  (const LkPhotoInfo *photo, const LkPhotoInfo *onto, LkAlign *align);

/* The whole photo over the whole of the other, middle on middle: for photos whose eyes are not known. */
LkAlign lk_align_frames (const LkPhotoInfo *photo, const LkPhotoInfo *onto);

/* Where a point of the photo comes to lie on the other. */
void lk_align_point (const LkAlign *self, double x, double y, double *to_x, double *to_y);

G_END_DECLS
