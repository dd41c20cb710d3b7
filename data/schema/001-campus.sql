-- SPDX-License-Identifier: GPL-3.0-or-later
-- Step 1: the campus. Times are µs UTC, states and verdicts the words of rules.md, ids UUIDs in text, photos SHA-256 in hex.

CREATE TABLE staff (
  id         INTEGER PRIMARY KEY,
  uuid       TEXT    NOT NULL UNIQUE,
  user       TEXT    NOT NULL UNIQUE,
  name       TEXT    NOT NULL,
  role       TEXT    NOT NULL,
  password   TEXT    NOT NULL,            -- Argon2id, with its parameters
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE session (
  token      BLOB    PRIMARY KEY,         -- SHA-256 of the token; the token itself is never stored
  staff      INTEGER NOT NULL REFERENCES staff (id),
  device     TEXT    NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE photo (
  sha256 TEXT    PRIMARY KEY,
  type   TEXT    NOT NULL,                -- image/jpeg, image/png
  width  INTEGER NOT NULL,                -- px, upright
  height INTEGER NOT NULL,
  bytes  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE student (
  id          INTEGER PRIMARY KEY,
  student_no  TEXT NOT NULL UNIQUE,
  name        TEXT NOT NULL,
  document_no TEXT NOT NULL,
  class_name  TEXT NOT NULL,
  site        TEXT NOT NULL,
  id_card     TEXT REFERENCES photo (sha256),
  diploma     TEXT REFERENCES photo (sha256)
) STRICT;
CREATE INDEX student_id_card ON student (id_card) WHERE id_card IS NOT NULL;
CREATE INDEX student_diploma ON student (diploma) WHERE diploma IS NOT NULL;

-- What changes at each step of the work is kept apart from the long text of the checks, so that a move rewrites few bytes.
CREATE TABLE submission (
  id            INTEGER PRIMARY KEY,
  uuid          TEXT    NOT NULL UNIQUE,
  student       INTEGER NOT NULL REFERENCES student (id),
  photo         TEXT    NOT NULL REFERENCES photo (sha256),
  state         TEXT    NOT NULL,
  submitted_at  INTEGER NOT NULL,
  due_at        INTEGER NOT NULL,
  tries_used    INTEGER NOT NULL,
  tries_allowed INTEGER NOT NULL,
  hard_failed   INTEGER NOT NULL,         -- 1 when a hard check failed: an approval needs a note
  lease         TEXT,                     -- these four only while IN_REVIEW
  lease_staff   INTEGER,
  lease_device  TEXT,
  lease_until   INTEGER
) STRICT;
CREATE INDEX submission_pending ON submission (due_at, id) WHERE state = 'PENDING';
CREATE INDEX submission_holder  ON submission (lease_staff, lease_device, due_at, id) WHERE state = 'IN_REVIEW';
CREATE INDEX submission_until   ON submission (lease_until) WHERE state = 'IN_REVIEW';
CREATE INDEX submission_student ON submission (student);
CREATE INDEX submission_photo   ON submission (photo);

-- The checks of a submission, as they travel; never rewritten.
CREATE TABLE report (
  submission   INTEGER PRIMARY KEY REFERENCES submission (id),
  spec_version INTEGER NOT NULL,
  checks       TEXT    NOT NULL,          -- JSON as in docs/protocol.md
  brief        TEXT    NOT NULL           -- JSON [[id, version, outcome, value], ...] for the audit
) STRICT;

-- Every lease ever given: who could see which submission. The current one is named in submission.lease.
CREATE TABLE lease (
  id         TEXT    PRIMARY KEY,
  submission INTEGER NOT NULL,
  staff      INTEGER NOT NULL,
  device     TEXT    NOT NULL,
  given_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
  key         TEXT    PRIMARY KEY,
  content     BLOB    NOT NULL,           -- SHA-256 of what was sent under the key
  submission  INTEGER NOT NULL REFERENCES submission (id),
  staff       INTEGER NOT NULL REFERENCES staff (id),
  lease       TEXT    NOT NULL,
  photo       TEXT    NOT NULL,
  verdict     TEXT    NOT NULL,
  reasons     TEXT    NOT NULL,           -- JSON array of codes
  note        TEXT    NOT NULL,
  decided_at  INTEGER NOT NULL,           -- the workstation's clock
  received_at INTEGER NOT NULL,
  shown_ms    INTEGER NOT NULL,
  input       TEXT    NOT NULL,
  audit       INTEGER NOT NULL,           -- seq of its audit line
  reverted_at INTEGER,
  revert_key  TEXT
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX decision_active ON decision (submission) WHERE reverted_at IS NULL;
CREATE INDEX decision_staff ON decision (staff, received_at) WHERE reverted_at IS NULL;

-- Answers that changed nothing but must stay the same when the key comes again: conflicts.
CREATE TABLE answer (
  key     TEXT    PRIMARY KEY,
  content BLOB    NOT NULL,
  staff   INTEGER NOT NULL,
  answer  TEXT    NOT NULL,
  at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Append only, each line carrying the hash of the line before. Lines with a submission are also the feed of changes.
CREATE TABLE audit (
  seq        INTEGER PRIMARY KEY,
  at         INTEGER NOT NULL,
  action     TEXT    NOT NULL,
  submission INTEGER,
  state      TEXT,
  body       TEXT    NOT NULL,
  hash       BLOB    NOT NULL
) STRICT;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE (ABORT, 'the audit is append only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE (ABORT, 'the audit is append only'); END;
