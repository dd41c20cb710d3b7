#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shipped standard, list of models and catalogue of reasons and the reports of likeness-check are what their schemas say, and the schemas find what is wrong."""
import copy
import json
import subprocess
import sys
import tempfile
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


def reports():
    """What the program says of drawn portraits with and without faults, and of a file that is no picture. Models are not needed."""
    with tempfile.TemporaryDirectory() as folder:
        for name, more in (("good.jpg", []), ("bad.jpg", ["--fault", "G3_eye_line"])):
            subprocess.run([sys.argv[1], "draw", "one", f"{folder}/{name}", "--seed", "7", *more], check=True, stdout=subprocess.DEVNULL)
        Path(folder, "text.jpg").write_text("no picture", encoding="utf-8")
        run = subprocess.run([sys.argv[1], "check", "--json", "--id-photo", f"{folder}/good.jpg", folder], stdout=subprocess.PIPE, check=False)
        return [json.loads(line) for line in run.stdout.splitlines()]


def report_problems(lines):
    for line in lines:
        for error in validator("check-report").iter_errors(line):
            yield f"{line['file']} {error.json_path}: {error.message}"
    if [len(line) for line in lines] != [7, 7, 2]:
        yield f"not two reports and an error: {lines}"
    for check in lines[0]["checks"] + lines[0]["measures"]:
        if check["outcome"] != "not_run" and not {"score", "unit"} <= check.keys():
            yield f"{check['id']} has no score or unit"


try:
    import jsonschema
except ImportError:
    print("1..0 # SKIP python3-jsonschema is not installed")
    sys.exit()

for which in ("photo-spec", "models", "reasons"):
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
check("a wrong catalogue of reasons is found", not_found("reasons", (
    (("reasons", 0, "code"), "101"), (("reasons", 0, "verdict"), "approve"), (("reasons", 0, "advice_zh"), None),
    (("reasons", 0, "text_en"), ""), (("reasons", 0, "look_zh"), "格式"), (("reasons", 0, "check"), []))))
check("reports conform", report_problems(reports()))
check("check-report: every member is explained", undocumented("check-report"))
check("a wrong report is found", (f"{line} is not found" for line in (
    {}, {"file": "a"}, {"file": "a", "error": {"code": "x"}}, {"file": "a", "error": {"code": "x", "message": "y"}, "width": 3, "height": 3,
    "spec_version": 1, "outcome": "pass", "checks": [], "measures": []}, {"file": "a", "width": 3, "height": 3, "spec_version": 1,
    "outcome": "pass", "measures": [], "checks": [{"id": "M08_jpeg_quality", "version": 1, "kind": "soft", "certainty": "hint",
    "outcome": "pass", "score": 101}]}) if validator("check-report").is_valid(line)))
print(f"1..{len(results)}")
sys.exit(0 if all(results) else 1)
