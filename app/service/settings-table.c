/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/settings.h"

#include <glib/gi18n.h>

/* A limit that is an int of LkServiceConfig. */
#define LIMIT(member) .is_limit = TRUE, .limit = G_STRUCT_OFFSET (LkServiceConfig, member)

#define KEY(section, name, kind, value, text) .group = section, .key = name, .type = LK_SETTING_##kind, .fallback = value, .help = text

#define DAY_SECONDS 86400

const LkSettingInfo lk_setting_table[] = {
  { KEY ("server", "listen", ADDRESS, "127.0.0.1", N_("the network address to listen on")) },
  { KEY ("server", "port", NUMBER, "8640", N_("the port, 0 for any free one")), .high = G_MAXUINT16 },
  { KEY ("server", "certificate", FILE, NULL, N_("the certificate chain for TLS, PEM")), .with = "private_key" },
  { KEY ("server", "private_key", FILE, NULL, N_("the key of the certificate, PEM")), .with = "certificate" },
  { KEY ("server", "trusted_proxies", ADDRESSES, NULL, N_("proxies that say truly who asks, in X-Forwarded-For")) },

  { KEY ("web", "frame_ancestors", TEXT, "'none'", N_("which sites may show the students' pages inside theirs")) },

  { KEY ("desk", "phone", TEXT, NULL, N_("the telephone of the help desk, as students see it")) },
  { KEY ("desk", "place", TEXT, NULL, N_("where the help desk is")) },
  { KEY ("desk", "hours", TEXT, NULL, N_("when the help desk is open")) },

  { KEY ("codes", "tool", PROGRAM, NULL, N_("a program that opens collection codes that are not in our own format")) },
  { KEY ("codes", "tool_arguments", LIST, NULL, N_("what the program is called with")), .with = "tool" },
  { KEY ("codes", "tool_network", SWITCH, "false", N_("the program needs the network")) },

  { KEY ("log", "level", CHOICE, "info", N_("how much is logged")), .choices = "error warning info debug" },

  { KEY ("metrics", "allow", ADDRESSES, "127.0.0.1;::1", N_("who may read /metrics")) },

  { KEY ("limits", "lease_seconds", NUMBER, NULL, N_("how long a reviewer keeps a photo without a sign of life")),
    .low = 30, .high = DAY_SECONDS, LIMIT (lease_seconds) },
  { KEY ("limits", "undo_seconds", NUMBER, NULL, N_("how long a decision can be taken back")),
    .low = 1, .high = DAY_SECONDS, LIMIT (undo_seconds) },
  { KEY ("limits", "session_seconds", NUMBER, NULL, N_("how long staff stay signed in")),
    .low = 60, .high = 30 * DAY_SECONDS, LIMIT (session_seconds) },
  { KEY ("limits", "tries_allowed", NUMBER, NULL, N_("how many times a student may have a photo checked in a round")),
    .low = 1, .high = 1000, LIMIT (tries_allowed) },
  { KEY ("limits", "sign_in_tries", NUMBER, NULL, N_("wrong passwords of one person before a pause")),
    .low = 1, .high = 1000, LIMIT (sign_in_tries) },
  { KEY ("limits", "password_min_length", NUMBER, NULL, N_("characters a password has at least")),
    .low = 8, .high = 128, LIMIT (password_min_length) },
  { KEY ("limits", "connections", NUMBER, NULL, N_("connections at the same time")),
    .low = 10, .high = 100000, LIMIT (connections) },
  { KEY ("limits", "connections_per_address", NUMBER, NULL, N_("connections of one network address")),
    .low = 1, .high = 100000, LIMIT (connections_per_address) },

  { KEY ("jobs", "workers", NUMBER, NULL, N_("workers that check photos: as many as cores, but no more than this")),
    .low = 1, .high = 256, LIMIT (jobs_workers) },
  { KEY ("jobs", "waiting_max", NUMBER, NULL, N_("photos that may wait for a worker; then students are told to come back")),
    .low = 1, .high = 100000, LIMIT (jobs_waiting_max) },

  { KEY ("second_review", "by_rule", SWITCH, NULL, N_("a second person always looks where the rules want it")),
    LIMIT (second.by_rule) },
  { KEY ("second_review", "first_decisions", NUMBER, NULL, N_("so many first decisions of a new reviewer are looked at twice")),
    .high = 100000, LIMIT (second.first_decisions) },
  { KEY ("second_review", "approvals_percent", NUMBER, NULL, N_("share of the approvals drawn for a second look")),
    .high = 100, LIMIT (second.approvals) },
  { KEY ("second_review", "rejections_percent", NUMBER, NULL, N_("share of the other decisions drawn for a second look")),
    .high = 100, LIMIT (second.rejections) },
  { KEY ("second_review", "known_percent", NUMBER, NULL, N_("share of photos mixed in of which the answer is known")),
    .high = 100, LIMIT (second.known) },

  { KEY ("college_sign_in", "kind", CHOICE, "none", N_("how staff sign in through the college: not, by OpenID Connect or by CAS 3")),
    .choices = "none oidc cas" },
  { KEY ("college_sign_in", "title", TEXT, "统一身份认证登录", N_("what the button for it says")) },
  { KEY ("college_sign_in", "issuer", URL, NULL, N_("the issuer of OpenID Connect, as it writes itself")), .with = "client_id" },
  { KEY ("college_sign_in", "client_id", TEXT, NULL, N_("the name under which the issuer knows this service")), .with = "issuer" },
  { KEY ("college_sign_in", "client_secret", TEXT, NULL, N_("the secret that goes with it; none for a public client")), .with = "client_id",
    .secret = TRUE },
  { KEY ("college_sign_in", "scope", TEXT, "openid profile", N_("what is asked of the issuer")) },
  { KEY ("college_sign_in", "cas_url", URL, NULL, N_("the address of the CAS server, without /login")) },
  { KEY ("college_sign_in", "attribute", TEXT, NULL, N_("the claim or attribute that names a person; without it sub, or the CAS user")) },

  { NULL },
};
