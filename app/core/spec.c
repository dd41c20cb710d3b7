/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core/data.h"
#include "core/error.h"
#include "core/json.h"
#include "core/spec-private.h"

static void
limits_free (gpointer data)
{
  LkLimits *self = data;

  g_free (self->reason);
  g_hash_table_unref (self->params);
  g_free (self);
}

static double *
copy_number (double value)
{
  double *copy = g_new (double, 1);

  *copy = value;
  return copy;
}

gboolean
lk_spec_refuse (GError **error, const char *where, const char *format, ...)
{
  va_list args;
  g_autofree char *reason = NULL;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "%s: %s", where, reason);
  return FALSE;
}

static gboolean
read_words (LkLimits *limits, const char *id, const cJSON *json, GError **error)
{
  const char *kind = lk_json_string (json, "kind");
  const char *certainty = lk_json_string (json, "certainty");

  if (g_strcmp0 (kind, "hard") != 0 && g_strcmp0 (kind, "soft") != 0)
    {
      lk_json_blame (json, "kind");
      return lk_spec_refuse (error, id, "\"kind\" must be \"hard\" or \"soft\"");
    }
  if (g_strcmp0 (certainty, "reliable") != 0 && g_strcmp0 (certainty, "hint") != 0)
    {
      lk_json_blame (json, "certainty");
      return lk_spec_refuse (error, id, "\"certainty\" must be \"reliable\" or \"hint\"");
    }
  limits->kind = g_str_equal (kind, "hard") ? LK_CHECK_HARD : LK_CHECK_SOFT;
  limits->certainty = g_str_equal (certainty, "hint") ? LK_CERTAINTY_HINT : LK_CERTAINTY_RELIABLE;
  return TRUE;
}

/* A limit must be a number where it is there at all: a quoted one would silently switch the check off. */
static gboolean
read_number (const cJSON *json, const char *id, const char *name, double *value, GError **error)
{
  const cJSON *item = cJSON_GetObjectItemCaseSensitive (json, name);

  *value = NAN;
  if (item == NULL)
    return TRUE;
  if (!cJSON_IsNumber (item))
    {
      lk_json_blame (json, name);
      return lk_spec_refuse (error, id, "\"%s\" must be a number", name);
    }
  *value = item->valuedouble;
  return TRUE;
}

static gboolean
read_params (LkLimits *limits, const char *id, const cJSON *json, GError **error)
{
  const cJSON *item;

  cJSON_ArrayForEach (item, lk_json_object (json, "params"))
    {
      if (!cJSON_IsNumber (item))
        {
          lk_json_blame (item, NULL);
          return lk_spec_refuse (error, id, "parameter \"%s\" must be a number", item->string);
        }
      g_hash_table_insert (limits->params, g_strdup (item->string), copy_number (item->valuedouble));
    }
  return TRUE;
}

static gboolean
read_limits (LkSpec *self, const cJSON *json, GError **error)
{
  const char *id = json->string;
  LkLimits *limits;

  if (lk_check_info_find (id) == NULL)
    {
      lk_json_blame (json, NULL);
      return lk_spec_refuse (error, id, "there is no check with this id");
    }
  limits = g_new0 (LkLimits, 1);
  limits->params = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  limits->version = (int) lk_json_int (json, "version", 1);
  limits->reason = g_strdup (lk_json_string (json, "reason"));
  g_hash_table_insert (self->checks, g_strdup (id), limits);

  if (!read_words (limits, id, json, error) ||
      !read_number (json, id, "low", &limits->low, error) ||
      !read_number (json, id, "high", &limits->high, error) ||
      !read_number (json, id, "hard_low", &limits->hard_low, error) ||
      !read_number (json, id, "hard_high", &limits->hard_high, error) ||
      !read_params (limits, id, json, error))
    return FALSE;
  if (limits->low > limits->high)
    {
      lk_json_blame (json, "low");
      return lk_spec_refuse (error, id, "\"low\" is above \"high\"");
    }
  return lk_score_scale_read (&limits->score, json, limits->low, limits->high, error);
}

static gboolean
read_blue (LkSpec *self, const cJSON *root, GError **error)
{
  const cJSON *blue = lk_json_array (root, "blue");

  if (cJSON_GetArraySize (blue) != 3)
    {
      lk_json_blame (root, "blue");
      return lk_spec_refuse (error, "blue", "must be three numbers, red, green, blue");
    }
  for (int i = 0; i < 3; i++)
    {
      const cJSON *channel = cJSON_GetArrayItem (blue, i);

      if (!cJSON_IsNumber (channel) || channel->valuedouble < 0 || channel->valuedouble > 255)
        {
          lk_json_blame (channel, NULL);
          return lk_spec_refuse (error, "blue", "each number must be 0 to 255");
        }
      self->blue[i] = (guint8) channel->valuedouble;
    }
  return TRUE;
}

