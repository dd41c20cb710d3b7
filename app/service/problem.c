/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/problem.h"

enum { STORAGE_RETRY_SECONDS = 2 };

typedef struct
{
  LkError code;
  guint status;
  const char *titles[2];        /* by LkLanguage; not of the message catalogue, which knows one language a process */
} Problem;

static const Problem problems[] = {
  { LK_ERROR_BAD_REQUEST, 400, { "请求格式不正确。", "The request is malformed." } },
  { LK_ERROR_BAD_REASONS, 422, { "所选原因与结论不符。", "The reasons do not fit the verdict." } },
  { LK_ERROR_BAD_NOTE, 422, { "备注不符合要求。", "The note cannot be taken." } },
  { LK_ERROR_SIGNED_OUT, 401, { "请先登录。", "Sign in first." } },
  { LK_ERROR_WRONG_PASSWORD, 401, { "用户名或密码不正确。", "User name or password is wrong." } },
  { LK_ERROR_TOO_MANY_TRIES, 429, { "尝试次数过多，请稍后再试。", "Too many tries. Wait a while." } },
  { LK_ERROR_FORBIDDEN, 403, { "当前账号无权进行此操作。", "This account may not do that." } },
  { LK_ERROR_NOT_FOUND, 404, { "没有找到所请求的内容。", "There is no such thing." } },
  { LK_ERROR_LEASE_LOST, 409, { "这份照片现由其他审核人员处理。", "Somebody else holds this submission now." } },
  { LK_ERROR_ALREADY_DECIDED, 409, { "其他审核人员已对这份照片作出结论。", "Somebody else has decided on this submission." } },
  { LK_ERROR_PHOTO_CHANGED, 409, { "学生已更换照片。", "The submission has another photo now." } },
  { LK_ERROR_TOO_LATE, 409, { "已超过可以撤销的时间。", "The time for undoing this decision is over." } },
  { LK_ERROR_KEY_REUSED, 422, { "该请求编号已用于其他内容。", "The key was used for something else." } },
  { LK_ERROR_KEY_IN_WORK, 409, { "同一请求正在处理，请稍候。", "The same request is being worked on. Wait a moment." } },
  { LK_ERROR_STATE, 409, { "当前状态下不能进行此操作。", "The submission's state does not allow that." } },
  { LK_ERROR_OFFLINE, 503, { "服务繁忙，请稍后重试。", "The service is busy. Try again." } },
  { LK_ERROR_STORE, 503, { "服务暂时无法保存数据，请稍后重试。", "The storage is busy. Try again." } },
  { LK_ERROR_DISK_FULL, 507, { "服务器存储空间已满，请联系服务人员。", "The service's disk is full." } },
  { LK_ERROR_NOT_PICTURE, 422, { "这个文件不是图片，请重新选择。", "This file is not a picture. Choose another one." } },
  { LK_ERROR_PICTURE_KIND, 422, { "不支持这种图片格式，请上传 JPEG、PNG 或 HEIC 图片。",
                                  "This kind of picture is not taken. Send a JPEG, PNG or HEIC picture." } },
  { LK_ERROR_PICTURE_CUT_OFF, 422, { "图片文件不完整或已损坏，请重新选择。", "The picture's file is damaged. Choose another one." } },
  { LK_ERROR_PICTURE_PIXELS, 422, { "图片的像素过多，请换一张。", "The picture has too many pixels. Choose another one." } },
  { LK_ERROR_PICTURE_BYTES, 413, { "图片文件过大，请换一张。", "The picture's file is too large. Choose another one." } },
  { LK_ERROR_CODE_UNREADABLE, 422, { "采集码无法识别。请长按采集码保存原图后上传，不要使用截图。",
                                     "The collection code cannot be read. Save the original picture by a long press and send that, "
                                     "not a screenshot." } },
  { LK_ERROR_CODE_REFUSED, 422, { "采集码无效或已过期，请重新下载本人的采集码。",
                                  "The collection code is not genuine or has run out. Download your own code again." } },
  { LK_ERROR_CODE_CONFLICT, 409, { "采集码与本人信息不符。请重新下载本人采集码并联系服务人员。",
                                   "The collection code is another student's. Download your own code again and ask the desk." } },
  { LK_ERROR_CODE_HELD, 409, { "该采集码已被其他学生使用，请联系服务人员。",
                               "The collection code was used by another student already. Ask the desk." } },
  { LK_ERROR_NOT_IN_ROSTER, 404, { "采集名单中没有该学生，请核对学号或联系服务人员。",
                                   "The student is not in the roster. Check the student number, or ask the desk." } },
  { LK_ERROR_CONSENT_NEEDED, 409, { "请先阅读并同意最新的个人信息处理说明。",
                                    "Read the newest notice on personal data and agree to it first." } },
  { LK_ERROR_NO_ROUND, 404, { "目前没有正在进行的采集。", "No collection is going on." } },
  { LK_ERROR_WINDOW_CLOSED, 403, { "当前不在采集时间内。", "The time for sending photos is over or has not begun." } },
  { LK_ERROR_NO_TRIES, 409, { "本轮检测次数已用完，请联系服务人员。", "All tries of this round are used. Ask the desk." } },
  { LK_ERROR_ATTACHMENTS_MISSING, 422, { "缺少必需的附件。", "Attachments that are needed are missing." } },
  { LK_ERROR_QUEUE_FULL, 503, { "等待检测的照片较多，请稍后重试。照片已保留，不占用次数。",
                                "Many photos wait for their checks. Try again later: your photo is kept, and no try is used." } },
};

