-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO skip (staff, submission, at) VALUES (1, 2, 1750040000000000);
INSERT INTO submission (id, uuid, student, photo, state, submitted_at, due_at, tries_used, tries_allowed, hard_failed) VALUES
  (4, '0192f0c0-0000-7000-8000-000000000204', 2, '0000000000000000000000000000000000000000000000000000000000000002', 'SECOND_REVIEW', 1750039300000000, 1750298500000000, 1, 10, 0);
INSERT INTO report (submission, spec_version, checks, brief) VALUES (4, 2, '[]', '[]');
INSERT INTO facet (submission, worst, reasons) VALUES (4, 'pass', '');
INSERT INTO lease (id, submission, staff, device, given_at) VALUES
  ('0192f0c0-0000-7000-8000-000000000304', 4, 1, '0192f0c0-0000-7000-8000-00000000000a', 1750041000000000);
INSERT INTO decision (key, content, submission, staff, lease, photo, verdict, reasons, note, decided_at, received_at, shown_ms, input, audit, stage, cause, weight) VALUES
  ('0192f0c0-0000-7000-8000-000000000404', zeroblob (32), 4, 1, '0192f0c0-0000-7000-8000-000000000304',
   '0000000000000000000000000000000000000000000000000000000000000002', 'approve', '[]', '', 1750041100000000, 1750041100500000, 3100, 'key', 5, 1, 'random', 20.0);
INSERT INTO known (id, photo, id_card, name, student_no, class_name, site, hard_failed, checks, verdict, reasons) VALUES
  (1, '0000000000000000000000000000000000000000000000000000000000000004', NULL, '周小雨', '2021990001', '会计学2班', '合肥校本部', 0, '[]', 'return', '["R203"]');
INSERT INTO known_lease (id, known, uuid, staff, device, until, ended, submitted_at, due_at) VALUES
  ('0192f0c0-0000-7000-8000-000000000305', 1, '0192f0c0-0000-7000-8000-000000000205', 1, '0192f0c0-0000-7000-8000-00000000000a', 1750042000000000, 1, 1750039300000000, 1750298500000000);
INSERT INTO known_decision (key, content, known, staff, lease, verdict, reasons, note, decided_at, received_at, shown_ms) VALUES
  ('0192f0c0-0000-7000-8000-000000000405', zeroblob (32), 1, 1, '0192f0c0-0000-7000-8000-000000000305', 'return', '["R203"]', '', 1750041200000000, 1750041200500000, 2000);
