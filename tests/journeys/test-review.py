# SPDX-License-Identifier: GPL-3.0-or-later
"""One reviewer's work: sign in, every verdict, undo, notes; each key on the screen and in the service's database."""
import json
import tap
from review_page import VERDICTS, ReviewPage
from stage import PASSWORD
from tap import holds_for, step, wait_for

LETTERS = "ahsrjkg"            # each a key of the review screen
ID_NUMBER = "11010519491231002X"   # the example of GB 11643, nobody's


def sign_in(stage, workstation):
    with step("a wrong password is refused with a sentence"):
        workstation.see("entry", "Password")
        workstation.keys.type("not the password")
        workstation.press("Return")
        workstation.wait_for("a sentence about the password",
                             lambda: any("password" in word and word.endswith(".") for word in workstation.words()))
        assert not stage.campus.held("lin"), "photos were leased without signing in"

    with step("the right password opens the review screen"):
        workstation.press("ctrl+a")
        workstation.keys.type(PASSWORD)
        workstation.press("Return")
        page = ReviewPage(workstation)
        number = page.see_number(seconds=30)
        assert stage.campus.state(number) == "IN_REVIEW"
        assert len(stage.campus.held("lin")) == len(stage.roster)
    return page


def skip_hard_failures(stage, page):
    """Goes on to a photo that may be approved by one key."""
    number = page.see_number()
    while stage.campus.hard_failed(number):
        page.workstation.press("j")
        number = page.see_number(other_than=number)
    return number


def decided(stage, number, verdict):
    """The one decision on this submission that counts, once the service has it."""
    wait_for(f"{verdict} of {number} at the service", lambda: stage.campus.state(number) == VERDICTS[verdict][1])
    [decision] = [row for row in stage.campus.decisions(number) if row["reverted_at"] is None]
    assert decision["verdict"] == verdict and decision["input"] == "key"
    assert decision["photo"] == stage.campus.submission(number)["photo"], "another photo was decided on"
    return decision


def decide_each_way(stage, page):
    with step("A approves: the next photo is shown, the service has it, the filmstrip says so"):
        number = skip_hard_failures(stage, page)
        assert page.decide("approve") == number
        decision = decided(stage, number, "approve")
        assert decision["reasons"] == [] and decision["note"] == ""
        wait_for("the filmstrip", lambda: any(row.endswith(": Approved") for row in page.queue()))

    with step("R and 1 return with the reason the checks suggest"):
        number = page.see_number()
        page.choose("return")
        first = page.reasons()[0][0]
        suggested = suggested_reasons(stage, number)
        assert first in suggested or not suggested, f"{first} is not among {suggested}"
        page.workstation.press("1")
        page.workstation.wait_for("the reason to be chosen", lambda: page.reasons()[0] == (first, True))
        page.workstation.press("Return")
        page.see_number(other_than=number)
        assert decided(stage, number, "return")["reasons"] == [first]

    with step("S and two digits ask for a reshoot, the first reason being the main one"):
        page.choose("reshoot")
        codes = [code for code, _ in page.reasons()]
        page.workstation.press("Escape")
        number = page.decide("reshoot", "2", "1")
        assert decided(stage, number, "reshoot")["reasons"] == [codes[1], codes[0]]

    with step("H puts on hold, for identity only"):
        number = page.decide("hold", "1")
        [reason] = decided(stage, number, "hold")["reasons"]
        assert reason in ("R701", "R702", "R703", "R704", "R802")


def suggested_reasons(stage, number):
    """Codes that failing checks suggest for a return."""
    [row] = stage.campus.ask("SELECT checks FROM report WHERE submission = ?", stage.campus.submission(number)["id"])
    return {check.get("reason") for check in json.loads(row["checks"]) if check["outcome"] in ("fail", "warn")} - {None}


def take_back(stage, page):
    with step("Ctrl+Z takes the last decision back, and the history keeps every line"):
        number = skip_hard_failures(stage, page)
        page.decide("approve")
        decided(stage, number, "approve")
        lines = len(stage.campus.history(number))
        page.workstation.press("ctrl+z")
        page.workstation.wait_for("the photo again", lambda: page.number() == number)
        wait_for("the undo at the service", lambda: stage.campus.state(number) == "IN_REVIEW")
        assert page.decide("return", "1") == number
        decided(stage, number, "return")
        assert [row["verdict"] for row in stage.campus.decisions(number)] == ["approve", "return"]
        states = [row["state"] for row in stage.campus.history(number)][lines - 1:]
        assert states == ["APPROVED", "IN_REVIEW", "RETURNED"], states


def write_notes(stage, page):
    workstation = page.workstation

    with step("letters typed into a note decide nothing"):
        number = page.see_number()
        before = len(stage.campus.decisions())
        page.choose("return")
        workstation.press("1")
        note = workstation.see(name="Note")
        workstation.press("Tab")
        while not workstation.find(name="Note").has("focused"):
            workstation.press("Tab")
        workstation.keys.type(LETTERS)
        workstation.wait_for("the letters in the note", lambda: note.text() == LETTERS)
        # a decision would close the picker
        holds_for("nothing is decided", lambda: len(stage.campus.decisions()) == before and page.dialog() is not None)

    with step("an ID number in a note is not sent"):
        workstation.keys.type(" " + ID_NUMBER)
        workstation.press("Return")
        workstation.see(name="The note must not contain an ID number.")
        assert page.dialog() is not None
        assert len(stage.campus.decisions()) == before

    with step("the note goes with the decision once it is in order"):
        workstation.press(*["BackSpace"] * (len(ID_NUMBER) + 1))
        workstation.press("Return")
        page.see_number(other_than=number)
        assert decided(stage, number, "return")["note"] == LETTERS

    with step("Escape leaves the reason picker, and letters are keys again"):
        number = page.see_number()
        page.choose("reshoot")
        workstation.press("Escape")
        workstation.wait_for("the picker to close", lambda: page.dialog() is None)
        workstation.press("k")
        page.see_number(other_than=number)
        assert stage.campus.state(number) == "IN_REVIEW"


def look_around(stage, page):
    with step("J and K look at the next and the previous photo and decide nothing"):
        before = len(stage.campus.decisions())
        first = page.see_number()
        page.workstation.press("k")
        second = page.see_number(other_than=first)
        page.workstation.press("j")
        page.workstation.wait_for("the photo before", lambda: page.number() == first)
        assert second != first and len(stage.campus.decisions()) == before

    with step("G hides the crop grid and shows it again"):
        grid = page.workstation.see(name="Grid")
        shown = grid.has("checked") or grid.has("pressed")
        for wanted in (not shown, shown):
            page.workstation.press("g")
            page.workstation.wait_for("the grid to change", lambda: (grid.has("checked") or grid.has("pressed")) == wanted)


def journey(stage):
    with step("a campus of twelve drawn students opens"):
        stage.open_campus(12)
        workstation = stage.workstation(arguments=["--service", stage.address, "--user", "lin"]).start()

    page = sign_in(stage, workstation)
    decide_each_way(stage, page)
    take_back(stage, page)
    write_notes(stage, page)
    look_around(stage, page)

    with step("no full name, student number or ID number is on the screen, in a log or on the workstation's disk"):
        assert page.number() in workstation.words(), "the masked number itself is not found where the others are looked for"
        assert stage.roster and not stage.unmasked(), stage.unmasked()[:3]


tap.run(journey)