static const Problem failed = { LK_ERROR_FAILED, 500, { "服务出现错误。", "The service has failed." } };

/* By status alone. */
static const Problem heads[] = {
  { LK_ERROR_BAD_REQUEST, 400, { "请求格式不正确。", "The request is malformed." } },
  { LK_ERROR_NOT_FOUND, 404, { "没有找到所请求的内容。", "There is no such thing." } },
  { LK_ERROR_BAD_REQUEST, 405, { "此处不支持这种请求方法。", "This method is not known here." } },
  { LK_ERROR_BAD_REQUEST, 411, { "请求须注明内容长度。", "The body's length must be given." } },
  { LK_ERROR_BAD_REQUEST, 413, { "请求内容过大。", "The request is too large." } },
  { LK_ERROR_BAD_REQUEST, 415, { "不接受这种类型的内容。", "This type of body is not taken." } },
  { LK_ERROR_BAD_REQUEST, 416, { "所请求的范围不存在。", "There is no such range." } },
  { LK_ERROR_BAD_REQUEST, 431, { "请求头过多或过大。", "The request has too many headers." } },
};

static const Problem *
find_problem (LkError code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    if (problems[i].code == code)
      return &problems[i];
  return &failed;
}

static void
add_members (cJSON *json, const Problem *problem, LkLanguage language, int retry_after)
{
  const char *word = lk_error_to_word (problem->code);
  guint status = problem->status;

  lk_json_add_string (json, "type", "about:blank");
  lk_json_add_string (json, "title", problem->titles[language]);
  lk_json_add_int (json, "status", status);
  lk_json_add_string (json, "code", word != NULL ? word : "failed");
  cJSON_AddBoolToObject (json, "retryable", status == 429 || status == 503 || status == 507 || problem->code == LK_ERROR_KEY_IN_WORK);
  if (retry_after > 0)
    lk_json_add_int (json, "retry_after", retry_after);
}

static void
move_members (cJSON *json, cJSON *more)
{
  while (more != NULL && more->child != NULL)
    {
      cJSON *item = cJSON_DetachItemViaPointer (more, more->child);
      g_autofree char *name = g_strdup (item->string);

      cJSON_AddItemToObject (json, name, item);
    }
  cJSON_Delete (more);
}

static LkResponse *
problem_new (LkRequest *request, const Problem *problem, int retry_after, cJSON *more)
{
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  LkLanguage language = lk_request_get_language (request);
  LkResponse *response;

  add_members (json, problem, language, retry_after);
  move_members (json, more);
  response = lk_response_new_text (problem->status, "application/problem+json", lk_json_print (json));
  lk_response_add_header (response, "Content-Language", language == LK_LANGUAGE_EN ? "en" : "zh-CN");
  if (retry_after > 0)
    {
      char seconds[16];
      g_snprintf (seconds, sizeof seconds, "%d", retry_after);
      lk_response_add_header (response, "Retry-After", seconds);
    }
  if (problem->status == 401)
    lk_response_add_header (response, "WWW-Authenticate", "Bearer");
  return response;
}

LkResponse *
lk_problem_new_with (LkRequest *request, LkError code, int retry_after, cJSON *more)
{
  const Problem *problem = find_problem (code);

  if (retry_after <= 0 && (problem->status == 503 || code == LK_ERROR_KEY_IN_WORK))
    retry_after = STORAGE_RETRY_SECONDS;
  return problem_new (request, problem, retry_after, more);
}

LkResponse *
lk_problem_new (LkRequest *request, LkError code)
{
  return lk_problem_new_with (request, code, 0, NULL);
}

LkResponse *
lk_problem_from_error (LkRequest *request, const GError *error)
{
  return lk_problem_new (request, error != NULL && error->domain == LK_ERROR ? (LkError) error->code : LK_ERROR_FAILED);
}

LkResponse *
lk_problem_new_status (LkRequest *request, guint status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    if (heads[i].status == status)
      return problem_new (request, &heads[i], 0, NULL);
  return problem_new (request, &failed, 0, NULL);
}

const char *
lk_problem_get_title (LkError code, LkLanguage language)
{
  return find_problem (code)->titles[language];
}
