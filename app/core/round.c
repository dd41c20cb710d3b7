/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/round.h"

#include <string.h>

#include "core/deadline.h"
#include "core/error.h"
#include "core/json.h"

enum { DAYS_MAX = 366, YEAR_MIN = 2000, YEAR_MAX = 2100, TRIES_MAX = 1000, PRICE_MAX = 1000000, NAME_MAX_CHARS = 80 };

static const char *const kind_words[] = { [LK_ROUND_REGULAR] = "regular", [LK_ROUND_MAKEUP] = "makeup" };

const char *
lk_round_kind_to_word (LkRoundKind kind)
{
  return kind_words[kind];
}

gboolean
lk_round_kind_from_word (const char *word, LkRoundKind *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kind_words); i++)
    if (g_strcmp0 (kind_words[i], word) == 0)
      {
        *kind = (LkRoundKind) i;
        return TRUE;
      }
  return FALSE;
}

/* -- a round and its windows -- */

static void
window_free (gpointer data)
{
  LkRoundWindow *window = data;

  g_free (window->site);
  g_free (window);
}

LkRound *
lk_round_new (void)
{
  LkRound *self = g_new0 (LkRound, 1);

  self->windows = g_ptr_array_new_with_free_func (window_free);
  return self;
}

void
lk_round_free (LkRound *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->windows);
  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

void
lk_round_add_window (LkRound *self, const char *site, gint64 from, gint64 to)
{
  LkRoundWindow *window = g_new0 (LkRoundWindow, 1);

  window->site = g_strdup (site);
  window->from = from;
  window->to = to;
  g_ptr_array_add (self->windows, window);
}

static gboolean
has_own_window (const LkRound *self, const char *site)
{
  for (guint i = 0; i < self->windows->len; i++)
    if (strcmp (((LkRoundWindow *) self->windows->pdata[i])->site, site) == 0)
      return TRUE;
  return FALSE;
}

/* The name under which the windows of a site stand. */
static const char *
windows_of (const LkRound *self, const char *site)
{
  return has_own_window (self, site) ? site : LK_ROUND_ANY_SITE;
}

void
lk_round_look_all (const LkRound *self, gint64 now, LkRoundTimes *times)
{
  *times = (LkRoundTimes) { 0 };
  for (guint i = 0; i < self->windows->len; i++)
    {
      const LkRoundWindow *window = self->windows->pdata[i];
      gboolean open = window->from <= now && now < window->to;

      times->any = TRUE;
      if (open && (!times->open || window->to > times->closes_at))
        *times = (LkRoundTimes) { TRUE, TRUE, times->open ? MIN (times->opens_at, window->from) : window->from, window->to };
      else if (!times->open && window->from > now && (times->opens_at == 0 || window->from < times->opens_at))
        *times = (LkRoundTimes) { TRUE, FALSE, window->from, window->to };
    }
}

gboolean
lk_round_has_site (const LkRound *self, const char *site)
{
  return has_own_window (self, windows_of (self, site));
}

void
lk_round_look (const LkRound *self, const char *site, gint64 now, LkRoundTimes *times)
{
  const char *name = windows_of (self, site);

  *times = (LkRoundTimes) { 0 };
  for (guint i = 0; i < self->windows->len; i++)
    {
      const LkRoundWindow *window = self->windows->pdata[i];

      if (strcmp (window->site, name) != 0)
        continue;
      times->any = TRUE;
      times->closes_at = window->to;
      if (now >= window->to)
        continue;
      times->open = now >= window->from;
      times->opens_at = window->from;
      return;
    }
}

/* -- as a registrar writes it -- */

static gboolean
refuse (const cJSON *object, const char *member, GError **error, const char *reason)
{
  lk_json_blame (object, member);
  g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "round: \"%s\": %s", member, reason);
  return FALSE;
}

static gboolean
read_number (const cJSON *json, const char *member, int from, int to, int *number, GError **error)
{
  gint64 value = lk_json_int (json, member, *number);

  if (cJSON_HasObjectItem (json, member) && (!cJSON_IsNumber (cJSON_GetObjectItemCaseSensitive (json, member)) || value < from || value > to))
    {
      g_autofree char *reason = g_strdup_printf ("must be a whole number from %d to %d", from, to);
      return refuse (json, member, error, reason);
    }
  *number = (int) value;
  return TRUE;
}

