-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE student SET unique_no = 'U2' WHERE id = 2;
INSERT INTO trace (submission, sealed) VALUES (1, zeroblob (200));
INSERT INTO match (submission, other, likeness, score) VALUES (4, 2, 'same-file', NULL), (3, 1, 'same-face', 0.71);
INSERT INTO code (student, unique_no) VALUES (1, 'U1');
