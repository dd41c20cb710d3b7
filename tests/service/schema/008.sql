-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO kept_answer (owner, key, request, at, status, body) VALUES
  ('student 1', '0192f0c0-0000-7000-8000-000000000701', zeroblob (32), 1750039200000000, 200, '{"id":"0192f0c0-0000-7000-8000-000000000202"}');
