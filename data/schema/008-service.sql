-- SPDX-License-Identifier: GPL-3.0-or-later
-- Step 8: answers kept under their keys, so that a call that comes twice does its work once.

-- One line a key of one account. Written with status 0 in the transaction of the work itself, and with the answer before that is sent.
CREATE TABLE kept_answer (
  owner   TEXT    NOT NULL,               -- "staff UUID", "student ROW"
  key     TEXT    NOT NULL,
  request BLOB    NOT NULL,               -- SHA-256 of the whole request
  at      INTEGER NOT NULL,
  status  INTEGER NOT NULL DEFAULT 0,     -- of the answer; 0: done, but the answer is not known
  body    TEXT,                           -- JSON
  PRIMARY KEY (owner, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_answer_at ON kept_answer (at);
