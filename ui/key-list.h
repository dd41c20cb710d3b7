/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LkKeyList:
 *
 * Every action of the review page with its key: press the row, then the new key. A key that another action has is
 * refused, and the sentence names that action.
 */
#define LK_TYPE_KEY_LIST (lk_key_list_get_type ())
G_DECLARE_FINAL_TYPE (LkKeyList, lk_key_list, LK, KEY_LIST, AdwPreferencesGroup)

G_END_DECLS
