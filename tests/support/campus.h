/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The real service (the program LIKENESSD names) on a campus in a folder of its own, with the reviewers "lin" (林老师)
 * and "wang" (王老师) and the lead "zhao" (赵组长). It is asked over HTTP by what is tested, and its database is read for what really arrived. */
typedef struct _Campus Campus;

#define CAMPUS_PASSWORD "correct horse"

typedef struct
{
  guint n_students;               /* each with one submission, half of them with an ID-card photo */
  guint lease_max, lease_seconds; /* 0: as configured */
  guint undo_seconds;             /* 0: as configured */
  const char *second_review;      /* JSON as in data/service.json; NULL: none by rule or chance */
} CampusOptions;

Campus *campus_new (const CampusOptions *options); /* not running yet */
void campus_start (Campus *self);
void campus_kill (Campus *self); /* SIGKILL */
void campus_free (Campus *self);

guint16 campus_get_port (Campus *self); /* 0 when it does not run; changes at each start */

/* A number out of its database; a text, newly allocated, NULL when there is none. */
int campus_number (Campus *self, const char *sql);
char *campus_text (Campus *self, const char *sql);

/* A file of data/ that the college has changed: its text with one passage replaced. Before the campus is started. */
void campus_set_file (Campus *self, const char *name, const char *passage, const char *by);

/* A file in the folder of the campus, likenessd.conf for one. Before the campus is started. */
void campus_write (Campus *self, const char *name, const char *text);

/* Changes the database of a campus that does not run. */
void campus_change (Campus *self, const char *sql);

G_END_DECLS
