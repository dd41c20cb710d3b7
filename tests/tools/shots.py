# SPDX-License-Identifier: GPL-3.0-or-later
"""shots.py OUT_DIR: pictures of every page in the language and colours of the environment. Run by tests/tools/shots."""
import os
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "journeys"))

from cable import Cable  # noqa: E402
from keys import Keys  # noqa: E402
from review_page import NUMBER  # noqa: E402
from stage import BUILD, PASSWORD, Program, Stage, Workstation, program_environ  # noqa: E402
from tap import PATIENCE, wait_for  # noqa: E402

SETTLE = 0.7            # seconds for what moves or fades on the desktop
LEASE_SECONDS = 4 * PATIENCE


class Desk(Workstation):
    """A workstation that speaks the language asked for; its words are therefore not relied on."""

    def start(self):
        environ = program_environ(DISPLAY=self.display, LANGUAGE=os.environ["LANGUAGE"], LC_ALL=os.environ["LC_ALL"])
        self.program = self.stage.own(Program(f"likeness of {self.user}", self.log, [
            BUILD / "ui/likeness", *self.arguments, "--data-dir", self.folder], environ))
        self.wait_for("its window", lambda: self.keys.windows(self.program.pid) and self.tree(), 20)
        self.keys.fill_screen(self.program.pid)
        self.keys.focus(self.program.pid)
        return self

    def number(self):
        node = self.find("label", where=lambda found: NUMBER.fullmatch(found.name or found.text()))
        return node and (node.name or node.text())

    def go_on(self, *keys):
        """Presses keys and waits for another photo, or for the end."""
        before = self.number()
        self.press(*keys)
        self.wait_for(f"what follows {before}", lambda: self.number() != before)


class Camera:
    def __init__(self, folder):
        self.folder = folder
        self.n_taken = 0

    def take(self, desk, name):
        time.sleep(SETTLE)
        self.n_taken += 1
        path = self.folder / f"{self.n_taken:02d}-{name}.png"
        subprocess.run(["import", "-display", desk.display, "-window", "root", str(path)], check=True, timeout=60)
        print(path, flush=True)


def desk_of(stage, user, port, display=None, password=True):
    arguments = ["--service", f"http://127.0.0.1:{port}", "--user", user]
    if password:
        arguments += ["--password-file", stage.password_file]
    return Desk(stage, user, display, arguments)


def find_failure(stage, desk):
    """Goes on to a photo with a failed hard check."""
    for _ in range(20):
        if stage.campus.hard_failed(desk.number()):
            return
        desk.go_on("j")
    raise AssertionError("no drawn student fails a hard check")


def working_day(camera):
    """Sign-in, review, reasons, note, looking closely, keys, and a cut network."""
    with Stage() as stage:
        stage.open_campus(24)
        cable = stage.own(Cable(stage.port))
        desk = desk_of(stage, "lin", cable.port, password=False).start()
        camera.take(desk, "sign-in")
        desk.keys.type("not the password")
        desk.press("Return")
        camera.take(desk, "wrong-password")
        desk.kill()

        desk = desk_of(stage, "lin", cable.port).start()
        desk.wait_for("the first photo", desk.number, 20)
        camera.take(desk, "review")
        find_failure(stage, desk)
        camera.take(desk, "failed")
        Keys(desk.display).click(1000, 341)
        camera.take(desk, "pointed")
        desk.keys.click(500, 400)
        desk.press("plus", "plus", "plus")
        camera.take(desk, "enlarged")
        desk.press("0", "g")
        camera.take(desk, "without-grid")
        desk.press("g", "l")
        camera.take(desk, "loupe")
        desk.press("l", "c")
        camera.take(desk, "compare")
        desk.press("v")
        camera.take(desk, "overlay")
        desk.press("c", "o")
        camera.take(desk, "no-variant")
        desk.press("g")
        desk.press("g", "r", "1")
        camera.take(desk, "reasons")
        desk.press("Escape", "a")
        camera.take(desk, "note")
        desk.press("Escape", "question")
        camera.take(desk, "shortcuts")
        desk.keys.focus(desk.program.pid)
        desk.press("Escape")
        desk.keys.focus(desk.program.pid)
        cable.cut()
        desk.go_on("r", "1", "Return")
        time.sleep(1.5)
        camera.take(desk, "offline")


