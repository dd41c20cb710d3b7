# SPDX-License-Identifier: GPL-3.0-or-later
"""Workstation and service both stop. The workstation starts alone: the same photos, the same work; later all of it arrives."""
import os
import re
import time

import tap
from review_page import ReviewPage
from stage import PASSWORD
from tap import step, wait_for

PUBLIC = ("reasons.json", "photo-spec.json")   # what the college tells everybody
WORDS = "three quiet words"     # the passphrase, where there is no password store


def sign_in(workstation, password=PASSWORD):
    workstation.see("entry", "Password")
    workstation.press("ctrl+a")
    workstation.keys.type(password)
    workstation.press("Return")


def give_passphrase(workstation, words, times=1):
    """On the page that asks for it; twice the first time."""
    workstation.wait_for("the passphrase page", lambda: asks_passphrase(workstation), 20)
    time.sleep(0.5)
    workstation.press("ctrl+a")
    workstation.keys.type(words)
    if times > 1:
        # past the button that shows it
        workstation.press("Tab", "Tab")
        workstation.keys.type(words)
    workstation.press("Return")


def asks_passphrase(workstation):
    button = workstation.find("button", re.compile("^(Open|Use this passphrase)$"))
    return button is not None


def texts(workstation):
    return {path: path.read_bytes() for path in workstation.folder.rglob("*") if path.is_file() and path.name not in PUBLIC}


def readable(workstation):
    """Where in the workstation's folder something personal stands, and what; long enough that sealed bytes do not hold it by chance."""
    secrets = (PASSWORD.encode(), WORDS.encode(), b"****", b"\xff\xd8\xff\xe0\x00\x10JFIF", "林晓老师".encode(), b"\"reasons\"", b"\"lease\":")
    return [(path.name, secret) for path, text in texts(workstation).items() for secret in secrets if secret in text]


def is_quiet(workstation):
    """Whether nothing was written for half a second."""
    before = texts(workstation)
    time.sleep(0.5)
    return texts(workstation) == before


def journey(stage, with_passphrase):
    with step("a reviewer signs in and decides on two photos; the rest of the lease is fetched"):
        stage.open_campus(12)
        arguments = ["--service", stage.address, "--user", "lin"]
        workstation = stage.workstation(arguments=arguments).start()
        sign_in(workstation)
        if with_passphrase:
            give_passphrase(workstation, WORDS, times=2)
        page = ReviewPage(workstation)
        page.see_number(seconds=30)
        for _ in range(2):
            page.decide("return", "1")
        wait_for("both at the service", lambda: len(stage.campus.decisions()) == 2)
        waiting = [row for row in page.queue() if "Returned" not in row]
        number = page.see_number()
        held = stage.campus.held("lin")

    with step("both are killed; nothing personal can be read in the workstation's folder"):
        wait_for("sealing, which is behind the network", lambda: is_quiet(workstation) and not readable(workstation), 20)
        stage.service.kill()
        workstation.kill()
        assert len(texts(workstation)) > 2
        assert not readable(workstation), f"{readable(workstation)} can be read"

    with step("the workstation starts alone and opens with her password only"):
        workstation.start()
        sign_in(workstation, "not the password")
        if with_passphrase:
            give_passphrase(workstation, "another three words")
            workstation.see(name="That is not the passphrase. Please try again.", seconds=20)
            give_passphrase(workstation, WORDS)
        workstation.see(name="User name or password is not right.", seconds=20)
        sign_in(workstation)
        assert page.see_number(seconds=30) == number, "another photo is shown"
        workstation.wait_for("the header", lambda: page.sync().startswith("Offline since"), 20)
        undecided = [row for row in page.queue() if "Returned" not in row]
        shown = min(len(undecided), len(waiting))   # the list holds the rows about the window, more or fewer of them
        assert shown >= 3 and undecided[:shown] == waiting[:shown], f"{undecided}, not {waiting}"

    with step("she goes on, and her decisions wait"):
        made = [page.decide("return", "1") for _ in range(3)]
        workstation.wait_for("three waiting", lambda: "3 waiting" in page.sync())

    with step("the service is back: all of them arrive once"):
        stage.start_service()
        workstation.press("F5")
        wait_for("all decisions", lambda: len(stage.campus.decisions()) == 5, 60, alive=stage.service.check_alive)
        workstation.wait_for("Synced", lambda: page.sync() == "Synced", 30)
        assert [stage.campus.state(one) for one in made] == ["RETURNED"] * 3
        assert stage.campus.held("lin") < held
        assert not stage.campus.ask("SELECT * FROM answer")

    with step("signing out takes everything away"):
        assert list(workstation.folder.rglob("cache-*"))
        workstation.press("F10")
        workstation.see(name="Sign out").press()
        wait_for("no cache", lambda: not list(workstation.folder.rglob("cache-*")), 20)
        wait_for("her leases back", lambda: not stage.campus.held("lin"))


if __name__ == "__main__":
    tap.run(lambda stage: journey(stage, os.environ.get("KEYRING") == "no"))
