# SPDX-License-Identifier: GPL-3.0-or-later
"""A class adviser checks her class and asks for a correction; the desk answers it; a lead goes from the review to the classes and
back. Each sees what their role may see, and no more."""
import re

import tap
import tree
from review_page import ReviewPage
from stage import NAMES
from tap import step, wait_for

NAMES.update(chen="陈静老师", wu="吴敏老师")


def tickets(stage):
    return stage.campus.ask("SELECT * FROM ticket ORDER BY id")


def click(station, node):
    left, top, width, height = node.extents()
    station.keys.click(left + width // 2, top + height // 2)


def student_row(station, number):
    return station.see("list item", re.compile(f", {number}: "))


def scroll_to(station, number):
    """Turns the wheel until a student who stands below the window is in it."""
    left, top, width, height = station.see("list", "Students").extents()
    below = student_row(station, number).extents()[1]
    station.keys.turn_wheel(left + width // 2, 300, 10)
    station.wait_for("the list to move", lambda: 0 < student_row(station, number).extents()[1] < below - 200)


def requests_in_list(station):
    students = station.find("list", "Students")
    return sum(node.name == "1 open request" for node in tree.walk(students.accessible))


def adviser(stage, own, others):
    station = stage.workstation("chen").start()
    with step("the adviser sees her class, and no other"):
        station.see("list item", re.compile(f"^{own['class']}"))
        assert not station.find("list item", re.compile(f"^{others['class']}"))
        station.see("list item", re.compile(f"{own['student_no']}: Waiting for review"))
        assert not station.find("button", re.compile("^Approve"))
    with step("she has a reminder to paste, and its names are masked"):
        station.see("button", "Copy a reminder").press()
        station.see(name=re.compile("^The reminder is copied"))
    with step("she goes down her class and chooses somebody"):
        chosen = stage.roster[10]["student_no"]
        scroll_to(station, chosen)
        click(station, student_row(station, chosen))
        station.see("label", re.compile(f"^{chosen} · "))
        place = student_row(station, chosen).extents()
    with step("she asks for a correction"):
        # of the two, the one inside does something
        station.see("button", re.compile("^Ask for a correction"), lambda node: node.can_act()).press()
        station.see(name="What is wrong")
        station.keys.type("the name on the photo")
        station.see("button", "Send to the desk").press()
        station.see(name="The desk has it now.")
        assert [row["type"] for row in tickets(stage)] == ["CORRECTION"]
    with step("the student she asks for is still shown, now with an open request"):
        wait_for("the request in the list", lambda: requests_in_list(station) == 1)
        assert student_row(station, chosen).has("selected") and student_row(station, chosen).extents() == place
        station.see("label", re.compile(rf"^{chosen} · (.|\n)*1 open request$"))
    with step("another refresh moves neither the list nor the keyboard"):
        click(station, student_row(station, chosen))
        stage.ask_desk("wu", "when is the make-up round?")
        station.press("F5")
        wait_for("the other request in the list", lambda: requests_in_list(station) == 2)
        row = student_row(station, chosen)
        assert row.has("selected") and row.has("focused") and row.extents() == place
    with step("she sees it among her requests"):
        station.press("alt+3")
        station.see("list item", re.compile("^Correction"))
    station.close()


def open_request(station, kind):
    """Clicks it in the list and waits until it stands beside it."""
    row = station.see("list item", re.compile(f"^{kind}"))
    click(station, row)
    station.see("label", kind, lambda node: node.extents()[0] > row.extents()[0] + row.extents()[2])


def desk(stage):
    station = stage.workstation("wu").start()
    with step("the desk has the request, and nothing else to choose"):
        station.see("list item", re.compile("^Correction.*: New$"))
        open_request(station, "Correction")
        station.see(name="the name on the photo")
        assert not station.find(name="Copy a reminder")
    with step("an answer without a word is not sent, nor one with an ID number in it"):
        station.see("button", "Answer and resolve").press()
        station.see(name=re.compile("^Write what the student"))
        station.keys.type("990101199903150010")
        station.see("button", "Answer and resolve").press()
        station.see(name=re.compile("^There is an ID number"))
    with step("what is written stays while another request is looked at"):
        station.press("ctrl+a", "BackSpace")
        station.keys.type("corrected in the roster")
        open_request(station, "Other request")
        station.see(name="Answer; the student reads it", where=lambda node: node.text() == "")
        open_request(station, "Correction")
        station.see(name="Answer; the student reads it", where=lambda node: node.text() == "corrected in the roster")
    with step("the desk answers, and the request is resolved"):
        station.see("button", "Answer and resolve").press()
        station.see(name=re.compile("^Done"))
        wait_for("the ticket", lambda: [row["state"] for row in tickets(stage)] == ["RESOLVED", "NEW"])
    station.close()


def lead(stage):
    station = stage.workstation("zhao").start()
    page = ReviewPage(station)
    with step("a lead has the photos, the classes and the requests"):
        number = page.see_number()
        station.press("alt+2")
        station.see("button", "Copy a reminder")
        station.press("a")      # decides nothing here
        station.press("alt+3")
        station.see(name="No request is open.")
        station.press("alt+1")
        assert page.see_number() == number
        assert stage.campus.decisions() == []
    station.close()


def journey(stage):
    with step("a campus with an adviser and a desk"):
        stage.open_campus(14, leads=("zhao",), in_one_class=12)
        own = stage.roster[0]
        others = next(row for row in stage.roster if row["class"] != own["class"])
        stage.add_account("chen", "adviser", "--class", own["class"])
        stage.add_account("wu", "desk")
    adviser(stage, own, others)
    desk(stage)
    lead(stage)


tap.run(journey)
