/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include <math.h>

#include "photo/measure.h"

/* The file itself: rules.md section 2.2. These checks need no engine. */

static void
judge (LkMeasurement *measurement, gboolean is_good)
{
  measurement->is_judged = TRUE;
  measurement->outcome = is_good ? LK_OUTCOME_PASS : LK_OUTCOME_FAIL;
}

/* F1: a JPEG with 24-bit colour, whatever its name says. There is no number to show. */
void
lk_measure_format (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  judge (measurement, findings->file->kind == LK_FILE_JPEG && findings->file->components == 3);
}

/* F2: at least the reference frame, and its ratio. Where only the ratio is wrong the limit shown is the width that
 * would be right for this height. */
void
lk_measure_size (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  int width = findings->file->width, height = findings->file->height;
  double frame_ratio = findings->spec->frame_width / (double) findings->spec->frame_height;
  gboolean has_ratio = fabs (width / (double) height - frame_ratio) <= lk_limits_get_param (limits, "ratio_tolerance", 0);
  gboolean is_large = width >= limits->low && height >= lk_limits_get_param (limits, "low_height", 0);

  measurement->value = width;
  judge (measurement, is_large && has_ratio);
  if (is_large && !has_ratio)
    measurement->low = measurement->high = round (height * frame_ratio);
}

/* F3: KB of 1024 bytes. */
void
lk_measure_bytes (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  measurement->value = findings->file->bytes / 1024.0;
}
