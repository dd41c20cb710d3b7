-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO staff_scope (staff, site, class_name) VALUES (1, '合肥校本部', '');
INSERT INTO staff_related (staff, student) VALUES (1, 2);
INSERT INTO staff_factor (staff, secret, last_step) VALUES (2, zeroblob (20), 58334520);
INSERT INTO staff_recovery (staff, hash) VALUES (2, zeroblob (32));
INSERT INTO ticket (id, uuid, type, state, student, submission, author, text, created_at) VALUES
  (1, '0192f0c0-0000-7000-8000-000000000601', 'APPEAL', 'OPEN', 1, 1, NULL, '镜片没有反光', 1750130000000000);
INSERT INTO ticket_entry (id, ticket, at, role, staff, step, text) VALUES (1, 1, 1750130000000000, 'student', NULL, 'open', '');
INSERT INTO ticket_attachment (id, uuid, ticket, kind, student, staff, photo, added_at) VALUES
  (1, '0192f0c0-0000-7000-8000-000000000602', 1, 'screenshot', 1, NULL, '0000000000000000000000000000000000000000000000000000000000000003', 1750130000000000);
