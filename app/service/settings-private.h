/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/settings.h"

G_BEGIN_DECLS

/* One key as it is in force. */
typedef struct
{
  gboolean is_set;              /* in the file, and right */
  char *text;                   /* NULL: not set and without a default */
  char **list;                  /* LK_SETTING_LIST, _ADDRESSES */
  gint64 number;                /* _NUMBER, _SWITCH */
} LkSettingValue;

void lk_setting_value_clear (LkSettingValue *value);

/* Reads what somebody wrote for a key: folder is where relative paths start. FALSE: wrong, *sentence says how. */
gboolean lk_setting_value_read (const LkSettingInfo *info, const char *raw, const char *folder, LkSettingValue *value, char **sentence);

/* Calls back for each key in a text, in order; what is no key and no comment goes to problems. The text without the latter. */
typedef void (*LkSettingLineFunc) (guint line, const char *group, const char *key, gpointer data);
char *lk_settings_scan (const char *text, GPtrArray *problems, LkSettingLineFunc func, gpointer data);

/* Takes sentence. */
void lk_setting_problem_add (GPtrArray *problems, guint line, const char *group, const char *key, char *sentence);

G_END_DECLS
