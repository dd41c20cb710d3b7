-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a campus of version 1 may have in it. The lines of the audit are made by the test, which can hash.
INSERT INTO staff (id, uuid, user, name, role, password, created_at) VALUES
  (1, '0192f0c0-0000-7000-8000-000000000101', 'lin', '林老师', 'reviewer', '$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA', 1750035600000000),
  (2, '0192f0c0-0000-7000-8000-000000000102', 'zhao', '赵组长', 'lead', '$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA', 1750035600000000);
INSERT INTO session (token, staff, device, expires_at) VALUES (zeroblob (32), 1, '0192f0c0-0000-7000-8000-00000000000a', 9000000000000000);
INSERT INTO photo (sha256, type, width, height, bytes) VALUES
  ('0000000000000000000000000000000000000000000000000000000000000001', 'image/jpeg', 480, 640, 30000),
  ('0000000000000000000000000000000000000000000000000000000000000002', 'image/jpeg', 480, 640, 31000),
  ('0000000000000000000000000000000000000000000000000000000000000003', 'image/png', 358, 441, 32000),
  ('0000000000000000000000000000000000000000000000000000000000000004', 'image/jpeg', 480, 640, 33000);
INSERT INTO student (id, student_no, name, document_no, class_name, site, id_card, diploma) VALUES
  (1, '2021210001', '李小明', '990101199903150010', '会计学2班', '合肥校本部', '0000000000000000000000000000000000000000000000000000000000000003', NULL),
  (2, '2021210002', '王芳', '', '会计学3班', '芜湖教学点', NULL, '0000000000000000000000000000000000000000000000000000000000000003');
INSERT INTO submission (id, uuid, student, photo, state, submitted_at, due_at, tries_used, tries_allowed, hard_failed, lease, lease_staff, lease_device, lease_until) VALUES
  (1, '0192f0c0-0000-7000-8000-000000000201', 1, '0000000000000000000000000000000000000000000000000000000000000001', 'RETURNED', 1750035600000000, 1750294800000000, 1, 10, 0, NULL, NULL, NULL, NULL),
  (2, '0192f0c0-0000-7000-8000-000000000202', 1, '0000000000000000000000000000000000000000000000000000000000000002', 'PENDING', 1750039200000000, 1750298400000000, 2, 10, 0, NULL, NULL, NULL, NULL),
  (3, '0192f0c0-0000-7000-8000-000000000203', 2, '0000000000000000000000000000000000000000000000000000000000000004', 'IN_REVIEW', 1750039200000000, 1750298400000000, 1, 10, 1,
   '0192f0c0-0000-7000-8000-000000000303', 1, '0192f0c0-0000-7000-8000-00000000000a', 9000000000000000);
INSERT INTO report (submission, spec_version, checks, brief) VALUES
  (1, 1, '[{"id":"G3_eye_line","version":1,"kind":"hard","outcome":"pass","value":250}]', '[["G3_eye_line",1,"pass",250]]'),
  (2, 1, '[{"id":"G3_eye_line","version":1,"kind":"hard","outcome":"warn","value":262,"reason":"R203"}]', '[["G3_eye_line",1,"warn",262]]'),
  (3, 1, '[{"id":"G3_eye_line","version":1,"kind":"hard","outcome":"fail","value":310,"reason":"R203"}]', '[["G3_eye_line",1,"fail",310]]');
INSERT INTO lease (id, submission, staff, device, given_at) VALUES
  ('0192f0c0-0000-7000-8000-000000000301', 1, 1, '0192f0c0-0000-7000-8000-00000000000a', 1750036000000000),
  ('0192f0c0-0000-7000-8000-000000000303', 3, 1, '0192f0c0-0000-7000-8000-00000000000a', 1750040000000000);
INSERT INTO decision (key, content, submission, staff, lease, photo, verdict, reasons, note, decided_at, received_at, shown_ms, input, audit) VALUES
  ('0192f0c0-0000-7000-8000-000000000401', zeroblob (32), 1, 1, '0192f0c0-0000-7000-8000-000000000301',
   '0000000000000000000000000000000000000000000000000000000000000001', 'return', '["R203"]', '请看左上角', 1750036100000000, 1750036100500000, 4200, 'key', 3);
INSERT INTO answer (key, content, staff, answer, at) VALUES
  ('0192f0c0-0000-7000-8000-000000000402', zeroblob (32), 2, '{"code":"lease-lost"}', 1750036200000000);
