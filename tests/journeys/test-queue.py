# SPDX-License-Identifier: GPL-3.0-or-later
"""A reviewer searches, puts off, is unsure, approves on a sheet and takes back from the list; a lead looks a second time. By keys only."""
import re

import tap
from review_page import ReviewPage
from tap import step, wait_for

STUDENTS = 24


class Counter:
    """Counts what is pressed on a workstation."""

    def __init__(self, workstation):
        self.workstation = workstation
        self.pressed = 0
        self._press = workstation.press
        workstation.press = self.press

    def press(self, *names):
        self.pressed += len(names)
        self._press(*names)


def search(page, text):
    """Looks for a student by the end of the number."""
    page.workstation.press("slash")
    page.workstation.see(name="Student number, or its end")
    page.workstation.press("ctrl+a", "BackSpace")
    if text:
        page.workstation.keys.type(text)
    page.workstation.press("Return")


def state(stage, submission):
    return stage.campus.ask("SELECT state FROM submission WHERE id = ?", submission)[0][0]


def journey(stage):
    with step("24 submissions, a reviewer and a lead"):
        stage.open_campus(STUDENTS, reviewers=["lin"], leads=["zhao"])
        page = ReviewPage(stage.workstation("lin").start())
        desk = page.workstation
        first = page.see_number()

    with step("a search finds one student, and one for nobody leaves a way out"):
        search(page, "1015")
        found = page.see_number(first)
        assert found.endswith("15"), found
        assert len(stage.campus.held("lin")) == 1
        search(page, "99999")
        desk.see(name="Nothing left in this part of the queue")
        desk.see("button", "Show all")
        search(page, "")
        assert page.see_number(None) == first

    with step("a photo is put off and is not with this reviewer for now"):
        put_off = stage.campus.submission(first)["id"]
        desk.press("n")
        second = page.see_number(first)
        wait_for("the photo to be put off", lambda: stage.campus.ask("SELECT 1 FROM skip WHERE submission = ?", put_off))

    with step("a return with the suggested reason takes two keys, an approval one"):
        counter = Counter(desk)
        while not stage.campus.hard_failed(page.see_number()):
            desk.press("j")
            page.see_number(second)
            second = page.number()
        number, counter.pressed = page.number(), 0
        desk.press("r")
        desk.wait_for("the reason picker", page.dialog)
        desk.press("Return")
        page.see_number(number)
        assert counter.pressed == 2
        wait_for("the return", lambda: stage.campus.state(number) == "RETURNED")
        assert stage.campus.decisions(number)[0]["reasons"], "no reason went with it"

    with step("an unsure decision waits for a second person"):
        unsure = stage.campus.submission(page.see_number())["id"]
        before = page.number()
        desk.press("u", "r", "1", "Return")
        page.see_number(before)
        wait_for("the second review", lambda: state(stage, unsure) == "SECOND_REVIEW")

    with step("green photos stand on one sheet, one is taken out, one key approves the others"):
        desk.press("m")
        title = desk.see("label", re.compile(r"^\d+ photos? without any remark$"))
        n_green = int(title.name.split()[0])
        assert n_green >= 2
        desk.press("space")
        desk.see(name=re.compile(": taken out$"))
        desk.press("a")
        wait_for("their approval", lambda: stage.campus.count("APPROVED") == n_green - 1)
        inputs = [row["input"] for row in stage.campus.decisions() if row["verdict"] == "approve"]
        assert inputs == ["batch"] * (n_green - 1), inputs
        assert not any(row["hard_failed"] for row in stage.campus.ask("SELECT * FROM submission WHERE state = 'APPROVED'"))

    with step("one of them is taken back from the list of today's decisions"):
        desk.press("t")
        desk.see(name="Today’s decisions")
        button = desk.see("button", re.compile("^Take back: "))
        assert button
        desk.press("shift+Tab")
        while not (focus := desk.find("button", re.compile("^Take back: "), lambda node: node.has("focused"))):
            desk.press("shift+Tab")
        assert focus
        desk.press("space")
        wait_for("the photo back in review", lambda: any(row["reverted_at"] for row in stage.campus.decisions()))
        desk.see("label", re.compile(" · taken back$"))
        desk.see("button", "Back to the photos", lambda node: node.has("focused"))
        desk.press("Escape")

    with step("the lead sees the unsure one, not what was said, and says the same: final"):
        lead = ReviewPage(stage.workstation("zhao", stage.second_display()).start())
        lead.see_number()
        lead.workstation.press("w")
        masked = stage.campus.ask("SELECT student_no FROM submission JOIN student ON student.id = student WHERE submission.id = ?",
                                  unsure)[0][0]
        lead.workstation.wait_for("the unsure photo", lambda: (lead.number() or "").endswith(masked[-2:]))
        first_reasons = [row["reasons"] for row in stage.campus.decisions() if row["submission"] == unsure][0]
        assert not any(word.startswith("Returned") for word in lead.workstation.words())
        lead.choose("return")
        codes = [code for code, _ in lead.reasons()]
        lead.workstation.press(str(codes.index(first_reasons[0]) + 1), "Return")
        wait_for("the end of the second review", lambda: state(stage, unsure) == "RETURNED")
        assert [row["stage"] for row in stage.campus.ask("SELECT stage FROM decision WHERE submission = ? AND reverted_at IS NULL"
                                                         " ORDER BY stage", unsure)] == [1, 2]

    with step("the lead reads how far they agree"):
        lead.workstation.press("i")
        lead.workstation.see(name="Agreement")
        lead.workstation.see(name=re.compile(r"\(lin\)"))

    with step("nothing personal is shown or written whole"):
        assert not stage.unmasked(), stage.unmasked()


tap.run(journey)