def two_reviewers(camera):
    """The end of the queue without a network, and decisions that were not taken."""
    with Stage() as stage:
        stage.limits(lease={"max": 2, "seconds": int(LEASE_SECONDS)})
        stage.open_campus(2, reviewers=["lin", "zhao"])
        cable = stage.own(Cable(stage.port))
        desk = desk_of(stage, "lin", cable.port).start()
        first = desk.wait_for("the first photo", desk.number, 20)
        cable.cut()
        other = desk_of(stage, "zhao", stage.port, stage.second_display()).start()
        other.wait_for("the same photo", lambda: other.number() == first, 60)
        other.press("r", "1", "Return")
        wait_for("the other decision", lambda: stage.campus.state(first) == "RETURNED")
        for _ in range(2):
            desk.press("r", "1", "Return")
            time.sleep(SETTLE)
        camera.take(desk, "end-offline")
        cable.mend()
        desk.press("F5")
        time.sleep(2 * SETTLE)
        desk.press("ctrl+e")
        camera.take(desk, "conflicts")
        desk.press("Escape")
        camera.take(desk, "end")


def settings(camera):
    """First start, preferences, help."""
    with Stage() as stage:
        stage.open_campus(6)
        desk = Desk(stage, "lin", None, []).start()
        camera.take(desk, "first-start")
        desk.keys.type("http://127.0.0.1:1")
        desk.press("Return")
        camera.take(desk, "no-service-there")
        desk.kill()

        desk = desk_of(stage, "lin", stage.port).start()
        desk.wait_for("the first photo", desk.number, 20)
        for keys, name in ((["ctrl+comma"], "preferences"), (["Escape", "F1"], "help")):
            desk.press(*keys)
            time.sleep(SETTLE)
            desk.keys.focus(desk.program.pid)
            camera.take(desk, name)


def passphrase(camera):
    """Where the desktop has no password store (KEYRING=no)."""
    with Stage() as stage:
        stage.open_campus(2)
        desk = desk_of(stage, "lin", stage.port, password=False).start()
        desk.keys.type(PASSWORD)
        desk.press("Return")
        time.sleep(3 * SETTLE)
        camera.take(desk, "passphrase")
        desk.keys.type("short")
        desk.press("Return")
        camera.take(desk, "passphrase-short")


def queue_day(camera):
    """Parts of the queue, the contact sheet, today's decisions, and what a lead sees."""
    with Stage() as stage:
        stage.limits(second_review={"by_rule": True, "first_decisions": 50, "approvals_percent": 5, "rejections_percent": 5,
                                    "known_percent": 0, "after_seconds": 0})
        stage.open_campus(24, reviewers=["lin"], leads=["zhao"])
        desk = desk_of(stage, "lin", stage.port).start()
        desk.wait_for("the first photo", desk.number, 20)
        desk.press("q")
        camera.take(desk, "part-of-queue")
        desk.press("Escape", "slash")
        desk.keys.type("99999")
        desk.press("Return")
        time.sleep(2 * SETTLE)
        camera.take(desk, "nothing-fits")
        desk.press("slash", "ctrl+a", "BackSpace", "Return")
        desk.wait_for("a photo again", desk.number, 20)
        desk.press("m")
        desk.press("Right", "space")
        camera.take(desk, "sheet")
        desk.press("a")
        time.sleep(2 * SETTLE)
        desk.go_on("n")
        desk.press("u")
        camera.take(desk, "unsure")
        desk.go_on("r", "1", "Return")
        desk.press("t")
        camera.take(desk, "today")
        desk.press("Escape")
        desk.kill()

        lead = desk_of(stage, "zhao", stage.port).start()
        lead.wait_for("the first photo", lead.number, 20)
        lead.press("q")
        time.sleep(SETTLE)
        camera.take(lead, "part-of-queue-of-lead")
        lead.press("Escape")
        lead.go_on("w")
        time.sleep(2 * SETTLE)
        camera.take(lead, "second-review")
        lead.go_on("r", "1", "Return")
        lead.go_on("a")
        time.sleep(2 * SETTLE)
        lead.press("i")
        camera.take(lead, "agreement")


def main():
    camera = Camera(Path(sys.argv[1]))
    if os.environ.get("KEYRING") == "no":
        camera.n_taken = 90
        passphrase(camera)
        return
    settings(camera)
    working_day(camera)
    two_reviewers(camera)
    queue_day(camera)


main()
