#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/openapi.json is sound, and what the service answered in the tests is what it says.

test-openapi.py DOCUMENT EXCHANGES: a folder with the lines that tests/service/fixture-exchange.c wrote in the tests before this one.
"""
import json
import re
import sys
from pathlib import Path

# together they make every call but the students'
SCRIPTED = {"test-service-calls", "test-service-college", "test-service-http", "test-service-operation", "test-service-web"}
METHODS = ("get", "put", "post", "delete")
results = []


def check(name, complaints):
    """One TAP line; complaints are what is wrong."""
    complaints = list(complaints)
    results.append(not complaints)
    for line in complaints[:20]:
        print(f"# {line}")
    print(f"{'not ok' if complaints else 'ok'} {len(results)} {name}")


def operations(document):
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield method, path, item[method]


def walk(node, where="#"):
    yield where, node
    if isinstance(node, dict):
        for key, value in node.items():
            yield from walk(value, f"{where}/{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from walk(value, f"{where}/{number}")


def follow(document, reference):
    node = document
    for part in reference.removeprefix("#/").split("/"):
        node = node.get(part) if isinstance(node, dict) else None
    return node


# -- the document --

def bad_references(document):
    for where, node in walk(document):
        if isinstance(node, dict) and isinstance(node.get("$ref"), str) and follow(document, node["$ref"]) is None:
            yield f"{where}: {node['$ref']} leads nowhere"


def never_used(document):
    used = {node["$ref"] for _, node in walk(document) if isinstance(node, dict) and isinstance(node.get("$ref"), str)}
    for kind in ("schemas", "parameters", "responses", "headers"):
        for name in document["components"][kind]:
            if f"#/components/{kind}/{name}" not in used:
                yield f"{kind}/{name} is never used"


def bad_operations(document):
    tags = {tag["name"] for tag in document["tags"]}
    schemes = document["components"]["securitySchemes"]
    seen = set()
    for method, path, operation in operations(document):
        where = f"{method.upper()} {path}"
        if operation["operationId"] in seen:
            yield f"{where}: the operationId comes twice"
        seen.add(operation["operationId"])
        if not operation.get("summary") or not set(operation["tags"]) <= tags:
            yield f"{where}: without a summary or a known tag"
        if not all(set(need) <= set(schemes) for need in operation["security"]):
            yield f"{where}: an unknown security scheme"
        yield from bad_parameters(document, where, path, operation)
        yield from bad_responses(where, operation)


def bad_parameters(document, where, path, operation):
    listed = [follow(document, p["$ref"]) if "$ref" in p else p for p in operation.get("parameters", [])]
    in_path = {p["name"] for p in listed if p["in"] == "path"}
    if in_path != set(re.findall(r"{(\w+)}", path)) or not all(p.get("required") for p in listed if p["in"] == "path"):
        yield f"{where}: its path parameters do not fit the path"
    if len({(p["in"], p["name"]) for p in listed}) != len(listed):
        yield f"{where}: a parameter comes twice"
    if "requestBody" in operation and where.startswith(("GET", "DELETE")):
        yield f"{where}: a body that has no meaning"


def bad_responses(where, operation):
    statuses = operation["responses"]
    if not any(status.startswith("2") for status in statuses) or "4XX" not in statuses or "5XX" not in statuses:
        yield f"{where}: without a success, or without its refusals"
    for status, response in statuses.items():
        if not re.fullmatch(r"[1-5](\d\d|XX)", status):
            yield f"{where}: {status} is no status"
        if "$ref" not in response and not response.get("description"):
            yield f"{where}: {status} has no description"


def bad_schemas(document, jsonschema):
    for name, schema in document["components"]["schemas"].items():
        try:
            jsonschema.Draft202012Validator.check_schema(schema)
        except jsonschema.SchemaError as error:
            yield f"{name}: {error.message}"
        for where, node in walk(schema, name):
            if isinstance(node, dict) and isinstance(node.get("required"), list):
                missing = set(node["required"]) - set(node.get("properties", {}))
                if missing:
                    yield f"{where}: {', '.join(sorted(missing))} required but not described"


# -- the answers --

def strict(node):
    """A copy in which an object has no members but those described: clients ignore others, the tests do not."""
    if isinstance(node, list):
        return [strict(value) for value in node]
    if not isinstance(node, dict):
        return node
    copy = {key: strict(value) for key, value in node.items()}
    if isinstance(node.get("properties"), dict) and isinstance(node.get("type"), (str, list)) and "additionalProperties" not in node:
        copy["additionalProperties"] = False
    return copy


def patterns(document):
    """Templates with fixed parts before those without."""
    found = []
    for path in document["paths"]:
        expression = re.sub(r"{(\w+)}", lambda m: ".+" if m[1] == "path" else "[^/]+", re.sub(r"([.])", r"\\\1", path))
        found.append((path.count("{"), re.compile(expression), path))
    return [(expression, path) for _, expression, path in sorted(found, key=lambda entry: entry[0])]


class Judge:
    def __init__(self, document, jsonschema):
        self.document = document
        self.patterns = patterns(document)
        self.seen = set()
        root = {"$id": "openapi", "components": strict(document["components"])}
        resolver = jsonschema.RefResolver("openapi", root, store={"openapi": root})
        self.validators = {
            name: jsonschema.Draft202012Validator({"$ref": f"openapi#/components/schemas/{name}"}, resolver=resolver)
            for name in document["components"]["schemas"]
        }

    def find(self, method, target):
        path = target.split("?")[0]
        for expression, template in self.patterns:
            if expression.fullmatch(path):
                return template, self.document["paths"][template].get(method.lower())
        return None, None

    def validate(self, schema, body, where):
        name = schema["$ref"].rsplit("/", 1)[1]
        for error in self.validators[name].iter_errors(body):
            error = min([error, *error.context], key=lambda e: -len(e.path))
            yield f"{where}: {'/'.join(map(str, error.path))}: {error.message[:300]}"
            break

    def judge(self, exchange):
        """What is wrong with one exchange."""
        method, target, status = exchange["method"], exchange["path"], exchange["status"]
        where = f"{method} {target} {status}"
        template, operation = self.find(method, target)
        if status == 0:
            return
        if operation is None:
            if status not in (400, 401, 404, 405, 411, 413):
                yield f"{where}: a call that is not described"
            yield from self.validate({"$ref": "/Problem"}, exchange.get("body"), where)
            return
        response = operation["responses"].get(str(status)) or operation["responses"].get(f"{str(status)[0]}XX")
        if response is None:
            yield f"{where}: this status is not described"
            return
        if status < 300:
            self.seen.add((method.lower(), template))
        yield from self.judge_body(response, exchange, where)

    def judge_body(self, response, exchange, where):
        if "$ref" in response:
            response = follow(self.document, response["$ref"])
        content = response.get("content", {})
        if not content:
            if exchange["type"]:
                yield f"{where}: a body that is not described"
            return
        if exchange["type"] not in content:
            yield f"{where}: type {exchange['type'] or 'missing'}"
        elif "schema" in content[exchange["type"]]:
            yield from self.validate(content[exchange["type"]]["schema"], exchange.get("body"), where)


def judge_files(judge, files):
    n_exchanges = 0
    for file in files:
        complaints = []
        for line in file.read_text(encoding="utf-8").splitlines():
            n_exchanges += 1
            try:
                complaints += judge.judge(json.loads(line))
            except ValueError:
                complaints.append("a line that was cut off")
        check(f"answers in {file.stem}", sorted(set(complaints)))
    print(f"# {n_exchanges} answers; successes of {len(judge.seen)} of {len(list(operations(judge.document)))} calls")
    if SCRIPTED <= {file.stem for file in files}:
        # those of students need the models, which are not everywhere
        check("each call has succeeded", (f"{method.upper()} {path} never did"
                                          for method, path, operation in operations(judge.document)
                                          if (method, path) not in judge.seen and "students" not in operation["tags"]))


def main():
    try:
        import jsonschema
    except ImportError:
        print("1..0 # SKIP python3-jsonschema is not installed")
        return 0
    document = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    check("version", [] if document["openapi"].startswith("3.1.") else ["not OpenAPI 3.1"])
    check("references", bad_references(document))
    check("all parts are used", never_used(document))
    check("operations", bad_operations(document))
    check("schemas", bad_schemas(document, jsonschema))
    files = sorted(Path(sys.argv[2]).glob("*.jsonl"))
    judge_files(Judge(document, jsonschema), files)
    print(f"1..{len(results)}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
