# SPDX-License-Identifier: GPL-3.0-or-later
"""Two reviewers at two workstations empty one queue: no submission is ever with both, each is decided once."""
import tap
from review_page import ReviewPage
from tap import PATIENCE, step, wait_for

STUDENTS = 30
# the two do not keep step with each other
ROUNDS = {"lin": ("return", "reshoot", "hold"), "zhao": ("reshoot", "return")}


class Reviewer:
    """Decides on whatever is shown, and remembers it."""

    def __init__(self, workstation):
        self.page = ReviewPage(workstation)
        self.made = []          # (masked number, verdict)
        self.seen = set()

    def work(self):
        """One decision when there is a photo. Whether there was one."""
        number = self.page.number()
        if number is None:
            return False
        self.seen.add(number)
        verdicts = ROUNDS[self.page.workstation.user]
        verdict = verdicts[len(self.made) % len(verdicts)]
        self.made.append((self.page.decide(verdict, "1"), verdict))
        return True


def work_together(stage, reviewers):
    """Until nothing waits any more; each does what there is for them."""
    def open_submissions():
        return stage.campus.count("PENDING") + stage.campus.count("IN_REVIEW")

    while open_submissions():
        if not any([reviewer.work() for reviewer in reviewers]):
            wait_for("a photo for one of them or the end",
                     lambda: not open_submissions() or any(reviewer.page.number() for reviewer in reviewers), 25)
        assert not reviewers[0].seen & reviewers[1].seen, "a photo was shown to both"


def journey(stage):
    with step("thirty submissions, two workstations on two screens"):
        stage.limits(lease={"max": 4, "seconds": int(300 * PATIENCE)})
        stage.open_campus(STUDENTS, reviewers=["lin", "zhao"])
        reviewers = [Reviewer(stage.workstation("lin").start()),
                     Reviewer(stage.workstation("zhao", stage.second_display()).start())]
        for reviewer in reviewers:
            reviewer.page.see_number()
        assert not stage.campus.held("lin") & stage.campus.held("zhao")

    with step("both work until the queue is empty"):
        work_together(stage, reviewers)
        made = [reviewer.made for reviewer in reviewers]
        assert min(len(one) for one in made) >= 5, f"one did nearly everything: {[len(one) for one in made]}"
        assert sum(len(one) for one in made) == STUDENTS

    with step("each submission was leased to one person only"):
        holders = {}
        for lease in stage.campus.leases():
            holders.setdefault(lease["submission"], set()).add(lease["user"])
        assert len(holders) == STUDENTS
        assert all(len(users) == 1 for users in holders.values()), holders

    with step("each was decided once, by who had it, as that person said"):
        decisions = stage.campus.decisions()
        assert len(decisions) == STUDENTS == len({row["submission"] for row in decisions})
        assert not stage.campus.ask("SELECT * FROM answer"), "there was a conflict"
        for reviewer in reviewers:
            user = reviewer.page.workstation.user
            said = {stage.campus.submission(number)["id"]: verdict for number, verdict in reviewer.made}
            assert {row["submission"]: row["verdict"] for row in decisions if row["user"] == user} == said
            assert all(user in holders[submission] for submission in said)

    with step("both screens say that all is done"):
        for reviewer in reviewers:
            reviewer.page.workstation.see(name="All done", seconds=45)


tap.run(journey)
