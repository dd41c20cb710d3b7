/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/campus-db.h"

G_BEGIN_DECLS

/* A call that must do its work once, however often it comes. */
typedef struct
{
  char *owner, *key;            /* whose key: one of another account is another */
  guint8 request[32];           /* hash of the whole request */
  gboolean marked;              /* something durable was done */
} LkKeyScope;

LkKeyScope *lk_key_scope_new  (const char *owner, const char *key, const guint8 request[32]);
void        lk_key_scope_free (LkKeyScope *scope);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkKeyScope, lk_key_scope_free)

typedef struct
{
  guint8 request[32];
  int status;                   /* 0: the work was done, but the answer is not known, because the service ended before it */
  char *body;                   /* JSON; NULL for none */
} LkKeptAnswer;

void lk_kept_answer_free (LkKeptAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkKeptAnswer, lk_kept_answer_free)

struct _LkKeysOps
{
  /* What this thread changes from now on is marked with the key in the same transaction; NULL: no more. */
  void          (*set_scope) (LkCampusDb *db, LkKeyScope *scope);
  LkKeptAnswer *(*find)      (LkCampusDb *db, const char *owner, const char *key, GError **error);      /* _NOT_FOUND */
  /* Keeps the answer; body may be NULL. */
  gboolean      (*keep)      (LkCampusDb *db, const LkKeyScope *scope, int status, const char *body, GError **error);
  gboolean      (*forget)    (LkCampusDb *db, const LkKeyScope *scope, GError **error);
  /* Removes what is older (µs UTC), some hundreds at a time. */
  gboolean      (*expire)    (LkCampusDb *db, gint64 before, GError **error);
};

G_END_DECLS
