/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/trace.h"

#include <math.h>
#include <string.h>

/* "LKTRACE1", whether there is a fingerprint, models, number of values: numbers of four bytes, little endian. */
enum { MAGIC_SIZE = 8, HEADER_SIZE = MAGIC_SIZE + 12, VALUES_MAX = 1 << 16 };

static const char magic[] = "LKTRACE1";

guint32
lk_trace_models (const LkEngine *engine)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < engine->n_embeddings; i++)
    {
      const LkModelEntry *entry = lk_model_get_entry (engine->embeddings[i]);

      g_string_append_printf (names, "%s:%s;", entry->id, entry->file);
    }
  return g_str_hash (names->str);
}

LkTrace *
lk_trace_new (LkEngine *engine, const LkEmbedding *embedding, const LkPyramid *photo, const LkLandmarks *face)
{
  LkTrace *self = g_new0 (LkTrace, 1);

  self->has_fingerprint = lk_fingerprint_make (&self->fingerprint, photo, face);
  self->models = lk_trace_models (engine);
  if (embedding != NULL)
    self->values = lk_embedding_dup_values (embedding, &self->n_values);
  return self;
}

void
lk_trace_free (LkTrace *self)
{
  g_free (self->values);
  g_free (self);
}

static void
append_uint32 (GByteArray *bytes, guint32 value)
{
  guint32 little = GUINT32_TO_LE (value);

  g_byte_array_append (bytes, (const guint8 *) &little, sizeof little);
}

GBytes *
lk_trace_to_bytes (const LkTrace *self)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) magic, MAGIC_SIZE);
  append_uint32 (bytes, self->has_fingerprint);
  append_uint32 (bytes, self->models);
  append_uint32 (bytes, self->n_values);
  for (gsize i = 0; i < G_N_ELEMENTS (self->fingerprint.bits); i++)
    {
      append_uint32 (bytes, (guint32) self->fingerprint.bits[i]);
      append_uint32 (bytes, (guint32) (self->fingerprint.bits[i] >> 32));
    }
  g_byte_array_append (bytes, (const guint8 *) self->fingerprint.shape, LK_FINGERPRINT_BITS);
  for (guint i = 0; i < self->n_values; i++)
    {
      guint32 pattern;

      memcpy (&pattern, &self->values[i], sizeof pattern);
      append_uint32 (bytes, pattern);
    }
  return g_byte_array_free_to_bytes (bytes);
}

static guint32
take_uint32 (const guint8 **data)
{
  guint32 value;

  memcpy (&value, *data, sizeof value);
  *data += sizeof value;
  return GUINT32_FROM_LE (value);
}

LkTrace *
lk_trace_from_bytes (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr (LkTrace) self = g_new0 (LkTrace, 1);

  if (size < HEADER_SIZE || memcmp (data, magic, MAGIC_SIZE) != 0)
    return NULL;
  data += MAGIC_SIZE;
  self->has_fingerprint = take_uint32 (&data) != 0;
  self->models = take_uint32 (&data);
  self->n_values = take_uint32 (&data);
  if (self->n_values > VALUES_MAX
      || size != HEADER_SIZE + LK_FINGERPRINT_BITS / 8 + LK_FINGERPRINT_BITS + self->n_values * sizeof (float))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (self->fingerprint.bits); i++)
    {
      guint64 low = take_uint32 (&data), high = take_uint32 (&data);

      self->fingerprint.bits[i] = low | high << 32;
    }
  memcpy (self->fingerprint.shape, data, LK_FINGERPRINT_BITS);
  data += LK_FINGERPRINT_BITS;
  self->values = g_new (float, self->n_values);
  for (guint i = 0; i < self->n_values; i++)
    {
      guint32 pattern = take_uint32 (&data);

      memcpy (&self->values[i], &pattern, sizeof pattern);
    }
  return g_steal_pointer (&self);
}

LkCopyLimits
lk_copy_limits (const LkSpec *spec)
{
  const LkLimits *limits = lk_spec_get_limits (spec, "D1_resubmitted");

  if (limits == NULL)
    return (LkCopyLimits) { 72, 0.95 };
  return (LkCopyLimits) {
    (int) lk_limits_get_param (limits, "most_bits", 72), isnan (limits->high) ? 0.95 : limits->high,
  };
}
