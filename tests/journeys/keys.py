# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys and clicks as a person makes them, through the X server's test extension (xdotool)."""
import os
import subprocess
import time


class Keys:
    """The keyboard in front of one X display."""

    def __init__(self, display):
        self.environ = dict(os.environ, DISPLAY=display)

    def _xdotool(self, *arguments):
        done = subprocess.run(["xdotool", *map(str, arguments)], env=self.environ, capture_output=True, text=True,
                              timeout=60)
        return done.returncode, done.stdout.split()

    def windows(self, pid):
        """X ids of the visible windows of a process, oldest first."""
        return self._xdotool("search", "--onlyvisible", "--pid", pid)[1]

    def focus(self, pid):
        """Gives the newest window of a process the focus: there is no window manager to do it."""
        for _ in range(50):     # a window that closes just now ends the search without a result
            windows = self.windows(pid)
            if windows and self._xdotool("windowfocus", "--sync", windows[-1])[0] == 0:
                return
            time.sleep(0.1)
        raise AssertionError(f"process {pid} has no window that takes the focus")

    def fill_screen(self, pid):
        """Makes the newest window of a process as large as the screen: there is no window manager to do it."""
        self._xdotool("windowsize", self.windows(pid)[-1], *self._xdotool("getdisplaygeometry")[1])

    def press(self, *names):
        """Presses keys one after the other; names as in X ("a", "ctrl+z", "Return")."""
        assert self._xdotool("key", "--delay", 12, *names)[0] == 0, f"keys {names} could not be pressed"

    def type(self, text):
        assert self._xdotool("type", "--delay", 12, "--", text)[0] == 0, "text could not be typed"

    def click(self, x, y):
        self._xdotool("mousemove", x, y, "click", 1)

    def turn_wheel(self, x, y, notches):
        """Towards the person, with the pointer there: what lies below comes up."""
        self._xdotool("mousemove", x, y, "click", "--repeat", notches, "--delay", 12, 5)