/* Days that overlap would be open twice. */
static gboolean
is_free (const LkRound *self, const char *site, gint64 from, gint64 to)
{
  for (guint i = 0; i < self->windows->len; i++)
    {
      const LkRoundWindow *window = self->windows->pdata[i];

      if (strcmp (window->site, site) == 0 && from < window->to && to > window->from)
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_window (LkRound *self, const cJSON *json, GError **error)
{
  const char *site = lk_json_string (json, "site");
  int open_hour, open_minute, close_hour, close_minute, days;
  GDate from, to;

  if (site == NULL || *site == '\0')
    return refuse (json, "site", error, "must name a site as the roster does, or be \"*\" for all the others");
  if (!lk_deadline_parse_day (lk_json_string (json, "from"), &from))
    return refuse (json, "from", error, "must be a day like 2025-06-16");
  if (!lk_deadline_parse_day (lk_json_string (json, "to"), &to))
    return refuse (json, "to", error, "must be a day like 2025-06-19");
  if (!lk_deadline_parse_time (lk_json_string (json, "opens"), &open_hour, &open_minute))
    return refuse (json, "opens", error, "must be a time like 08:00");
  if (!lk_deadline_parse_time (lk_json_string (json, "closes"), &close_hour, &close_minute))
    return refuse (json, "closes", error, "must be a time like 17:00");
  if (close_hour * 60 + close_minute <= open_hour * 60 + open_minute)
    return refuse (json, "closes", error, "must be later than \"opens\"");
  days = g_date_days_between (&from, &to);
  if (days < 0 || days > DAYS_MAX)
    return refuse (json, "to", error, "must not be before \"from\", nor more than a year after it");
  for (int i = 0; i <= days; i++, g_date_add_days (&from, 1))
    {
      gint64 opens_at = lk_deadline_moment (&from, open_hour, open_minute), closes_at = lk_deadline_moment (&from, close_hour, close_minute);

      if (!is_free (self, site, opens_at, closes_at))
        return refuse (json, "from", error, "this site has a window at that time already");
      lk_round_add_window (self, site, opens_at, closes_at);
    }
  return TRUE;
}

static int
by_time (gconstpointer a, gconstpointer b)
{
  const LkRoundWindow *x = *(LkRoundWindow *const *) a, *y = *(LkRoundWindow *const *) b;

  return x->from != y->from ? (x->from > y->from) - (x->from < y->from) : strcmp (x->site, y->site);
}

static gboolean
read_windows (LkRound *self, const cJSON *json, GError **error)
{
  const cJSON *windows = lk_json_array (json, "windows"), *window;

  if (windows == NULL || cJSON_GetArraySize (windows) == 0)
    return refuse (json, "windows", error, "must be a list of at least one window");
  cJSON_ArrayForEach (window, windows)
    if (!read_window (self, window, error))
      return FALSE;
  g_ptr_array_sort (self->windows, by_time);
  return TRUE;
}

static LkRound *
from_json (const cJSON *json, GError **error)
{
  g_autoptr (LkRound) self = lk_round_new ();
  const char *name = lk_json_string (json, "name");

  if (name == NULL || *name == '\0' || g_utf8_strlen (name, -1) > NAME_MAX_CHARS)
    {
      refuse (json, "name", error, "must be a text of 1 to 80 characters");
      return NULL;
    }
  if (!lk_round_kind_from_word (lk_json_string (json, "kind"), &self->kind))
    {
      refuse (json, "kind", error, "must be \"regular\" or \"makeup\"");
      return NULL;
    }
  self->name = g_strdup (name);
  if (!read_number (json, "price_cents", 0, PRICE_MAX, &self->price_cents, error) ||
      !read_number (json, "tries", 1, TRIES_MAX, &self->tries_allowed, error) ||
      !read_number (json, "tries_after_return", 0, TRIES_MAX, &self->tries_after_return, error) ||
      !read_number (json, "graduation_year", YEAR_MIN, YEAR_MAX, &self->graduation_year, error) || !read_windows (self, json, error))
    return NULL;
  return g_steal_pointer (&self);
}

LkRound *
lk_round_parse (const char *json, gssize length, GError **error)
{
  g_autoptr (cJSON) root = lk_json_parse (json, length, LK_ERROR_BAD_SPEC, error);

  return root != NULL ? from_json (root, error) : NULL;
}

static gpointer
read_root (const cJSON *root, GError **error)
{
  return from_json (root, error);
}

LkRound *
lk_round_load (const char *path, GError **error)
{
  return lk_json_read_file (path, read_root, LK_ERROR_BAD_SPEC, error);
}

/* -- a student in a round -- */

static const char *const record_words[] = {
  [LK_RECORD_NOT_STARTED] = "NOT_STARTED", [LK_RECORD_CODE_READY] = "CODE_READY",     [LK_RECORD_TRYING] = "TRYING",
  [LK_RECORD_SUBMITTED] = "SUBMITTED",     [LK_RECORD_NEEDS_ACTION] = "NEEDS_ACTION", [LK_RECORD_DONE] = "DONE",
  [LK_RECORD_MISSED] = "MISSED",
};

const char *
lk_record_state_to_word (LkRecordState state)
{
  return record_words[state];
}

/* Of a student who has sent a photo in. A submission in DRAFT is one for which a new collection was authorised. */
static LkRecordState
after_submit (LkState state)
{
  if (state == LK_STATE_APPROVED || state == LK_STATE_EXPORTED || state == LK_STATE_CONFIRMED || state == LK_STATE_CORRECTION)
    return LK_RECORD_DONE;
  if (state == LK_STATE_RETURNED || state == LK_STATE_RESHOOT || state == LK_STATE_CHSI_REFUSED || state == LK_STATE_DRAFT)
    return LK_RECORD_NEEDS_ACTION;
  return state == LK_STATE_EXPIRED ? LK_RECORD_MISSED : LK_RECORD_SUBMITTED;
}

LkRecordState
lk_record_state (const LkRecordFacts *facts)
{
  LkRecordState state = LK_RECORD_NOT_STARTED;

  if (facts->has_submission)
    state = after_submit (facts->submission);
  else if (facts->has_draft)
    state = LK_RECORD_TRYING;
  else if (facts->has_code)
    state = LK_RECORD_CODE_READY;
  return facts->closed && state != LK_RECORD_DONE ? LK_RECORD_MISSED : state;
}

LkState
lk_state_for_student (LkState state, gboolean told)
{
  if (state <= LK_STATE_IN_REVIEW || state == LK_STATE_SUPERSEDED || state == LK_STATE_EXPIRED)
    return state;
  return told && state != LK_STATE_SECOND_REVIEW ? state : LK_STATE_IN_REVIEW;
}
