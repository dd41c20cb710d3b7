# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole queue decided by keys alone: one for an approval, two for a return with the suggested reason, and never the mouse.

LIKENESS_ITEMS: how many photos (30).
"""
import os

import tap
from review_page import ReviewPage
from tap import comment, step, wait_for

ITEMS = int(os.environ.get("LIKENESS_ITEMS") or 30)


def decide(page, failed):
    """Decides on the photo shown. How many keys were pressed."""
    number = page.see_number()
    keys = ["r", "Return"] if failed else ["a"]
    for key in keys:
        page.workstation.press(key)
        if key == "r":
            page.workstation.wait_for("the reason picker", page.dialog)
    page.workstation.wait_for(f"the photo after {number}", lambda: page.number() != number)
    return len(keys)


def journey(stage):
    with step(f"{ITEMS} submissions"):
        stage.open_campus(ITEMS)
        page = ReviewPage(stage.workstation().start())
        page.see_number()
        order = stage.campus.ask("SELECT id, hard_failed FROM submission ORDER BY due_at, id")

    pressed = {False: [], True: []}
    with step("all are decided, in their order, by keys"):
        for row in order:
            failed = bool(row["hard_failed"])
            pressed[failed].append(decide(page, failed))
        page.workstation.see(name="All done", seconds=45)

    with step("at most one key an approval, two a suggested return"):
        comment(f"{len(pressed[False])} approvals with {sum(pressed[False])} keys, "
                f"{len(pressed[True])} returns with {sum(pressed[True])} keys")
        assert pressed[False] and max(pressed[False]) <= 1
        assert pressed[True] and max(pressed[True]) <= 2

    with step("each is decided once, as it was meant, by keys"):
        wait_for("all to arrive", lambda: len(stage.campus.decisions()) == ITEMS)
        verdicts = {row["submission"]: row for row in stage.campus.decisions()}
        assert len(verdicts) == ITEMS
        for row in order:
            decision = verdicts[row["id"]]
            assert decision["verdict"] == ("return" if row["hard_failed"] else "approve")
            assert decision["input"] == "key"
            assert bool(decision["reasons"]) == bool(row["hard_failed"])


tap.run(journey)
