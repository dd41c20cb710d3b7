/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  LK_KEY_GROUP_DECIDE,
  LK_KEY_GROUP_MOVE,
  LK_KEY_GROUP_LOOK,
  LK_KEY_GROUP_MORE,
} LkKeyGroup;
#define LK_N_KEY_GROUPS (LK_KEY_GROUP_MORE + 1)

/* One key of the review page: what it fires, and what the list of shortcuts says about it. */
typedef struct
{
  guint keyval;
  GdkModifierType modifiers;
  const char *action;
  const char *target;           /* string parameter, or NULL */
  LkKeyGroup group;
  const char *title;            /* English, marked for translation; NULL: another key for the line before */
} LkReviewKey;

/* The one table from which the keys (ui/key-map.h), the list of shortcuts and tests are made. */
const LkReviewKey *lk_review_keys (gsize *n_keys);

const char *lk_key_group_title (LkKeyGroup group);        /* translated */

G_END_DECLS
