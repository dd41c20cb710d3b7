#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual pages are well formed and know every verb and option the program has."""
import re
import shutil
import subprocess
import sys
from pathlib import Path

MAN = Path(__file__).resolve().parents[2] / "data" / "man"
PAGES = ("likeness-check.1", "zh_CN/likeness-check.1")
program = str(Path(sys.argv[1]).resolve())
results = []


def check(title, problems):
    problems = list(problems)
    results.append(not problems)
    print(f"{'not ' if problems else ''}ok {len(results)} - {title}")
    for problem in problems:
        print(f"# {problem}")


def skip(title, why):
    results.append(True)
    print(f"ok {len(results)} - {title} # SKIP {why}")


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"})


def words():
    """Verbs and long options as --help shows them."""
    verbs = re.findall(r"^  ([a-z]+)  +\S", run(program, "--help").stdout, re.MULTILINE)
    for verb in verbs:
        yield verb
        if verb != "draw":
            yield from re.findall(r"--[a-z][a-z-]+", run(program, verb, "--help").stdout)


def missing(page):
    text = (MAN / page).read_text(encoding="utf-8").replace("\\-", "-")
    for word in sorted(set(words())):
        if word not in text:
            yield f"{page}: {word} is not in it"


def malformed(page):
    done = run("mandoc", "-Tlint", "-W", "warning", str(MAN / page))
    return (done.stdout + done.stderr).splitlines()


for name in PAGES:
    check(f"{name} knows every verb and option", missing(name))
    if shutil.which("mandoc"):
        check(f"{name} is well formed", malformed(name))
    else:
        skip(f"{name} is well formed", "mandoc is not installed")
print(f"1..{len(results)}")
sys.exit(0 if all(results) else 1)
