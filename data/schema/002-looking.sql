-- SPDX-License-Identifier: GPL-3.0-or-later
-- Step 2: looking and comparing. Where the eyes are on a photo, and what else there is to see of a submission.

ALTER TABLE photo ADD COLUMN eyes TEXT;   -- JSON [left x, left y, right x, right y], fractions of the upright photo; NULL: not known

CREATE TABLE variant (
  submission INTEGER NOT NULL REFERENCES submission (id),
  kind       TEXT    NOT NULL,            -- original: what it was cropped from; blue: its background replaced
  photo      TEXT    NOT NULL REFERENCES photo (sha256),
  PRIMARY KEY (submission, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX variant_photo ON variant (photo);
