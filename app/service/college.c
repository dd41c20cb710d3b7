/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/college-private.h"

#include <sodium.h>
#include <string.h>

#include "core/error.h"
#include "service/log.h"

/* Sign-ins that have begun: so many at a time, and from one address. */
enum { LOGINS_MAX = 1000, LOGINS_OF_ADDRESS_MAX = 50, RANDOM_BYTES = 32 };

struct _LkCollege
{
  LkSettings *settings;
  LkOidc *oidc;                 /* NULL: it is CAS */
  GMutex mutex;
  GHashTable *logins;           /* LkCollegeLogin by id */
};

static void
login_free (LkCollegeLogin *login)
{
  g_free (login->device);
  g_free (login->from);
  g_free (login->back);
  g_free (login->state);
  g_free (login->nonce);
  g_free (login->verifier);
  g_free (login);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkCollegeLogin, login_free)

LkCollege *
lk_college_new (LkSettings *settings)
{
  const char *kind = lk_settings_text (settings, LK_COLLEGE_GROUP, "kind");
  gboolean oidc = g_strcmp0 (kind, "oidc") == 0;
  const char *needed = oidc ? "issuer" : "cas_url";
  LkCollege *self;

  if (!oidc && g_strcmp0 (kind, "cas") != 0)
    return NULL;
  if (lk_settings_text (settings, LK_COLLEGE_GROUP, needed) == NULL)
    {
      lk_log ("failure", "what=college_sign_in message=\"%s is not set\"", needed);
      return NULL;
    }
  self = g_new0 (LkCollege, 1);
  self->settings = settings;
  self->oidc = oidc ? lk_oidc_new (settings) : NULL;
  g_mutex_init (&self->mutex);
  self->logins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) login_free);
  return self;
}

void
lk_college_free (LkCollege *self)
{
  g_clear_pointer (&self->oidc, lk_oidc_free);
  g_hash_table_unref (self->logins);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

const char *
lk_college_get_title (LkCollege *self)
{
  return lk_settings_text (self->settings, LK_COLLEGE_GROUP, "title");
}

static char *
random_text (void)
{
  guint8 bits[RANDOM_BYTES];
  char text[sodium_base64_ENCODED_LEN (RANDOM_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];

  randombytes_buf (bits, sizeof bits);
  sodium_bin2base64 (text, sizeof text, bits, sizeof bits, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return g_strdup (text);
}

/* The answer goes to the workstation itself and nowhere else. */
static gboolean
is_way_back (const char *back)
{
  static const char *const hosts[] = { "http://127.0.0.1:", "http://[::1]:" };

  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    if (g_str_has_prefix (back, hosts[i]))
      {
        const char *port = back + strlen (hosts[i]);
        gsize digits = strspn (port, "0123456789");

        return digits >= 1 && digits <= 5 && strcmp (port + digits, "/signed-in") == 0;
      }
  return FALSE;
}

static gboolean
is_over (gpointer id, gpointer login, gpointer now)
{
  return ((LkCollegeLogin *) login)->ends_at <= *(gint64 *) now;
}

static guint
count_from (GHashTable *logins, const char *from)
{
  GHashTableIter iter;
  gpointer login;
  guint n = 0;

  g_hash_table_iter_init (&iter, logins);
  while (g_hash_table_iter_next (&iter, NULL, &login))
    n += strcmp (((LkCollegeLogin *) login)->from, from) == 0;
  return n;
}

/* Takes login when there is room for it. */
static gboolean
keep_login (LkCollege *self, const char *id, LkCollegeLogin **login)
{
  gint64 now = g_get_monotonic_time ();
  gboolean room;

  g_mutex_lock (&self->mutex);
  g_hash_table_foreach_remove (self->logins, is_over, &now);
  room = g_hash_table_size (self->logins) < LOGINS_MAX && count_from (self->logins, (*login)->from) < LOGINS_OF_ADDRESS_MAX;
  if (room)
    g_hash_table_insert (self->logins, g_strdup (id), g_steal_pointer (login));
  g_mutex_unlock (&self->mutex);
  return room;
}

gboolean
lk_college_begin (LkCollege *self, const char *device, const char *from, const char *back, char **id, char **url, char **state,
                  GError **error)
{
  g_autoptr (LkCollegeLogin) login = g_new0 (LkCollegeLogin, 1);
  g_autofree char *name = random_text (), *address = NULL, *mark = NULL;

  if (!is_way_back (back))
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_REQUEST, "the way back is not to the workstation");
      return FALSE;
    }
  *login = (LkCollegeLogin) { g_strdup (device), g_strdup (from), g_strdup (back), random_text (), random_text (), random_text (),
                              g_get_monotonic_time () + LK_COLLEGE_SECONDS * G_TIME_SPAN_SECOND };
  address = self->oidc != NULL ? lk_oidc_begin (self->oidc, login, error) : lk_cas_begin (self->settings, login);
  if (address == NULL)
    return FALSE;
  mark = g_strdup (login->state);
  if (!keep_login (self, name, &login))
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_TOO_MANY_TRIES, "too many sign-ins have begun");
      return FALSE;
    }
  *id = g_steal_pointer (&name);
  *url = g_steal_pointer (&address);
  *state = g_steal_pointer (&mark);
  return TRUE;
}

/* Whoever ends it takes it away. */
static LkCollegeLogin *
take_login (LkCollege *self, const char *id)
{
  gpointer key = NULL, login = NULL;

  g_mutex_lock (&self->mutex);
  g_hash_table_steal_extended (self->logins, id, &key, &login);
  g_mutex_unlock (&self->mutex);
  g_free (key);
  return login;
}

static char *
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, LK_ERROR, LK_ERROR_COLLEGE_REFUSED, why);
  return NULL;
}

char *
lk_college_finish (LkCollege *self, const char *id, const char *device, const LkCollegeAnswer *answer, GError **error)
{
  g_autoptr (LkCollegeLogin) login = take_login (self, id);

  if (login == NULL || login->ends_at <= g_get_monotonic_time ())
    return refuse (error, "no such sign-in, or it has taken too long");
  if (strcmp (login->device, device) != 0 || g_strcmp0 (login->state, answer->state) != 0)
    return refuse (error, "the answer is of another sign-in");
  if (self->oidc != NULL)
    return answer->code != NULL ? lk_oidc_finish (self->oidc, login, answer->code, error) : refuse (error, "no code came back");
  return answer->ticket != NULL ? lk_cas_finish (self->settings, login, answer->ticket, error) : refuse (error, "no ticket came back");
}
