/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/data.h"
#include "core/error.h"
#include "core/json.h"
#include "core/note.h"
#include "core/reason.h"

struct _LkReasonCatalogue
{
  gatomicrefcount ref_count;
  GPtrArray *reasons;           /* of LkReason, in the order of the file */
};

static void
reason_free (gpointer data)
{
  LkReason *self = data;

  g_free (self->code);
  g_free (self->text_zh);
  g_free (self->text_en);
  g_free (self->advice_zh);
  g_free (self->advice_en);
  g_strfreev (self->checks);
  g_free (self->look_zh);
  g_free (self->look_en);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkReason, reason_free)

static gboolean
is_code (const char *text)
{
  return text != NULL && strlen (text) == 4 && text[0] == 'R' && strspn (text + 1, "0123456789") == 3;
}

static gboolean
read_text (const cJSON *json, const char *code, const char *name, char **text, GError **error)
{
  *text = g_strdup (lk_json_string (json, name));
  if (*text != NULL && **text != '\0')
    return TRUE;
  lk_json_blame (json, name);
  g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "%s: \"%s\" is missing", code, name);
  return FALSE;
}

static gboolean
read_checks (const cJSON *json, LkReason *reason, GError **error)
{
  reason->checks = lk_json_strv (json, "checks");
  for (gsize i = 0; reason->checks != NULL && reason->checks[i] != NULL; i++)
    if (lk_check_info_find (reason->checks[i]) == NULL)
      {
        lk_json_blame (json, "checks");
        g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "%s: there is no check \"%s\"", reason->code, reason->checks[i]);
        return FALSE;
      }
  if (reason->checks != NULL)
    return TRUE;
  lk_json_blame (json, "checks");
  g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "%s: \"checks\" must be a list of check ids", reason->code);
  return FALSE;
}

/* What a check suggests is not left to the eye alone, and what is on the list needs a word in both languages. */
static gboolean
read_look (const cJSON *json, LkReason *reason, GError **error)
{
  if (cJSON_GetObjectItemCaseSensitive (json, "look_zh") == NULL && cJSON_GetObjectItemCaseSensitive (json, "look_en") == NULL)
    return TRUE;
  if (!read_text (json, reason->code, "look_zh", &reason->look_zh, error) ||
      !read_text (json, reason->code, "look_en", &reason->look_en, error))
    return FALSE;
  if (reason->checks[0] == NULL)
    return TRUE;
  lk_json_blame (json, "look_zh");
  g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "%s: \"look_zh\" is for reasons without \"checks\"", reason->code);
  return FALSE;
}

static LkReason *
read_reason (const cJSON *json, GError **error)
{
  g_autoptr (LkReason) reason = g_new0 (LkReason, 1);
  const char *code = lk_json_string (json, "code");

  if (!is_code (code))
    {
      lk_json_blame (json, "code");
      g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "\"%s\" is not a reason code", code != NULL ? code : "");
      return NULL;
    }
  reason->code = g_strdup (code);
  if (!read_text (json, code, "text_zh", &reason->text_zh, error) ||
      !read_text (json, code, "text_en", &reason->text_en, error) ||
      !read_text (json, code, "advice_zh", &reason->advice_zh, error) ||
      !read_text (json, code, "advice_en", &reason->advice_en, error) || !read_checks (json, reason, error) ||
      !read_look (json, reason, error))
    return NULL;
  if (!lk_verdict_from_word (lk_json_string (json, "verdict"), &reason->verdict) ||
      reason->verdict == LK_VERDICT_APPROVE)
    {
      lk_json_blame (json, "verdict");
      g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "%s: \"verdict\" must be return, reshoot or hold", code);
      return NULL;
    }
  reason->redo = lk_json_boolean (json, "redo", FALSE);
  reason->needs_note = lk_json_boolean (json, "needs_note", FALSE);
  reason->private_to_staff = lk_json_boolean (json, "private", FALSE);
  reason->retired = lk_json_boolean (json, "retired", FALSE);
  return g_steal_pointer (&reason);
}

