# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking closely and comparing, by keys: earlier photos with what became of them, and nothing decided by it."""
import re

import tap
import tree
from campus import mask_number
from review_page import ReviewPage
from tap import step, wait_for

STRIP = "Pictures to compare with"


def send_again(stage, number):
    """The student whose photo was returned sends another: the classmate's, so that it is surely another file."""
    [row] = [row for row in stage.roster if mask_number(row["student_no"]) == number]
    [other] = [row for row in stage.roster if mask_number(row["student_no"]) != number][:1]
    folder = stage.folder / "again"
    folder.mkdir()
    (folder / f"{row['student_no']}.jpg").write_bytes((stage.folder / "photos" / f"{other['student_no']}.jpg").read_bytes())
    stage.likenessd("import", "--roster", stage.folder / "roster.csv", "--photos", folder, "--data", stage.data)


def strip_words(workstation):
    strip = workstation.find(name=STRIP)
    return [word for node in tree.walk(strip.accessible) for word in node.words()] if strip else []


def is_on(workstation, name):
    button = workstation.find("button", name)
    return button.has("pressed") or button.has("checked")


def comparing(stage, workstation):
    with step("C lays the ID photo beside the photo"):
        workstation.press("c")
        workstation.wait_for("the ID photo in the strip", lambda: any("ID photo" in word for word in strip_words(workstation)))

    with step("V, the brackets, F and X change how, and decide nothing"):
        workstation.press("v", "bracketright", "bracketleft", "f", "x", "plus", "0")
        assert is_on(workstation, "Compare"), "comparing has ended"
        assert not stage.campus.decisions()

    with step("Escape shows the photo alone again"):
        workstation.press("Escape")
        workstation.wait_for("comparing to end", lambda: not is_on(workstation, "Compare"))


def looking(workstation):
    with step("O says calmly that there is nothing else to see"):
        workstation.press("o")
        workstation.see(name=re.compile("only this one picture"))

    with step("L and G switch the loupe and the grid"):
        workstation.press("l")
        workstation.wait_for("the loupe", lambda: is_on(workstation, "Loupe"))
        workstation.press("l", "g", "g")
        workstation.wait_for("no loupe", lambda: not is_on(workstation, "Loupe"))


def earlier(stage, workstation, page):
    with step("what a student sent before is there with its verdict"):
        number = page.see_number()
        assert page.decide("return", "1") == number
        wait_for("the return", lambda: stage.campus.state(number) == "RETURNED")
        send_again(stage, number)
        workstation.press("F5")
        workstation.wait_for("the new photo in the lease", lambda: len(stage.campus.held("lin")) == len(stage.roster), 60)
        for _ in range(3):
            if page.see_number() != number:
                workstation.press("j")
        workstation.press("c")
        workstation.wait_for("the earlier photo", lambda: any("Earlier: Returned" in word for word in strip_words(workstation)))


def journey(stage):
    stage.open_campus(3)
    workstation = stage.workstation().start()
    page = ReviewPage(workstation)
    page.see_number(seconds=30)
    comparing(stage, workstation)
    looking(workstation)
    earlier(stage, workstation, page)


tap.run(journey)
