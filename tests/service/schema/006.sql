-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO round (id, uuid, name, kind, price_cents, tries_allowed, tries_after_return, graduation_year, added_at, closed_at) VALUES
  (1, '0192f0c0-0000-7000-8000-000000000501', '2025届', 'regular', 0, 10, 3, 2025, 1750000000000000, NULL);
INSERT INTO round_window (round, site, opens_at, ends_at) VALUES (1, '*', 1750032000000000, 1750064400000000);
INSERT INTO record (id, round, student, added_at, has_code, tries_used) VALUES (1, 1, 1, 1750035000000000, 1, 1);
UPDATE submission SET record = 1 WHERE id = 2;
INSERT INTO consent (id, student, version, face, at, from_ip) VALUES (1, 1, '1', 1, 1750035000000000, '10.0.0.1');
INSERT INTO code_seen (code_id, student, unique_no, finding, first_at, last_at) VALUES ('code 1', 1, 'U1', 'same', 1750035000000000, 1750035000000000);
INSERT INTO student_session (token, student, expires_at) VALUES (zeroblob (32), 1, 9000000000000000);
INSERT INTO draft (id, uuid, record, state, added_at, ended_at, submission, upload, type, bytes, width, height) VALUES
  (1, '0192f0c0-0000-7000-8000-000000000202', 1, 'CHECK_PASSED', 1750035100000000, 1750039200000000, 2,
   '0000000000000000000000000000000000000000000000000000000000000005', 'image/jpeg', 2000000, 3000, 4000);
INSERT INTO try (id, draft, record, started_at, ended_at, given_back) VALUES (1, 1, 1, 1750035200000000, 1750035203000000, 0);
UPDATE decision SET seen_at = 1750122500000000 WHERE submission = 1;
