/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sql.h"

/* A filter of the queue, with its values always in the first places: site, class, outcome, reason between blanks, end of the student
 * number, whether an earlier photo was sent back, due before, sent in after; NULL and 0 stand for any. */
#define QUEUE " FROM submission s JOIN student t ON t.id = s.student LEFT JOIN facet f ON f.submission = s.id WHERE"
#define MATCHES                                                                                                                    \
  " AND (?1 IS NULL OR t.site = ?1) AND (?2 IS NULL OR t.class_name = ?2) AND (?3 IS NULL OR f.worst = ?3)"                        \
  " AND (?4 IS NULL OR instr (f.reasons, ?4) > 0) AND (?5 IS NULL OR substr (t.student_no, -length (?5)) = ?5)"                     \
  " AND (?6 = 0 OR EXISTS (SELECT 1 FROM submission e WHERE e.student = s.student AND e.id < s.id))"                               \
  " AND (?7 = 0 OR s.due_at < ?7) AND (?8 = 0 OR s.submitted_at >= ?8)"
/* What one of the staff (?9) may look at second: nobody decides twice, and the first has the time to take it back (before ?10). */
#define SECOND " s.state = 'SECOND_REVIEW' AND s.lease IS NULL AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.submission = s.id"  \
               " AND d.reverted_at IS NULL AND (d.staff = ?9 OR d.received_at > ?10))"

/* Whether a student t is among what one of the staff may see. The second number: 1 for who sees nothing but what is named. */
#define IN_SCOPE(staff, named)                                                                                                     \
  " ((" named " = 0 AND NOT EXISTS (SELECT 1 FROM staff_scope WHERE staff = " staff "))"                                           \
  " OR EXISTS (SELECT 1 FROM staff_scope c WHERE c.staff = " staff " AND c.site IN ('', t.site) AND c.class_name IN ('', t.class_name)))"
/* Whether one of the staff may decide on a submission s at all: not on their own or a relative's photo, and not again on one on which a
 * lead has set their decision aside. */
#define MAY_DECIDE(staff)                                                                                                          \
  " NOT EXISTS (SELECT 1 FROM staff_related r WHERE r.staff = " staff " AND r.student = s.student)"                                \
  " AND NOT EXISTS (SELECT 1 FROM decision o WHERE o.submission = s.id AND o.staff = " staff " AND o.overturned IS NOT NULL)"
/* What a ticket is read as. */
#define TICKET                                                                                                                     \
  "SELECT k.id, k.uuid, k.type, k.state, k.student, t.name, t.student_no, t.class_name, t.site, s.uuid, s.state, k.text, k.created_at," \
  " k.resolved_at, k.clock_us, k.clock_since FROM ticket k JOIN student t ON t.id = k.student LEFT JOIN submission s ON s.id = k.submission"
/* Types that the role sees, between blanks; staff, whether only what is named; of which author (0: any); of which student (0: any). */
#define TICKET_SEEN                                                                                                                \
  " instr (?1, ' ' || k.type || ' ') > 0 AND" IN_SCOPE ("?2", "?3") " AND (?4 = 0 OR k.author = ?4) AND (?5 = 0 OR k.student = ?5)"

/* Of an upload: with the running try, and whether what became of it is told. */
#define DRAFT_COLUMNS                                                                                                              \
  " d.id, d.uuid, d.record, r.student, d.state, d.added_at, d.upload, d.type, d.bytes, d.width, d.height, d.proposal, d.problem,"  \
  " d.crop, d.asked_at, d.cropped, d.blue, d.hard_failed, d.spec_version, d.checks, d.brief, d.trace, d.submission,"               \
  " (SELECT count(*) FROM try t WHERE t.draft = d.id),"                                                                            \
  " (SELECT t.id FROM try t WHERE t.draft = d.id AND t.ended_at IS NULL), (SELECT student_no FROM student WHERE id = r.student),"   \
  " (SELECT c.face FROM consent c WHERE c.student = r.student ORDER BY c.id DESC LIMIT 1),"                                         \
  " EXISTS (SELECT 1 FROM failed_check f WHERE f.record = d.record AND f.n > 1) FROM draft d JOIN record r ON r.id = d.record"

