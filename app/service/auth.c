/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/auth.h"

#include <sodium.h>
#include <string.h>

#include "service/campus-db-account.h"
#include "service/password.h"
#include "service/second-factor.h"
#include "service/sign-in-limit.h"
#include "service/steady.h"

enum { TOKEN_BYTES = 32 };

struct _LkAuth
{
  LkCampusDb *db;
  const LkServiceConfig *config;
  GMutex mutex;
  GHashTable *sessions;         /* LkSession by its own token hash */
  gint64 epoch;                 /* of the accounts when the sessions were read */
  LkSignInLimit *by_user, *by_address;
};

/* The key is a SHA-256 of random bits: any of its bytes will do. */
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

static GHashTable *
sessions_new (void)
{
  return g_hash_table_new_full (token_hash, token_equal, NULL, (GDestroyNotify) lk_session_free);
}

/* An end further away than a new session's can only come from a clock that was set back since. */
static gboolean
load_sessions (LkAuth *self, GError **error)
{
  g_autoptr (GHashTable) table = sessions_new ();
  g_autoptr (GPtrArray) sessions = NULL;
  gint64 epoch, latest = lk_steady_now () + self->config->session_seconds * G_TIME_SPAN_SECOND;

  /* the number first: what changes while the sessions are read is then seen the next time */
  if (!self->db->accounts->epoch (self->db, &epoch, error) || (sessions = self->db->ops->list_sessions (self->db, error)) == NULL)
    return FALSE;
  while (sessions->len > 0)
    {
      LkSession *session = g_ptr_array_steal_index_fast (sessions, sessions->len - 1);

      session->expires_at = MIN (session->expires_at, latest);
      g_hash_table_replace (table, session->token, session);
    }
  g_hash_table_unref (self->sessions);
  self->sessions = g_steal_pointer (&table);
  self->epoch = epoch;
  return TRUE;
}

LkAuth *
lk_auth_new (LkCampusDb *db, const LkServiceConfig *config, GError **error)
{
  g_autoptr (LkAuth) self = g_new0 (LkAuth, 1);

  self->db = db;
  self->config = config;
  g_mutex_init (&self->mutex);
  self->sessions = sessions_new ();
  self->by_user = lk_sign_in_limit_new (config->sign_in_tries, config->sign_in_seconds);
  self->by_address = lk_sign_in_limit_new (config->sign_in_tries_per_address, config->sign_in_seconds);
  return load_sessions (self, error) ? g_steal_pointer (&self) : NULL;
}

void
lk_auth_free (LkAuth *self)
{
  g_hash_table_unref (self->sessions);
  lk_sign_in_limit_free (self->by_user);
  lk_sign_in_limit_free (self->by_address);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
lk_signed_in_free (LkSignedIn *self)
{
  g_free (self->uuid);
  g_free (self->device);
  g_free (self);
}

static LkSignedIn *
signed_in_new (const LkSession *session, const char *from)
{
  LkSignedIn *who = g_new0 (LkSignedIn, 1);

  memcpy (who->token, session->token, sizeof who->token);
  who->uuid = g_strdup (session->staff->uuid);
  who->device = g_strdup (session->device);
  who->actor = (LkActor) { session->staff->row, who->uuid, session->staff->role, who->device, from };
  return who;
}

LkSignedIn *
lk_auth_find (LkAuth *self, const char *token, const char *from)
{
  guint8 hash[crypto_hash_sha256_BYTES];
  LkSignedIn *who = NULL;
  LkSession *session;

  crypto_hash_sha256 (hash, (const guint8 *) token, strlen (token));
  g_mutex_lock (&self->mutex);
  session = g_hash_table_lookup (self->sessions, hash);
  if (session != NULL && session->expires_at > lk_steady_now ())
    who = signed_in_new (session, from);
  else if (session != NULL)
    g_hash_table_remove (self->sessions, hash);
  g_mutex_unlock (&self->mutex);
  return who;
}

/* The lock is held over the reading, so that no session opened meanwhile is forgotten: changes of accounts are rare. */
gboolean
lk_auth_follow (LkAuth *self, GError **error)
{
  gint64 epoch;
  gboolean ok = TRUE;

  if (!self->db->accounts->epoch (self->db, &epoch, error))
    return FALSE;
  g_mutex_lock (&self->mutex);
  if (epoch != self->epoch)
    ok = load_sessions (self, error);
  g_mutex_unlock (&self->mutex);
  return ok;
}

int
lk_auth_wait (LkAuth *self, const char *from)
{
  return lk_sign_in_limit_wait (self->by_address, from, g_get_monotonic_time ());
}

void
lk_auth_failed (LkAuth *self, const char *from)
{
  lk_sign_in_limit_failed (self->by_address, from, g_get_monotonic_time ());
}

static gboolean
check_limits (LkAuth *self, const char *user, const char *from, int *wait, GError **error)
{
  gint64 now = g_get_monotonic_time ();

  *wait = MAX (lk_sign_in_limit_wait (self->by_user, user, now), lk_sign_in_limit_wait (self->by_address, from, now));
  if (*wait == 0)
    return TRUE;
  g_set_error_literal (error, LK_ERROR, LK_ERROR_TOO_MANY_TRIES, "too many failed sign-ins");
  return FALSE;
}

static void
count_failure (LkAuth *self, const LkCredentials *credentials)
{
  gint64 now = g_get_monotonic_time ();

  lk_sign_in_limit_failed (self->by_user, credentials->user, now);
  lk_sign_in_limit_failed (self->by_address, credentials->from, now);
}

static LkStaff *
check_password (LkAuth *self, const LkCredentials *credentials, GError **error)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (LkStaff) staff = self->db->ops->find_staff (self->db, credentials->user, &missing);
  const char *hash = staff != NULL && *staff->password != '\0' ? staff->password : NULL;

  if (staff == NULL && !g_error_matches (missing, LK_ERROR, LK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return NULL;
    }
  if (lk_password_verify (self->config, hash, credentials->password))
    return g_steal_pointer (&staff);
  count_failure (self, credentials);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_WRONG_PASSWORD, "user name or password is wrong");
  return NULL;
}

