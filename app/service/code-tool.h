/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/collection-code.h"
#include "service/settings.h"

G_BEGIN_DECLS

/* A college's official decoder: a program that gets the text of a code on standard input and answers with one JSON object on standard
 * output (docs/collection-code.md). It is started for each code, has no network unless likenessd.conf says so, and not more time than
 * service.json gives. Any thread. */
typedef struct _LkCodeTool LkCodeTool;

/* NULL when likenessd.conf names none. */
LkCodeTool *lk_code_tool_new  (LkSettings *settings, int time_limit_ms);
void        lk_code_tool_free (LkCodeTool *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkCodeTool, lk_code_tool_free)

/* Errors: LK_ERROR_CODE_TEXT, _CODE_KEY, _CODE_SIGNATURE, _CODE_EXPIRED as the program says, _CODE_TOOL when it does not answer as it should. */
LkCollectionCode *lk_code_tool_open (LkCodeTool *self, const char *text, GError **error);

G_END_DECLS
