# SPDX-License-Identifier: GPL-3.0-or-later
"""The review screen as a reviewer reads and uses it."""
import re

import tree

NUMBER = re.compile(r"\d{4}\*+\d{2}")
ONLY_NUMBER = re.compile(rf"^{NUMBER.pattern}$")
DIALOG = re.compile(r"^(Approve|Return|Ask for a reshoot|Put on hold) · ")

# verdict: (key, state it leads to, word on the filmstrip)
VERDICTS = {
    "approve": ("a", "APPROVED", "Approved"),
    "return": ("r", "RETURNED", "Returned"),
    "reshoot": ("s", "RESHOOT", "To reshoot"),
    "hold": ("h", "HELD", "On hold"),
}


class ReviewPage:
    """What a workstation shows once its reviewer has signed in."""

    def __init__(self, workstation):
        self.workstation = workstation

    # -- what is to be read --

    def number(self):
        """Masked number of the student whose photo is shown; None at the end of the queue."""
        label = self.workstation.find("label", ONLY_NUMBER)
        return label and label.name

    def is_seen(self):
        """Whether the photo is on the screen: before that it is not approved."""
        photo = self.workstation.find("image", re.compile("^Photo of"), lambda node: not node.has("busy"))
        return photo is not None

    def see_number(self, other_than=None, seconds=20):
        """The number as soon as it is another one and the photo is there."""
        return self.workstation.wait_for(f"a student other than {other_than}",
                                         lambda: (number := self.number()) != other_than and self.is_seen() and number, seconds)

    def dialog(self):
        """The reason picker while it is open: there is no next photo then."""
        dialog = self.workstation.find("dialog", DIALOG)
        following = dialog and self.workstation.find("button", "Next photo")
        return dialog if following and not following.has("sensitive") else None

    def reasons(self):
        """(code, chosen) of the reasons in the picker, in their order."""
        rows = [tree.Node(child) for _, child in tree.children(self.workstation.find("list", "Reasons").accessible)]
        return [(row.name.split()[0], row.has("checked")) for row in rows]

    def queue(self):
        """What the filmstrip says, from the top: "张*: Approved"."""
        strip = self.workstation.find(name="Queue")
        return [node.name for node in tree.walk(strip.accessible) if ": " in node.name and node.role == "list item"]

    def sync(self):
        """The header's word about the service: "Synced", "Offline since 14:05 · 3 waiting"."""
        node = self.workstation.find(name=re.compile(r"^(Synced|Sending|Offline|Signed out)"))
        return node.name if node else ""

    # -- what is to be done --

    def choose(self, verdict):
        """Opens the reason picker for a verdict by its key."""
        self.workstation.press(VERDICTS[verdict][0])
        return self.workstation.wait_for("the reason picker", self.dialog)

    def decide(self, verdict, *digits):
        """Decides on the photo shown, by keys; digits choose reasons. The number it was, once the next one is there."""
        number = self.see_number()
        if digits:
            self.choose(verdict)
            self.workstation.press(*digits, "Return")
        else:
            self.workstation.press(VERDICTS[verdict][0])
        self.workstation.wait_for(f"the photo after {number}", lambda: self.number() != number)
        return number
