-- SPDX-License-Identifier: GPL-3.0-or-later
-- Step 6: what a student does: rounds with their windows, consent, tries, and photos on their way to the review queue.

CREATE TABLE round (
  id                 INTEGER PRIMARY KEY,
  uuid               TEXT    NOT NULL UNIQUE,
  name               TEXT    NOT NULL UNIQUE,
  kind               TEXT    NOT NULL,    -- regular, makeup
  price_cents        INTEGER NOT NULL,    -- of one student; 0: the college pays
  tries_allowed      INTEGER NOT NULL,
  tries_after_return INTEGER NOT NULL,    -- further ones for each photo that was sent back
  graduation_year    INTEGER NOT NULL,    -- 0: of every year
  added_at           INTEGER NOT NULL,
  closed_at          INTEGER
) STRICT;

CREATE TABLE round_window (
  round    INTEGER NOT NULL REFERENCES round (id),
  site     TEXT    NOT NULL,              -- *: every site without one of its own
  opens_at INTEGER NOT NULL,
  ends_at  INTEGER NOT NULL,
  PRIMARY KEY (round, site, opens_at)
) STRICT, WITHOUT ROWID;

-- A student in a round.
CREATE TABLE record (
  id          INTEGER PRIMARY KEY,
  round       INTEGER NOT NULL REFERENCES round (id),
  student     INTEGER NOT NULL REFERENCES student (id),
  added_at    INTEGER NOT NULL,
  has_code    INTEGER NOT NULL,           -- came in with a collection code
  tries_used  INTEGER NOT NULL DEFAULT 0, -- tries that were started and not given back
  tries_extra INTEGER NOT NULL DEFAULT 0, -- given by the desk
  missed      INTEGER NOT NULL DEFAULT 0, -- 1: the round was closed without an approved photo
  UNIQUE (student, round)
) STRICT;
CREATE INDEX record_round ON record (round);

ALTER TABLE submission ADD COLUMN record INTEGER REFERENCES record (id);   -- NULL: it came by an import before the student did

-- What a student agreed to, each time. The latest counts.
CREATE TABLE consent (
  id       INTEGER PRIMARY KEY,
  student  INTEGER NOT NULL REFERENCES student (id),
  version  TEXT    NOT NULL,
  face     INTEGER NOT NULL,              -- 1: agreed to automatic face comparison
  at       INTEGER NOT NULL,
  from_ip  TEXT    NOT NULL
) STRICT;
CREATE INDEX consent_student ON consent (student, id);

-- Every collection code that came with a student, and how it fitted. Code ids and unique numbers only: nothing else of it is kept.
CREATE TABLE code_seen (
  code_id   TEXT    NOT NULL,
  student   INTEGER NOT NULL REFERENCES student (id),
  unique_no TEXT    NOT NULL,
  finding   TEXT    NOT NULL,             -- same, plausible: taken; conflict, held: refused
  first_at  INTEGER NOT NULL,
  last_at   INTEGER NOT NULL,
  PRIMARY KEY (code_id, student)
) STRICT, WITHOUT ROWID;
CREATE INDEX code_seen_unique_no ON code_seen (unique_no) WHERE finding IN ('same', 'plausible');

CREATE TABLE student_session (
  token      BLOB    PRIMARY KEY,         -- SHA-256 of the token; the token itself is never stored
  student    INTEGER NOT NULL REFERENCES student (id),
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX student_session_student ON student_session (student);

-- An upload. It ends as a submission with the same uuid, or is replaced by the next one.
CREATE TABLE draft (
  id           INTEGER PRIMARY KEY,
  uuid         TEXT    NOT NULL UNIQUE,
  record       INTEGER NOT NULL REFERENCES record (id),
  state        TEXT    NOT NULL,          -- DRAFT, CHECK_FAILED, CHECK_PASSED
  added_at     INTEGER NOT NULL,
  ended_at     INTEGER,                   -- submitted, replaced, or the round was closed
  submission   INTEGER REFERENCES submission (id),
  upload       TEXT    NOT NULL,          -- SHA-256 of the file as it came
  type         TEXT    NOT NULL,
  bytes        INTEGER NOT NULL,
  width        INTEGER,                   -- px, upright; these three when it has been looked at
  height       INTEGER,
  proposal     TEXT,                      -- JSON crop
  problem      TEXT,                      -- why it cannot be used
  crop         TEXT,                      -- JSON crop
  asked_at     INTEGER,                   -- its checks are to start
  cropped      TEXT REFERENCES photo (sha256),
  blue         TEXT REFERENCES photo (sha256),
  hard_failed  INTEGER,
  spec_version INTEGER,
  checks       TEXT,
  brief        TEXT,
  trace        BLOB
) STRICT;
CREATE UNIQUE INDEX draft_active ON draft (record) WHERE ended_at IS NULL;
CREATE INDEX draft_record ON draft (record);

-- One run of the checks. A try that is not given back counts.
CREATE TABLE try (
  id         INTEGER PRIMARY KEY,
  draft      INTEGER NOT NULL REFERENCES draft (id),
  record     INTEGER NOT NULL REFERENCES record (id),
  started_at INTEGER NOT NULL,
  ended_at   INTEGER,
  given_back INTEGER NOT NULL DEFAULT 0,
  CHECK (given_back = 0 OR ended_at IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX try_running ON try (draft) WHERE ended_at IS NULL;
CREATE INDEX try_record ON try (record);

-- How often a check has failed in a record's tries: after the second time the student may send the photo to the desk.
CREATE TABLE failed_check (
  record   INTEGER NOT NULL REFERENCES record (id),
  check_id TEXT    NOT NULL,
  n        INTEGER NOT NULL,
  PRIMARY KEY (record, check_id)
) STRICT, WITHOUT ROWID;

-- When the student could first read it; nobody takes it back after that.
ALTER TABLE decision ADD COLUMN seen_at INTEGER;
