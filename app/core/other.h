/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "core/json.h"
#include "core/photo-info.h"

G_BEGIN_DECLS

/* What a check compared the photo with. */
typedef enum
{
  LK_OTHER_ID_CARD,             /* the student's ID-card photo */
  LK_OTHER_DIPLOMA,             /* the student's diploma photo */
  LK_OTHER_SUBMISSION,          /* a photo that was submitted: an earlier one, or another student's */
  LK_OTHER_CODE,                /* the student a collection code belongs to */
} LkOtherKind;

/* In what way the other one is like the photo. */
typedef enum
{
  LK_LIKENESS_NOT_COMPARED,     /* why says why */
  LK_LIKENESS_DIFFERENT,        /* of faces: looks like somebody else */
  LK_LIKENESS_UNSURE,           /* of faces: between the bands */
  LK_LIKENESS_SAME_FACE,
  LK_LIKENESS_NEAR_COPY,        /* the same shot */
  LK_LIKENESS_SAME_FILE,
} LkLikeness;

/**
 * LkOther:
 *
 * One thing that a check compared the photo with, and what came of it. Names and numbers are masked (rules.md section 9).
 * Strings are NULL where there is none.
 */
typedef struct
{
  LkOtherKind kind;
  LkLikeness likeness;
  double score;                 /* of the faces, NAN when they were not compared */
  char *why;                    /* for NOT_COMPARED: "no-reference", "bad-reference" */
  char *submission;             /* UUID */
  char *photo;                  /* SHA-256 hex of the other photo */
  LkPhotoInfo *picture;         /* the same photo, to be laid beside this one */
  char *name, *student_no;      /* masked */
} LkOther;

LkOther *lk_other_new  (LkOtherKind kind, LkLikeness likeness, double score);
LkOther *lk_other_copy (const LkOther *self);
void     lk_other_free (LkOther *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkOther, lk_other_free)

/* An array that frees what is in it. */
GPtrArray *lk_others_new (void);

/* In an array of LkOther, the first of a kind, or NULL; others may be NULL. Borrowed. */
const LkOther *lk_others_find (GPtrArray *others, LkOtherKind kind);

/* The first picture among them; borrowed, NULL when there is none. others may be NULL. */
const LkPhotoInfo *lk_others_find_picture (GPtrArray *others);

/* "2021****12 (李*明)", masked as it came; for people. */
char *lk_other_dup_student (const LkOther *self);

/* For people, translated, short enough for one row: "Same picture as 2021****12 (李*明)"; it accuses nobody. "" when there is nothing
 * to say. */
char *lk_other_dup_text (const LkOther *self);

/* As it travels in the member "others" of a check; entries of kinds this version does not know are left out. */
cJSON     *lk_others_to_json   (GPtrArray *others);
GPtrArray *lk_others_from_json (const cJSON *json);            /* NULL when there is none */

G_END_DECLS
