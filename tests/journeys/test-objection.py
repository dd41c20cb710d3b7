# SPDX-License-Identifier: GPL-3.0-or-later
"""Objections from end to end: a photo is sent back, its student objects, a lead decides, and the student reads what came of it."""
import json
import re

import tap
import tree
from campus import mask_number
from review_page import ReviewPage
from stage import NAMES, SOURCE
from student import Student, open_round
from tap import holds_for, step, wait_for

NAMES.update(qian="钱芸老师")
LEAVE, ANEW, APPROVE, ANSWER = "Leave it as it is", "Review it anew", "Approve the photo", "Answer"


def open_campus(stage):
    """Students by masked number. Everybody has come in with their code before the photos come: these belong to the round then."""
    students = {}

    def come_in():
        open_round(stage)
        stage.start_service()
        students.update((mask_number(row["student_no"]), Student(stage, row)) for row in stage.roster)

    limits = json.loads((SOURCE / "data/service.json").read_text())
    stage.limits(student={**limits["student"], "result_seconds": 1},    # a result can be read at once
                 second_review={"by_rule": True, "first_decisions": 0, "approvals_percent": 0, "rejections_percent": 0,
                                "known_percent": 0, "after_seconds": 0})
    stage.open_campus(3, leads=("zhao", "qian"), before_photos=come_in)
    return students


def reject(stage, station, verdict):
    """Sends the photo shown back: the masked number, once the service has it."""
    number = ReviewPage(station).decide(verdict, "1")
    state = {"return": "RETURNED", "reshoot": "RESHOOT"}[verdict]
    wait_for(f"{number} in {state}", lambda: stage.campus.state(number) == state)
    return number


def leave(stage, station):
    """Signs out, so that others get what was leased, and closes the window."""
    station.press("F10")
    station.see(name="Sign out").press()
    wait_for("the leases back", lambda: not stage.campus.held(station.user))
    station.close()


def ticket_of(stage, student):
    [row] = stage.campus.ask("SELECT ticket.* FROM ticket JOIN student ON student.id = student WHERE student_no = ?", student.number)
    return row


def audit(stage, action):
    """What the lines of one kind say, oldest first."""
    return [json.loads(row["body"]) for row in stage.campus.ask("SELECT body FROM audit WHERE action = ? ORDER BY seq", action)]


