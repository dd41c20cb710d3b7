#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-3.0-or-later
"""The workstation with its window, killed (SIGKILL) at any moment while its reviewer approves, and the service killed now and then:
each photo she saw replaced by the next one is decided at the campus in the end, once."""
import argparse
import json
import os
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "journeys"))
from stage import Stage  # noqa: E402
from review_page import ReviewPage  # noqa: E402
from tap import wait_for  # noqa: E402

STUDENTS = 100      # as many as there are different masked numbers
SERVICE_EVERY = 4   # each fourth kill hits the service, too


def decide_some(page, chance, seen):
    """Approves a few photos one after the other, and then one more without waiting for what becomes of it."""
    station = page.workstation
    for _ in range(chance.randrange(1, 4)):
        number = page.see_number()
        if number is None:
            return
        failed = station.stage.campus.hard_failed(number)
        station.press(*(["r", "1", "Return"] if failed else ["a"]))
        station.wait_for(f"the photo after {number}", lambda: page.number() not in (None, number) or station.find(name="All done"))
        seen.append(number)
    station.press("a")
    time.sleep(chance.uniform(0, 0.06))


def storm(stage, kills, chance):
    """The numbers whose photos were replaced by the next one, in their order."""
    seen = []
    for kill in range(kills):
        station = stage.workstation().start()
        page = ReviewPage(station)
        page.see_number()
        decide_some(page, chance, seen)
        station.kill()
        if kill % SERVICE_EVERY == 0:
            stage.service.kill()
            stage.start_service()
    return seen


def judge(stage, seen):
    """What is wrong with it, in words."""
    station = stage.workstation().start()
    wait_for("everything to arrive", lambda: ReviewPage(station).sync() == "Synced", 30)
    rows = stage.campus.decisions()
    faults = [f"{number} is not decided" for number in seen if not stage.campus.decisions(number)]
    if len({row["submission"] for row in rows}) != len(rows):
        faults.append("a submission is decided twice")
    print(f"{len(seen)} photos seen replaced, {len(rows)} decisions at the campus, {len(faults)} faults")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", metavar="FILE", help="also write the figures to this file")
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with Stage() as stage:
        stage.open_campus(STUDENTS)
        seen = storm(stage, options.kills, random.Random(options.seed))
        faults = judge(stage, seen)
        stage.end_well()
    if options.json:
        Path(options.json).write_text(json.dumps({"kills": options.kills, "seen": len(seen), "faults": faults}))
    for fault in faults:
        print(f"bench-window-kills: {fault}", file=sys.stderr)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    os.environ.setdefault("LIKENESS_TEST_PATIENCE", "3")
    main()
