/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/code.h"

#include "core/error.h"
#include "core/spec.h"
#include "photo/decoder.h"
#include "service/code-text.h"
#include "service/code-tool.h"

struct _LkCodes
{
  char *folder;
  LkSpec picture;               /* its limits alone */
  int code_ms;
  LkDecoder *decoder;
  LkCodeTool *tool;             /* NULL when there is none */

  GMutex mutex;
  GCond less;
  int n_reading, n_waiting;     /* under the mutex */
  int at_once, waiting_max;
  GPtrArray *keys;              /* never changed, but replaced under the mutex */
  gint64 stamp;
};

LkCodes *
lk_codes_new (const char *folder, const LkServiceConfig *config, LkSettings *settings, GError **error)
{
  gint64 stamp = lk_code_keys_get_stamp (folder);
  GPtrArray *keys = lk_code_keys_load (folder, error);
  LkCodes *self;

  if (keys == NULL)
    return NULL;
  self = g_new0 (LkCodes, 1);
  self->folder = g_strdup (folder);
  self->picture.max_bytes = config->code_bytes;
  self->picture.max_pixels = config->code_pixels;
  self->code_ms = config->code_ms;
  self->at_once = config->codes_at_once;
  self->waiting_max = config->codes_waiting_max;
  self->decoder = lk_decoder_new ();
  self->tool = lk_code_tool_new (settings, config->code_tool_ms);
  self->keys = keys;
  self->stamp = stamp;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->less);
  return self;
}

void
lk_codes_free (LkCodes *self)
{
  lk_decoder_free (self->decoder);
  g_clear_pointer (&self->tool, lk_code_tool_free);
  g_ptr_array_unref (self->keys);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->less);
  g_free (self->folder);
  g_free (self);
}

/* -- the picture -- */

/* Reading a bad picture takes a processor for seconds: only some do at a time, so that photos are still checked meanwhile, and only some
 * wait for it, so that threads are left for all who want something else. */
static gboolean
begin_reading (LkCodes *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->n_reading >= self->at_once && self->n_waiting >= self->waiting_max)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_QUEUE_FULL, "too many pictures of codes wait to be read");
      return FALSE;
    }
  self->n_waiting++;
  while (self->n_reading >= self->at_once)
    g_cond_wait (&self->less, &self->mutex);
  self->n_waiting--;
  self->n_reading++;
  return TRUE;
}

static void
end_reading (LkCodes *self)
{
  g_mutex_lock (&self->mutex);
  self->n_reading--;
  g_cond_signal (&self->less);
  g_mutex_unlock (&self->mutex);
}

char *
lk_code_read_image (LkCodes *self, GBytes *image, GError **error)
{
  char *text;

  if (!begin_reading (self, error))
    return NULL;
  text = lk_decoder_read_code (self->decoder, image, &self->picture, self->code_ms, error);
  end_reading (self);
  return text;
}

/* -- the text -- */

/* The keys as they are on disk now. A file that cannot be used leaves the old ones in force. */
static GPtrArray *
ref_keys (LkCodes *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gint64 stamp = lk_code_keys_get_stamp (self->folder);

  if (stamp != self->stamp)
    {
      g_autoptr (GError) error = NULL;
      GPtrArray *keys = lk_code_keys_load (self->folder, &error);

      self->stamp = stamp;
      if (keys == NULL)
        g_warning ("keys of collection codes: %s", error->message);
      else
        {
          g_ptr_array_unref (self->keys);
          self->keys = keys;
        }
    }
  return g_ptr_array_ref (self->keys);
}

static gboolean
is_ours (LkCodes *self, const char *text)
{
  return g_str_has_prefix (text, LK_CODE_TEXT_PREFIX);
}

static LkCollectionCode *
open_ours (LkCodes *self, const char *text, GError **error)
{
  g_autoptr (GPtrArray) keys = ref_keys (self);

  return lk_code_text_read (text, keys, error);
}

static gboolean
is_for_tool (LkCodes *self, const char *text)
{
  return self->tool != NULL && *text != '\0';
}

static LkCollectionCode *
open_by_tool (LkCodes *self, const char *text, GError **error)
{
  return lk_code_tool_open (self->tool, text, error);
}

/* Who opens a text: the first one that takes it. */
static const struct
{
  gboolean (*takes) (LkCodes *self, const char *text);
  LkCollectionCode *(*open) (LkCodes *self, const char *text, GError **error);
} decoders[] = {
  { is_ours, open_ours },
  { is_for_tool, open_by_tool },
};

static LkCollectionCode *
open_text (LkCodes *self, const char *text, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (decoders); i++)
    if (decoders[i].takes (self, text))
      return decoders[i].open (self, text, error);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_CODE_TEXT, "the text is no collection code");
  return NULL;
}

LkCollectionCode *
lk_code_open (LkCodes *self, const char *text, gint64 now, int round_year, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autoptr (LkCollectionCode) code = open_text (self, stripped, error);

  return code != NULL && lk_collection_code_check_time (code, now, round_year, error) ? g_steal_pointer (&code) : NULL;
}
