/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/auth.h"
#include "service/blobs.h"
#include "service/campus-db.h"
#include "service/college.h"
#include "service/config.h"
#include "service/key-ring.h"
#include "service/rules.h"
#include "service/web-files.h"
#include "service/settings.h"

G_BEGIN_DECLS

typedef struct _LkChangeFeed LkChangeFeed;
typedef struct _LkStudentService LkStudentService;

/* A campus on disk with everything that works on it; shared by the commands. */
typedef struct
{
  LkServiceConfig config;
  LkSettings *settings;         /* likenessd.conf; NULL: everything as shipped */
  char *folder;
  LkRules *rules;
  GPtrArray *hard_failure;      /* the checks of a photo of which only that a hard check failed is known */
  LkCampusDb *db;
  LkBlobs *blobs;

  /* only while serving */
  LkAuth *auth;
  LkCollege *college;           /* NULL: the college's own sign-in is not used */
  LkWebFiles *web;              /* the students' pages */
  LkKeyRing *keys;
  LkChangeFeed *feed;
  LkStudentService *student;
} LkService;

/* Opens the campus in a folder, or makes it. LK_ERROR_NOT_FOUND when there is none and not create; those of the parts. */
LkService *lk_service_open  (const char *folder, gboolean create, const LkServiceConfig *config, GError **error);
void       lk_service_close (LkService *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkService, lk_service_close)

G_END_DECLS