def click(station, node):
    left, top, width, height = node.extents()
    station.keys.click(left + width // 2, top + height // 2)


def open_request(station, student, text):
    """Clicks a student's objection in the list and waits until what they wrote stands beside it."""
    click(station, station.see("list item", re.compile(f"^Objection, {re.escape(student.masked_name)}")))
    station.see("label", text)


def answer_field(station):
    return station.see("entry", "Answer; the student reads it")


def answer(station, text, button):
    click(station, answer_field(station))
    station.keys.type(text)
    station.see("button", button).press()


def lead_finds_out(station, student, text):
    with step("a lead opens it and sees the photo that is decided on, what the student attached, and why it was sent back"):
        station.see("button", re.compile("^Requests"))
        station.press("alt+3")
        open_request(station, student, text)
        station.see("label", re.compile("the photo: Returned$"))
        station.see("label", re.compile(r"^Returned by 林\*+师, .*: \S"))
        for title in ("The photo in question", "The conclusion of the review", "Screenshot of the photo"):
            station.see("table cell", title)
    with step("a picture can be looked at in its full size, and Escape leaves it"):
        click(station, station.see("table cell", "The conclusion of the review"))
        wait_for("the large picture", lambda: len(station.keys.windows(station.program.pid)) == 2)
        station.keys.focus(station.program.pid)
        station.press("Escape")
        wait_for("the end of it", lambda: len(station.keys.windows(station.program.pid)) == 1)
        station.keys.focus(station.program.pid)


def lead_turns_down(stage, station, student):
    with step("no decision goes without a word to the student"):
        station.see("button", LEAVE).press()
        station.see(name=re.compile("^Write what the student"))
        assert ticket_of(stage, student)["state"] == "NEW"
    with step("the lead leaves it as it is: the photo stays returned, and the student reads why"):
        answer(station, "the hair is cut off at the top", LEAVE)
        station.see(name=re.compile("^Done"))
        assert stage.campus.state(mask_number(student.number)) == "RETURNED"
        [ticket] = student.tickets()
        assert ticket["state"] == "RESOLVED"
        assert [(entry["by"], entry["step"]) for entry in ticket["entries"]] == [("student", "create"), ("staff", "decide")]
        assert ticket["entries"][1]["text"] == "the hair is cut off at the top"
        assert student.submission()["state"] == "RETURNED" and student.record()["may_send"]
        assert audit(stage, "appeal-upheld") == []
        line = audit(stage, "ticket-moved")[-1]
        assert (line["before"], line["after"], line["to"]) == ("NEW", "RESOLVED", "RETURNED"), line
    with step("nothing is left to decide on it"):
        station.see("button", "Open again")
        buttons = {node.name for node in tree.walk(station.tree(), folded=("Queue", "Checks")) if node.role == "button"}
        assert not buttons & {LEAVE, ANEW, APPROVE}, buttons


def lead_upholds(stage, station, student, text):
    with step("the lead approves the other one: the student is done, and the first decision stays in the trail"):
        open_request(station, student, text)
        answer(station, "the photo is in order", APPROVE)
        station.see(name=re.compile("^Done"))
        number = mask_number(student.number)
        assert stage.campus.state(number) == "APPROVED"
        assert [(row["user"], row["verdict"], row["reverted_at"] is None) for row in stage.campus.decisions(number)] == [
            ("lin", "reshoot", False), ("qian", "approve", True)]
        [line] = audit(stage, "appeal-upheld")
        assert line["reason"] == "the photo is in order" and line["before"] == "RESHOOT" and line["after"] == "APPROVED", line
        assert audit(stage, "ticket-moved")[-1]["to"] == "APPROVED"
        record = student.record()
        assert record["state"] == "DONE" and student.submission()["state"] == "APPROVED", record
        assert student.tickets()[0]["entries"][-1]["text"] == "the photo is in order"
        assert student.call("GET", "approved") == (stage.folder / "photos" / f"{student.number}.jpg").read_bytes()


def involved(stage, station, student, text):
    with step("a lead who sent the photo back herself is told that somebody else must decide, and can still write"):
        station.press("alt+3")
        open_request(station, student, text)
        station.see(name=re.compile("You are involved in this yourself, so somebody else must decide"))
        for button in (LEAVE, APPROVE, ANEW):
            assert station.find("button", button) is None, button
        answer(station, "she asks a colleague", ANSWER)
        station.see(name=re.compile("she asks a colleague"))
        assert ticket_of(stage, student)["state"] == "OPEN"
        assert [row["user"] for row in stage.campus.decisions(mask_number(student.number))] == ["zhao"]


def reviewed_anew(stage, station, student, text):
    with step("another lead has it reviewed anew"):
        open_request(station, student, text)
        answer(station, "somebody else looks at it", ANEW)
        station.see(name=re.compile("^Done"))
        assert audit(stage, "appeal-upheld")[-1]["after"] == "PENDING"
        assert student.submission()["state"] == "PENDING" and student.tickets()[0]["state"] == "RESOLVED"


def journey(stage):
    with step("a campus in the middle of a round"):
        students = open_campus(stage)
    texts = ["both sides are equally bright", "the shop says it is in order", "my hair is not cut off"]
    with step("a reviewer sends two photos back, a lead the third"):
        lin = stage.workstation("lin").start()
        rejected = [students[reject(stage, lin, verdict)] for verdict in ("return", "reshoot")]
        leave(stage, lin)
        zhao = stage.workstation("zhao").start()
        rejected.append(students[reject(stage, zhao, "return")])
    with step("their students read why, and object"):
        for student, text in zip(rejected, texts):
            assert student.submission()["decision"]["reasons"]
            student.object(text)
    involved(stage, zhao, rejected[2], texts[2])
    zhao.close()
    qian = stage.workstation("qian").start()
    lead_finds_out(qian, rejected[0], texts[0])
    lead_turns_down(stage, qian, rejected[0])
    lead_upholds(stage, qian, rejected[1], texts[1])
    reviewed_anew(stage, qian, rejected[2], texts[2])
    with step("no full name or ID number is on the screen, in a log or on a workstation's disk; a student number on the screen only"):
        numbers = {row["student_no"] for row in stage.roster}
        unmasked = [(where, what) for where, what in stage.unmasked() if not (what in numbers and where.startswith("screen"))]
        assert stage.roster and not unmasked, unmasked[:3]
    leave(stage, qian)      # a lead is given what waits, too
    with step("the reviewer has no requests to see, but the photo that waits again; after her somebody else looks at it"):
        lin.start()
        page, number = ReviewPage(lin), mask_number(rejected[2].number)
        assert page.see_number() == number
        assert not lin.find("button", re.compile("^Requests"))
        page.decide("return", "1")
        wait_for("the second review", lambda: stage.campus.state(number) == "SECOND_REVIEW")
        assert rejected[2].submission()["decision"] is None


tap.run(journey)
