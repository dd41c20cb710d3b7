# SPDX-License-Identifier: GPL-3.0-or-later
"""The service dies, ten decisions are made without it, the workstation dies too: all ten arrive exactly once, in order."""
import tap
from review_page import ReviewPage
from tap import step, wait_for

VERDICTS = ("return", "reshoot", "hold", "return", "approve", "reshoot", "approve", "return", "hold", "reshoot")


def decide(stage, page, wanted):
    """One decision; a photo that failed a hard check is returned where it cannot be approved by one key."""
    hard_failed = stage.campus.hard_failed(page.see_number())
    verdict = "return" if wanted == "approve" and hard_failed else wanted
    return page.decide(verdict, *([] if verdict == "approve" else ["1"])), verdict


def journey(stage):
    with step("a reviewer decides on two photos with the service there"):
        stage.open_campus(18)
        workstation = stage.workstation().start()
        page = ReviewPage(workstation)
        made = [decide(stage, page, verdict) for verdict in ("return", "reshoot")]
        wait_for("both at the service", lambda: len(stage.campus.decisions()) == 2)
        page.workstation.wait_for("Synced", lambda: page.sync() == "Synced")
        held = stage.campus.held("lin")

    with step("the service is killed: the header says offline, the work goes on"):
        stage.service.kill()
        made += [decide(stage, page, verdict) for verdict in VERDICTS[:9]]
        workstation.wait_for("the header to say so", lambda: page.sync().startswith("Offline since"))
        workstation.wait_for("nine waiting", lambda: "9 waiting" in page.sync())
        assert len(stage.campus.decisions()) == 2

    with step("the workstation is killed as soon as the tenth photo has gone"):
        made.append(decide(stage, page, VERDICTS[9]))
        workstation.kill()

    with step("both start again: the ten arrive, each once, in the order they were made"):
        stage.start_service()
        workstation.start()
        wait_for("all decisions", lambda: len(stage.campus.decisions()) == len(made), 30, alive=stage.service.check_alive)
        page.workstation.wait_for("Synced", lambda: page.sync() == "Synced")
        decisions = stage.campus.decisions()
        numbers = {row["student_no"]: (row["student_no"][:4], row["student_no"][-2:]) for row in decisions}
        arrived = [("*" * (len(no) - 6)).join(numbers[no]) for no in (row["student_no"] for row in decisions)]
        assert list(zip(arrived, (row["verdict"] for row in decisions))) == made
        assert len({row["key"] for row in decisions}) == len({row["submission"] for row in decisions}) == len(made)
        assert [row["decided_at"] for row in decisions] == sorted(row["decided_at"] for row in decisions)
        assert not stage.campus.ask("SELECT * FROM answer"), "the service has answered with a conflict"

    with step("the rest of the lease is hers again at once, under the leases she had"):
        number = page.see_number()
        assert number not in arrived, "a photo she has decided on is asked for again"
        decided = {row["uuid"] for row in stage.campus.ask("SELECT uuid FROM submission WHERE state <> 'IN_REVIEW'")}
        assert stage.campus.held("lin") == held - decided
        leases = [row["submission"] for row in stage.campus.leases()]
        assert len(leases) == len(set(leases)), "a submission was leased anew"

    with step("and she goes on with it"):
        number, _ = decide(stage, page, "reshoot")
        wait_for("the next decision", lambda: stage.campus.state(number) == "RESHOOT")


tap.run(journey)
