/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/student-service.h"

#include "core/data.h"
#include "core/error.h"
#include "core/json.h"
#include "service/student-feed.h"

/* -- the notice -- */

static void
notice_clear (LkNotice *self)
{
  g_free (self->version);
  g_strfreev (self->zh);
  g_strfreev (self->en);
  g_free (self->face_zh);
  g_free (self->face_en);
}

static gpointer
read_notice (const cJSON *root, GError **error)
{
  static const char *const names[] = { "version", "zh", "en", "face_zh", "face_en" };
  LkNotice *notice = g_new0 (LkNotice, 1);
  gboolean is_whole;

  *notice = (LkNotice) {
    g_strdup (lk_json_string (root, "version")), lk_json_strv (root, "zh"), lk_json_strv (root, "en"),
    g_strdup (lk_json_string (root, "face_zh")), g_strdup (lk_json_string (root, "face_en")),
  };
  is_whole = notice->version != NULL && notice->zh != NULL && notice->en != NULL && notice->face_zh != NULL && notice->face_en != NULL;
  if (is_whole)
    return notice;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (!cJSON_HasObjectItem (root, names[i]))
      lk_json_blame (root, names[i]);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_SPEC, "version, zh, en, face_zh and face_en are needed");
  notice_clear (notice);
  g_free (notice);
  return NULL;
}

static gboolean
load_notice (LkNotice *notice, GError **error)
{
  g_autofree char *path = lk_data_find ("notice.json", error);
  g_autofree LkNotice *found = path != NULL ? lk_json_read_file (path, read_notice, LK_ERROR_BAD_SPEC, error) : NULL;

  if (found != NULL)
    *notice = *found;
  return found != NULL;
}

/* -- all of it -- */

LkStudentService *
lk_student_service_new (LkService *service, GError **error)
{
  const LkServiceConfig *config = &service->config;
  g_autoptr (LkStudentService) self = g_new0 (LkStudentService, 1);

  if (!load_notice (&self->notice, error))
    return NULL;
  self->codes = lk_codes_new (service->folder, config, service->settings, error);
  if (self->codes == NULL)
    return NULL;
  self->auth = lk_student_auth_new (service->db);
  self->uploads = lk_sign_in_limit_new (config->student_uploads, config->student_upload_seconds);
  self->code_tries = lk_sign_in_limit_new (config->code_tries, config->code_seconds);
  self->code_tries_per_address = lk_sign_in_limit_new (config->code_tries_per_address, config->code_seconds);
  self->feed = lk_student_feed_new (service);
  self->work = lk_student_work_new (service, lk_student_feed_notify, self->feed, error);
  return self->work != NULL ? g_steal_pointer (&self) : NULL;
}

void
lk_student_service_stop (LkStudentService *self)
{
  if (self->feed != NULL)
    lk_student_feed_stop (self->feed);
  if (self->work != NULL)
    lk_student_work_stop (self->work);
}

void
lk_student_service_free (LkStudentService *self)
{
  lk_student_service_stop (self);
  g_clear_pointer (&self->work, lk_student_work_free);
  g_clear_pointer (&self->feed, lk_student_feed_free);
  g_clear_pointer (&self->auth, lk_student_auth_free);
  g_clear_pointer (&self->codes, lk_codes_free);
  g_clear_pointer (&self->uploads, lk_sign_in_limit_free);
  g_clear_pointer (&self->code_tries, lk_sign_in_limit_free);
  g_clear_pointer (&self->code_tries_per_address, lk_sign_in_limit_free);
  notice_clear (&self->notice);
  g_free (self);
}
