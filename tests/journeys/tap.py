# SPDX-License-Identifier: GPL-3.0-or-later
"""A journey told in steps, each one line of TAP. A step that fails ends the journey: what follows builds on it."""
import os
import signal
import sys
import time
import traceback
from contextlib import contextmanager

# Everything takes longer on a loaded machine and with the sanitizers; waits end early, so a large factor costs nothing.
PATIENCE = float(os.environ.get("LIKENESS_TEST_PATIENCE") or (6 if os.environ.get("LIKENESS_SANITIZED") else 2))

_steps = 0


class StepFailed(Exception):
    """A step has failed and has been reported."""


def comment(text):
    """Lines for the person who reads the log."""
    for line in str(text).splitlines():
        print(f"# {line}", flush=True)


@contextmanager
def step(name):
    """One thing that must hold; what is asserted inside decides."""
    global _steps
    _steps += 1
    start = time.monotonic()
    try:
        yield
    except Exception as error:
        print(f"not ok {_steps} - {name}", flush=True)
        comment(traceback.format_exc())
        raise StepFailed(name) from error
    print(f"ok {_steps} - {name}", flush=True)
    comment(f"{time.monotonic() - start:.1f} s")


def finish(failed):
    """The plan, and the exit status for it."""
    print(f"1..{_steps}", flush=True)
    return 1 if failed or _steps == 0 else 0


def wait_for(what, condition, seconds=10, pause=0.03, alive=lambda: None):
    """The first true value of condition(); AssertionError after seconds (times the patience).

    alive() may raise to end a wait that has become pointless. What condition() raises counts as "not yet".
    """
    end = time.monotonic() + seconds * PATIENCE
    trouble = None
    while True:
        try:
            value = condition()
            if value:
                return value
            trouble = None
        except Exception as error:  # the program may be between two states
            trouble = error
        alive()
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds * PATIENCE:.0f} s for {what}") from trouble
        time.sleep(pause)


def holds_for(what, condition, seconds=0.6):
    """Asserts that condition() stays true for a while: how to see that a key does nothing."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert condition(), f"{what}: not for {seconds} s"
        time.sleep(0.05)


def run(journey):
    """Runs journey(stage) on a stage of its own and ends the program with its result."""
    from stage import Stage

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))   # so that the stage is cleared all the same
    failed = False
    with Stage() as stage:
        try:
            journey(stage)
            with step("both programs end without complaint"):
                stage.end_well()
        except StepFailed:
            failed = True
            stage.tell_what_happened()
    sys.exit(finish(failed))
