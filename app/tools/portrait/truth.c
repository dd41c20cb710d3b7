/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/portrait/render.h"

static const char *const backgrounds[LK_N_BACKGROUND] = {
  [LK_BACKGROUND_BLUE] = "blue",     [LK_BACKGROUND_WHITE] = "white",         [LK_BACKGROUND_GREY] = "grey",
  [LK_BACKGROUND_GRADIENT] = "gradient", [LK_BACKGROUND_BUSY] = "busy",       [LK_BACKGROUND_PARTLY] = "partly",
  [LK_BACKGROUND_ALL_BLUE] = "all_blue",
};

static void
add_number (GString *json, const char *name, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (json, "  \"%s\": %s,\n", name, g_ascii_formatd (text, sizeof text, "%.3f", value));
}

static void
add_faults (GString *json, const char *faults)
{
  g_auto (GStrv) ids = g_strsplit (faults, ",", -1);

  g_string_append (json, "  \"faults\": [");
  for (int i = 0; ids[i] != NULL && ids[i][0] != '\0'; i++)
    g_string_append_printf (json, "%s\"%s\"", i > 0 ? ", " : "", ids[i]);
  g_string_append (json, "],\n");
}

char *
lk_truth_to_json (const LkTruth *truth, const LkPortraitParams *params)
{
  GString *json = g_string_new ("{\n");
  g_autofree char *drawn = lk_portrait_params_to_json (params);

  g_string_append_printf (json, "  \"width\": %d,\n  \"height\": %d,\n  \"faces\": %d,\n", truth->width, truth->height, truth->faces);
  g_string_append_printf (json, "  \"identity\": %" G_GUINT64_FORMAT ",\n  \"background\": \"%s\",\n", params->face.seed, backgrounds[params->background]);
  add_faults (json, params->faults);
  add_number (json, "eye_line", truth->eye_line);
  add_number (json, "left_eye_x", truth->left_eye_x);
  add_number (json, "left_eye_y", truth->left_eye_y);
  add_number (json, "right_eye_x", truth->right_eye_x);
  add_number (json, "right_eye_y", truth->right_eye_y);
  add_number (json, "hair_top", truth->hair_top);
  add_number (json, "face_left", truth->face_left);
  add_number (json, "face_right", truth->face_right);
  add_number (json, "face_width", truth->face_width);
  add_number (json, "face_centre_x", truth->face_centre_x);
  add_number (json, "chin_y", truth->chin_y);
  add_number (json, "roll", truth->roll);
  add_number (json, "yaw", truth->yaw);
  add_number (json, "pitch", truth->pitch);
  add_number (json, "eyes_open", truth->eyes_open);
  add_number (json, "mouth_open", truth->mouth_open);
  add_number (json, "person_share", truth->person_share);
  g_string_append_printf (json, "  \"drawn\": %s\n}\n", drawn);
  return g_string_free (json, FALSE);
}
