# SPDX-License-Identifier: GPL-3.0-or-later
"""A reviewer without a network decides on photos that are another's by now: told in a list, never dropped, never taken."""
import re

import tap
import tree
from cable import Cable
from review_page import NUMBER, ReviewPage
from tap import PATIENCE, step, wait_for


def conflicts(workstation):
    """Masked numbers in the list of decisions that were not taken, in its order."""
    page = workstation.find(role="list", name="Decisions that were not taken")
    if page is None:
        return []
    found = [NUMBER.search(node.name) for node in tree.walk(page.accessible) if node.role == "list item"]
    return [match[0] for match in found if match]


def journey(stage):
    with step("lin holds two photos and loses the network"):
        stage.limits(lease={"max": 2, "seconds": int(4 * PATIENCE)})
        stage.open_campus(2, reviewers=["lin", "zhao"])
        cable = stage.own(Cable(stage.port))
        lin = stage.workstation("lin", arguments=["--service", f"http://127.0.0.1:{cable.port}", "--user", "lin",
                                                  "--password-file", stage.password_file]).start()
        mine = ReviewPage(lin)
        first = mine.see_number()
        assert len(stage.campus.held("lin")) == 2
        cable.cut()

    with step("her lease runs out, and zhao is given the photos and decides on the first"):
        zhao = stage.workstation("zhao", stage.second_display()).start()
        other = ReviewPage(zhao)
        assert other.see_number(seconds=60) == first
        assert len(stage.campus.held("zhao")) == 2
        other.decide("return", "1")
        wait_for("zhao's decision", lambda: stage.campus.state(first) == "RETURNED")

    with step("lin decides on both without knowing; her screen goes on as always"):
        assert mine.decide("reshoot", "1") == first
        second = mine.decide("reshoot", "1")
        lin.wait_for("the header", lambda: "2 waiting" in mine.sync())

    with step("with the network back, both are in her list of decisions that were not taken"):
        cable.mend()
        lin.wait_for("two conflicts", lambda: any(re.search(r"\b2\b.*not taken", word) for word in lin.words()), 60)
        lin.press("ctrl+e")
        lin.wait_for("the list", lambda: conflicts(lin) == [first, second])
        assert any("赵*" in word for word in lin.words()), "who was first is not said"
        assert not any("赵敏" in word for word in lin.words()), "the other reviewer's name is not masked"

    with step("zhao's decision stands, and the second photo is still hers"):
        [decision] = stage.campus.decisions()
        assert decision["user"] == "zhao" and decision["verdict"] == "return"
        assert stage.campus.state(second) == "IN_REVIEW" and len(stage.campus.held("zhao")) == 1

    with step("a conflict that was read leaves the list; the other is still there after a power cut"):
        lin.see("button", re.compile("^Understood")).press()
        lin.wait_for("one conflict", lambda: len(conflicts(lin)) == 1)
        [left] = conflicts(lin)
        lin.kill()
        lin.start()
        lin.wait_for("the banner", lambda: any(re.search(r"\b1\b.*not taken", word) for word in lin.words()), 30)
        lin.press("ctrl+e")
        lin.wait_for("the list", lambda: conflicts(lin) == [left])


tap.run(journey)
