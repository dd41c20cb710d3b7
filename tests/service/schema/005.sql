-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO lease (id, submission, staff, device, given_at, returned) VALUES
  ('0192f0c0-0000-7000-8000-000000000306', 2, 2, '0192f0c0-0000-7000-8000-00000000000b', 1750043000000000, 1);
