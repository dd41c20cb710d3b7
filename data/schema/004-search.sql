-- SPDX-License-Identifier: GPL-3.0-or-later
-- Step 4: the same picture or face under several names, and whose collection code came with a photo.

-- What faces and pictures are found again by: face data, encrypted with the key file beside this database (secretbox: 24 bytes
-- nonce, then the sealed trace).
CREATE TABLE trace (
  submission INTEGER PRIMARY KEY REFERENCES submission (id),
  sealed     BLOB    NOT NULL
) STRICT;

-- A submission whose picture or face was there already, under another student.
CREATE TABLE match (
  submission INTEGER NOT NULL REFERENCES submission (id),
  other      INTEGER NOT NULL REFERENCES submission (id),       -- the earlier one
  likeness   TEXT    NOT NULL,            -- same-file, near-copy, same-face
  score      REAL,                        -- of the faces
  PRIMARY KEY (submission, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX match_other ON match (other);

ALTER TABLE student ADD COLUMN unique_no TEXT;   -- of the study record, as the roster has it; NULL: not known
CREATE INDEX student_unique_no ON student (unique_no) WHERE unique_no IS NOT NULL;

-- The unique number in the collection code that came with a student's photo.
CREATE TABLE code (
  student   INTEGER PRIMARY KEY REFERENCES student (id),
  unique_no TEXT    NOT NULL
) STRICT;
CREATE INDEX code_unique_no ON code (unique_no);
