#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fetches Playwright, with which the journeys drive Chromium, into the user's cache.

    get-playwright.py           fetch it when it is missing; a second run downloads nothing
    get-playwright.py --check   exit 0 when nothing is missing, 1 otherwise; no network

playwright.json pins the package, which comes through `npm pack` like those of the models. It has no parts that are
compiled or fetched later; the browser is Debian's.
"""
import json
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "app/tools/models"))
import fetch  # noqa: E402  the way packages are fetched and checked


def main():
    pin = json.loads((HERE / "playwright.json").read_text())
    cache = fetch.Cache().root
    folder = cache / pin["package"]
    if (folder / "package.json").exists():
        return 0
    if "--check" in sys.argv[1:]:
        return 1
    print(f"  {pin['package']} ({pin['megabytes']} MB)", flush=True)
    cache.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=cache) as temporary:
            package = fetch.Package(pin["package"], pin, temporary)
            with tarfile.open(package.path) as tar:
                tar.extractall(temporary)
            shutil.rmtree(folder, ignore_errors=True)
            Path(temporary, "package").rename(folder)
    except fetch.FetchError as error:
        print(f"get-playwright: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
