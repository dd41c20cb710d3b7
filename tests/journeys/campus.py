# SPDX-License-Identifier: GPL-3.0-or-later
"""What the campus service has in its database, read while it runs and never written."""
import csv
import json
import sqlite3
from contextlib import closing


class Campus:
    """One campus folder. Each question opens the database anew: the service may be dead or starting."""

    def __init__(self, folder):
        self.path = folder / "campus.db"

    def ask(self, sql, *values):
        """Rows of a query; each can be read by column name."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=10)) as db:
            db.row_factory = sqlite3.Row
            return db.execute(sql, values).fetchall()

    def submission(self, masked):
        """The submission of the student with this masked number (first four and last two kept)."""
        rows = self.ask("SELECT submission.*, student.student_no FROM submission JOIN student ON student.id = student"
                        " WHERE student_no LIKE ? AND length(student_no) = ?", f"{masked[:4]}%{masked[-2:]}", len(masked))
        assert len(rows) == 1, f"{len(rows)} submissions have a number like {masked}"
        return rows[0]

    def state(self, masked):
        return self.submission(masked)["state"]

    def hard_failed(self, masked):
        """Whether an approval needs a note."""
        return bool(self.submission(masked)["hard_failed"])

    def count(self, state):
        return self.ask("SELECT count(*) FROM submission WHERE state = ?", state)[0][0]

    def decisions(self, masked=None, user=None):
        """Decisions ever taken, those taken back included, in the order they arrived."""
        sql = ("SELECT decision.*, student_no, user FROM decision JOIN submission ON submission.id = decision.submission"
               " JOIN student ON student.id = submission.student JOIN staff ON staff.id = decision.staff")
        rows = [dict(row) for row in self.ask(sql + " ORDER BY audit")]
        for row in rows:
            row["reasons"] = json.loads(row["reasons"])
        if masked is not None:
            number = self.submission(masked)["student_no"]
            rows = [row for row in rows if row["student_no"] == number]
        return [row for row in rows if user in (None, row["user"])]

    def history(self, masked):
        """Lines of the audit about one submission, oldest first."""
        return self.ask("SELECT * FROM audit WHERE submission = ? ORDER BY seq", self.submission(masked)["id"])

    def leases(self):
        """Every lease ever given: submission, user, lease id, time; oldest first."""
        return self.ask("SELECT lease.*, user FROM lease JOIN staff ON staff.id = lease.staff ORDER BY given_at")

    def held(self, user):
        """Ids of the submissions that are leased to somebody now."""
        return {row["uuid"] for row in self.ask("SELECT submission.uuid FROM submission JOIN staff ON staff.id = lease_staff"
                                                " WHERE state = 'IN_REVIEW' AND user = ?", user)}


def roster(path):
    """Rows of a roster file, by its headings."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def mask_number(number):
    """rules.md section 9: 2021****07."""
    return number[:4] + "*" * (len(number) - 6) + number[-2:] if len(number) > 6 else number
