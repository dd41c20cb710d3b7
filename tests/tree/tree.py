# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the tree share: which files there are, and TAP."""
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
results = []


def listed_by_git():
    """Files git knows or would add; None where there is no git (an unpacked archive)."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout.decode().rstrip("\0").split("\0") if done.returncode == 0 else None


def found_on_disk():
    skipped = ("build", "__pycache__", ".git", ".cache")
    for path in ROOT.rglob("*"):
        name = path.relative_to(ROOT)
        if path.is_file() and not any(part.startswith(skipped) for part in name.parts):
            yield str(name)


def files(*suffixes):
    """Paths relative to the root, as text; all, or those that end so."""
    names = listed_by_git() or found_on_disk()
    return sorted(name for name in set(names) if name.endswith(suffixes or "") and (ROOT / name).is_file())


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def is_script(name):
    """A program without an extension, such as ./dev."""
    with open(ROOT / name, "rb") as file:
        return file.read(2) == b"#!"


def check(title, problems):
    """One TAP line; each problem is a diagnostic line before it."""
    problems = list(problems)
    for problem in problems:
        print(f"# {problem}")
    results.append(not problems)
    print(f"{'not ok' if problems else 'ok'} {len(results)} - {title}")


def skip(title, why):
    results.append(True)
    print(f"ok {len(results)} - {title} # SKIP {why}")


def finish():
    print(f"1..{len(results)}")
    sys.exit(0 if all(results) else 1)
