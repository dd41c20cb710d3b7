#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-3.0-or-later
"""A shift at the workstation: keys as a reviewer presses them, all pages opened now and then, and the memory the program needs,
minute by minute. Ends with a complaint when the work stood still or a program wrote one."""
import argparse
import json
import os
import random
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "journeys"))
from stage import Stage  # noqa: E402
from review_page import ReviewPage  # noqa: E402

STUDENTS = 60
SETTLED = 5     # minutes until everything has been opened once

# (how often of 1000, keys); Escape ends whatever a key has opened
DECIDE = [(760, ["a"]), (110, ["r", "Return"]), (60, ["s", "1", "Return"]), (40, ["h", "1", "Return"]), (30, ["ctrl+z", "a"])]
LOOK = [
    (300, []), (80, ["g", "g"]), (80, ["plus", "plus", "Left", "Up", "0"]), (60, ["z", "z"]), (60, ["l", "l"]), (60, ["o", "o", "o"]),
    (80, ["c", "x", "plus", "minus", "Escape"]), (40, ["c", "v", "bracketright", "f", "Escape"]), (80, ["j", "k"]), (20, ["u", "u"]),
    (20, ["n"]), (30, ["t", "Escape"]), (30, ["m", "Escape"]), (20, ["ctrl+e", "Escape"]), (10, ["question", "Escape"]),
    (10, ["ctrl+comma", "Escape"]), (10, ["q", "Escape"]), (10, ["F5"]),
]


def multiply(database, copies):
    """More submissions of the same students: the queue of a shift without importing each photo."""
    with closing(sqlite3.connect(database, timeout=20)) as db, db:
        columns = [row[1] for row in db.execute("PRAGMA table_info (submission)") if row[1] not in ("id", "uuid", "due_at")]
        first, last = db.execute("SELECT min (id), max (id) FROM submission").fetchone()
        step = last - first + 1
        for copy in range(1, copies):
            db.execute(f"INSERT INTO submission (id, uuid, due_at, {', '.join(columns)}) SELECT id + {copy * step},"
                       f" printf ('0192f0c1-%04x-7000-8000-%012x', {copy}, id), due_at + {copy}, {', '.join(columns)}"
                       f" FROM submission WHERE id <= {last}")
            for table, rest in (("report", "spec_version, checks, brief"), ("facet", "worst, reasons")):
                db.execute(f"INSERT INTO {table} (submission, {rest}) SELECT submission + {copy * step}, {rest} FROM {table}"
                           f" WHERE submission <= {last}")
            db.execute(f"INSERT INTO variant (submission, kind, photo) SELECT submission + {copy * step}, kind, photo FROM variant"
                       f" WHERE submission <= {last}")


def memory(pid):
    """Resident megabytes of a process: all, and what is its own."""
    values = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        word, _, rest = line.partition(":")
        if word in ("Rss", "Private_Dirty"):
            values[word] = int(rest.split()[0]) / 1000
    return values["Rss"], values["Private_Dirty"]


def choose(chance, table):
    at = chance.randrange(1000)
    for share, keys in table:
        at -= share
        if at < 0:
            return keys
    return []


def work(stage, station, minutes, pause, seed):
    """Works for so long. [(resident MB, own MB, decisions)] after each minute."""
    chance = random.Random(seed)
    seen = []
    start = time.monotonic()
    while len(seen) < minutes:
        station.program.check_alive()
        for keys in (choose(chance, LOOK), choose(chance, DECIDE)):
            if keys:
                station.press(*keys)
            station.press("Escape")
            time.sleep(pause * chance.uniform(0.3, 1))
        if time.monotonic() - start >= 60 * (len(seen) + 1):
            seen.append((*memory(station.program.pid), len(stage.campus.decisions())))
            print("minute %2d: %.0f MB resident, %.0f MB of its own, %d decisions" % (len(seen), *seen[-1]), flush=True)
    return seen


def judge(seen):
    """What is wrong with it, in words."""
    faults = []
    settled = seen[min(SETTLED, len(seen) // 2):]
    half = max(1, len(settled) // 2)
    early, late = (median(minute[0] for minute in part) for part in (settled[:half], settled[-half:]))
    print(f"resident memory: {early:.1f} MB in the first half, {late:.1f} MB in the second: {100 * (late / early - 1):+.1f} %")
    if late > 1.05 * early:
        faults.append("the memory grows by more than 5 %")
    if any(after[2] == before[2] for before, after in zip(seen, seen[1:])):
        faults.append("a minute went by without a decision")
    return faults, {"early_mb": early, "late_mb": late, "minutes": seen}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", metavar="FILE", help="also write the figures to this file")
    parser.add_argument("--minutes", type=int, default=30)
    parser.add_argument("--pause", type=float, default=0.6, help="longest pause after each thing done, in seconds")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with Stage() as stage:
        stage.open_campus(STUDENTS)
        multiply(stage.campus.path, 2 + int(options.minutes * 60 / (options.pause * STUDENTS)))
        station = stage.workstation().start()
        ReviewPage(station).see_number()
        faults, figures = judge(work(stage, station, options.minutes, options.pause, options.seed))
        stage.end_well()
    if options.json:
        Path(options.json).write_text(json.dumps(figures))
    for fault in faults:
        print(f"bench-shift: {fault}", file=sys.stderr)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    os.environ.setdefault("LIKENESS_TEST_PATIENCE", "3")
    main()
