/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/checker.h"
#include "photo/crop.h"
#include "service/crop-share.h"
#include "service/search.h"

G_BEGIN_DECLS

/**
 * LkPhotoWork:
 *
 * What is done with a student's photo: looking at an original, and making of it the cropped and the finished photo with all checks. Files
 * are decoded in locked-down helpers only. Models and traces are loaded once and shared by all workers. Any thread.
 */
typedef struct _LkPhotoWork LkPhotoWork;

/* LK_ERROR_BAD_SPEC. */
LkPhotoWork *lk_photo_work_new  (LkService *service, GError **error);
void         lk_photo_work_free (LkPhotoWork *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkPhotoWork, lk_photo_work_free)

/* Loads models and traces, once; who comes meanwhile waits. Must have been called before looking, checking and searching. */
void          lk_photo_work_prepare (LkPhotoWork *self);

const LkSpec *lk_photo_work_get_spec (LkPhotoWork *self);

/* The original for the page: upright, at most the largest side of service.json, JPEG. Errors of lk_decode_original(). */
GBytes       *lk_photo_work_preview (LkPhotoWork *self, GBytes *original, GError **error);

/* Type and size of a picture, by decoding it. Errors of lk_decode_original(). */
gboolean      lk_photo_work_measure (LkPhotoWork *self, GBytes *picture, LkPhotoFile *file, GError **error);

/* NULL, with a line in the log, when the traces could not be read. */
LkSearch     *lk_photo_work_get_search (LkPhotoWork *self);

/* What a first look finds. */
typedef struct
{
  LkPhotoFile file;             /* type, size in px and bytes */
  gboolean has_crop;
  LkCropShare crop;             /* the proposal */
  double hair_top, eye_line, face_width, centre;        /* what it will measure, px of the reference frame */
  LkCropProblem problem;        /* why there is none, when has_crop is not set and there is an engine */
  GBytes *preview;
} LkLook;

void     lk_look_clear (LkLook *self);

/* Errors: those of lk_decode_original(). A missing engine is none: then there is no proposal. */
gboolean lk_photo_work_look (LkPhotoWork *self, GBytes *original, LkLook *look, GError **error);

/* What is to be checked. */
typedef struct
{
  GBytes *original;
  const char *student_no;
  const LkCropShare *crop;      /* NULL: the photo as it is */
  gboolean may_compare;         /* faces, automatically */
  int attempt;                  /* of replacing the background: 0, and one more each time the checks start again */
} LkCheckTask;

typedef struct
{
  gboolean passed;              /* no hard check failed */
  gboolean system_failed;       /* the background could not be replaced: B1 or B2 */
  LkPhotoFile cropped, blue;    /* in the blob store */
  gboolean has_blue;
  int spec_version;
  GPtrArray *checks;            /* of LkCheck */
  GBytes *trace;                /* sealed, or NULL */
} LkCheckDone;

void     lk_check_done_clear (LkCheckDone *self);

/* Errors, all the system's: LK_ERROR_NO_ENGINE, _NO_DECODER, those of the store and the database. */
gboolean lk_photo_work_check (LkPhotoWork *self, const LkCheckTask *task, LkCheckDone *done, GError **error);

G_END_DECLS
