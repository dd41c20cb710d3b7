/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/config.h"

G_BEGIN_DECLS

/* likenessd.conf: what a college sets for its campus, one GKeyFile with comments. Each key is one row of the table in
 * settings-table.c; a new key is a new row there and a paragraph in data/likenessd.conf.example, and is then read with
 * lk_settings_text() and its like. */

#define LK_SETTINGS_NAME "likenessd.conf"

typedef enum
{
  LK_SETTING_TEXT,
  LK_SETTING_NUMBER,            /* whole, from low to high */
  LK_SETTING_SWITCH,            /* true or false */
  LK_SETTING_CHOICE,            /* one of the words of choices */
  LK_SETTING_LIST,              /* texts with ; between */
  LK_SETTING_FILE,              /* a file that can be read; a relative path is beside likenessd.conf */
  LK_SETTING_PROGRAM,           /* a file that can be run, by its whole path */
  LK_SETTING_ADDRESS,           /* a network address, IPv4 or IPv6 */
  LK_SETTING_ADDRESSES,         /* some of them */
  LK_SETTING_URL,               /* https:, or http: on this machine */
} LkSettingType;

typedef struct
{
  const char *group, *key;
  LkSettingType type;
  const char *fallback;         /* as one would write it; NULL: not set, or, for a limit, as in service.json */
  const char *help;             /* translatable */
  gint64 low, high;
  const char *choices;          /* words with a blank between */
  const char *with;             /* a key of the same group that must be set when this one is; NULL */
  gboolean secret;              /* never shown */
  gsize limit;                  /* offset of an int in LkServiceConfig, when is_limit */
  gboolean is_limit;
} LkSettingInfo;

/* Ends with a row without a group. */
extern const LkSettingInfo lk_setting_table[];

/* Something wrong in the file. */
typedef struct
{
  guint line;                   /* from 1; 0: about the whole file */
  char *group, *key;            /* may be NULL */
  char *sentence;               /* translated */
} LkSettingProblem;

/* All accessors take NULL for "everything as shipped". Asking for what is not in the table is a programming error. */
typedef struct _LkSettings LkSettings;

/* Reads a file; what is wrong in it is appended to problems (of LkSettingProblem), and its own default stands for a wrong value.
 * A file that is not there is an empty one. */
LkSettings *lk_settings_load   (const char *path, GPtrArray *problems);
void        lk_settings_free   (LkSettings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkSettings, lk_settings_free)

GPtrArray  *lk_setting_problems_new (void);

/* One translated line: "FILE, line 12, port in [server]: “80800” is not a whole number from 0 to 65535." */
char       *lk_setting_problem_text (const LkSettingProblem *problem, const char *path);

/* Text, choice, file (whole path), program, address or URL; NULL when not set. */
const char        *lk_settings_text    (LkSettings *self, const char *group, const char *key);
gint64             lk_settings_number  (LkSettings *self, const char *group, const char *key);
gboolean           lk_settings_switch  (LkSettings *self, const char *group, const char *key);
const char *const *lk_settings_list    (LkSettings *self, const char *group, const char *key);     /* never NULL */
gboolean           lk_settings_is_set  (LkSettings *self, const char *group, const char *key);     /* in the file */

/* Puts the limits that are set in place of those of service.json. */
void               lk_settings_apply   (LkSettings *self, LkServiceConfig *config);

/* Every key with what is in force and where it comes from, as a file could have it. */
char              *lk_settings_print   (LkSettings *self, const LkServiceConfig *config);

G_END_DECLS
