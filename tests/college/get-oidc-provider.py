#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fetches oidc-provider, against which signing in through a college is tried, into the user's cache.

    get-oidc-provider.py           fetch it when it is missing; a second run downloads nothing
    get-oidc-provider.py --check   exit 0 when nothing is missing, 1 otherwise; no network

oidc-provider.json pins it and each package it needs; they come through `npm pack` like those of the models, and no
script of theirs is run.
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

PINS = json.loads((HERE / "oidc-provider.json").read_text())


def folder():
    return fetch.Cache().root / PINS["folder"]


def unpack(pin, target, temporary):
    """One package into its place. Its tarball has everything in one folder, whatever that is called."""
    work = Path(tempfile.mkdtemp(dir=temporary))
    package = fetch.Package(pin["package"], pin, work)
    with tarfile.open(package.path) as tar:
        tar.extractall(work / "out")
    (inner,) = (work / "out").iterdir()
    target.mkdir(parents=True, exist_ok=True)
    for entry in inner.iterdir():
        shutil.move(str(entry), str(target / entry.name))
    shutil.rmtree(work)


def fetch_all():
    cache = fetch.Cache().root
    cache.mkdir(parents=True, exist_ok=True)
    print(f"  {PINS['folder']} ({PINS['megabytes']} MB)", flush=True)
    with tempfile.TemporaryDirectory(dir=cache) as temporary:
        whole = Path(temporary, "whole")
        for place, pin in sorted(PINS["packages"].items()):
            unpack(pin, whole / place, temporary)
        shutil.rmtree(folder(), ignore_errors=True)
        whole.rename(folder())


def main():
    if (folder() / "node_modules/oidc-provider/package.json").exists():
        return 0
    if "--check" in sys.argv[1:]:
        return 1
    try:
        fetch_all()
    except fetch.FetchError as error:
        print(f"get-oidc-provider: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