const char *const lk_sql[LK_N_SQL] = {
  [LK_SQL_BEGIN] = "BEGIN IMMEDIATE",
  [LK_SQL_COMMIT] = "COMMIT",
  [LK_SQL_ROLLBACK] = "ROLLBACK",
  [LK_SQL_SAVEPOINT] = "SAVEPOINT request",
  [LK_SQL_RELEASE] = "RELEASE request",
  [LK_SQL_ROLLBACK_TO] = "ROLLBACK TO request",
  [LK_SQL_DATA_VERSION] = "PRAGMA data_version",
  [LK_SQL_COUNT_PENDING] = "SELECT count(*) FROM submission WHERE state = 'PENDING'",
  [LK_SQL_COUNT_IN_REVIEW] = "SELECT count(*) FROM submission WHERE state = 'IN_REVIEW'",

  [LK_SQL_AUDIT_HEAD] = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1",
  [LK_SQL_AUDIT_ADD] = "INSERT INTO audit (seq, at, action, submission, state, body, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
  [LK_SQL_AUDIT_ALL] = "SELECT seq, at, action, submission, state, body, hash FROM audit ORDER BY seq",
  [LK_SQL_AUDIT_MISSING] = "SELECT min (d.audit) FROM decision d LEFT JOIN audit a ON a.seq = d.audit WHERE a.seq IS NULL",

  [LK_SQL_KEY_MARK] = "INSERT INTO kept_answer (owner, key, request, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
  [LK_SQL_KEY_KEEP] = "INSERT INTO kept_answer (owner, key, request, at, status, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                      " ON CONFLICT (owner, key) DO UPDATE SET status = ?5, body = ?6",
  [LK_SQL_KEY_FIND] = "SELECT request, status, body FROM kept_answer WHERE owner = ?1 AND key = ?2",
  [LK_SQL_KEY_FORGET] = "DELETE FROM kept_answer WHERE owner = ?1 AND key = ?2 AND status = 0",
  [LK_SQL_KEY_EXPIRE] = "DELETE FROM kept_answer WHERE (owner, key) IN (SELECT owner, key FROM kept_answer WHERE at < ?1 LIMIT 500)",

  [LK_SQL_STAFF_ADD] = "INSERT INTO staff (uuid, user, name, role, password, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [LK_SQL_STAFF_FIND] = "SELECT id, uuid, user, name, role, password FROM staff WHERE user = ?1 AND disabled_at IS NULL",
  [LK_SQL_SESSION_ADD] = "INSERT INTO session (token, staff, device, expires_at) VALUES (?1, ?2, ?3, ?4)",
  [LK_SQL_SESSION_END] = "DELETE FROM session WHERE token = ?1",
  [LK_SQL_SESSION_REPLACE] = "DELETE FROM session WHERE staff = ?1 AND (device = ?2 OR expires_at <= ?3)",
  [LK_SQL_SESSION_LIST] = "SELECT s.token, s.device, s.expires_at, t.id, t.uuid, t.user, t.name, t.role"
                          " FROM session s JOIN staff t ON t.id = s.staff WHERE s.expires_at > ?1 AND t.disabled_at IS NULL",

  [LK_SQL_STUDENT_PUT] = "INSERT INTO student (student_no, name, document_no, class_name, site, unique_no)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, nullif (?6, ''))"
                         " ON CONFLICT (student_no) DO UPDATE SET name = ?2, document_no = ?3, class_name = ?4, site = ?5,"
                         " unique_no = coalesce (nullif (?6, ''), unique_no)",
  [LK_SQL_STUDENT_REFERENCE] = "SELECT id, diploma FROM student WHERE student_no = ?1",
  [LK_SQL_STUDENT_COUNT] = "SELECT count(*) FROM student",
  [LK_SQL_STUDENT_FIND] = "SELECT id, id_card FROM student WHERE student_no = ?1",
  [LK_SQL_STUDENT_REFERENCES] = "UPDATE student SET id_card = coalesce (?2, id_card), diploma = coalesce (?3, diploma) WHERE id = ?1",
  [LK_SQL_PHOTO_ADD] = "INSERT INTO photo (sha256, type, width, height, bytes, eyes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                       " ON CONFLICT (sha256) DO UPDATE SET eyes = ?6 WHERE eyes IS NULL AND ?6 IS NOT NULL",
  [LK_SQL_VARIANT_ADD] = "INSERT INTO variant (submission, kind, photo) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
  [LK_SQL_SUBMISSION_ADD] = "INSERT INTO submission (uuid, student, photo, state, submitted_at, due_at, tries_used, tries_allowed,"
                            " hard_failed, record) VALUES (?1, ?2, ?3, 'PENDING', ?4, ?5, ?6, ?7, ?8, coalesce (?9, (SELECT id"
                            " FROM record WHERE student = ?2 AND round = (SELECT min (id) FROM round WHERE closed_at IS NULL))))",
  [LK_SQL_REPORT_ADD] = "INSERT INTO report (submission, spec_version, checks, brief) VALUES (?1, ?2, ?3, ?4)",
  [LK_SQL_FACET_ADD] = "INSERT INTO facet (submission, worst, reasons) VALUES (?1, ?2, ?3)",
  [LK_SQL_TRACE_ADD] = "INSERT INTO trace (submission, sealed) VALUES (?1, ?2)",
  [LK_SQL_TRACES] = "SELECT t.submission, s.student, t.sealed FROM trace t JOIN submission s ON s.id = t.submission"
                    " WHERE t.submission > ?1 ORDER BY t.submission",
  [LK_SQL_TRACE_LAST] = "SELECT t.submission, s.student, t.sealed FROM trace t JOIN submission s ON s.id = t.submission"
                        " ORDER BY t.submission DESC LIMIT 1",
  [LK_SQL_MATCH_ADD] = "INSERT INTO match (submission, other, likeness, score) VALUES (?1, ?2, ?3, ?4)",
  [LK_SQL_MATCH_FACET] = "UPDATE facet SET worst = CASE worst WHEN 'fail' THEN 'fail' ELSE 'warn' END,"
                         " reasons = CASE WHEN instr (reasons, ?2) > 0 THEN reasons ELSE rtrim (reasons) || ' ' || ?2 || ' ' END"
                         " WHERE submission = ?1",
  [LK_SQL_MATCHES_LATER] = "SELECT s.uuid, t.name, t.student_no, s.photo, p.width, p.height, p.eyes, m.likeness, m.score"
                           " FROM match m JOIN submission s ON s.id = m.submission JOIN student t ON t.id = s.student"
                           " JOIN photo p ON p.sha256 = s.photo WHERE m.other = ?1"
                           " ORDER BY m.submission",
  [LK_SQL_SAME_FILE] = "SELECT id, student FROM submission WHERE photo = ?1 ORDER BY id",
  [LK_SQL_CODE_PUT] = "INSERT INTO code (student, unique_no) SELECT id, ?2 FROM student WHERE student_no = ?1"
                      " ON CONFLICT (student) DO UPDATE SET unique_no = ?2",
  [LK_SQL_CODE_OF_STUDENT] = "SELECT s.id, s.unique_no, c.unique_no FROM student s LEFT JOIN code c ON c.student = s.id"
                             " WHERE s.student_no = ?1",
  /* the roster says it; else the student whose photo came with the code first */
  [LK_SQL_CODE_OWNER] = "SELECT t.id, t.name, t.student_no FROM (SELECT id, 1 AS rank FROM student WHERE unique_no = ?1"
                        " UNION ALL SELECT student, 2 FROM code WHERE unique_no = ?1 AND student <> ?2"
                        "  AND EXISTS (SELECT 1 FROM submission WHERE submission.student = code.student)) o"
                        " JOIN student t ON t.id = o.id ORDER BY o.rank, (t.id = ?2) DESC, t.id LIMIT 1",
  [LK_SQL_SUBMISSIONS_OF_STUDENT] = "SELECT id, uuid, state, photo FROM submission WHERE student = ?1 ORDER BY id",
  [LK_SQL_SUBMISSION_SET_STATE] = "UPDATE submission SET state = ?2 WHERE id = ?1",

  [LK_SQL_LEASE_HELD] = "SELECT id, lease, state FROM submission WHERE state = 'IN_REVIEW' AND lease_staff = ?1 AND lease_device = ?2"
                        " ORDER BY due_at, id LIMIT ?3",
  [LK_SQL_LEASE_ALL] = "SELECT id, lease, state FROM submission WHERE state = 'IN_REVIEW' AND lease_staff = ?1 AND lease_device = ?2"
                       " UNION ALL SELECT id, lease, state FROM submission WHERE state = 'SECOND_REVIEW' AND lease_staff = ?1"
                       " AND lease_device = ?2",
  [LK_SQL_LEASE_EXPIRED] = "SELECT id, lease, state FROM submission WHERE state = 'IN_REVIEW' AND lease_until <= ?1"
                           " UNION ALL SELECT id, lease, state FROM submission WHERE state = 'SECOND_REVIEW' AND lease_until <= ?1"
                           " LIMIT 100",
  [LK_SQL_LEASE_NEXT] = "SELECT id FROM submission s WHERE state = 'PENDING' AND NOT EXISTS (SELECT 1 FROM skip k WHERE k.staff = ?2"
                        " AND k.submission = s.id AND k.at > ?3) AND" MAY_DECIDE ("?2") " ORDER BY due_at, id LIMIT ?1",
  [LK_SQL_LEASE_TAKE] = "UPDATE submission SET state = ?6, lease = ?2, lease_staff = ?3, lease_device = ?4, lease_until = ?5"
                        " WHERE id = ?1",
  [LK_SQL_LEASE_ADD] = "INSERT INTO lease (id, submission, staff, device, given_at, stage) VALUES (?1, ?2, ?3, ?4, ?5, iif (?6, 1 +"
                       " (SELECT count(*) FROM decision WHERE submission = ?2 AND reverted_at IS NULL), 1))",
  [LK_SQL_LEASE_RENEW] = "UPDATE submission SET lease_until = ?2 WHERE id = ?1",
  [LK_SQL_LEASE_END] = "UPDATE submission SET state = ?2, lease = NULL, lease_staff = NULL, lease_device = NULL, lease_until = NULL"
                       " WHERE id = ?1",
  [LK_SQL_LEASE_RETURNED] = "UPDATE lease SET returned = 1 WHERE id = ?1",
  [LK_SQL_LEASE_LATER] = "SELECT 1 FROM lease m JOIN lease l ON l.submission = m.submission AND l.given_at > m.given_at"
                         " WHERE m.id = ?1 AND l.stage = m.stage AND l.returned = 0 AND (l.staff <> ?2 OR l.device <> ?3) LIMIT 1",
  [LK_SQL_LEASE_FIND] = "SELECT submission, staff, stage FROM lease WHERE id = ?1",
  [LK_SQL_LEASE_OF_SUBMISSION] = "SELECT l.submission, s.state, s.lease FROM lease l JOIN submission s ON s.id = l.submission"
                                 " WHERE l.id = ?1 AND l.staff = ?2 AND l.device = ?3",

  [LK_SQL_QUEUE_HELD] = "SELECT s.id, s.lease, s.state" QUEUE " s.state = 'IN_REVIEW' AND s.lease_staff = ?9 AND s.lease_device = ?10"
                        MATCHES " ORDER BY s.due_at, s.id LIMIT ?11",
  [LK_SQL_QUEUE_SECOND_HELD] = "SELECT s.id, s.lease, s.state" QUEUE " s.state = 'SECOND_REVIEW' AND s.lease_staff = ?9"
                               " AND s.lease_device = ?10" MATCHES " ORDER BY s.due_at, s.id LIMIT ?11",
  [LK_SQL_QUEUE_NEXT] = "SELECT s.id" QUEUE " s.state = 'PENDING' AND" MAY_DECIDE ("?9") " AND" IN_SCOPE ("?9", "0")
                        " AND NOT EXISTS (SELECT 1 FROM skip k WHERE k.staff = ?9"
                        " AND k.submission = s.id AND k.at > ?10)" MATCHES " ORDER BY s.due_at, s.id LIMIT ?11",
  [LK_SQL_QUEUE_SKIPPED] = "SELECT s.id FROM skip k JOIN submission s ON s.id = k.submission JOIN student t ON t.id = s.student"
                           " LEFT JOIN facet f ON f.submission = s.id WHERE k.staff = ?9 AND k.at > ?10 AND s.state = 'PENDING' AND"
                           MAY_DECIDE ("?9") " AND" IN_SCOPE ("?9", "0") MATCHES " ORDER BY k.at, s.id LIMIT ?11",
  [LK_SQL_QUEUE_SECOND] = "SELECT s.id" QUEUE SECOND " AND" MAY_DECIDE ("?9") " AND" IN_SCOPE ("?9", "0") MATCHES
                          " ORDER BY coalesce ((SELECT k.at FROM skip k WHERE k.staff = ?9 AND k.submission = s.id AND k.at > ?12), 0), s.due_at, s.id LIMIT ?11",
  [LK_SQL_QUEUE_COUNT] = "SELECT count(*)" QUEUE " s.state = 'PENDING' AND" IN_SCOPE ("?9", "0") MATCHES,
  [LK_SQL_QUEUE_COUNT_SECOND] = "SELECT count(*)" QUEUE SECOND " AND" MAY_DECIDE ("?9") " AND" IN_SCOPE ("?9", "0") MATCHES,
  [LK_SQL_QUEUE_FACETS] = "SELECT t.site, t.class_name, f.worst, f.reasons, count(*) FROM submission s JOIN student t"
                          " ON t.id = s.student JOIN facet f ON f.submission = s.id WHERE s.state = ?1 AND s.lease IS NULL"
                          " GROUP BY 1, 2, 3, 4 ORDER BY 1, 2",
  [LK_SQL_SKIP_ADD] = "INSERT INTO skip (staff, submission, at) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET at = ?3",

  /* a submission of 0 stands for a known-answer photo */
  [LK_SQL_DECISION_FIND] = "SELECT content, staff, verdict, submission, lease, received_at, reverted_at, revert_key, stage, cause"
                           " FROM decision WHERE key = ?1 UNION ALL SELECT content, staff, verdict, 0, lease, received_at, reverted_at,"
                           " revert_key, 1, NULL FROM known_decision WHERE key = ?1",
  [LK_SQL_DECISION_ADD] = "INSERT INTO decision (key, content, submission, staff, lease, photo, verdict, reasons, note, decided_at,"
                          " received_at, shown_ms, input, audit, stage, cause, weight) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
                          " ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17 / 1000000.0)",
  [LK_SQL_DECISION_WINNER] = "SELECT d.verdict, t.name, d.received_at FROM decision d JOIN staff t ON t.id = d.staff"
                             " WHERE d.submission = ?1 AND d.reverted_at IS NULL ORDER BY d.stage DESC LIMIT 1",
  [LK_SQL_DECISION_AT_STAGE] = "SELECT staff, verdict, reasons FROM decision WHERE submission = ?1 AND stage = ?2"
                               " AND reverted_at IS NULL",
  [LK_SQL_DECISION_COUNT] = "SELECT count(*) FROM (SELECT 1 FROM decision WHERE staff = ?1 AND reverted_at IS NULL LIMIT ?2)",
  [LK_SQL_DECISION_REVERT] = "UPDATE decision SET reverted_at = ?2, revert_key = ?3 WHERE key = ?1",
  [LK_SQL_DECISION_BY_REVERT_KEY] = "SELECT 1 FROM answer WHERE key = ?1 UNION ALL SELECT 1 FROM decision WHERE key = ?1"
                                    " UNION ALL SELECT 1 FROM known_decision WHERE key = ?1",
  [LK_SQL_ANSWER_FIND] = "SELECT content, staff, answer FROM answer WHERE key = ?1",
  [LK_SQL_ANSWER_ADD] = "INSERT INTO answer (key, content, staff, answer, at) VALUES (?1, ?2, ?3, ?4, ?5)",
  [LK_SQL_SUBMISSION_FOR_DECISION] = "SELECT s.id, s.photo, s.state, s.lease, s.lease_staff, s.lease_device, s.lease_until,"
                                     " s.hard_failed, t.id_card, t.diploma"
                                     " FROM submission s JOIN student t ON t.id = s.student WHERE s.uuid = ?1",
  [LK_SQL_BRIEF] = "SELECT spec_version, brief FROM report WHERE submission = ?1",

  [LK_SQL_SUBMISSION_STATE] = "SELECT state FROM submission WHERE id = ?1",
  [LK_SQL_SUBMISSION_HOLDER] = "SELECT 1 FROM submission WHERE id = ?1 AND lease IS NOT NULL",
  /* one whose picture came again under another name is looked at by itself, whatever its own checks say */
  [LK_SQL_CHECKS] = "SELECT CASE WHEN EXISTS (SELECT 1 FROM match WHERE other = ?1) THEN '[]' ELSE checks END"
                    " FROM report WHERE submission = ?1",

  [LK_SQL_KNOWN_KEEP] = "INSERT INTO known (photo, id_card, name, student_no, class_name, site, hard_failed, checks, verdict, reasons)"
                        " SELECT s.photo, t.id_card, ?2, ?3, t.class_name, t.site, s.hard_failed, r.checks, a.verdict, a.reasons"
                        " FROM student t JOIN submission s ON s.student = t.id JOIN report r ON r.submission = s.id"
                        " JOIN decision a ON a.submission = s.id AND a.stage = 1 AND a.reverted_at IS NULL"
                        " JOIN decision b ON b.submission = s.id AND b.stage = 2 AND b.reverted_at IS NULL AND b.verdict = a.verdict"
                        " WHERE t.student_no = ?1 AND s.state != 'SECOND_REVIEW' ORDER BY s.id DESC LIMIT 1"
                        " ON CONFLICT (photo) DO NOTHING RETURNING id",
  [LK_SQL_KNOWN_HELD] = "SELECT id FROM known_lease WHERE staff = ?1 AND device = ?2 AND ended = 0 ORDER BY due_at",
  [LK_SQL_KNOWN_NEXT] = "SELECT k.id FROM known k WHERE NOT EXISTS (SELECT 1 FROM known_decision d WHERE d.staff = ?1 AND d.known = k.id"
                        " AND d.reverted_at IS NULL) AND NOT EXISTS (SELECT 1 FROM known_lease l WHERE l.staff = ?1 AND l.known = k.id"
                        " AND l.ended = 0) ORDER BY k.id LIMIT 1",
  [LK_SQL_KNOWN_TAKE] = "INSERT INTO known_lease (id, known, uuid, staff, device, until, ended, submitted_at, due_at)"
                        " SELECT ?1, ?2, substr (s.uuid, 1, 13) || substr (?3, 14), ?4, ?5, ?6, 0, s.submitted_at, s.due_at"
                        " FROM submission s WHERE s.id = ?7",
  [LK_SQL_KNOWN_RENEW] = "UPDATE known_lease SET until = ?2, ended = 0 WHERE id = ?1",
  [LK_SQL_KNOWN_END] = "UPDATE known_lease SET ended = 1 WHERE id = ?1",
  [LK_SQL_KNOWN_ROW] = "SELECT -k.id, l.uuid, l.id, 'IN_REVIEW', k.name, k.student_no, k.class_name, k.site, 1, 10, l.submitted_at, l.due_at,"
                       " k.photo, p.width, p.height, k.id_card, NULL, k.checks, l.until, l.staff, l.device, l.ended"
                       " FROM known_lease l JOIN known k ON k.id = l.known JOIN photo p ON p.sha256 = k.photo WHERE l.id = ?1",
  [LK_SQL_KNOWN_FOR_DECISION] = "SELECT k.id, k.photo, k.hard_failed, l.staff, l.ended, k.checks FROM known_lease l"
                                " JOIN known k ON k.id = l.known WHERE l.uuid = ?1 AND l.id = ?2",
  [LK_SQL_KNOWN_DECIDE] = "INSERT INTO known_decision (key, content, known, staff, lease, verdict, reasons, note, decided_at, received_at,"
                          " shown_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
  [LK_SQL_KNOWN_REVERT] = "UPDATE known_decision SET reverted_at = ?2, revert_key = ?3 WHERE key = ?1",

  [LK_SQL_AGREEMENT_PAIRS] = "SELECT t.id, t.name, t.user, a.verdict, a.reasons, b.verdict, b.reasons, a.weight FROM decision a"
                             " JOIN decision b ON b.submission = a.submission AND b.stage = 2 AND b.reverted_at IS NULL"
                             " JOIN staff t ON t.id = a.staff WHERE a.stage = 1 AND a.reverted_at IS NULL AND a.cause IS NOT NULL"
                             " ORDER BY t.id",
  [LK_SQL_AGREEMENT_KNOWN] = "SELECT t.id, t.name, t.user, count(*), sum (d.verdict = k.verdict) FROM known_decision d"
                             " JOIN known k ON k.id = d.known JOIN staff t ON t.id = d.staff WHERE d.reverted_at IS NULL GROUP BY t.id",
  [LK_SQL_AGREEMENT_OWN] = "SELECT count(*), coalesce (sum (a.verdict = b.verdict AND coalesce (json_extract (a.reasons, '$[0]'), '') ="
                           " coalesce (json_extract (b.reasons, '$[0]'), '')), 0) FROM decision a JOIN decision b"
                           " ON b.submission = a.submission AND b.stage = 2 AND b.reverted_at IS NULL"
                           " WHERE a.staff = ?1 AND a.stage = 1 AND a.reverted_at IS NULL AND a.cause IS NOT NULL",

  [LK_SQL_SUBMISSION_ROW] = "SELECT s.id, s.uuid, s.lease, s.state, t.name, t.student_no, t.class_name, t.site, s.tries_used,"
                            " s.tries_allowed, s.submitted_at, s.due_at, s.photo, p.width, p.height, t.id_card, t.diploma, r.checks,"
                            " s.lease_until FROM submission s JOIN student t ON t.id = s.student JOIN photo p ON p.sha256 = s.photo"
                            " JOIN report r ON r.submission = s.id WHERE s.id = ?1",
  [LK_SQL_PICTURES] = "SELECT 'id_card', p.sha256, p.width, p.height, p.eyes FROM submission s JOIN student t ON t.id = s.student"
                      "  JOIN photo p ON p.sha256 = t.id_card WHERE s.id = ?1"
                      " UNION ALL SELECT 'diploma', p.sha256, p.width, p.height, p.eyes FROM submission s"
                      "  JOIN student t ON t.id = s.student JOIN photo p ON p.sha256 = t.diploma WHERE s.id = ?1"
                      " UNION ALL SELECT v.kind, p.sha256, p.width, p.height, p.eyes FROM variant v"
                      "  JOIN photo p ON p.sha256 = v.photo WHERE v.submission = ?1"
                      /* of a known-answer photo, whose row is below 0 */
                      " UNION ALL SELECT 'id_card', p.sha256, p.width, p.height, p.eyes FROM known k JOIN photo p"
                      "  ON p.sha256 = k.id_card WHERE k.id = -?1",
  [LK_SQL_SUBMISSION_HELD] = "SELECT id FROM submission WHERE uuid = ?1 AND lease_staff = ?2 UNION ALL"
                             " SELECT -known FROM known_lease WHERE uuid = ?1 AND staff = ?2 AND ended = 0",
  [LK_SQL_EARLIER] = "SELECT e.uuid, e.state, e.submitted_at, e.photo, p.width, p.height, p.eyes, d.verdict, d.reasons, d.note,"
                     " d.received_at, t.name FROM submission s JOIN submission e ON e.student = s.student AND e.id < s.id"
                     " JOIN photo p ON p.sha256 = e.photo"
                     " LEFT JOIN decision d ON d.submission = e.id AND d.reverted_at IS NULL AND d.stage = (SELECT max (stage)"
                     "  FROM decision l WHERE l.submission = e.id AND l.reverted_at IS NULL)"
                     " LEFT JOIN staff t ON t.id = d.staff WHERE s.id = ?1 ORDER BY e.id DESC LIMIT 20",
  [LK_SQL_CHANGES] = "SELECT a.seq, s.uuid, a.state, a.at FROM audit a JOIN submission s ON s.id = a.submission"
                     " WHERE a.seq > ?1 ORDER BY a.seq LIMIT ?2",
  [LK_SQL_CHANGES_LAST] = "SELECT coalesce (max (seq), 0) FROM audit",
  [LK_SQL_STATS] = "SELECT (SELECT count(*) FROM submission WHERE state = 'PENDING'),"
                   " (SELECT count(*) FROM submission WHERE state = 'IN_REVIEW'),"
                   " (SELECT count(*) FROM staff t JOIN decision d ON d.staff = t.id AND d.received_at >= ?1"
                   "  AND d.reverted_at IS NULL),"
                   " (SELECT count(*) FROM decision WHERE staff = ?2 AND received_at >= ?1 AND reverted_at IS NULL),"
                   " (SELECT count(*) FROM staff), (SELECT count(*) FROM student), (SELECT count(*) FROM photo),"
                   " (SELECT count(*) FROM submission WHERE state = 'HELD'),"
                   " (SELECT count(*) FROM submission WHERE state = 'SECOND_REVIEW')",
  /* the oldest due is the longest waiting: due follows from the time of sending */
  [LK_SQL_OLDEST] = "SELECT submitted_at, due_at FROM submission WHERE state = 'PENDING' ORDER BY due_at, id LIMIT 1",
  [LK_SQL_PHOTO_FOR_STAFF] = "SELECT p.type, p.width, p.height, p.bytes FROM photo p WHERE p.sha256 = ?1 AND (EXISTS ("
                             " SELECT 1 FROM (SELECT id, state, lease_staff FROM submission WHERE photo = ?1"
                             "  UNION ALL SELECT s.id, s.state, s.lease_staff FROM student t JOIN submission s ON s.student = t.id"
                             "   WHERE t.id_card = ?1"
                             "  UNION ALL SELECT s.id, s.state, s.lease_staff FROM student t JOIN submission s ON s.student = t.id"
                             "   WHERE t.diploma = ?1"
                             "  UNION ALL SELECT s.id, s.state, s.lease_staff FROM variant w JOIN submission s ON s.id = w.submission"
                             "   WHERE w.photo = ?1"
                             /* what it was found to be like */
                             "  UNION ALL SELECT s.id, s.state, s.lease_staff FROM submission e JOIN match m ON m.other = e.id"
                             "   JOIN submission s ON s.id = m.submission WHERE e.photo = ?1 AND s.lease IS NOT NULL"
                             "  UNION ALL SELECT s.id, s.state, s.lease_staff FROM submission e JOIN match m ON m.submission = e.id"
                             "   JOIN submission s ON s.id = m.other WHERE e.photo = ?1 AND s.lease IS NOT NULL"
                             /* what the student sent before, while the student is in review here */
                             "  UNION ALL SELECT s.id, s.state, s.lease_staff FROM submission e JOIN submission s"
                             "   ON s.student = e.student AND s.id > e.id WHERE e.photo = ?1 AND s.lease IS NOT NULL) v"
                             " WHERE (v.state = 'IN_REVIEW' AND v.lease_staff = ?2)"
                             "  OR EXISTS (SELECT 1 FROM decision d WHERE d.submission = v.id AND d.staff = ?2"
                             "   AND d.reverted_at IS NULL))"
                             " OR EXISTS (SELECT 1 FROM known k JOIN known_lease l ON l.known = k.id AND l.staff = ?2"
                             "  WHERE k.photo = ?1 OR k.id_card = ?1))",

  [LK_SQL_SCOPED] = "SELECT 1 FROM staff_scope WHERE staff = ?1 LIMIT 1",
  [LK_SQL_INVOLVED] = "SELECT NOT (" MAY_DECIDE ("?2") ") OR (?3 AND EXISTS (SELECT 1 FROM ticket_attachment a WHERE a.student = s.student"
                      " AND a.staff = ?2 AND a.kind = 'crop')) FROM submission s WHERE s.id = ?1",
  [LK_SQL_ACCOUNT_LIST] = "SELECT t.id, t.uuid, t.user, t.name, t.role, t.disabled_at IS NOT NULL, f.staff IS NOT NULL,"
                          " (SELECT count(*) FROM staff_recovery r WHERE r.staff = t.id), t.outside"
                          " FROM staff t LEFT JOIN staff_factor f ON f.staff = t.id ORDER BY t.user",
  [LK_SQL_ACCOUNT_FIND] = "SELECT id, uuid, role FROM staff WHERE user = ?1",
  [LK_SQL_ACCOUNT_SCOPES] = "SELECT site, class_name FROM staff_scope WHERE staff = ?1 ORDER BY 1, 2",
  [LK_SQL_ACCOUNT_RELATED] = "SELECT t.student_no FROM staff_related r JOIN student t ON t.id = r.student WHERE r.staff = ?1 ORDER BY 1",
  [LK_SQL_ACCOUNT_CHANGE] = "UPDATE staff SET name = coalesce (?2, name), role = coalesce (?3, role), password = coalesce (?4, password)"
                            " WHERE id = ?1",
  [LK_SQL_ACCOUNT_OUTSIDE] = "UPDATE staff SET outside = nullif (?2, '') WHERE id = ?1",
  [LK_SQL_ACCOUNT_OUTSIDE_FIND] = "SELECT id, uuid, user, name, role, '', disabled_at IS NOT NULL FROM staff WHERE outside = ?1",
  [LK_SQL_ACCOUNT_DISABLE] = "UPDATE staff SET disabled_at = nullif (?2, 0) WHERE id = ?1",
  [LK_SQL_ACCOUNT_SESSIONS_END] = "DELETE FROM session WHERE staff = ?1",
  [LK_SQL_SCOPE_CLEAR] = "DELETE FROM staff_scope WHERE staff = ?1",
  [LK_SQL_SCOPE_ADD] = "INSERT INTO staff_scope (staff, site, class_name) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
  [LK_SQL_RELATED_ADD] = "INSERT INTO staff_related (staff, student) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
  [LK_SQL_RELATED_END] = "DELETE FROM staff_related WHERE staff = ?1 AND student = ?2",
  [LK_SQL_EPOCH] = "SELECT n FROM staff_epoch",
  [LK_SQL_EPOCH_NEXT] = "UPDATE staff_epoch SET n = n + 1",
  [LK_SQL_FACTOR_FIND] = "SELECT secret, last_step FROM staff_factor WHERE staff = ?1",
  [LK_SQL_FACTOR_PUT] = "INSERT INTO staff_factor (staff, secret, last_step) VALUES (?1, ?2, 0)"
                        " ON CONFLICT (staff) DO UPDATE SET secret = ?2, last_step = 0",
  [LK_SQL_FACTOR_END] = "DELETE FROM staff_factor WHERE staff = ?1",
  [LK_SQL_FACTOR_USE] = "UPDATE staff_factor SET last_step = ?2 WHERE staff = ?1 AND last_step < ?2",
  [LK_SQL_RECOVERY_ADD] = "INSERT INTO staff_recovery (staff, hash) VALUES (?1, ?2)",
  [LK_SQL_RECOVERY_CLEAR] = "DELETE FROM staff_recovery WHERE staff = ?1",
  [LK_SQL_RECOVERY_USE] = "DELETE FROM staff_recovery WHERE staff = ?1 AND hash = ?2",

  [LK_SQL_TICKET_ADD] = "INSERT INTO ticket (uuid, type, state, student, submission, author, text, created_at, clock_since)"
                        " VALUES (?1, ?2, 'NEW', ?3, ?4, ?5, ?6, ?7, ?7)",
  [LK_SQL_TICKET_ENTRY_ADD] = "INSERT INTO ticket_entry (ticket, at, role, staff, step, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [LK_SQL_TICKET_OPEN_SAME] = "SELECT 1 FROM ticket WHERE student = ?1 AND type = ?2 AND state NOT IN ('RESOLVED', 'CLOSED')"
                              " AND submission IS ?3",
  [LK_SQL_TICKET_LIST] = TICKET " WHERE" TICKET_SEEN " AND (?6 = 0 OR k.id < ?6) AND (?7 IS NULL OR k.type = ?7)"
                         " AND (?8 IS NULL OR k.state = ?8) AND (?9 = 0 OR k.state <> 'CLOSED') ORDER BY k.id DESC LIMIT ?10",
  [LK_SQL_TICKET_FIND] = TICKET " WHERE k.uuid = ?6 AND" TICKET_SEEN,
  [LK_SQL_TICKET_ENTRIES] = "SELECT e.at, e.role, w.name, e.step, e.text FROM ticket_entry e LEFT JOIN staff w ON w.id = e.staff"
                            " WHERE e.ticket = ?1 ORDER BY e.id",
  [LK_SQL_TICKET_ATTACHMENTS] = "SELECT a.uuid, a.kind, p.sha256, p.width, p.height, p.eyes FROM ticket_attachment a"
                                " JOIN photo p ON p.sha256 = a.photo WHERE a.ticket = ?1 ORDER BY a.id",
  [LK_SQL_TICKET_MOVE] = "UPDATE ticket SET state = ?2, resolved_at = nullif (?3, 0), clock_us = ?4, clock_since = nullif (?5, 0)"
                         " WHERE id = ?1",
  [LK_SQL_TICKET_OVER] = "SELECT uuid FROM ticket WHERE state = 'RESOLVED' AND resolved_at <= ?1 LIMIT 100",
  [LK_SQL_TICKET_HELD] = "SELECT id, uuid FROM ticket WHERE submission = ?1 AND type = 'IDENTITY' AND state = 'NEW' AND author IS NULL",
  [LK_SQL_TICKET_FOR_UNMASK] = "SELECT 1 FROM ticket WHERE uuid = ?1 AND student = ?2 AND state <> 'CLOSED'",
  [LK_SQL_ATTACHMENT_ADD] = "INSERT INTO ticket_attachment (uuid, student, staff, photo, added_at) VALUES (?1, ?2, ?3, ?4, ?5)",
  [LK_SQL_ATTACHMENT_TAKE] = "UPDATE ticket_attachment SET ticket = ?2, kind = ?3 WHERE uuid = ?1 AND ticket IS NULL AND student = ?4"
                             " AND coalesce (staff, 0) = ?5",
  [LK_SQL_SUBMISSION_FOR_TICKET] = "SELECT id, student, state, photo, hard_failed FROM submission WHERE uuid = ?1",
  [LK_SQL_SUBMISSION_STUDENT] = "SELECT student FROM submission WHERE id = ?1",
  [LK_SQL_DECISIONS_OVERTURN] = "UPDATE decision SET reverted_at = ?2, overturned = ?3 WHERE submission = ?1 AND reverted_at IS NULL",
  [LK_SQL_DECISION_REASONS] = "SELECT reasons FROM decision WHERE submission = ?1 AND reverted_at IS NULL ORDER BY stage DESC LIMIT 1",
  [LK_SQL_DECISION_STANDING] = "SELECT d.verdict, d.reasons, d.note, d.received_at, t.name FROM decision d JOIN staff t ON t.id = d.staff"
                               " JOIN submission s ON s.id = d.submission WHERE s.uuid = ?1 AND d.reverted_at IS NULL"
                               " ORDER BY d.stage DESC LIMIT 1",
  [LK_SQL_DECISION_REJECTED_BY] = "SELECT 1 FROM decision WHERE submission = ?1 AND staff = ?2 AND verdict <> 'approve'"
                                  " AND (reverted_at IS NULL OR overturned IS NOT NULL) LIMIT 1",
  [LK_SQL_DECISION_OVERTURNED] = "SELECT 1 FROM decision WHERE submission = ?1 AND overturned IS NOT NULL LIMIT 1",

  /* staff, whether only what is named, whether only with a ticket; after, number, site, class, state, limit */
  [LK_SQL_STUDENTS] = "SELECT t.id, t.student_no, t.name, t.document_no, t.class_name, t.site, s.uuid, s.photo, s.state, s.submitted_at,"
                      " (SELECT count(*) FROM ticket k WHERE k.student = t.id AND k.state <> 'CLOSED') AS n"
                      " FROM student t LEFT JOIN submission s ON s.id = (SELECT max (id) FROM submission WHERE student = t.id)"
                      " WHERE" IN_SCOPE ("?1", "?2") " AND (?3 = 0 OR t.student_no = ?5 OR n > 0) AND (?4 IS NULL OR t.student_no > ?4)"
                      " AND (?5 IS NULL OR substr (t.student_no, -length (?5)) = ?5) AND (?6 IS NULL OR t.site = ?6)"
                      " AND (?7 IS NULL OR t.class_name = ?7) AND (?8 IS NULL OR s.state = ?8 OR (?8 = 'none' AND s.id IS NULL)"
                      "  OR (?8 = 'open' AND coalesce (s.state, '') NOT IN ('APPROVED', 'EXPORTED', 'CONFIRMED')))"
                      " ORDER BY t.student_no LIMIT ?9",
  [LK_SQL_STUDENT_SEEN] = "SELECT t.name, t.document_no, t.student_no FROM student t WHERE t.id = ?1 AND" IN_SCOPE ("?2", "?3"),
  [LK_SQL_CLASSES] = "SELECT t.site, t.class_name, count(*), sum (s.id IS NULL), sum (s.state IN ('PENDING', 'IN_REVIEW', 'SECOND_REVIEW',"
                     " 'HELD')), sum (s.state IN ('RETURNED', 'RESHOOT')), sum (s.state IN ('APPROVED', 'EXPORTED', 'CONFIRMED'))"
                     " FROM student t LEFT JOIN submission s ON s.id = (SELECT max (id) FROM submission WHERE student = t.id)"
                     " WHERE" IN_SCOPE ("?1", "?2") " GROUP BY 1, 2 ORDER BY 1, 2",
  /* what a photo is to a student, and whether the role (?4) sees such: rules.md section 6 */
  [LK_SQL_PHOTO_FOR_ROLE] = "SELECT p.type, p.width, p.height, p.bytes FROM photo p WHERE p.sha256 = ?1 AND EXISTS (SELECT 1 FROM ("
                            " SELECT student, 'photo' AS what, 0 AS author FROM submission WHERE photo = ?1"
                            " UNION ALL SELECT s.student, w.kind, 0 FROM variant w JOIN submission s ON s.id = w.submission WHERE w.photo = ?1"
                            " UNION ALL SELECT id, 'reference', 0 FROM student WHERE id_card = ?1"
                            " UNION ALL SELECT id, 'reference', 0 FROM student WHERE diploma = ?1"
                            " UNION ALL SELECT k.student, 'attachment', k.author FROM ticket_attachment a JOIN ticket k ON k.id = a.ticket"
                            "  WHERE a.photo = ?1) v JOIN student t ON t.id = v.student WHERE" IN_SCOPE ("?2", "?3")
                            " AND (?4 = 'lead' OR (?4 IN ('registrar', 'auditor') AND v.what <> 'reference')"
                            "  OR (?4 = 'adviser' AND (v.what IN ('photo', 'blue') OR (v.what = 'attachment' AND v.author = ?2)))"
                            "  OR (?4 = 'desk' AND EXISTS (SELECT 1 FROM ticket k WHERE k.student = v.student AND k.state <> 'CLOSED'"
                            "   AND (v.what <> 'reference' OR k.type = 'IDENTITY')))))"
                            " OR (p.sha256 = ?1 AND ?4 = 'lead' AND EXISTS (SELECT 1 FROM known WHERE photo = ?1 OR id_card = ?1))",
  [LK_SQL_AUDIT_HAS] = "SELECT 1 FROM audit WHERE lower (hex (hash)) = lower (?1)",
  /* of one person (NULL: anybody), not further than a number of lines */
  [LK_SQL_AUDIT_PAGE] = "SELECT a.seq, a.at, a.action, s.uuid, a.state, a.body, lower (hex (a.hash)) FROM audit a"
                        " LEFT JOIN submission s ON s.id = a.submission WHERE a.seq > ?1 AND a.seq <= ?2 AND (?3 IS NULL OR"
                        " (instr (a.body, ?3) > 0 AND json_extract (a.body, '$.who') = ?3)) ORDER BY a.seq LIMIT ?4",

  [LK_SQL_ROUND_ADD] = "INSERT INTO round (uuid, name, kind, price_cents, tries_allowed, tries_after_return, graduation_year, added_at)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (name) DO NOTHING RETURNING id",
  [LK_SQL_ROUND_WINDOW_ADD] = "INSERT INTO round_window (round, site, opens_at, ends_at) VALUES (?1, ?2, ?3, ?4)",
  [LK_SQL_ROUND_READ] = "SELECT id, uuid, name, kind, price_cents, tries_allowed, tries_after_return, graduation_year,"
                        " coalesce (closed_at, 0) FROM round WHERE id = ?1",
  [LK_SQL_ROUND_WINDOWS] = "SELECT site, opens_at, ends_at FROM round_window WHERE round = ?1 ORDER BY opens_at, site",
  [LK_SQL_ROUND_LIST] = "SELECT id FROM round ORDER BY id",
  [LK_SQL_ROUND_CURRENT] = "SELECT id FROM round WHERE closed_at IS NULL ORDER BY id LIMIT 1",
  [LK_SQL_ROUND_FIND] = "SELECT id, closed_at FROM round WHERE uuid = ?1",
  [LK_SQL_ROUND_CLOSE] = "UPDATE round SET closed_at = ?2 WHERE id = ?1",

  [LK_SQL_ROSTER_BY_NUMBER] = "SELECT t.id, t.student_no, t.name, t.document_no, t.class_name, t.site,"
                              " coalesce (t.unique_no, c.unique_no, '') FROM student t LEFT JOIN code c ON c.student = t.id WHERE t.student_no = ?1",
  [LK_SQL_ROSTER_BY_CODE] = "SELECT id, student_no, name, document_no, class_name, site, unique_no FROM student WHERE unique_no = ?1 LIMIT 1",
  [LK_SQL_ROSTER_BY_ROW] = "SELECT id, student_no, name, document_no, class_name, site, coalesce (unique_no, '') FROM student WHERE id = ?1",
  [LK_SQL_ROSTER_ALL] = "SELECT id, site FROM student ORDER BY id",
  /* a photo that was imported with a code says whose it is, too */
  [LK_SQL_CODE_USED_BY] = "SELECT t.student_no FROM (SELECT student FROM code_seen WHERE unique_no = ?1 AND finding IN ('same', 'plausible')"
                          " UNION ALL SELECT student FROM code WHERE unique_no = ?1 AND EXISTS (SELECT 1 FROM submission s"
                          "  WHERE s.student = code.student)) u JOIN student t ON t.id = u.student"
                          " ORDER BY (t.student_no = ?2), t.id LIMIT 1",
  [LK_SQL_CODE_SEEN] = "INSERT INTO code_seen (code_id, student, unique_no, finding, first_at, last_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5)"
                       " ON CONFLICT DO UPDATE SET finding = ?4, last_at = ?5",
  [LK_SQL_CONSENT_ADD] = "INSERT INTO consent (student, version, face, at, from_ip) VALUES (?1, ?2, ?3, ?4, ?5)",
  [LK_SQL_CONSENT_LAST] = "SELECT version, face FROM consent WHERE student = ?1 ORDER BY id DESC LIMIT 1",
  [LK_SQL_TOKEN_ADD] = "INSERT INTO student_session (token, student, expires_at) VALUES (?1, ?2, ?3)",
  [LK_SQL_TOKEN_FIND] = "SELECT student, expires_at FROM student_session WHERE token = ?1",
  [LK_SQL_TOKEN_RENEW] = "UPDATE student_session SET expires_at = ?2 WHERE token = ?1",
  [LK_SQL_TOKEN_END] = "DELETE FROM student_session WHERE token = ?1 RETURNING student",
  [LK_SQL_TOKEN_SWEEP] = "DELETE FROM student_session WHERE student = ?1 AND expires_at <= ?2",

  [LK_SQL_RECORD_FIND] = "SELECT id, round, has_code, tries_used, tries_extra FROM record WHERE student = ?1 AND round = ?2",
  /* the round in which an approved photo is, else the latest */
  [LK_SQL_RECORD_DONE] = "SELECT r.round FROM submission s JOIN record r ON r.id = s.record WHERE s.student = ?1"
                         " AND s.state IN ('APPROVED', 'EXPORTED', 'CONFIRMED', 'CORRECTION') ORDER BY r.round DESC LIMIT 1",
  [LK_SQL_RECORD_LAST] = "SELECT round FROM record WHERE student = ?1 ORDER BY round DESC LIMIT 1",
  [LK_SQL_RECORD_ADD] = "INSERT INTO record (round, student, added_at, has_code) VALUES (?1, ?2, ?3, ?4)",
  [LK_SQL_RECORD_ADOPT] = "UPDATE submission SET record = ?1 WHERE student = ?2 AND record IS NULL",
  [LK_SQL_RECORD_HAS_CODE] = "UPDATE record SET has_code = 1 WHERE id = ?1",
  [LK_SQL_RECORD_COUNT_TRY] = "UPDATE record SET tries_used = tries_used + ?2 WHERE id = ?1 RETURNING tries_used",
  [LK_SQL_RECORD_GIVE_TRIES] = "UPDATE record SET tries_extra = tries_extra + ?2 WHERE id = ?1",
  [LK_SQL_RECORD_MISS] = "UPDATE record SET missed = 1 WHERE id = ?1",
  /* a record's submissions; those that came by an import belong to the student's first record */
  [LK_SQL_RECORD_SUBMISSIONS] = "SELECT s.id, s.uuid, s.state, s.submitted_at, s.due_at, s.photo, d.key, d.verdict, d.reasons, d.note,"
                                " coalesce (d.received_at, 0), d.seen_at FROM submission s"
                                " LEFT JOIN decision d ON d.submission = s.id AND d.reverted_at IS NULL AND d.stage ="
                                "  (SELECT max (stage) FROM decision l WHERE l.submission = s.id AND l.reverted_at IS NULL)"
                                " WHERE s.student = ?1 AND (?2 = -1 OR s.record = ?2 OR s.record IS NULL) ORDER BY s.id DESC",
  [LK_SQL_DECISION_SEE] = "UPDATE decision SET seen_at = ?2 WHERE key = ?1 AND reverted_at IS NULL AND seen_at IS NULL RETURNING key",
  [LK_SQL_DECISION_SEEN] = "SELECT 1 FROM decision WHERE key = ?1 AND seen_at IS NOT NULL",
  [LK_SQL_REPORT_CHECKS] = "SELECT checks FROM report WHERE submission = ?1",

  [LK_SQL_DRAFT_ADD] = "INSERT INTO draft (uuid, record, state, added_at, upload, type, bytes) VALUES (?1, ?2, 'DRAFT', ?3, ?4, ?5, ?6)",
  [LK_SQL_DRAFT_FIND] = "SELECT" DRAFT_COLUMNS " WHERE d.uuid = ?1 AND (d.ended_at IS NULL OR d.submission IS NOT NULL)",
  [LK_SQL_DRAFT_ACTIVE] = "SELECT" DRAFT_COLUMNS " WHERE d.record = ?1 AND d.ended_at IS NULL",
  [LK_SQL_DRAFT_ANY] = "SELECT 1 FROM draft WHERE record = ?1 LIMIT 1",
  [LK_SQL_DRAFT_LOOKED] = "UPDATE draft SET type = ?2, width = ?3, height = ?4, proposal = ?5, problem = ?6 WHERE id = ?1",
  [LK_SQL_DRAFT_ASK] = "UPDATE draft SET crop = ?2, asked_at = ?3 WHERE id = ?1",
  [LK_SQL_DRAFT_ASKED] = "UPDATE draft SET asked_at = ?2 WHERE id = ?1",
  [LK_SQL_DRAFT_CHECKED] = "UPDATE draft SET state = ?2, cropped = ?3, blue = ?4, hard_failed = ?5, spec_version = ?6, checks = ?7,"
                           " brief = ?8, trace = ?9 WHERE id = ?1",
  [LK_SQL_DRAFT_REDO] = "UPDATE draft SET state = 'DRAFT', cropped = NULL, blue = NULL, hard_failed = NULL, spec_version = NULL,"
                        " checks = NULL, brief = NULL, trace = NULL WHERE id = ?1",
  [LK_SQL_DRAFT_END] = "UPDATE draft SET ended_at = ?2, asked_at = NULL, submission = ?3 WHERE id = ?1",
  [LK_SQL_DRAFT_TO_DO] = "SELECT uuid FROM draft WHERE ended_at IS NULL AND ((width IS NULL AND problem IS NULL) OR asked_at IS NOT NULL)"
                         " ORDER BY coalesce (asked_at, added_at), id",
  [LK_SQL_TRY_ADD] = "INSERT INTO try (draft, record, started_at) VALUES (?1, ?2, ?3)",
  [LK_SQL_TRY_END] = "UPDATE try SET ended_at = ?2, given_back = ?3 WHERE id = ?1",
  [LK_SQL_TRY_FAILED] = "INSERT INTO failed_check (record, check_id, n) VALUES (?1, ?2, 1)"
                        " ON CONFLICT (record, check_id) DO UPDATE SET n = n + 1",
  [LK_SQL_TRY_RUNNING] = "SELECT t.id, t.draft, t.record, d.uuid, d.state FROM try t JOIN draft d ON d.id = t.draft WHERE t.ended_at IS NULL",
  [LK_SQL_TRY_FIND] = "SELECT t.id, t.draft, t.record, d.uuid, d.state FROM try t JOIN draft d ON d.id = t.draft WHERE t.id = ?1"
                      " AND d.uuid = ?2 AND t.ended_at IS NULL",
  /* files of a student's own: what came, what was made of it, and what was sent in */
  [LK_SQL_PHOTO_FOR_STUDENT] = "SELECT p.type, p.width, p.height, p.bytes FROM photo p WHERE p.sha256 = ?2 AND EXISTS ("
                               " SELECT 1 FROM draft d JOIN record r ON r.id = d.record WHERE r.student = ?1"
                               "  AND (d.ended_at IS NULL OR d.submission IS NOT NULL) AND ?2 IN (d.upload, d.cropped, d.blue)"
                               " UNION ALL SELECT 1 FROM submission s WHERE s.student = ?1 AND s.photo = ?2"
                               " UNION ALL SELECT 1 FROM submission s JOIN variant v ON v.submission = s.id WHERE s.student = ?1"
                               "  AND v.photo = ?2)",
  [LK_SQL_PHOTO_APPROVED] = "SELECT p.sha256, p.type, p.width, p.height, p.bytes FROM submission s LEFT JOIN variant v ON v.submission = s.id"
                            " AND v.kind = 'blue' JOIN photo p ON p.sha256 = coalesce (v.photo, s.photo) WHERE s.id = ?1",
  [LK_SQL_PHOTO_READ] = "SELECT sha256, type, width, height, bytes, eyes FROM photo WHERE sha256 = ?1",

  [LK_SQL_FILE_NAMES] = "SELECT sha256 FROM photo UNION SELECT upload FROM draft",
};
