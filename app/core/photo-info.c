/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/photo-info.h"

#include <math.h>

#include "core/error.h"
#include "core/json.h"

LkPhotoInfo *
lk_photo_info_new (const char *sha256, int width, int height, const LkEyes *eyes)
{
  LkPhotoInfo *self = g_new0 (LkPhotoInfo, 1);

  self->sha256 = g_strdup (sha256);
  self->width = width;
  self->height = height;
  if (eyes != NULL)
    self->eyes = *eyes;
  return self;
}

LkPhotoInfo *
lk_photo_info_copy (const LkPhotoInfo *self)
{
  return self != NULL ? lk_photo_info_new (self->sha256, self->width, self->height, &self->eyes) : NULL;
}

void
lk_photo_info_free (LkPhotoInfo *self)
{
  if (self == NULL)
    return;
  g_free (self->sha256);
  g_free (self);
}

const char *
lk_photo_kind_to_word (LkPhotoKind kind)
{
  static const char *const words[] = {
    [LK_PHOTO_ID_CARD] = "id_card",
    [LK_PHOTO_DIPLOMA] = "diploma",
    [LK_PHOTO_ORIGINAL] = "original",
    [LK_PHOTO_BLUE] = "blue",
  };

  return words[kind];
}

char *
lk_eyes_to_text (const LkEyes *eyes)
{
  char numbers[4][G_ASCII_DTOSTR_BUF_SIZE];
  const double values[] = { eyes->left_x, eyes->left_y, eyes->right_x, eyes->right_y };

  if (!eyes->known)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    g_ascii_formatd (numbers[i], sizeof numbers[i], "%.5f", values[i]);
  return g_strdup_printf ("[%s,%s,%s,%s]", numbers[0], numbers[1], numbers[2], numbers[3]);
}

/* Two places inside the photo that are not one: anything else would lay the photo nowhere. */
static gboolean
is_sound (const double values[4])
{
  for (int i = 0; i < 4; i++)
    if (!(values[i] >= 0 && values[i] <= 1))
      return FALSE;
  return values[0] != values[2] || values[1] != values[3];
}

LkEyes
lk_eyes_from_text (const char *text)
{
  g_autoptr (cJSON) json = text != NULL ? lk_json_parse (text, -1, LK_ERROR_BAD_REQUEST, NULL) : NULL;
  double values[4];

  if (!cJSON_IsArray (json) || cJSON_GetArraySize (json) != 4)
    return (LkEyes) { FALSE, 0, 0, 0, 0 };
  for (int i = 0; i < 4; i++)
    {
      const cJSON *item = cJSON_GetArrayItem (json, i);

      values[i] = cJSON_IsNumber (item) ? item->valuedouble : NAN;
    }
  if (!is_sound (values))
    return (LkEyes) { FALSE, 0, 0, 0, 0 };
  return (LkEyes) { TRUE, values[0], values[1], values[2], values[3] };
}

void
lk_align_point (const LkAlign *self, double x, double y, double *to_x, double *to_y)
{
  double cosine = cos (self->angle) * self->scale, sine = sin (self->angle) * self->scale;

  *to_x = cosine * x - sine * y + self->x;
  *to_y = sine * x + cosine * y + self->y;
}

gboolean
lk_align_eyes (const LkPhotoInfo *photo, const LkPhotoInfo *onto, LkAlign *align)
{
  double x = (photo->eyes.right_x - photo->eyes.left_x) * photo->width;
  double y = (photo->eyes.right_y - photo->eyes.left_y) * photo->height;
  double onto_x = (onto->eyes.right_x - onto->eyes.left_x) * onto->width;
  double onto_y = (onto->eyes.right_y - onto->eyes.left_y) * onto->height;
  double to_x, to_y;

  if (!photo->eyes.known || !onto->eyes.known)
    return FALSE;
  *align = (LkAlign) { hypot (onto_x, onto_y) / hypot (x, y), atan2 (onto_y, onto_x) - atan2 (y, x), 0, 0 };
  lk_align_point (align, photo->eyes.left_x * photo->width, photo->eyes.left_y * photo->height, &to_x, &to_y);
  align->x = onto->eyes.left_x * onto->width - to_x;
  align->y = onto->eyes.left_y * onto->height - to_y;
  return TRUE;
}

LkAlign
lk_align_frames (const LkPhotoInfo *photo, const LkPhotoInfo *onto)
{
  double scale = MIN ((double) onto->width / photo->width, (double) onto->height / photo->height);

  return (LkAlign) { scale, 0, (onto->width - photo->width * scale) / 2, (onto->height - photo->height * scale) / 2 };
}
