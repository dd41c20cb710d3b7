/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core/spec-private.h"

/* What a spec says about making things from a photo: the blue background, the crop, the finished file. A spec without
 * a part cannot make it; a part that is there must be whole. */

typedef struct
{
  const char *name;
  gsize offset;
  double low, high;
} NumberField;

static const NumberField attempt_fields[] = {
  { "radius", G_STRUCT_OFFSET (LkBlueAttempt, radius), 0, 0.1 },
  { "smoothness", G_STRUCT_OFFSET (LkBlueAttempt, smoothness), 1e-9, 1 },
  { "busy_smoothness", G_STRUCT_OFFSET (LkBlueAttempt, busy_smoothness), 1e-9, 1 },
  { "cover_low", G_STRUCT_OFFSET (LkBlueAttempt, cover_low), 0, 1 },
  { "cover_high", G_STRUCT_OFFSET (LkBlueAttempt, cover_high), 0, 1 },
  { "plain_noise", G_STRUCT_OFFSET (LkBlueAttempt, plain_noise), 0, 255 },
  { "hair_difference", G_STRUCT_OFFSET (LkBlueAttempt, hair_difference), 1, 500 },
  { "background_difference", G_STRUCT_OFFSET (LkBlueAttempt, background_difference), 1, 500 },
};

static gboolean
read_attempt (LkBlueAttempt *attempt, const cJSON *json, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (attempt_fields); i++)
    {
      const NumberField *field = &attempt_fields[i];
      double value = lk_json_number (json, field->name, NAN);

      if (!(value >= field->low && value <= field->high))
        {
          lk_json_blame (json, field->name);
          return lk_spec_refuse (error, "blue_attempts", "\"%s\" must be a number from %g to %g", field->name, field->low,
                                 field->high);
        }
      G_STRUCT_MEMBER (double, attempt, field->offset) = value;
    }
  if (attempt->cover_low >= attempt->cover_high)
    {
      lk_json_blame (json, "cover_low");
      return lk_spec_refuse (error, "blue_attempts", "\"cover_low\" must be below \"cover_high\"");
    }
  return TRUE;
}

static gboolean
read_attempts (LkSpec *self, const cJSON *root, GError **error)
{
  const cJSON *attempts = cJSON_GetObjectItemCaseSensitive (root, "blue_attempts"), *item;

  if (attempts == NULL)
    return TRUE;
  if (!cJSON_IsArray (attempts) || cJSON_GetArraySize (attempts) < 1)
    {
      lk_json_blame (attempts, NULL);
      return lk_spec_refuse (error, "blue_attempts", "must be a list of at least one");
    }
  self->blue_attempts = g_new0 (LkBlueAttempt, cJSON_GetArraySize (attempts));
  cJSON_ArrayForEach (item, attempts)
    if (!read_attempt (&self->blue_attempts[self->n_blue_attempts++], item, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_crop (LkSpec *self, const cJSON *root, GError **error)
{
  const cJSON *crop = cJSON_GetObjectItemCaseSensitive (root, "crop");
  const cJSON *level = cJSON_GetObjectItemCaseSensitive (crop, "level");

  if (crop == NULL)
    return TRUE;
  if (level != NULL && !cJSON_IsBool (level))
    {
      lk_json_blame (crop, "level");
      return lk_spec_refuse (error, "crop", "\"level\" must be true or false");
    }
  self->crop.level = cJSON_IsTrue (level);
  self->crop.margin = lk_json_number (crop, "margin", NAN);
  if (!(self->crop.margin >= 0 && self->crop.margin <= self->frame_width / 8.0))
    {
      lk_json_blame (crop, "margin");
      return lk_spec_refuse (error, "crop", "\"margin\" must be a number from 0 to %g", self->frame_width / 8.0);
    }
  return TRUE;
}

static gboolean
read_sizes (LkSpec *self, const cJSON *finish, GError **error)
{
  const cJSON *size;

  cJSON_ArrayForEach (size, lk_json_array (finish, "sizes"))
    {
      const cJSON *width = cJSON_GetArrayItem (size, 0), *height = cJSON_GetArrayItem (size, 1);

      if (self->finish.n_sizes == LK_FINISH_SIZES_MAX)
        {
          lk_json_blame (size, NULL);
          return lk_spec_refuse (error, "finish", "has more than %d sizes", LK_FINISH_SIZES_MAX);
        }
      if (cJSON_GetArraySize (size) != 2 || !cJSON_IsNumber (width) || !cJSON_IsNumber (height)
          || width->valueint < self->frame_width || width->valueint > 10000
          || (gint64) width->valueint * self->frame_height != (gint64) height->valueint * self->frame_width)
        {
          lk_json_blame (size, NULL);
          return lk_spec_refuse (error, "finish", "a size must be [width, height], not below the frame and of its ratio");
        }
      self->finish.sizes[self->finish.n_sizes][0] = width->valueint;
      self->finish.sizes[self->finish.n_sizes++][1] = height->valueint;
    }
  if (self->finish.n_sizes == 0)
    {
      lk_json_blame (finish, "sizes");
      return lk_spec_refuse (error, "finish", "\"sizes\" must be a list of at least one");
    }
  return TRUE;
}

static gboolean
read_finish (LkSpec *self, const cJSON *root, GError **error)
{
  const cJSON *finish = cJSON_GetObjectItemCaseSensitive (root, "finish");
  LkFinishRules *rules = &self->finish;

  if (finish == NULL)
    return TRUE;
  rules->dpi = (int) lk_json_int (finish, "dpi", 0);
  rules->low_quality = (int) lk_json_int (finish, "low_quality", 0);
  rules->high_quality = (int) lk_json_int (finish, "high_quality", 0);
  rules->full_colour_quality = (int) lk_json_int (finish, "full_colour_quality", 0);
  rules->low_bytes = (int) lk_json_int (finish, "low_bytes", 0);
  rules->high_bytes = (int) lk_json_int (finish, "high_bytes", 0);
  if (rules->dpi < 1 || rules->dpi > 65535)
    {
      lk_json_blame (finish, "dpi");
      return lk_spec_refuse (error, "finish", "\"dpi\" must be a whole number from 1 to 65535");
    }
  if (rules->low_quality < 1 || rules->high_quality > 100 || rules->low_quality > rules->high_quality
      || rules->full_colour_quality < 1)
    {
      lk_json_blame (finish, "low_quality");
      return lk_spec_refuse (error, "finish", "the qualities must be from 1 to 100 and in order");
    }
  if (rules->low_bytes < 1 || rules->low_bytes > rules->high_bytes)
    {
      lk_json_blame (finish, "low_bytes");
      return lk_spec_refuse (error, "finish", "\"low_bytes\" and \"high_bytes\" must be whole numbers and in order");
    }
  return read_sizes (self, finish, error);
}

gboolean
lk_spec_read_making (LkSpec *self, const cJSON *root, GError **error)
{
  return read_attempts (self, root, error) && read_crop (self, root, error) && read_finish (self, root, error);
}
