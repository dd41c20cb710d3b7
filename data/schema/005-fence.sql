-- SPDX-License-Identifier: GPL-3.0-or-later
-- Step 5: late decisions count by who was given the submission last, not by who is heard first.

-- Given back by its holder, who therefore has no decision about it on the way; one that ran out may.
ALTER TABLE lease ADD COLUMN returned INTEGER NOT NULL DEFAULT 0;
CREATE INDEX lease_submission ON lease (submission, given_at);