static gboolean
read_reasons (LkReasonCatalogue *self, const cJSON *json, GError **error)
{
  const cJSON *item;

  cJSON_ArrayForEach (item, lk_json_array (json, "reasons"))
    {
      g_autoptr (LkReason) reason = read_reason (item, error);

      if (reason == NULL)
        return FALSE;
      if (lk_reason_catalogue_find (self, reason->code) != NULL)
        {
          lk_json_blame (item, "code");
          g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "%s stands there twice", reason->code);
          return FALSE;
        }
      g_ptr_array_add (self->reasons, g_steal_pointer (&reason));
    }
  if (self->reasons->len > 0)
    return TRUE;
  lk_json_blame (json, "reasons");
  g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_SPEC, "\"reasons\" is missing or empty");
  return FALSE;
}

static LkReasonCatalogue *
from_json (const cJSON *json, GError **error)
{
  g_autoptr (LkReasonCatalogue) self = g_new0 (LkReasonCatalogue, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->reasons = g_ptr_array_new_with_free_func (reason_free);
  return read_reasons (self, json, error) ? g_steal_pointer (&self) : NULL;
}

LkReasonCatalogue *
lk_reason_catalogue_parse (const char *json, gssize length, GError **error)
{
  g_autoptr (cJSON) root = lk_json_parse (json, length, LK_ERROR_BAD_SPEC, error);

  return root != NULL ? from_json (root, error) : NULL;
}

static gpointer
read_root (const cJSON *root, GError **error)
{
  return from_json (root, error);
}

LkReasonCatalogue *
lk_reason_catalogue_load (const char *path, GError **error)
{
  return lk_json_read_file (path, read_root, LK_ERROR_BAD_SPEC, error);
}

LkReasonCatalogue *
lk_reason_catalogue_load_default (GError **error)
{
  g_autofree char *path = lk_data_find ("reasons.json", error);

  return path != NULL ? lk_reason_catalogue_load (path, error) : NULL;
}

LkReasonCatalogue *
lk_reason_catalogue_ref (LkReasonCatalogue *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
lk_reason_catalogue_unref (LkReasonCatalogue *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->reasons);
  g_free (self);
}

const LkReason *
lk_reason_catalogue_find (LkReasonCatalogue *self, const char *code)
{
  for (guint i = 0; i < self->reasons->len; i++)
    {
      const LkReason *reason = self->reasons->pdata[i];

      if (g_strcmp0 (reason->code, code) == 0)
        return reason;
    }
  return NULL;
}

/* Holding is for questions of identity, sending back for all the rest; the reviewer may turn return into reshoot. */
static gboolean
fits (const LkReason *reason, LkVerdict verdict)
{
  if (verdict == LK_VERDICT_APPROVE)
    return FALSE;
  return (reason->verdict == LK_VERDICT_HOLD) == (verdict == LK_VERDICT_HOLD);
}

static void
add_once (GPtrArray *list, const LkReason *reason, LkVerdict verdict)
{
  if (reason != NULL && !reason->retired && fits (reason, verdict) && !g_ptr_array_find (list, reason, NULL))
    g_ptr_array_add (list, (gpointer) reason);
}

/* What the checks of one outcome suggest: first the reason each check names itself, then what else can be behind it. */
static void
add_suggested (LkReasonCatalogue *self, GPtrArray *list, LkVerdict verdict, GPtrArray *checks, LkOutcome outcome)
{
  for (guint i = 0; i < checks->len; i++)
    if (lk_check_get_outcome (checks->pdata[i]) == outcome)
      add_once (list, lk_reason_catalogue_find (self, lk_check_get_reason (checks->pdata[i])), verdict);
  for (guint i = 0; i < checks->len; i++)
    if (lk_check_get_outcome (checks->pdata[i]) == outcome)
      for (guint k = 0; k < self->reasons->len; k++)
        {
          const LkReason *reason = self->reasons->pdata[k];

          if (g_strv_contains ((const char *const *) reason->checks, lk_check_get_id (checks->pdata[i])))
            add_once (list, reason, verdict);
        }
}

GPtrArray *
lk_reason_catalogue_list (LkReasonCatalogue *self, LkVerdict verdict, GPtrArray *checks, guint *n_suggested)
{
  GPtrArray *list = g_ptr_array_new ();

  if (checks != NULL)
    {
      add_suggested (self, list, verdict, checks, LK_OUTCOME_FAIL);
      add_suggested (self, list, verdict, checks, LK_OUTCOME_WARN);
    }
  if (n_suggested != NULL)
    *n_suggested = list->len;
  for (guint i = 0; i < self->reasons->len; i++)
    add_once (list, self->reasons->pdata[i], verdict);
  return list;
}

GPtrArray *
lk_reason_catalogue_list_own (LkReasonCatalogue *self)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < self->reasons->len; i++)
    {
      const LkReason *reason = self->reasons->pdata[i];

      if (reason->look_en != NULL && !reason->retired)
        g_ptr_array_add (list, (gpointer) reason);
    }
  return list;
}

