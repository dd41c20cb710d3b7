/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/campus-db.h"

G_BEGIN_DECLS

/* Accounts, what each may see, and how they prove who they are: rules.md section 6. */

/* A site, a class anywhere, or a class of a site; "" stands for any. */
typedef struct
{
  char *site, *class_name;
} LkScope;

void lk_scope_free (LkScope *scope);

/* An account as the one who manages accounts sees it. */
typedef struct
{
  LkStaff *staff;
  gboolean disabled, second_factor;
  int n_recovery;               /* codes that are left */
  char *outside;                /* who it is for the college's own sign-in, NULL when not known there */
  GPtrArray *scopes;            /* of LkScope; empty: everything, for an adviser nothing */
  GPtrArray *related;           /* student numbers of the person and of relatives, char * */
} LkAccountRow;

void lk_account_row_free (LkAccountRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkAccountRow, lk_account_row_free)

/* What is to be changed of an account; what is NULL or 0 stays. */
typedef struct
{
  const char *name, *password;  /* password: its hash */
  LkRole role;
  GPtrArray *scopes;            /* of LkScope, instead of those there are */
  const char *outside;          /* "": none any more */
} LkAccountChange;

enum { LK_RECOVERY_HASH = 32 };

/* The second factor of an account. */
typedef struct
{
  GBytes *secret;               /* NULL: there is none */
  gint64 last_step;             /* number of the 30 s for which a code was taken last */
} LkSecondFactor;

void lk_second_factor_clear (LkSecondFactor *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LkSecondFactor, lk_second_factor_clear)

/* Errors: LK_ERROR_NOT_FOUND (no such account) everywhere a user is named. Each change is an audit line. What takes a right away ends the
 * sessions of the account: role, password, being disabled. */
struct _LkAccountOps
{
  GPtrArray *(*list)       (LkCampusDb *db, GError **error);           /* of LkAccountRow, by user name */
  gboolean (*change)       (LkCampusDb *db, const char *user, const LkAccountChange *change, GError **error);  /* _STATE: outside taken */
  gboolean (*set_disabled) (LkCampusDb *db, const char *user, gboolean disabled, GError **error);
  /* Declares that a student is the person or a relative: nobody decides on those. LK_ERROR_NOT_IN_ROSTER. */
  gboolean (*set_related)  (LkCampusDb *db, const char *user, const char *student_no, gboolean related, GError **error);

  /* recovery: LK_RECOVERY_HASH bytes a code. secret NULL takes the second factor away. */
  gboolean (*set_second_factor)  (LkCampusDb *db, const char *user, GBytes *secret, GBytes *recovery, GError **error);
  gboolean (*find_second_factor) (LkCampusDb *db, gint64 staff, LkSecondFactor *factor, GError **error);
  /* Once for each 30 s and each recovery code: LK_ERROR_WRONG_FACTOR the next time. */
  gboolean (*use_step)     (LkCampusDb *db, gint64 staff, gint64 step, GError **error);
  gboolean (*use_recovery) (LkCampusDb *db, gint64 staff, const guint8 hash[LK_RECOVERY_HASH], GError **error);

  /* Who somebody is that the college's own sign-in calls so. LK_ERROR_NO_ACCOUNT. */
  LkStaff *(*find_outside) (LkCampusDb *db, const char *outside, GError **error);

  /* Goes up with each change that sessions must follow. */
  gboolean (*epoch)        (LkCampusDb *db, gint64 *epoch, GError **error);
  /* Writes down why somebody was not let in; user may be NULL. */
  gboolean (*note_refusal) (LkCampusDb *db, const char *user, LkError cause, const char *from, GError **error);
};

G_END_DECLS
