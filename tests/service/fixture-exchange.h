/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fixture.h"

G_BEGIN_DECLS

/* Writes an exchange as a line of JSON into PROGRAM.jsonl in the folder LIKENESS_EXCHANGES, if there is one; some of each kind. What was
 * answered in the tests is so checked against docs/openapi.json after them (test-openapi.py). Any thread. */
void lk_test_keep_exchange (const char *method, const char *path, const LkTestAnswer *answer);

G_END_DECLS
