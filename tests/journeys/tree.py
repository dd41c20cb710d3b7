# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader is told: look-ups in the accessibility tree that hold for GTK 4.8 and for GTK 4.18.

GTK 4.8 gives no widget but the window the state "showing", returns no text for an end of -1, and has other role
names; so nothing here asks for "showing", and roles are compared in one spelling.
"""
from functools import cached_property

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

SAME_ROLE = {"push button": "button", "toggle button": "button", "password text": "entry", "text": "entry"}

Atspi.init()
Atspi.set_timeout(3000, 30000)


class Node:
    """One object of the tree. What it is called is asked for when it is wanted, once: each question is a message."""

    def __init__(self, accessible, path=()):
        self.accessible = accessible
        self.path = path        # indices from where the walk began

    @cached_property
    def role(self):
        role = self.accessible.get_role_name()
        return SAME_ROLE.get(role, role)

    @cached_property
    def name(self):
        return self.accessible.get_name() or self._content()

    def _content(self):
        """GTK 4.18 gives a status, which is named by what is in it, no name of its own."""
        if self.role != "status bar":
            return ""
        if self.accessible.get_text_iface() is not None:
            return Atspi.Text.get_text(self.accessible, 0, Atspi.Text.get_character_count(self.accessible))
        labels = [node.accessible.get_name() for _, child in children(self.accessible) for node in walk(child) if node.role == "label"]
        return " ".join(label for label in labels if label)

    @cached_property
    def description(self):
        return self.accessible.get_description() or ""

    def text(self):
        """What is written in it, when it can be read like a text. A label's name is its text; GTK 4.8 must not be asked
        for the text of an empty one."""
        if self.role == "label":
            return self.name
        if self.accessible.get_text_iface() is None:
            return ""
        return Atspi.Text.get_text(self.accessible, 0, Atspi.Text.get_character_count(self.accessible))

    def has(self, state):
        """state: a word of Atspi.StateType, as "focused" or "sensitive"."""
        return self.accessible.get_state_set().contains(getattr(Atspi.StateType, state.upper()))

    def extents(self):
        """(x, y, width, height) in the window, px; a page of a stack has no place of its own."""
        if self.accessible.get_component_iface() is None:
            return 0, 0, 0, 0
        box = Atspi.Component.get_extents(self.accessible, Atspi.CoordType.WINDOW)
        return box.x, box.y, box.width, box.height

    def is_drawn(self):
        """Whether it has a place on the window; what was never shown has none (what was shown once keeps it)."""
        return self.extents()[2] > 0

    def can_act(self):
        return self.accessible.get_action_iface() is not None and self.accessible.get_n_actions() > 0

    def press(self):
        """Does its first action, as a screen reader's user would."""
        assert self.can_act(), f"{self.role} '{self.name}' has no action"
        Atspi.Action.do_action(self.accessible, 0)

    def words(self):
        return [word for word in (self.name, self.description, self.text()) if word]


def application(pid):
    """The application of a process, or None while it is not on the bus."""
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    for i in range(desktop.get_child_count()):
        try:
            child = desktop.get_child_at_index(i)
            if child is not None and child.get_process_id() == pid:
                child.set_cache_mask(Atspi.Cache.NONE)
                return child
        except GLib.Error:  # one that has just been killed
            continue
    return None


def children(accessible):
    """Those that are there now; one that goes away meanwhile ends the list."""
    try:
        for i in range(accessible.get_child_count()):
            child = accessible.get_child_at_index(i)
            if child is not None:
                yield i, child
    except GLib.Error:
        return


def walk(accessible, path=(), folded=()):
    """Every object below and including this one, in order of the tree; of those whose name is in folded only themselves."""
    node = Node(accessible, path)
    yield node
    try:
        if folded and node.name in folded:
            return
    except GLib.Error:  # it has just gone away
        return
    for i, child in children(accessible):
        yield from walk(child, (*path, i), folded)


def fits(node, role, name, where):
    try:
        if name is not None and not (name.search(node.name) if hasattr(name, "search") else name == node.name):
            return False
        return (role is None or node.role == role) and (where is None or where(node))
    except GLib.Error:  # it has just gone away
        return False


def follow(accessible, path):
    """The object at the end of a path that an earlier walk has found, or None."""
    for index in path:
        if accessible is None or index >= accessible.get_child_count():
            return None
        accessible = accessible.get_child_at_index(index)
    return accessible and Node(accessible, path)


def find(accessible, role=None, name=None, where=None, likely=(), folded=()):
    """An object with this role, this name (a text, or a compiled pattern to search) and where(node), or None.

    likely: paths where such objects were before; they are looked at first, then the whole tree in its order.
    folded: names of objects not to look into.
    """
    if accessible is None:
        return None
    for path in likely:
        node = follow(accessible, path)
        if node is not None and fits(node, role, name, where):
            return node
    return next((node for node in walk(accessible, folded=folded) if fits(node, role, name, where)), None)


def dump(accessible):
    """The tree as indented lines, for the log of a failure."""
    lines = []
    for node in walk(accessible):
        try:
            state = ",".join(s for s in ("focused", "sensitive", "checked", "selected") if node.has(s))
            lines.append(f"{'  ' * len(node.path)}{node.role} | {node.name} | {node.description} | {node.text()} | "
                         f"{node.extents()} | {state}")
        except GLib.Error as error:
            lines.append(f"{'  ' * len(node.path)}{error.message}")
    return "\n".join(lines)


# What a person can do something with: each needs a name to be called by.
INTERACTIVE = {"button", "entry", "check box", "switch", "radio button", "combo box", "spin button", "slider", "link",
               "list item", "menu item", "page tab", "password text", "text", "toggle button"}


def unnamed(accessible):
    """Drawn objects that can be used but have no name, as (role, path). The inside of a combo box is libadwaita's own: it is
    the box that has the focus and the name."""
    found, combos = [], []
    for node in walk(accessible):
        try:
            if node.role == "combo box":
                combos.append(node.path)
            if any(len(node.path) > len(path) and node.path[:len(path)] == path for path in combos):
                continue
            if node.role in INTERACTIVE and not node.name.strip() and node.is_drawn() and node.has("sensitive"):
                found.append((node.role, node.path))
        except GLib.Error:  # it has just gone away
            continue
    return found
