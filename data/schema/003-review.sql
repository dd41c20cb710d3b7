-- SPDX-License-Identifier: GPL-3.0-or-later
-- Step 3: a queue that can be searched, second review, and known-answer photos.

-- What the queue is searched by, taken once from the long text of the checks.
CREATE TABLE facet (
  submission INTEGER PRIMARY KEY REFERENCES submission (id),
  worst      TEXT    NOT NULL,            -- the worst outcome of its checks
  reasons    TEXT    NOT NULL             -- codes that failing or warning checks suggest, each between blanks: ' R203 R601 '
) STRICT;

INSERT INTO facet (submission, worst, reasons)
SELECT r.submission,
       CASE max (CASE json_extract (c.value, '$.outcome') WHEN 'fail' THEN 3 WHEN 'warn' THEN 2 WHEN 'not_run' THEN 1 ELSE 0 END)
         WHEN 3 THEN 'fail' WHEN 2 THEN 'warn' WHEN 1 THEN 'not_run' ELSE 'pass' END,
       coalesce (' ' || group_concat (DISTINCT CASE WHEN json_extract (c.value, '$.outcome') IN ('fail', 'warn')
                                               THEN json_extract (c.value, '$.reason') END) || ' ', '')
  FROM report r LEFT JOIN json_each (r.checks) c GROUP BY r.submission;
UPDATE facet SET reasons = replace (reasons, ',', ' ');

-- What a reviewer put off: it comes last for this person, as long as the shift lasts.
CREATE TABLE skip (
  staff      INTEGER NOT NULL,
  submission INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (staff, submission)
) STRICT, WITHOUT ROWID;

-- Several people may decide on one submission, each at a stage: 1 the first, 2 the second, 3 who decides between them. A lease is
-- for one stage. In SECOND_REVIEW the four lease columns of submission say which second person has it now.
ALTER TABLE lease ADD COLUMN stage INTEGER NOT NULL DEFAULT 1;
ALTER TABLE decision ADD COLUMN stage INTEGER NOT NULL DEFAULT 1;
ALTER TABLE decision ADD COLUMN cause TEXT;              -- of a first decision: why a second person decides too; NULL when nobody does
ALTER TABLE decision ADD COLUMN weight REAL NOT NULL DEFAULT 0;  -- how many decisions it stands for in the figures of agreement
DROP INDEX decision_active;
CREATE UNIQUE INDEX decision_active ON decision (submission, stage) WHERE reverted_at IS NULL;
CREATE INDEX submission_second ON submission (due_at, id) WHERE state = 'SECOND_REVIEW';
CREATE INDEX submission_second_until ON submission (lease_until) WHERE state = 'SECOND_REVIEW';

-- Photos whose right answer is known, mixed into the queue to see how well it is worked. They belong to nobody: no line here ever
-- touches a student or a submission, and no figure of the collection counts them.
CREATE TABLE known (
  id           INTEGER PRIMARY KEY,
  photo        TEXT    NOT NULL UNIQUE REFERENCES photo (sha256),
  id_card      TEXT    REFERENCES photo (sha256),
  name         TEXT    NOT NULL,
  student_no   TEXT    NOT NULL,
  class_name   TEXT    NOT NULL,
  site         TEXT    NOT NULL,
  hard_failed  INTEGER NOT NULL,
  checks       TEXT    NOT NULL,
  verdict      TEXT    NOT NULL,          -- the right answer
  reasons      TEXT    NOT NULL
) STRICT;
CREATE INDEX known_id_card ON known (id_card) WHERE id_card IS NOT NULL;

CREATE TABLE known_lease (
  id           TEXT    PRIMARY KEY,
  known        INTEGER NOT NULL REFERENCES known (id),
  uuid         TEXT    NOT NULL UNIQUE,   -- what it is called this time
  staff        INTEGER NOT NULL,
  device       TEXT    NOT NULL,
  until        INTEGER NOT NULL,
  ended        INTEGER NOT NULL,
  submitted_at INTEGER NOT NULL,
  due_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX known_lease_staff ON known_lease (staff, known);

CREATE TABLE known_decision (
  key         TEXT    PRIMARY KEY,
  content     BLOB    NOT NULL,
  known       INTEGER NOT NULL REFERENCES known (id),
  staff       INTEGER NOT NULL,
  lease       TEXT    NOT NULL,
  verdict     TEXT    NOT NULL,
  reasons     TEXT    NOT NULL,
  note        TEXT    NOT NULL,
  decided_at  INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  shown_ms    INTEGER NOT NULL,
  reverted_at INTEGER,
  revert_key  TEXT
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX known_decision_active ON known_decision (staff, known) WHERE reverted_at IS NULL;