static gboolean
read_frame (LkSpec *self, const cJSON *root, GError **error)
{
  const cJSON *frame = lk_json_object (root, "frame");
  const cJSON *targets = lk_json_object (root, "targets");

  self->version = (int) lk_json_int (root, "version", 0);
  self->frame_width = (int) lk_json_int (frame, "width", 0);
  self->frame_height = (int) lk_json_int (frame, "height", 0);
  self->target_hair_top = lk_json_number (targets, "hair_top", NAN);
  self->target_eye_line = lk_json_number (targets, "eye_line", NAN);
  self->target_face_width = lk_json_number (targets, "face_width", NAN);
  self->max_bytes = (gsize) MAX (0, lk_json_int (root, "max_bytes", 0));
  self->max_pixels = (guint64) MAX (0, lk_json_int (root, "max_pixels", 0));

  if (self->version < 1)
    {
      lk_json_blame (root, "version");
      return lk_spec_refuse (error, "version", "must be a whole number from 1");
    }
  if (self->frame_width < 1 || self->frame_height < 1)
    {
      lk_json_blame (root, "frame");
      return lk_spec_refuse (error, "frame", "\"width\" and \"height\" must be whole numbers of pixels");
    }
  if (isnan (self->target_hair_top) || isnan (self->target_eye_line) || isnan (self->target_face_width))
    {
      lk_json_blame (root, "targets");
      return lk_spec_refuse (error, "targets", "\"hair_top\", \"eye_line\" and \"face_width\" are needed");
    }
  if (self->max_bytes == 0 || self->max_pixels == 0)
    {
      lk_json_blame (root, "max_bytes");
      return lk_spec_refuse (error, "max_bytes", "\"max_bytes\" and \"max_pixels\" must be whole numbers");
    }
  return TRUE;
}

static LkSpec *
from_json (const cJSON *root, GError **error)
{
  g_autoptr (LkSpec) self = g_new0 (LkSpec, 1);
  const cJSON *checks = lk_json_object (root, "checks");
  const cJSON *item;

  self->checks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, limits_free);
  if (!read_frame (self, root, error) || !read_blue (self, root, error))
    return NULL;
  if (checks == NULL)
    {
      lk_json_blame (root, NULL);
      lk_spec_refuse (error, "checks", "is missing");
      return NULL;
    }
  cJSON_ArrayForEach (item, checks)
    if (!read_limits (self, item, error))
      return NULL;
  if (!lk_spec_read_making (self, root, error))
    return NULL;
  return g_steal_pointer (&self);
}

LkSpec *
lk_spec_parse (const char *json, gssize length, GError **error)
{
  g_autoptr (cJSON) root = lk_json_parse (json, length, LK_ERROR_BAD_SPEC, error);

  return root != NULL ? from_json (root, error) : NULL;
}

static gpointer
read_root (const cJSON *root, GError **error)
{
  return from_json (root, error);
}

LkSpec *
lk_spec_load (const char *path, GError **error)
{
  return lk_json_read_file (path, read_root, LK_ERROR_BAD_SPEC, error);
}

LkSpec *
lk_spec_load_default (GError **error)
{
  g_autofree char *path = lk_data_find ("photo-spec.json", error);

  return path != NULL ? lk_spec_load (path, error) : NULL;
}

void
lk_spec_free (LkSpec *self)
{
  g_hash_table_unref (self->checks);
  g_free (self->blue_attempts);
  g_free (self);
}

const LkLimits *
lk_spec_get_limits (const LkSpec *self, const char *id)
{
  return g_hash_table_lookup (self->checks, id);
}

double
lk_limits_get_param (const LkLimits *self, const char *name, double fallback)
{
  const double *value = g_hash_table_lookup (self->params, name);

  return value != NULL ? *value : fallback;
}

LkOutcome
lk_limits_judge (const LkLimits *self, double value)
{
  if (isnan (value))
    return LK_OUTCOME_NOT_RUN;
  /* a comparison with NAN is false: a limit that is not there never fails */
  if (!(value < self->low) && !(value > self->high))
    return LK_OUTCOME_PASS;
  if (self->kind == LK_CHECK_HARD || value < self->hard_low || value > self->hard_high)
    return LK_OUTCOME_FAIL;
  return LK_OUTCOME_WARN;
}
