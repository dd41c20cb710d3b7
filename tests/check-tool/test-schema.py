#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shipped standard and list of models are what their schemas say, and the schemas find what is wrong."""
import copy
import json
import sys
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
results = []


def load(name):
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def check(title, problems):
    problems = list(problems)
    results.append(not problems)
    print(f"{'not ' if problems else ''}ok {len(results)} - {title}")
    for problem in problems:
        print(f"# {problem}")


def validator(name):
    schema = load(f"schema-json/{name}.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def errors(name, value):
    return [f"{name}.json {error.json_path}: {error.message}" for error in validator(name).iter_errors(value)]


def changed(name, path, value):
    """The shipped file with one member set, or taken away when value is None."""
    copied = copy.deepcopy(load(f"{name}.json"))
    place = copied
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return copied


def not_found(name, changes):
    for path, value in changes:
        if not errors(name, changed(name, path, value)):
            yield f"{name}: {path} = {value!r} is not found"


def undocumented(name):
    """Members whose meaning the schema does not say."""
    def walk(node, where):
        for key, member in node.get("properties", {}).items():
            if "description" not in member and "$ref" not in member and key not in ("points", "sha256", "weights_sha256", "size", "format"):
                yield f"{where}.{key}"
            yield from walk(member, f"{where}.{key}")
        for key, member in node.get("$defs", {}).items():
            yield from walk(member, key)
    return walk(load(f"schema-json/{name}.schema.json"), name)


try:
    import jsonschema
except ImportError:
    print("1..0 # SKIP python3-jsonschema is not installed")
    sys.exit()

for which in ("photo-spec", "models"):
    check(f"{which}.json conforms", errors(which, load(f"{which}.json")))
    check(f"{which}: every member is explained", undocumented(which))
check("a wrong standard is found", not_found("photo-spec", (
    (("version",), 0), (("frame", "width"), 0.5), (("blue",), [1, 2]), (("blue", 0), 300), (("checks",), None), (("max_byte",), 5),
    (("checks", "G3_eye_line", "low"), "200"), (("checks", "G3_eye_line", "kind"), "firm"), (("checks", "G3_eye_line", "hi"), 3),
    (("checks", "G3_eye_line", "reason"), "203"), (("checks", "eyes"), {}), (("targets", "eye_line"), None))))
check("a wrong list of models is found", not_found("models", (
    (("models", 0, "file"), "a/b.onnx"), (("models", 0, "id"), None), (("models", 0, "input", "layout"), "HWC"),
    (("models", 0, "outputs"), None), (("similarity", "same"), None), (("similarity", "models"), []),
    (("templates", "five_points_112", "points"), [[1, 2]]), (("models", 0, "source", "sha256"), "12"))))
print(f"1..{len(results)}")
sys.exit(0 if all(results) else 1)
