/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The path of a file of data/: the own one, then LIKENESS_DATA_DIR, then the source tree of a build, then the installed folder.
 * NULL + LK_ERROR_NOT_FOUND. */
char *lk_data_find (const char *name, GError **error);

/* From now on this file stands for the one of that name, whenever it exists. Before other threads start. */
void  lk_data_set_own (const char *name, const char *path);

/* The message catalogue of a language ("zh_CN") in the build or the installation; NULL when there is none. */
char *lk_locale_find_catalogue (const char *language);

/* Sets the locale and binds the message catalogue of the build or of the installation; call first in main(). */
void lk_locale_init (void);

/* Another language for all texts from now on ("zh_CN", "en"), or that of the desktop again (NULL). FALSE when this
 * computer has no locale for it: then nothing has changed. For the main thread, while nobody else asks for texts. */
gboolean lk_locale_set_language (const char *language);

/* The folders where set-up puts what is not in the tree: LIKENESS_MODELS (else $XDG_CACHE_HOME/likeness/models). */
char *lk_models_dir (void);

G_END_DECLS
