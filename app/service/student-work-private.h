/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/byte-cache.h"
#include "service/fault-watch.h"
#include "service/student-work.h"

G_BEGIN_DECLS

struct _LkStudentWork
{
  LkService *service;
  LkPhotoWork *photos;
  LkJobs *jobs;
  LkFaultWatch *faults;
  LkByteCache *previews;
  LkStudentChanged changed;
  gpointer data;

  GMutex mutex;
  GHashTable *failures;         /* draft -> how often its checks failed through us since they last went well; under the mutex */
  GMutex submitting;            /* one at a time: what one search finds must not change until its photo is submitted */
};

G_END_DECLS