static gboolean
is_chinese (void)
{
  return g_str_has_prefix (g_get_language_names ()[0], "zh");
}

const char *
lk_reason_text (const LkReason *self)
{
  return is_chinese () ? self->text_zh : self->text_en;
}

const char *
lk_reason_look (const LkReason *self)
{
  return is_chinese () ? self->look_zh : self->look_en;
}

const char *
lk_reason_advice (const LkReason *self)
{
  return is_chinese () ? self->advice_zh : self->advice_en;
}

static gboolean
is_blank (const char *note)
{
  g_autofree char *copy = g_strdup (note != NULL ? note : "");

  return *g_strstrip (copy) == '\0';
}

G_GNUC_PRINTF (3, 4) static gboolean
refuse (GError **error, LkError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (LK_ERROR, code, format, args);
  va_end (args);
  return FALSE;
}

/* A soft check fails only beyond its hard limits, so every failure is a hard one (rules.md section 3). */
static gboolean
validate_approval (guint n_reasons, const char *note, GPtrArray *checks, GError **error)
{
  if (n_reasons > 0)
    return refuse (error, LK_ERROR_BAD_REASONS, "an approval takes no reasons");
  if (checks != NULL && lk_checks_worst (checks) == LK_OUTCOME_FAIL && is_blank (note))
    return refuse (error, LK_ERROR_BAD_NOTE, "approving against a failed check needs a note");
  return TRUE;
}

static gboolean
validate_reason (LkReasonCatalogue *self, LkVerdict verdict, const char *code, const char *note, GError **error)
{
  const LkReason *reason = lk_reason_catalogue_find (self, code);

  if (reason == NULL || reason->retired)
    return refuse (error, LK_ERROR_BAD_REASONS, "there is no reason \"%s\"", code);
  if (!fits (reason, verdict))
    return refuse (error, LK_ERROR_BAD_REASONS, "%s does not go with \"%s\"", code, lk_verdict_to_word (verdict));
  if (reason->needs_note && is_blank (note))
    return refuse (error, LK_ERROR_BAD_NOTE, "%s needs a note", code);
  return TRUE;
}

gboolean
lk_reason_catalogue_validate (LkReasonCatalogue *self, LkVerdict verdict, const char *const *reasons, const char *note,
                              GPtrArray *checks, GError **error)
{
  guint n = reasons != NULL ? g_strv_length ((char **) reasons) : 0;

  if (!lk_note_validate (note, error))
    return FALSE;
  if (verdict == LK_VERDICT_APPROVE)
    return validate_approval (n, note, checks, error);
  if (n < 1 || n > LK_DECISION_MAX_REASONS)
    return refuse (error, LK_ERROR_BAD_REASONS, "%u reasons given, 1 to %d are needed", n, LK_DECISION_MAX_REASONS);
  for (guint i = 0; i < n; i++)
    {
      if (!validate_reason (self, verdict, reasons[i], note, error))
        return FALSE;
      for (guint k = 0; k < i; k++)
        if (g_str_equal (reasons[i], reasons[k]))
          return refuse (error, LK_ERROR_BAD_REASONS, "%s is given twice", reasons[i]);
    }
  return TRUE;
}
