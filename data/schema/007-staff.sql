-- SPDX-License-Identifier: GPL-3.0-or-later
-- Step 7: staff: what each may see, second factors, names at other sign-in services, tickets, unmasking.

-- An empty password signs nobody in: such an account comes through the college's own sign-in only.
ALTER TABLE staff ADD COLUMN disabled_at INTEGER;
ALTER TABLE staff ADD COLUMN outside TEXT;       -- who it is for the college's own sign-in
CREATE UNIQUE INDEX staff_outside ON staff (outside) WHERE outside IS NOT NULL;

-- Goes up with each change that sessions which are held in memory must follow.
CREATE TABLE staff_epoch (n INTEGER NOT NULL) STRICT;
INSERT INTO staff_epoch (n) VALUES (1);

-- What somebody may see; '' stands for any. Nobody's rows: everything, for an adviser nothing.
CREATE TABLE staff_scope (
  staff      INTEGER NOT NULL REFERENCES staff (id),
  site       TEXT    NOT NULL,
  class_name TEXT    NOT NULL,
  PRIMARY KEY (staff, site, class_name)
) STRICT, WITHOUT ROWID;

-- Students on whose photos this person does not decide: oneself and relatives.
CREATE TABLE staff_related (
  staff   INTEGER NOT NULL REFERENCES staff (id),
  student INTEGER NOT NULL REFERENCES student (id),
  PRIMARY KEY (staff, student)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff_factor (
  staff     INTEGER PRIMARY KEY REFERENCES staff (id),
  secret    BLOB    NOT NULL,            -- of RFC 6238
  last_step INTEGER NOT NULL             -- the 30 s of which a code was taken last: none is taken twice
) STRICT;

CREATE TABLE staff_recovery (
  staff INTEGER NOT NULL REFERENCES staff (id),
  hash  BLOB    NOT NULL,                -- SHA-256; the row goes when the code is used
  PRIMARY KEY (staff, hash)
) STRICT, WITHOUT ROWID;

-- Taken away by a lead, not by who made it: the ticket by which, or 'reopened'. Who made it does not decide on this submission again.
ALTER TABLE decision ADD COLUMN overturned TEXT;
CREATE INDEX decision_overturned ON decision (submission, staff) WHERE overturned IS NOT NULL;

CREATE TABLE ticket (
  id          INTEGER PRIMARY KEY,
  uuid        TEXT    NOT NULL UNIQUE,
  type        TEXT    NOT NULL,
  state       TEXT    NOT NULL,
  student     INTEGER NOT NULL REFERENCES student (id),
  submission  INTEGER REFERENCES submission (id),
  author      INTEGER REFERENCES staff (id),    -- NULL: the student, or the system
  text        TEXT    NOT NULL,
  created_at  INTEGER NOT NULL,
  resolved_at INTEGER,                   -- the latest time
  clock_us    INTEGER NOT NULL DEFAULT 0,       -- worked on, up to clock_since
  clock_since INTEGER                    -- NULL: the clock stands
) STRICT;
CREATE INDEX ticket_student ON ticket (student);
CREATE INDEX ticket_open ON ticket (type, state) WHERE state <> 'CLOSED';
CREATE INDEX ticket_resolved ON ticket (resolved_at) WHERE state = 'RESOLVED';

CREATE TABLE ticket_entry (
  id     INTEGER PRIMARY KEY,
  ticket INTEGER NOT NULL REFERENCES ticket (id),
  at     INTEGER NOT NULL,
  role   TEXT    NOT NULL,
  staff  INTEGER REFERENCES staff (id),
  step   TEXT    NOT NULL,
  text   TEXT    NOT NULL
) STRICT;
CREATE INDEX ticket_entry_ticket ON ticket_entry (ticket);

-- A file for a ticket; it belongs to none as long as ticket is NULL.
CREATE TABLE ticket_attachment (
  id       INTEGER PRIMARY KEY,
  uuid     TEXT    NOT NULL UNIQUE,
  ticket   INTEGER REFERENCES ticket (id),
  kind     TEXT,
  student  INTEGER NOT NULL REFERENCES student (id),
  staff    INTEGER REFERENCES staff (id),        -- who sent it; NULL: the student
  photo    TEXT    NOT NULL REFERENCES photo (sha256),
  added_at INTEGER NOT NULL
) STRICT;
CREATE INDEX ticket_attachment_ticket ON ticket_attachment (ticket) WHERE ticket IS NOT NULL;
CREATE INDEX ticket_attachment_photo ON ticket_attachment (photo);
CREATE INDEX ticket_attachment_crop ON ticket_attachment (student, staff) WHERE kind = 'crop' AND staff IS NOT NULL;
