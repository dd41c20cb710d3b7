/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tools/check/study.h"

G_BEGIN_DECLS

/* The study as one HTML page that needs nothing else: plots are SVG inside it. Holds no file name. Newly allocated. */
char *lk_study_to_html (const LkStudy *self);

G_END_DECLS