/* Uses the code up, so that it proves nothing a second time. */
static gboolean
use_code (LkAuth *self, gint64 staff, GBytes *secret, const char *code, GError **error)
{
  guint8 hash[LK_RECOVERY_HASH];
  gint64 step;

  if (lk_second_factor_check (secret, code, g_get_real_time () / G_USEC_PER_SEC, &step))
    return self->db->accounts->use_step (self->db, staff, step, error);
  if (lk_recovery_code_hash (code, hash))
    return self->db->accounts->use_recovery (self->db, staff, hash, error);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_WRONG_FACTOR, "the code is wrong");
  return FALSE;
}

static gboolean
check_second_factor (LkAuth *self, const LkStaff *staff, const LkCredentials *credentials, GError **error)
{
  g_auto (LkSecondFactor) factor = { NULL, 0 };
  g_autoptr (GError) failure = NULL;

  if (!self->db->accounts->find_second_factor (self->db, staff->row, &factor, error))
    return FALSE;
  if (factor.secret == NULL)
    return TRUE;
  if (credentials->code == NULL)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_FACTOR_NEEDED, "the code of the second factor is needed");
      return FALSE;
    }
  if (use_code (self, staff->row, factor.secret, credentials->code, &failure))
    return TRUE;
  if (g_error_matches (failure, LK_ERROR, LK_ERROR_WRONG_FACTOR))
    count_failure (self, credentials);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
is_other_session (gpointer key, gpointer value, gpointer data)
{
  const LkSession *a = value, *b = data;

  return a->staff->row == b->staff->row && strcmp (a->device, b->device) == 0;
}

static LkStaff *
staff_copy (const LkStaff *staff)
{
  LkStaff *copy = g_new0 (LkStaff, 1);

  *copy = (LkStaff) { staff->row, g_strdup (staff->uuid), g_strdup (staff->user), g_strdup (staff->name), staff->role, NULL };
  return copy;
}

/* Takes staff. */
static gboolean
open_session (LkAuth *self, LkStaff *staff, const char *device, const char *from, char **token, GError **error)
{
  g_autoptr (LkSession) session = g_new0 (LkSession, 1);
  LkActor actor = { staff->row, staff->uuid, staff->role, device, from };
  guint8 bits[TOKEN_BYTES];
  char text[sodium_base64_ENCODED_LEN (TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];

  randombytes_buf (bits, sizeof bits);
  sodium_bin2base64 (text, sizeof text, bits, sizeof bits, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  session->staff = staff;
  g_strlcpy (session->device, device, sizeof session->device);
  session->expires_at = lk_steady_now () + self->config->session_seconds * G_TIME_SPAN_SECOND;
  crypto_hash_sha256 (session->token, (const guint8 *) text, strlen (text));
  if (!self->db->ops->add_session (self->db, session, &actor, error))
    return FALSE;
  *token = g_strdup (text);
  g_mutex_lock (&self->mutex);
  g_hash_table_foreach_remove (self->sessions, is_other_session, session);
  g_hash_table_replace (self->sessions, session->token, session);
  session = NULL;
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

gboolean
lk_auth_open (LkAuth *self, const LkStaff *staff, const char *device, const char *from, char **token, GError **error)
{
  return open_session (self, staff_copy (staff), device, from, token, error);
}

gboolean
lk_auth_sign_in (LkAuth *self, const LkCredentials *credentials, char **token, LkStaff **staff, int *wait, GError **error)
{
  g_autoptr (LkStaff) found = NULL;

  if (!check_limits (self, credentials->user, credentials->from, wait, error) ||
      (found = check_password (self, credentials, error)) == NULL || !check_second_factor (self, found, credentials, error))
    return FALSE;
  lk_sign_in_limit_succeeded (self->by_user, credentials->user);
  if (!lk_auth_open (self, found, credentials->device, credentials->from, token, error))
    return FALSE;
  *staff = g_steal_pointer (&found);
  return TRUE;
}

gboolean
lk_auth_sign_out (LkAuth *self, const LkSignedIn *who, GError **error)
{
  if (!self->db->ops->end_session (self->db, who->token, &who->actor, error))
    return FALSE;
  g_mutex_lock (&self->mutex);
  g_hash_table_remove (self->sessions, who->token);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}
