-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE photo SET eyes = '[0.4,0.4,0.6,0.4]' WHERE sha256 LIKE '%1';
INSERT INTO variant (submission, kind, photo) VALUES (2, 'blue', '0000000000000000000000000000000000000000000000000000000000000004');
