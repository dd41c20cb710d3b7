# SPDX-License-Identifier: GPL-3.0-or-later
"""First start, another language, help: all by keyboard, and everything has a name. (Keys of one's own: tests/ui.)"""
import re
import time

import tap
import tree
from review_page import ReviewPage
from stage import PASSWORD
from tap import step, wait_for

PAGES = []      # pages looked at, for the last step
COLLEGE = "统一身份认证登录"   # the button that the campus of this journey asks for


def look(workstation, name):
    """Notes what has no name on a page."""
    PAGES.append((name, tree.unnamed(workstation.tree())))


def go_to(workstation, name, most=40):
    """Tab until something with this name has the focus."""
    for _ in range(most):
        node = workstation.find(name=name)
        if node is not None and node.has("focused"):
            return
        workstation.press("Tab")
    raise AssertionError(f"Tab does not lead to {name}")


def newest_window(workstation, name):
    """A window of the workstation's own that opened: it gets the focus, as a window manager would give it."""
    workstation.see(name=name)
    workstation.keys.focus(workstation.program.pid)


def set_college(stage):
    (stage.data / "likenessd.conf").write_text("[college_sign_in]\nkind=cas\ncas_url=http://127.0.0.1:9/cas\n")


def offered_by_the_campus(workstation):
    with step("the college's own sign-in is offered as long as the address is that of a campus that has one"):
        workstation.press("shift+Tab", "End")
        workstation.keys.type("/elsewhere")
        wait_for("no such button", lambda: not workstation.find("button", COLLEGE))
        workstation.press(*["BackSpace"] * len("/elsewhere"))
        workstation.see("button", COLLEGE)
        workstation.press("Tab")


def first_start(stage, workstation):
    with step("the first start asks for the address of the service, and says when there is none"):
        workstation.see("entry", "Address of the campus service")
        look(workstation, "first start")
        workstation.keys.type("http://127.0.0.1:9")
        workstation.press("Return")
        workstation.see(name=re.compile("^The campus service cannot be reached"), seconds=20)

    with step("the right address leads to signing in"):
        workstation.press("ctrl+a")
        workstation.keys.type(stage.address)
        workstation.press("Return")
        workstation.see("entry", "User name")
        workstation.see("button", COLLEGE)
        look(workstation, "sign-in")
    offered_by_the_campus(workstation)
    with step("name and password lead to the review"):
        workstation.keys.type("lin")
        workstation.press("Return")     # the password is missing: that is where the focus goes
        workstation.see(name="Please fill in address, user name and password.")
        workstation.keys.type(PASSWORD)
        workstation.press("Return")
        page = ReviewPage(workstation)
        page.see_number(seconds=30)
        look(workstation, "review")
    return page


def choose_language(workstation, row, *keys):
    go_to(workstation, row)
    workstation.press("Return")
    time.sleep(0.4)         # the list opens
    workstation.press(*keys, "Return")


def other_language(workstation, page):
    number = page.number()
    with step("Chinese at run time: the same photo, the same work, other words"):
        page.choose("return")
        look(workstation, "reasons")
        workstation.press("Escape", "ctrl+comma")
        newest_window(workstation, "Language")
        look(workstation, "preferences")
        choose_language(workstation, "Language", "Down")
        workstation.wait_for("Chinese words", lambda: workstation.find("button", "通过"), 20)
        assert page.number() == number, "the work did not go on where it was"

    with step("and English again"):
        # the new windows come one after the other, and nobody but us gives one the focus; English is the last choice, so
        # that going down once more changes nothing
        for _ in range(10):
            time.sleep(1)
            if workstation.find("button", "Approve"):
                break
            workstation.keys.focus(workstation.program.pid)
            choose_language(workstation, "语言" if workstation.find(name="语言") else "Language", "Down")
        workstation.wait_for("English words", lambda: workstation.find("button", "Approve"), 20)
        assert page.number() == number


def help_page(workstation):
    with step("F1 explains"):
        workstation.keys.focus(workstation.program.pid)
        workstation.press("Escape")         # the preferences
        time.sleep(1)
        workstation.keys.focus(workstation.program.pid)
        workstation.press("F1")
        newest_window(workstation, "Without the network")
        look(workstation, "help")
        workstation.press("Escape")
        workstation.keys.focus(workstation.program.pid)


def journey(stage):
    with step("a campus opens, and a workstation that knows nothing yet"):
        stage.open_campus(8, before_photos=lambda: set_college(stage))
        workstation = stage.workstation(arguments=[]).start()

    page = first_start(stage, workstation)
    other_language(workstation, page)
    help_page(workstation)

    with step("everything that can be used has a name, on every page"):
        assert len(PAGES) >= 6
        assert not any(found for _, found in PAGES), [(name, found) for name, found in PAGES if found]


tap.run(journey)
