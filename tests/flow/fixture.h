/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "station.h"

G_BEGIN_DECLS

/* A campus, a network that can fail, and the workstation of "lin". */
typedef struct
{
  Campus *campus;
  FaultProxy *proxy;
  char *url;
  Station *lin;
} Fixture;

/* The usual campus. */
enum
{
  STUDENTS = 12,
  LEASE = 8,
};

void fixture_set_up (Fixture *f, gconstpointer options); /* CampusOptions */
void fixture_tear_down (Fixture *f, gconstpointer options);

/* Starts the service, and leads the network to it. */
void fixture_serve (Fixture *f);

/* The network fails until it is mended; waits until the workstation has noticed. */
void fixture_cut (Fixture *f);
void fixture_mend (Fixture *f);

/* A number out of the campus' database, for a submission's id in the place of %s. */
int fixture_count (Fixture *f, const char *format, const char *id);

/* The state of a submission at the campus. */
void fixture_assert_state (Fixture *f, const char *id, const char *state);

G_END_DECLS
