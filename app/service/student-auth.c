/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/student-auth.h"

#include <sodium.h>
#include <string.h>

#include "service/clock.h"

enum
{
  TOKEN_BYTES = 32,
  BELIEVED_SECONDS = 60,
  SWEEP_AT = 20000,             /* sessions in memory: then what is old goes */
};

typedef struct
{
  guint8 token[32];             /* hash, the key */
  LkStudentSession session;
  gint64 until;                 /* monotonic µs */
} Known;

struct _LkStudentAuth
{
  LkCampusDb *db;
  GMutex mutex;
  GHashTable *known;
};

/* Any bytes of a hash will do. */
static guint
token_hash (gconstpointer token)
{
  guint hash;

  memcpy (&hash, token, sizeof hash);
  return hash;
}

static gboolean
token_equal (gconstpointer a, gconstpointer b)
{
  return sodium_memcmp (a, b, TOKEN_BYTES) == 0;
}

LkStudentAuth *
lk_student_auth_new (LkCampusDb *db)
{
  LkStudentAuth *self = g_new0 (LkStudentAuth, 1);

  self->db = db;
  g_mutex_init (&self->mutex);
  self->known = g_hash_table_new_full (token_hash, token_equal, NULL, g_free);
  return self;
}

void
lk_student_auth_free (LkStudentAuth *self)
{
  g_hash_table_unref (self->known);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

char *
lk_student_auth_make_token (guint8 hash[32])
{
  guint8 bits[TOKEN_BYTES];
  char text[sodium_base64_ENCODED_LEN (TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];

  randombytes_buf (bits, sizeof bits);
  sodium_bin2base64 (text, sizeof text, bits, sizeof bits, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  crypto_hash_sha256 (hash, (const guint8 *) text, strlen (text));
  return g_strdup (text);
}

static gboolean
is_old (gpointer token, gpointer known, gpointer now)
{
  return ((const Known *) known)->until <= *(const gint64 *) now;
}

static gboolean
look_up (LkStudentAuth *self, const guint8 hash[32], LkStudentSession *session)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  const Known *known = g_hash_table_lookup (self->known, hash);

  if (known == NULL || known->until <= g_get_monotonic_time () || known->session.expires_at <= lk_clock_now ())
    return FALSE;
  *session = known->session;
  return TRUE;
}

static void
remember (LkStudentAuth *self, const LkStudentIn *who)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gint64 now = g_get_monotonic_time ();
  Known *known = g_new0 (Known, 1);

  memcpy (known->token, who->token, sizeof known->token);
  known->session = who->session;
  known->until = now + BELIEVED_SECONDS * G_TIME_SPAN_SECOND;
  if (g_hash_table_size (self->known) >= SWEEP_AT)
    g_hash_table_foreach_remove (self->known, is_old, &now);
  g_hash_table_replace (self->known, known->token, known);
}

gboolean
lk_student_auth_find (LkStudentAuth *self, const char *token, LkStudentIn *who, GError **error)
{
  crypto_hash_sha256 (who->token, (const guint8 *) token, strlen (token));
  if (look_up (self, who->token, &who->session))
    return TRUE;
  if (!self->db->students->find_session (self->db, who->token, &who->session, error))
    return FALSE;
  remember (self, who);
  return TRUE;
}

gboolean
lk_student_auth_end (LkStudentAuth *self, const LkStudentIn *who, const char *from, GError **error)
{
  g_mutex_lock (&self->mutex);
  g_hash_table_remove (self->known, who->token);
  g_mutex_unlock (&self->mutex);
  return self->db->students->end_session (self->db, who->token, from, error);
}
